"""A-25, asked for: a topic stays where identifiers, places, dates and rare facts around it are gone."""

import json
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, person, released, run

from deid.config import Config
from deid.errors import ConfigError

FIELDS: dict[str, Any] = {
    **CONFIG["fields"],
    "user": {"class": "linking", "treatment": {"operator": "reissue", "scope": "conversation"}},
}
TRANSFORM = {
    "rare_words": 5,
    "HEALTH": "keep-if-unlinked",
    "SEXUALITY": "keep-if-unlinked",
}
SAID = {
    "ゲイだと親に言えない": "ゲイ",
    "HIV陽性と言われた": "HIV",
    "I had an abortion": "abortion",
    "うつで通院しています": "うつ",
}
BESIDE = {
    "a place": ("ゲイ", "ゲイだと親に言えない。横浜に住んでいる", 6),
    "a place of nobody": ("abortion", "I had an abortion. The weather in Osaka is fine", 6),
    "a date": ("abortion", "I had an abortion on 3 March 2021", 6),
    "one person's place, which goes": ("ゲイ", "ゲイだと親に言えない。横浜に住んでいる", 1),
    "one person's job, which goes": ("うつ", "うつで通院しています。私は宇宙飛行士です", 1),
}
"""What is said, the word of its topic, and by how many people."""


def texts_of(folder: Path, *asked: str, **changes: Any) -> list[str]:
    """Return the texts of a run over six people who say each phrase alone, and one for each that is asked."""
    people = [person(f"{n}-{i}", said) for n, said in enumerate(SAID) for i in range(6)]
    people += [person(f"asked-{n}", said) for n, said in enumerate(asked)]
    options = {"fields": FIELDS, "transform": TRANSFORM, "policy": None, "purpose": None, **changes}
    run(folder, people, "anonymize", **options)
    return [" | ".join(turn["content"] for turn in row["messages"]) for row in released(folder)]


def report(folder: Path) -> Any:
    return json.loads((folder / "out" / "report" / "detection.json").read_text(encoding="utf-8"))


def test_a_topic_alone_stays_and_is_counted(tmp_path: Path) -> None:
    texts = texts_of(tmp_path)
    for said, word in SAID.items():
        assert sum(word in text for text in texts) == 6, said
    told = report(tmp_path)
    assert told["kept"] == {label: told["spans"][label] for label in ("HEALTH", "SEXUALITY")}
    assert told["classes"]["sensitive"] == sum(told["kept"].values())
    assert told["residual"] == {}
    page = (tmp_path / "out" / "report" / "index.html").read_text(encoding="utf-8")
    assert "nothing in the conversation leads to a person" in page


def test_by_default_it_goes(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, transform={"rare_words": 5})
    assert not any(word in text for text in texts for word in SAID.values())
    assert report(tmp_path)["kept"] == {}


@pytest.mark.parametrize("beside", BESIDE)
def test_a_topic_goes_beside_what_may_lead_to_a_person(tmp_path: Path, beside: str) -> None:
    word, said, people = BESIDE[beside]
    texts = texts_of(tmp_path, *[said] * people)
    stays = beside.endswith("which goes")
    assert sum(word in text for text in texts) == 6 + people * stays
    for fact in ("横浜", "宇宙飛行士"):
        assert not any(fact in text and word in text for text in texts)


def test_it_stays_where_the_place_beside_it_is_taken_out(tmp_path: Path) -> None:
    word, said, people = BESIDE["a place"]
    texts = texts_of(tmp_path, *[said] * people, transform={**TRANSFORM, "LOCATION": "tag"})
    assert sum(word in text for text in texts) == 12
    assert sum(word in text and "[LOCATION_1]" in text for text in texts) == 6


def test_an_identifier_beside_it_is_gone(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, *["I had an abortion. Call 090-1234-5678"] * 6)
    assert sum("abortion" in text and "[PHONE_NUMBER_1]" in text for text in texts) == 6
    assert sum("abortion" in text for text in texts) == 12


def test_a_topic_of_which_one_person_speaks_goes(tmp_path: Path) -> None:
    """The disease with one case (A-20) leads to whoever has it."""
    (text,) = [
        text
        for text in texts_of(tmp_path, "I have schizophrenia")
        if "schizophrenia" in text or "[HEALTH_1]" in text
    ]
    assert "schizophrenia" not in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"transform": {"HEALTH": "keep-if-unlinked"}}, "needs `rare_words`"),
        ({"kanon": {"from_text": False}}, "needs `kanon.from_text`"),
        ({"kanon": {"facts": ["AGE"]}}, "every kind of `kanon.facts`"),
        ({"fields": CONFIG["fields"]}, "fields.user joins the conversations of a person"),
        (
            {"fields": {**FIELDS, "at": {"class": "quasi", "treatment": {"coarsen": "month"}}}},
            "is a date beside",
        ),
    ],
)
def test_refused_where_something_links_all_the_same(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        texts_of(tmp_path, **changes)


def test_refused_in_the_mode_that_links(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="only in mode anonymize"):
        run(tmp_path, [person("u")], "pseudonymize", fields=FIELDS, transform=TRANSFORM)


@pytest.mark.parametrize("label", ["PERSON", "LOCATION", "PASSWORD"])
def test_it_is_for_what_is_sensitive(label: str) -> None:
    with pytest.raises(ValueError, match="keep"):
        Config.model_validate({**CONFIG, "transform": {"rare_words": 5, label: "keep-if-unlinked"}})
