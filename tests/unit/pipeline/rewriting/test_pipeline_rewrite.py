"""One record rewritten: text, fields, deleted information, facts, and the second reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from plan_samples import config, detector, record, with_field

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.errors import ConfigError
from deid.ingest.record import Record
from deid.pipeline.quasi.facts import read_told
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.rewriting.rewrite import ROUNDS, Findings, Rewriter, Rewritten
from deid.transform.tokens import ReplacementKey
from deid.types import Span

KEY = ReplacementKey(bytes(range(32)))
TELLING = load_telling(config(), date(2026, 11, 22))


@dataclass
class Published:
    """A plan by table: (column, value) to what is published; all else is suppressed."""

    table: Mapping[tuple[str, str], str] = field(default_factory=dict)
    silenced: frozenset[str] = frozenset()

    def published(self, subject: str, column: str, value: str) -> str | None:
        assert len(subject) == 20
        return self.table.get((column, value))

    def of_other(self, kind: str, value: str) -> str | None:
        return self.table.get((kind, value), value)

    def of_list(self, path: str, value: str) -> str | None:
        return self.table.get((path, value))


@dataclass
class Scripted:
    """A detector that finds words of a list, as PERSON; it counts its readings."""

    words: Sequence[str] = ()
    readings: int = 0

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        self.readings += 1
        return [
            [
                Span(text.index(word), text.index(word) + len(word), "PERSON", 0.9, "scripted")
                for word in self.words
                if word in text
            ]
            for text in texts
        ]


def chat(*contents: str, **profile: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": content} for content in contents]
    return {"id": "c1", "user": "u1", "profile": profile, "messages": messages}


def findings(read: Record) -> Findings:
    spans = detector().detect_conversations([(read.turns, read.known)])[0]
    return Findings(KEY.token("record", read.id), spans, read_told(TELLING, read.turns, spans))


def rewritten(
    value: dict[str, Any],
    table: Mapping[tuple[str, str], str] | None = None,
    *,
    used: Config | None = None,
    found: Findings | None = None,
    reader: DefaultDetector | Scripted | None = None,
) -> Rewritten:
    chosen = used or config()
    read = record(value, chosen)
    plan = Published(table or {})
    rewriter = Rewriter(chosen, KEY, plan, load_telling(chosen, TELLING.today), reader or detector())  # type: ignore[arg-type]
    return rewriter.rewrite([(read, found or findings(read))])[0]


def contents(result: Rewritten) -> list[str]:
    return [message["content"] for message in result.value["messages"]]


def test_text_is_replaced_and_the_surfaces_are_handed_over() -> None:
    result = rewritten(chat("mail hanae@mail.example now", "call 090-1234-5678"))
    assert contents(result) == ["mail [EMAIL_ADDRESS_1] now", "call [PHONE_NUMBER_1]"]
    items = result.deleted[0].items
    assert [(item.path, item.original) for item in items] == [
        ("messages[0].content", "hanae@mail.example"),
        ("messages[1].content", "090-1234-5678"),
    ]
    assert result.texts == tuple(contents(result))


def test_text_without_findings_stays() -> None:
    result = rewritten(chat("nice weather", ""))
    assert contents(result) == ["nice weather", ""]
    assert not result.residual
    assert result.deleted[0].items == []


def test_ids_are_reissued_consistently_and_the_old_ones_deleted() -> None:
    result = rewritten(chat())
    assert result.value["id"] == KEY.token("record", "c1")
    assert result.value["user"] == KEY.token("subject", "u1")
    assert ("id", "c1") in result.deleted[0].fields
    assert ("user", "u1") in result.deleted[0].fields


def test_deleted_fields_leave_the_release_and_are_kept_as_deleted() -> None:
    result = rewritten(chat(name="Hanae Yamada", note="allergic"))
    assert "name" not in result.value["profile"]
    assert ("profile.name", "Hanae Yamada") in result.deleted[0].fields
    assert ("profile.note", "allergic") in result.deleted[0].fields


def test_secrets_are_kept_nowhere() -> None:
    result = rewritten(chat("my password is hunter2hunter", pin="4711"))
    assert "hunter2hunter" not in str(result.value) + str(result.deleted[0].items)
    assert "4711" not in str(result.value) + str(result.deleted[0].fields)


def test_a_dropped_field_is_nowhere() -> None:
    result = rewritten({**chat("hi"), "memory": ["Hanae likes tea"]})
    assert "memory" not in result.value
    assert "tea" not in str(result.deleted[0].fields)


def test_kept_fields_stay_and_missing_values_stay_missing() -> None:
    result = rewritten(chat("hi", age=None, region=None))
    assert result.value["messages"][0]["role"] == "user"
    assert result.value["profile"] == {"age": None, "region": None}


def test_a_quasi_identifier_is_what_the_plan_publishes() -> None:
    table = {("profile.age", "30-34"): "30-39", ("profile.region", "Tokyo"): "Tokyo"}
    result = rewritten(chat("hi", age=34, region="Tokyo"), table)
    assert result.value["profile"] == {"age": "30-39", "region": "Tokyo"}
    assert result.vectors == [{"profile.age": {"30-39"}, "profile.region": {"Tokyo"}}]
    # A value published as it was is not deleted information.
    assert result.deleted[0].fields == [("id", "c1"), ("user", "u1"), ("profile.age", 34)]


def test_a_suppressed_quasi_identifier_is_null_and_in_no_vector() -> None:
    result = rewritten(chat("hi", age=34, region="Tokyo"))
    assert result.value["profile"] == {"age": None, "region": None}
    assert result.vectors == [{}]


def test_a_field_of_a_message_gets_its_treatment_alone() -> None:
    value = chat("hi")
    value["messages"][0]["time"] = "2026-11-22T09:30:00"
    result = rewritten(value)
    assert result.value["messages"][0]["time"] == "2026-11"
    assert result.vectors == [{}]


def test_a_stated_place_is_generalized_in_the_language_of_its_text() -> None:
    table = {("text:LOCATION", "Tokyo"): "Kanto"}
    result = rewritten(chat("I live in Tokyo", "東京に住んでいます"), table)
    assert contents(result) == ["I live in Kanto", "関東地方に住んでいます"]
    assert result.vectors == [{"text:LOCATION": {"Kanto"}}]


def test_a_suppressed_fact_is_a_tag() -> None:
    result = rewritten(chat("I live in Tokyo and I'm 34"))
    assert contents(result) == ["I live in [LOCATION_1] and I'm [AGE_1]"]
    assert result.vectors == [{}]


def test_a_stated_age_is_published_as_its_band() -> None:
    result = rewritten(chat("I'm 34 now"), {("text:AGE", "30-39"): "30-39"})
    assert contents(result) == ["I'm 30s now"]
    assert result.vectors == [{"text:AGE": {"30-39"}}]


def test_facts_do_not_count_when_they_are_not_asked_for() -> None:
    used = config(kanon={"k": 2, "from_text": False})
    read = record(chat("I live in Tokyo"), used)
    spans = detector().detect_conversations([(read.turns, read.known)])[0]
    result = rewritten(chat("I live in Tokyo"), used=used, found=Findings("t" * 20, spans, []))
    assert result.vectors == [{}]


def test_one_person_has_one_surrogate() -> None:
    result = rewritten(chat("名前は田中美咲です", "田中さんと呼んで"))
    first, second = contents(result)
    assert "田中" not in first + second
    family = second.removesuffix("さんと呼んで")
    assert first.startswith(f"名前は{family}")


def test_a_known_value_is_found_in_every_text() -> None:
    result = rewritten(chat("ask hanae", "or HANAE YAMADA", name="Hanae Yamada"))
    assert "hanae" not in str(result.value).lower()
    assert len({item.original.lower() for item in result.deleted[0].items}) == 2


def test_what_is_found_in_the_second_reading_is_replaced_too() -> None:
    # The name comes apart in the source and meets its other half only when the number between is gone.
    reader = Scripted(["Quillby"])
    found = Findings("t" * 20, [[Span(9, 19, "US_SSN")]], [])
    result = rewritten(chat("Quillby, 123-45-678 ok"), found=found, reader=reader)
    assert "Quillby" not in contents(result)[0]
    assert not result.residual
    assert [item.original for item in result.deleted[0].items] == ["Quillby", "123-45-678"]
    assert reader.readings == 2


def test_what_is_still_there_after_the_last_round_is_counted() -> None:
    class Stubborn(Scripted):
        """Finds one more digit each time it reads; no surrogate of a name holds one."""

        def detect(self, texts: Sequence[str]) -> list[list[Span]]:
            self.words = ["123"[self.readings]]
            return super().detect(texts)

    reader = Stubborn()
    found = Findings("t" * 20, [[Span(20, 21, "US_SSN")]], [])
    result = rewritten(chat("0123456789klmnopqrstuvwxyz"), found=found, reader=reader)
    assert reader.readings == ROUNDS
    assert result.residual == {"PERSON": 1}


def test_quasi_identifiers_left_in_the_text_are_no_residue() -> None:
    result = rewritten(chat("we met in Tokyo and I wrote to hanae@mail.example"))
    assert "Tokyo" in contents(result)[0]
    assert not result.residual


def test_a_user_who_writes_a_tag_is_escaped() -> None:
    result = rewritten(chat("[PERSON_1] wrote to hanae@mail.example"))
    assert result.escaped == 1
    assert not contents(result)[0].startswith("[PERSON_1]")


def test_deleted_information_is_apart_for_each_subject() -> None:
    fields = {
        "id": {"class": "linking", "treatment": "reissue"},
        "people[].user": {"class": "linking", "treatment": "reissue"},
        "people[].name": {"class": "direct"},
        "messages[].speaker": {"class": "linking", "treatment": "reissue"},
        "messages[].content": {"class": "text"},
    }
    used = config(
        fields=fields,
        input={"record_id": "id", "subject_id": "people[].user", "speaker_id": "messages[].speaker"},
        kanon={"k": 2, "from_text": False},
    )
    value = {
        "id": "c1",
        "people": [{"user": "a", "name": "Ann"}, {"user": "b", "name": "Bo"}],
        "messages": [
            {"speaker": "a", "content": "ann@mail.example"},
            {"speaker": "b", "content": "bob@mail.example"},
        ],
    }
    result = rewritten(value, used=used)
    assert [[item.original for item in part.items] for part in result.deleted] == [
        ["ann@mail.example"],
        ["bob@mail.example"],
    ]
    assert ("people[1].name", "Bo") in result.deleted[1].fields
    tokens = [person["user"] for person in result.value["people"]]
    assert [message["speaker"] for message in result.value["messages"]] == tokens


def test_a_surrogate_for_a_field_needs_a_label() -> None:
    used = with_field("profile.note", **{"class": "direct", "treatment": "surrogate"})
    with pytest.raises(ConfigError, match=r"profile\.note: no surrogates"):
        rewritten(chat("hi", note="x"), used=used)


def test_records_of_a_batch_do_not_meet() -> None:
    chosen = config()
    first, second = (
        record(chat("hanae@mail.example"), chosen),
        record({**chat("bo@mail.example"), "id": "c2"}, chosen),
    )
    rewriter = Rewriter(chosen, KEY, Published(), TELLING, detector())
    together = rewriter.rewrite([(first, findings(first)), (second, findings(second))])
    alone = [rewriter.rewrite([(one, findings(one))])[0] for one in (first, second)]
    assert [result.value for result in together] == [result.value for result in alone]
    assert [contents(result) for result in together] == [["[EMAIL_ADDRESS_1]"], ["[EMAIL_ADDRESS_1]"]]


def test_an_empty_batch() -> None:
    assert Rewriter(config(), KEY, Published(), TELLING, detector()).rewrite([]) == []


def test_repr_shows_no_text() -> None:
    result = rewritten(chat("mail hanae@mail.example", name="Hanae"))
    assert "hanae" not in repr(result).lower()


def talk(*turns: tuple[str, str]) -> dict[str, Any]:
    return {**chat(), "messages": [{"role": role, "content": text} for role, text in turns]}


def test_a_job_is_generalized_wherever_the_conversation_repeats_it() -> None:
    said = talk(
        ("user", "I'm a dentist"), ("assistant", "A Dentist! 歯科医"), ("user", "yes, dentists are few")
    )
    result = rewritten(said, {("text:OCCUPATION", "dentist"): "health professional"})
    assert contents(result) == [
        "I'm a health professional",
        "A health professional! health professional",
        "yes, dentists are few",
    ]
    assert result.vectors == [{"text:OCCUPATION": {"health professional"}}]
    assert [item.original for item in result.deleted[0].items] == ["dentist", "Dentist", "歯科医"]


def test_what_an_operator_takes_out_goes_wherever_the_conversation_repeats_it() -> None:
    said = talk(("user", "My employer is Globex Inc."), ("assistant", "Globex Inc is a fine place, I hear"))
    assert contents(rewritten(said)) == [
        "My employer is [ORGANIZATION_1].",
        "[ORGANIZATION_1] is a fine place, I hear",
    ]
    deleting = config(transform={"operators": {"LANGUAGE": "delete"}})
    said = talk(("user", "My native language is Tagalog."), ("assistant", "Tagalog it is"))
    read = record(said, deleting)
    spans = detector().detect_conversations([(read.turns, read.known)])[0]
    facts = read_told(load_telling(deleting, TELLING.today), read.turns, spans)
    result = rewritten(said, used=deleting, found=Findings(KEY.token("record", "c1"), spans, facts))
    assert contents(result) == ["My native language is .", " it is"]


def test_an_echo_of_which_a_part_is_found_already_goes_whole() -> None:
    said = talk(("user", "I studied at Keio University."), ("assistant", "Keio University, how nice"))
    read = record(said)
    spans = [[], [Span(0, 4, "PERSON", 0.9, "scripted")]]
    found = Findings("t" * 20, spans, read_told(TELLING, read.turns, spans))
    assert "University" not in contents(rewritten(said, found=found, reader=Scripted()))[1]


def test_a_fact_without_a_span_is_taken_out() -> None:
    result = rewritten(chat("I drive trucks for a living and we have three kids"))
    assert "truck" not in contents(result)[0]
    assert "three" not in contents(result)[0]
    assert "[FAMILY_1]" in contents(result)[0]
    assert result.vectors == [{}]


def test_a_published_fact_stays_as_it_was_said() -> None:
    table = {("text:LANGUAGE", "swahili"): "swahili", ("text:FAMILY", "married"): "married"}
    result = rewritten(chat("I speak Swahili", "I'm married"), table)
    assert contents(result) == ["I speak Swahili", "I'm married"]
    assert result.vectors == [{"text:LANGUAGE": {"swahili"}, "text:FAMILY": {"married"}}]


def test_a_birth_tells_the_years_of_the_age_that_is_published() -> None:
    table = {("text:AGE", "30-39"): "20-39"}
    result = rewritten(chat("I was born in 1990", "1990年3月2日生まれです", "my birthday is March 2"), table)
    assert contents(result) == [
        "I was born in 1986-2006",
        "1986〜2006年生まれです",
        "my birthday is [DATE_OF_BIRTH_3]",
    ]
    assert result.vectors == [{"text:AGE": {"20-39"}}]


def test_what_is_told_of_another_is_what_the_plan_says_and_in_no_vector() -> None:
    table = {("OCCUPATION", "judge"): "legal, social or cultural professional"}
    result = rewritten(chat("my mom is a judge", "my dad is a nurse"), table)
    assert contents(result) == [
        "my mom is a legal, social or cultural professional",
        "my dad is a nurse",
    ]
    assert result.vectors == [{}]


def test_a_fact_inside_a_larger_one_that_goes_takes_all_of_it_along() -> None:
    table = {("text:FAMILY", "single"): "single"}
    result = rewritten(chat("I'm a single mom of two"), table)
    assert "two" not in contents(result)[0]


def test_a_silenced_subject_tells_nothing() -> None:
    chosen = config()
    read = record(chat("I'm a nurse from Osaka. My mom is 58"), chosen)
    table = {("text:OCCUPATION", "nurse"): "nurse", ("text:LOCATION", "Osaka"): "Osaka"}
    plan = Published(table, frozenset({KEY.token("subject", "u1")}))
    rewriter = Rewriter(chosen, KEY, plan, TELLING, detector())
    (result,) = rewriter.rewrite([(read, findings(read))])
    assert contents(result) == ["I'm a [OCCUPATION_1] from [LOCATION_1]. My mom is [AGE_1]"]
