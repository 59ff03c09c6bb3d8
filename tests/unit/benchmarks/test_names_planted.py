import json
import lzma
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from random import Random

import pytest

import namespeed
import plantednames
from chatlines import Carrier, Language, Site, carriers
from deid.types import Span
from heldout import held_out
from nameengines import Engine

IRC = """### day
[12:18] <usual> Matt|: it works
=== epod [~e@x] has joined
[12:18] <Matt|> usual, he says no
[12:18] <usual> Matt|, ask epod
[12:19] <epod> thanks usual, bye
[12:19] <epod> He's right, they said
[12:20] <epod> hello there
=== gone_ is now known as zed
[12:21] <epod> bye zed
"""


def english(tmp_path: Path) -> list[Carrier]:
    (tmp_path / "irc-ubuntu").mkdir()
    (tmp_path / "irc-ubuntu" / "dev.raw.txt.xz").write_bytes(lzma.compress(IRC.encode()))
    return carriers("en", tmp_path)


def japanese(tmp_path: Path) -> list[Carrier]:
    said = ["<AB>さんは元気？", "昨日、友達と話した", "<AA>と<AB>です", "涼しいですね", "<AB>です"]
    rows = [
        {"dialogue_id": number, "utterances": [["AA", text, "NaT"] for text in said]} for number in (30, 39)
    ]
    (tmp_path / "real-persona-chat").mkdir()
    packed = lzma.compress("\n".join(map(json.dumps, rows)).encode())
    (tmp_path / "real-persona-chat" / "dialogues.jsonl.xz").write_bytes(packed)
    return carriers("ja", tmp_path)


def marked(carrier: Carrier) -> list[str]:
    return [
        f"{site.kind}: {text[: site.start]}_{text[site.end :]}"
        for site in carrier.sites
        for text in [carrier.texts[site.message]]
    ]


def test_english_sites_are_calls_greetings_and_pronouns(tmp_path: Path) -> None:
    (carrier,) = english(tmp_path)
    assert marked(carrier) == [
        "called: _: it works",
        "told: _ says no",
        "told: ask _",
        "told: thanks _, bye",
        "told: _'s right, they said",
        "told: bye _",
    ]
    assert carrier.speakers == (0, 1, 0, 2, 2, 2, 2)
    assert carrier.clean == (False, True, False, False, True, True, False)


def test_japanese_sites_are_masks_and_relations_of_dialogues_kept_from_training(tmp_path: Path) -> None:
    (carrier,) = japanese(tmp_path)
    assert marked(carrier) == ["honoured: _さんは元気？", "told: 昨日、_と話した", "told: _です"]
    assert carrier.clean == (False, True, False, True, False)


def test_every_planted_name_is_kept_from_training() -> None:
    sections = plantednames.inventory()
    assert sections.keys() == {
        *("given", "uncommon", "world", "family", "nick", "姓", "名", "かな"),
        *("romaji given", "romaji family"),
    }
    for section, names in sections.items():
        assert len(set(names)) == len(names) > 25, section
        assert all(map(held_out, names)), section


CARRIER = Carrier(
    ("he said so", "bo: hi", "plain", "ask him"),
    (0, 1, 0, 1),
    (Site(0, 0, 2, "told"), Site(1, 0, 2, "called"), Site(3, 4, 7, "told")),
    (False, False, True, False),
)
JAPANESE = Carrier(
    ("<AB>さんは", "友達と"), (0, 1), (Site(0, 0, 4, "honoured"), Site(1, 0, 2, "told")), (False, False)
)


def test_every_form_is_planted_and_its_gold_is_the_name() -> None:
    people = {name for names in plantednames.inventory().values() for name in names}
    made = list(plantednames.messages([CARRIER], "en", Random(1), 2))
    assert [message.gold.form for message in made[::2]] == list(plantednames.FORMS["en"])
    assert {message.place for message in made} == {"told"}
    surfaces = {message.gold.form: message.text[message.gold.start : message.gold.end] for message in made}
    assert surfaces["title"] in people
    assert surfaces["lower"].islower()
    assert surfaces["lower"].capitalize() in people
    assert len(surfaces["full"].split()) == 2


def test_honorifics_stand_once_and_outside_the_name() -> None:
    made = list(plantednames.messages([JAPANESE], "ja", Random(1), 2))
    after = {m.place: m.text[m.gold.end :] for m in made if m.gold.form == "katakana-honoured"}
    assert after["honoured"] == "さんは"
    assert after["told"] in ("さんと", "くんと", "ちゃんと")
    bare = [message for message in made if message.gold.form == "katakana"]
    assert [message.text[message.gold.end :] for message in bare] == ["と"]


def finder(*found: str, peer: bool = True) -> Engine:
    """Return an engine that finds some words wherever they stand."""

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [Span(text.index(word), text.index(word) + len(word), "PERSON") for word in found if word in text]
            for text in texts
        ]

    return Engine("finder", find, peer)


def test_mentions_count_whole_and_by_label() -> None:
    planted = list(islice(plantednames.messages([CARRIER], "en", Random(1), 2), 2))
    names = [message.text[message.gold.start : message.gold.end] for message in planted]
    coverage, typed = plantednames.found(finder(*names), planted)["form/title"]
    assert (coverage.hits, coverage.total, typed.hits) == (2, 2, 2)
    part = plantednames.found(finder(*(name[:-1] for name in names)), planted)["place/told"]
    assert part[0].hits == 0


def test_a_person_is_whole_when_no_mention_is_missed() -> None:
    (met,) = plantednames.meetings([CARRIER, Carrier(("x",), (0,), (), (True,))], "en", Random(1), 5)
    assert len(met.mentions) == 3
    assert met.turns[2].text == "plain"
    names = [met.turns[n].text[gold.start : gold.end] for n, gold in met.mentions.items()]
    assert len(set(names)) == 1
    assert plantednames.complete(finder(names[0]), [met])["all"].hits == 1
    assert plantednames.complete(finder("so"), [met])["title+title"].hits == 0
    first = met.turns[0].text.removesuffix(" so")
    assert plantednames.complete(finder(first), [met])["all"].hits == 0


def test_alarms_are_counted_in_clean_messages_only() -> None:
    assert plantednames.alarms(finder("he", "plain"), [CARRIER], Random(1), 9).value == 1.0
    rate = plantednames.alarms(finder("he"), [CARRIER], Random(1), 9)
    assert (rate.hits, rate.total) == (0, 1)


@pytest.mark.parametrize(("language", "size"), [("en", 31), ("ja", 55)])
def test_messages_for_speed_have_one_length(language: Language, size: int) -> None:
    made = namespeed.joined([CARRIER, JAPANESE], language, Random(1), 5)
    assert len(made) == 5
    lengths = {namespeed._length(text, language) for text in made}  # noqa: SLF001 - its own measure of length
    assert lengths == {size}
