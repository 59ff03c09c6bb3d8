"""Our operators inside the installed ``AnonymizerEngine``."""

from typing import Any

import pytest

pytest.importorskip("presidio_anonymizer")

from presidio_analyzer import RecognizerResult
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import InvalidParamError, OperatorConfig
from presidio_anonymizer.operators import OperatorType

from deid.transform.presidio import DeidSurrogate, DeidTag, PresidioConversation
from deid.transform.tokens import ReplacementKey

KEY = ReplacementKey(bytes(range(32)))
FIRST = "Hiroshi Tanaka met Mika Sato at mika@mail.example."
SECOND = "Then Tanaka left, and MIKA@MAIL.EXAMPLE was free."


def results(text: str, *found: tuple[str, str]) -> list[RecognizerResult]:
    return [
        RecognizerResult(entity, text.index(surface), text.index(surface) + len(surface), 0.9)
        for surface, entity in found
    ]


TURNS = [
    (
        FIRST,
        results(
            FIRST,
            ("Hiroshi Tanaka", "PERSON"),
            ("Mika Sato", "PERSON"),
            ("mika@mail.example", "EMAIL_ADDRESS"),
        ),
    ),
    (SECOND, results(SECOND, ("Tanaka", "PERSON"), ("MIKA@MAIL.EXAMPLE", "EMAIL_ADDRESS"))),
]


@pytest.fixture
def engine() -> Any:
    made: Any = AnonymizerEngine()  # type: ignore[no-untyped-call, unused-ignore]
    made.add_anonymizer(DeidTag)
    made.add_anonymizer(DeidSurrogate)
    return made


def learned(key: ReplacementKey = KEY, name: str = "c1") -> PresidioConversation:
    conversation = PresidioConversation(key, name=name)
    for text, found in TURNS:
        conversation.learn(text, found)
    return conversation


def written(engine: Any, operator: str, conversation: PresidioConversation) -> list[str]:
    config = {"DEFAULT": OperatorConfig(operator, {"conversation": conversation})}
    return [engine.anonymize(text, found, config).text for text, found in TURNS]


def test_tags_are_numbered_by_first_mention(engine: Any) -> None:
    assert written(engine, "deid_tag", learned()) == [
        "[PERSON_1] met [PERSON_2] at [EMAIL_ADDRESS_1].",
        "Then [PERSON_1] left, and [EMAIL_ADDRESS_1] was free.",
    ]


def test_surrogates_are_one_an_identity(engine: Any) -> None:
    first, second = written(engine, "deid_surrogate", learned())
    assert not any(real in first + second for real in ("Tanaka", "Mika", "Sato", "mika@"))
    given, family = first.split(" met ")[0].split()
    assert second.startswith(f"Then {family} left")
    assert given not in second
    address = first.rsplit(" ", 1)[1].rstrip(".")
    assert address.lower() in second.lower()


def test_one_key_and_name_give_one_result(engine: Any) -> None:
    once = written(engine, "deid_surrogate", learned())
    assert written(engine, "deid_surrogate", learned()) == once
    assert written(engine, "deid_surrogate", learned(name="c2")) != once
    assert written(engine, "deid_surrogate", learned(ReplacementKey(bytes(32)))) != once


def test_without_learning_equal_values_are_still_equal(engine: Any) -> None:
    text = "Ann and Ann and Bob"
    found = [RecognizerResult("PERSON", s, e, 0.9) for s, e in ((0, 3), (8, 11), (16, 19))]
    config = {"PERSON": OperatorConfig("deid_tag", {"conversation": PresidioConversation(KEY)})}
    # Presidio goes from the end of a text to its start.
    assert engine.anonymize(text, found, config).text == "[PERSON_2] and [PERSON_2] and [PERSON_1]"


def test_learning_more_does_not_change_what_was_written() -> None:
    conversation = PresidioConversation(KEY)
    before = conversation.tag("PERSON", "Ann")
    conversation.learn("Bob Ray", results("Bob Ray", ("Bob Ray", "PERSON")))
    assert conversation.tag("PERSON", "Ann") == before == "[PERSON_1]"
    assert conversation.tag("PERSON", "Bob Ray") == conversation.tag("PERSON", "Ray") == "[PERSON_2]"


def test_their_entities_get_our_labels(engine: Any) -> None:
    config = {"DEFAULT": OperatorConfig("deid_tag", {"conversation": PresidioConversation(KEY)})}
    text = "a Dane, badge 12"
    found = results(text, ("Dane", "NRP"), ("12", "BADGE_NUMBER"))
    assert engine.anonymize(text, found, config).text == "a [NATIONALITY_1], badge [NATIONAL_ID_1]"


def test_secrets_have_no_number() -> None:
    assert PresidioConversation(KEY).tag("PASSWORD", "hunter2") == "[SECRET]"


def test_a_label_without_surrogates_is_refused(engine: Any) -> None:
    config = {"DEFAULT": OperatorConfig("deid_surrogate", {"conversation": PresidioConversation(KEY)})}
    with pytest.raises(InvalidParamError, match="no surrogates for AGE; use deid_tag"):
        engine.anonymize("34", results("34", ("34", "AGE")), config)


@pytest.mark.parametrize("operator", ["deid_tag", "deid_surrogate"])
@pytest.mark.parametrize("params", [{}, {"conversation": None}, {"conversation": "c1"}])
def test_a_conversation_is_needed(engine: Any, operator: str, params: dict[str, object]) -> None:
    with pytest.raises(InvalidParamError, match="must be a PresidioConversation"):
        engine.anonymize(
            "Ann", results("Ann", ("Ann", "PERSON")), {"PERSON": OperatorConfig(operator, params)}
        )


@pytest.mark.parametrize("operator", [DeidTag(), DeidSurrogate()])
def test_operators_by_themselves(operator: DeidTag | DeidSurrogate) -> None:
    assert operator.operator_type() is OperatorType.Anonymize
    assert operator.operate("", {"conversation": PresidioConversation(KEY), "entity_type": "PERSON"}) == ""
    with pytest.raises(InvalidParamError):
        operator.operate("x", None)


def test_repr_tells_a_number_only() -> None:
    assert repr(learned()) == "PresidioConversation(5 values)"


def test_engines_can_take_them_out_again(engine: Any) -> None:
    assert {"deid_tag", "deid_surrogate"} <= set(engine.get_anonymizers())
    engine.remove_anonymizer(DeidTag)
    assert "deid_tag" not in engine.get_anonymizers()
