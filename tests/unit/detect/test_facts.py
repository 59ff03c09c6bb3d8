"""Facts: what counts as a statement about oneself, and its canonical value."""

from pathlib import Path

import pytest
from detect_models import default

from deid.detect.facts import canonical_place, facts_by_subject, find_facts, parse_age
from deid.detect.talk.answers import SOURCE
from deid.pipeline.quasi.places import load_places
from deid.types import Fact, Span, Turn

FOLDER = Path(__file__).parent / "facts"
PLACES = load_places().surfaces


def lines(name: str) -> list[tuple[str, set[tuple[str, str]]]]:
    """(text, expected facts) of each line of a file."""
    read = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, facts = line.split(" => ")
            expected = [] if facts == "none" else [fact.split(" ", 1) for fact in facts.split("; ")]
            read.append((text, {(kind, value) for kind, value in expected}))
    return read


def stated(*texts: str) -> list[set[tuple[str, str]]]:
    """Facts of each text, each a conversation of its own, by the default detector."""
    turns = [[Turn("text", text)] for text in texts]
    spans = default().detect_conversations([(turn, ()) for turn in turns])
    return [
        {(fact.kind, fact.value) for fact in find_facts(turn, found, PLACES)}
        for turn, found in zip(turns, spans, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("en", 0.98, 0.95), ("ja", 0.98, 0.95), ("en_heldout", 0.95, 0.93), ("ja_heldout", 0.95, 0.9)],
)
def test_lines_of_chat(name: str, precision: float, recall: float) -> None:
    texts, expected = zip(*lines(name), strict=True)
    assert len(texts) >= (40 if name.endswith("heldout") else 60)
    found = stated(*texts)
    hits = sum(len(got & want) for got, want in zip(found, expected, strict=True))
    assert hits >= precision * sum(map(len, found))
    assert hits >= recall * sum(map(len, expected))


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("34", "34"),
        ("34歳", "34"),
        ("３４才", "34"),
        ("34 years old", "34"),
        ("34F", "34"),
        ("三十四歳", "34"),
        ("十歳", "10"),
        ("二十歳", "20"),
        ("百二歳", "102"),
        ("百歳", "100"),
        ("百十歳", "110"),
        ("007", "7"),
        ("thirty-four", "34"),
        ("thirty four years old", "34"),
        ("sixteen", "16"),
        ("twenties", "20-29"),
        ("teens", "13-19"),
        ("30s", "30-39"),
        ("30’s", "30-39"),
        ("30代前半", "30-39"),
        ("三十代", "30-39"),
        ("30-34", "30-34"),
        ("30〜34歳", "30-34"),
        ("90+", "90+"),
        ("90歳以上", "90+"),
        ("はたち", "20"),
        ("三十路", "30-39"),
        ("アラサー", "20-39"),
        ("還暦", "60"),
        ("高2", "16"),
        ("中学3年生", "14"),
        ("大学1年", "18"),
        ("8th grade", "13"),
        ("junior in college", "20"),
    ],
)
def test_an_age_in_every_form(surface: str, value: str) -> None:
    assert parse_age(surface) == value


@pytest.mark.parametrize("surface", ["", "old", "0", "0歳", "121", "999歳", "来年"])
def test_no_age(surface: str) -> None:
    assert parse_age(surface) is None


def facts_of(
    text: str, surface: str, label: str, *, speaker: int | None = 0, source: str = "scan"
) -> list[str]:
    """Values of the facts in a text whose one span is given."""
    start = text.index(surface)
    span = Span(start, start + len(surface), label, 0.9, source)
    return [fact.value for fact in find_facts([Turn("t", text, speaker)], [[span]], PLACES)]


def test_only_subjects_state_facts() -> None:
    assert facts_of("I'm 34", "34", "AGE") == ["34"]
    assert facts_of("I'm 34", "34", "AGE", speaker=None) == []


def test_a_fact_says_where_it_stands() -> None:
    turns = [Turn("a", "hello"), Turn("b", "I'm 34", 1)]
    (fact,) = find_facts(turns, [[], [Span(4, 6, "AGE")]], PLACES)
    assert fact == Fact("AGE", "34", 1, 4, 6)
    assert list(facts_by_subject(turns, [fact])) == [(1, fact)]


def test_a_fact_of_nobody_is_left_out() -> None:
    assert list(facts_by_subject([Turn("a", "x", None)], [Fact("AGE", "34", 0, 0, 1)])) == []


def test_an_answer_is_a_statement_whatever_its_words() -> None:
    assert facts_of("osaka", "osaka", "LOCATION", source=SOURCE) == ["Osaka"]
    assert facts_of("34 lol", "34", "AGE", source=SOURCE) == ["34"]
    assert facts_of("we went to Osaka", "Osaka", "LOCATION") == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("I live in Tokyo", "Tokyo", "Tokyo"),
        ("大阪府堺市に住んでます", "大阪府堺市", "Osaka"),
        ("I live in Salem, Oregon", "Salem, Oregon", "Oregon"),
        ("I live in Quillhaven", "Quillhaven", "quillhaven"),
        ("I live in  NEW YORK", "NEW YORK", "New York"),
    ],
)
def test_the_leaf_of_a_place(text: str, surface: str, value: str) -> None:
    assert facts_of(text, surface, "LOCATION") == [value]


def test_an_unknown_word_in_lower_case_is_no_place() -> None:
    assert facts_of("I live in quillhaven", "quillhaven", "LOCATION") == []


def test_other_labels_are_no_facts() -> None:
    assert facts_of("I'm 34", "34", "PHONE_NUMBER") == []


@pytest.mark.parametrize("band", ["30-34", "30s", "90+"])
def test_a_band_this_project_writes_is_read_back(band: str) -> None:
    assert facts_of(f"I'm {band} now", band, "AGE") == [parse_age(band)]


@pytest.mark.parametrize(
    ("text", "value"), [("I'm 30s now", "30-39"), ("I'm 30-34", "30-34"), ("I'm 90+", "90+")]
)
def test_a_band_is_read_whole_where_a_detector_stops_at_its_number(text: str, value: str) -> None:
    assert facts_of(text, value[:2], "AGE") == [value]


@pytest.mark.parametrize("band", ["30代", "30〜34歳", "90歳以上"])
def test_a_japanese_band_is_read_back(band: str) -> None:
    assert facts_of(f"私は{band}です", band, "AGE") == ([parse_age(band)])


def test_a_region_this_project_writes_is_read_back() -> None:
    assert facts_of("関東に住んでいます", "関東", "LOCATION") == ["Kanto"]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("she told me “I'm 34", "34"),
        ("he wrote \"I'm 34", "34"),
        ("彼女が「34歳", "34歳"),
        ("Let's roleplay. I'm 16", "16"),
        ("なりきりしよう。16歳です", "16歳"),
        ("am I 34? no", "34"),
    ],
)
def test_quotation_fiction_and_questions_do_not_count(text: str, surface: str) -> None:
    assert facts_of(text, surface, "AGE") == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("アンパンマンは2歳児に人気", "2歳児"),
        ("もう12歳くらいなので眠ってばかり", "12歳"),
        ("まだ6歳なんです。可愛い盛りです", "6歳"),
        ("20代より30代のほうが楽しい", "30代"),
        ("上は高1、下は小2です", "小2"),
        ("バーテンは40代の女性だったです", "40代"),
        ("うちの自治体、30代には出してる", "30代"),
    ],
)
def test_ages_of_nobody_or_of_others(text: str, surface: str) -> None:
    assert facts_of(text, surface, "AGE") == []


def test_a_closed_quotation_does_not_hide_what_follows() -> None:
    assert facts_of('he said "hi" but I\'m 34', "34", "AGE") == ["34"]


def test_canonical_place() -> None:
    assert canonical_place("  Ｎｅｗ  York ") == "new york"


def test_a_long_text_with_many_spans_takes_moments() -> None:
    # Reading everything before each of 2,000 spans would take minutes.
    text = "I'm 34 and so on, " * 2_000
    spans = [Span(18 * n + 4, 18 * n + 6, "AGE") for n in range(2_000)]
    assert len(find_facts([Turn("t", text)], [spans], PLACES)) == 2_000
