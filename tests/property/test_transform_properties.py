"""Laws of the transformation, for any text and any disjoint spans."""

import random
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.labels import LABELS, LabelClass
from deid.transform.apply import Transformed, Transformer
from deid.transform.deleted import decode_deleted, encode_deleted, restore
from deid.transform.identity import link
from deid.transform.keys import Keys
from deid.transform.lookalikes import find_lookalikes
from deid.transform.names import parse_person
from deid.transform.policy import build_operators
from deid.transform.surrogates import SURROGATE_LABELS
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment
from deid.types import Span, Turn

KEYS = (ReplacementKey(bytes(32)), ReplacementKey(bytes(range(32))))
ESCROWED = sorted(name for name, label in LABELS.items() if label.escrowed)
NEVER = sorted(LABELS.keys() - set(ESCROWED))

# Pieces that meet: names in every script, tags and their fragments, astral and invisible characters.
NAMES = [
    "田中",
    "美咲",
    "みさき",
    "ミサキ",
    "さん",
    "Tanaka ",
    "Hiroshi",
    "mr. ",
    "'s",
    "-san",
    "・",
    " ",
    "\n",
]
VALUES = ["34", "34歳", "1990-05-03", "平成2年", "a@x.jp", "090-1234-5678", "+81 90", "１２３"]
TAGS = ["[", "]", "［", "］", "[PERSON_1]", "[SECRET]", "[PER", "SON_1]", "_1", "person", "AGE", "⟦", "⟧"]
ODD = ["😀", "𠮷", "\u200b", "é", "e\u0301", "ﬁ", "ß", "İ"]
PIECES = st.sampled_from(NAMES + VALUES + TAGS + ODD)
TEXT = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=12).map(
    "".join
)

Record = tuple[list[Turn], list[list[Span]]]


@st.composite
def records(draw: st.DrawFn, labels: list[str], text: st.SearchStrategy[str] = TEXT) -> Record:
    """Up to four turns, each with disjoint spans that may touch."""
    turns, spans = [], []
    for index in range(draw(st.integers(0, 4))):
        turns.append(Turn(f"m[{index}]", written := draw(text)))
        cuts = sorted(draw(st.sets(st.integers(0, len(written)), max_size=8)))
        spans.append(
            [
                Span(a, b, draw(st.sampled_from(labels)))
                for a, b in zip(cuts, cuts[1:], strict=False)
                if draw(st.booleans())
            ]
        )
    return turns, spans


def made(table: Mapping[str, Treatment], key: ReplacementKey = KEYS[0]) -> Transformer:
    return Transformer(build_operators(table, key, keys=Keys(key, key, "chats")), key)


TAGGED = {label: Treatment(operator="tag") for label in LABELS}
DELETED = {label: Treatment(operator="delete") for label in LABELS}
INVENTED = (
    TAGGED
    | {label: Treatment(operator="surrogate") for label in SURROGATE_LABELS}
    | {
        "AGE": Treatment(operator="bands", bands=5, top=90),
        "DATE_OF_BIRTH": Treatment(operator="coarsen", coarsen="year"),
        "DATE_TIME": Treatment(operator="coarsen", coarsen="hour"),
        "LOCATION": Treatment(operator="keep"),
        "FAMILY": Treatment(operator="delete"),
    }
)
KEYED = (
    TAGGED
    | {name: Treatment(operator="token") for name in ESCROWED if LABELS[name].cls is not LabelClass.MEDIA}
    | {"USERNAME": Treatment(operator="encrypt"), "URL": Treatment(operator="token", scope="global")}
    | {label: Treatment(operator="shift", shift=40) for label in ("DATE_OF_BIRTH", "DATE_TIME")}
)
TABLES = st.sampled_from([TAGGED, DELETED, INVENTED, KEYED])
KEPT = {
    label: Treatment(operator="keep" if LABELS[label].cls is LabelClass.QUASI else "tag") for label in LABELS
}
QUASI = sorted(name for name, label in LABELS.items() if label.cls is LabelClass.QUASI)


def restored(turns: list[Turn], result: Transformed) -> dict[str, str]:
    released = {turn.path: text for turn, text in zip(turns, result.texts, strict=True)}
    return restore(released, result.deleted)


@given(records(ESCROWED), TABLES)
@settings(max_examples=300, deadline=None)
def test_restore_undoes_transform(record: Record, table: Mapping[str, Treatment]) -> None:
    turns, spans = record
    result = made(table).transform("r", turns, spans)
    assert restored(turns, result) == {turn.path: turn.text for turn in turns}


@given(records(ESCROWED), st.data())
@settings(deadline=None)
def test_restore_undoes_a_plan_too(record: Record, data: st.DataObject) -> None:
    turns, spans = record
    places = [(n, span.start, span.end) for n, found in enumerate(spans) for span in found]
    plan = {place: data.draw(st.none() | TEXT) for place in places if data.draw(st.booleans())}
    result = made(TAGGED).transform("r", turns, spans, replacements=plan)
    assert restored(turns, result) == {turn.path: turn.text for turn in turns}


@given(records(ESCROWED))
@settings(deadline=None)
def test_deleted_information_survives_its_payload(record: Record) -> None:
    result = made(INVENTED).transform("r", *record)
    assert decode_deleted(encode_deleted(result.deleted)) == (result.deleted, ())


@given(records(NEVER), TABLES)
@settings(deadline=None)
def test_what_is_never_escrowed_is_nowhere(record: Record, table: Mapping[str, Treatment]) -> None:
    plain = {label: Treatment(operator="tag") for label in NEVER}
    result = made({**table, **plain}).transform("r", *record)
    assert {item.label for item in result.deleted} <= {"ESCAPED"}


# No letter of a tag, of an example domain or of an honorific, so that a surface found is a surface leaked.
PLAIN = st.text(st.sampled_from("bdfghjkqwz田美咲ひみ😀𠮷0123456789"), max_size=40)


@given(records(sorted(set(ESCROWED) - {"LOCATION"}), PLAIN), st.sampled_from([TAGGED, INVENTED]))
@settings(max_examples=300, deadline=None)
def test_no_replaced_surface_is_left(record: Record, table: Mapping[str, Treatment]) -> None:
    table = {**table, "FAMILY": Treatment(operator="tag")}  # deleting joins its neighbours
    turns, spans = record
    result = made(table).transform("r", turns, spans)
    outside = "\n".join(_outside(turn.text, found) for turn, found in zip(turns, spans, strict=True))
    for turn, found in zip(turns, spans, strict=True):
        for span in found:
            surface = turn.text[span.start : span.end]
            generalized = isinstance(table[span.label].bands or table[span.label].coarsen, int | str)
            if len(surface) >= 4 and surface not in outside and not generalized:
                assert not any(surface in text for text in result.texts)


def _outside(text: str, spans: list[Span]) -> str:
    cuts = [0, *(offset for span in spans for offset in (span.start, span.end)), len(text)]
    return "\n".join(text[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True))


@given(records(QUASI))
@settings(deadline=None)
def test_keeping_everything_changes_nothing_but_lookalikes(record: Record) -> None:
    turns, spans = record
    result = made(KEPT).transform("r", turns, spans)
    assert (result.counts, [edit for edits in result.edits for edit in edits]) == ({}, [])
    for turn, text in zip(turns, result.texts, strict=True):
        if list(find_lookalikes(turn.text, ())):
            assert text != turn.text
        else:
            assert text == turn.text


@given(records(sorted(LABELS)), TABLES)
@settings(max_examples=300, deadline=None)
def test_every_tag_in_a_release_is_ours(record: Record, table: Mapping[str, Treatment]) -> None:
    allowed = {
        **table,
        **{
            name: Treatment(operator="tag")
            for name in LABELS
            if LABELS[name].cls in (LabelClass.SECRET, LabelClass.MEDIA)
        },
    }
    result = made(allowed).transform("r", *record)
    for text, edits in zip(result.texts, result.edits, strict=True):
        assert list(find_lookalikes(text, {(edit.new_start, edit.new_end) for edit in edits})) == []


@given(records(sorted(LABELS)))
@settings(deadline=None)
def test_edits_say_what_was_replaced(record: Record) -> None:
    turns, spans = record
    result = made(TAGGED).transform("r", turns, spans)
    for text, found, edits in zip(result.texts, spans, result.edits, strict=True):
        assert [(edit.start, edit.end) for edit in edits] == [(span.start, span.end) for span in found]
        assert all(text[edit.new_start] == "[" and text[edit.new_end - 1] == "]" for edit in edits)
    assert sum(result.counts.values()) == sum(map(len, spans))


@given(st.lists(records(ESCROWED), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_of_records_does_not_matter(batch: list[Record], rng: random.Random) -> None:
    transformer = made(INVENTED)
    one = {n: transformer.transform(f"r{n}", *record) for n, record in enumerate(batch)}
    order = list(range(len(batch)))
    rng.shuffle(order)
    other = made(INVENTED)
    assert {n: other.transform(f"r{n}", *batch[n]) for n in order} == one


@given(st.text(max_size=20), st.text(max_size=20))
def test_tokens_differ_by_key_and_value(one: str, other: str) -> None:
    assert KEYS[0].token("id", one) == KEYS[0].token("id", one)
    assert KEYS[0].token("id", one) != KEYS[1].token("id", one)
    assert (KEYS[0].token("id", one) == KEYS[0].token("id", other)) == (one == other)


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_digests_of_different_parts_differ(one: list[str], other: list[str]) -> None:
    assert (KEYS[0].digest("p", *one) == KEYS[0].digest("p", *other)) == (one == other)


@given(st.text())
def test_a_person_mention_joins_to_itself(surface: str) -> None:
    mention = parse_person(surface)
    joined = "".join(a + b for a, b in zip(mention.atoms, (*mention.separators, ""), strict=True))
    assert mention.prefix + joined + mention.suffix == surface
    assert len(mention.atoms) == len(mention.separators) + 1


@given(records(sorted(LABELS)))
def test_numbers_of_entities_have_no_gap_and_order_of_mention(record: Record) -> None:
    turns, spans = record
    linked = link(turns, spans)
    assert [[span.label for span in found] for found in spans] == [
        [e.label for e in found] for found in linked
    ]
    seen: dict[str, list[int]] = {}
    for entity in (entity for found in linked for entity in found):
        numbers = seen.setdefault(entity.label, [])
        if entity.number not in numbers:
            numbers.append(entity.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen.values())


@given(records(["PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER"]), st.sampled_from(KEYS))
@settings(deadline=None)
def test_identities_of_a_record_never_share_a_surrogate(record: Record, key: ReplacementKey) -> None:
    turns, spans = record
    transformer = made(INVENTED, key)
    result = transformer.transform("r", turns, spans)
    linked = link(turns, spans)
    written: dict[str, set[tuple[str, int]]] = {}
    for text, edits, found in zip(result.texts, result.edits, linked, strict=True):
        for edit, entity in zip(edits, found, strict=True):
            made_of = text[edit.new_start : edit.new_end]
            bare = "".join(parse_person(made_of).keys) if entity.label == "PERSON" else made_of
            written.setdefault(bare, set()).add((entity.label, entity.number))
    assert all(len(owners) == 1 for owners in written.values())
