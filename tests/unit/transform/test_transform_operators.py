import math

import pytest

from deid.config import load_operators
from deid.errors import ConfigError
from deid.labels import LABELS, LabelClass
from deid.sections import TransformConfig
from deid.transform.identity import Entity
from deid.transform.operators import (
    Bands,
    Coarsen,
    Delete,
    Keep,
    Mention,
    Operator,
    Surrogate,
    Tag,
    Top,
    tag_of,
    transform_value,
)
from deid.transform.policy import build_operators
from deid.transform.script import Language
from deid.transform.surrogates import SURROGATE_LABELS, Scope
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment
from deid.types import Span

KEY = ReplacementKey(bytes(range(32)))


def mention(
    label: str, surface: str, *, language: Language = "en", number: int = 2, scope: Scope | None = None
) -> Mention:
    parts = (surface.lower(),) if label == "PERSON" else ()
    entity = Entity(label, number, surface.lower(), parts)
    return Mention(surface, Span(0, len(surface), label), entity, language, scope or Scope("c"))


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("PERSON", "[PERSON_2]"),
        ("JP_MY_NUMBER", "[JP_MY_NUMBER_2]"),
        ("PASSWORD", "[SECRET]"),
        ("SECRET_KEY", "[SECRET]"),
        ("ONE_TIME_CODE", "[SECRET]"),
        ("SHARE_CODE", "[SECRET]"),
        ("MEDIA", "[MEDIA]"),
        ("CREDIT_CARD", "[CREDIT_CARD_2]"),
    ],
)
def test_tag(label: str, tag: str) -> None:
    assert Tag(label).apply(mention(label, "x")) == tag


def test_keep_and_delete() -> None:
    assert Keep().apply(mention("LOCATION", "Tokyo")) == "Tokyo"
    assert Delete().apply(mention("LOCATION", "Tokyo")) == ""


@pytest.mark.parametrize(
    ("surface", "language", "text"),
    [
        ("34", "ja", "30代"),
        ("34", "en", "30s"),
        ("95", "ja", "90歳以上"),
        ("95 years old", "en", "90+"),
        ("young", "en", "[AGE_2]"),
        ("6ヶ月", "ja", "[AGE_2]"),
    ],
)
def test_bands(surface: str, language: Language, text: str) -> None:
    assert Bands(10, 90).apply(mention("AGE", surface, language=language)) == text


def test_narrow_bands() -> None:
    assert Bands(5).apply(mention("AGE", "34", language="ja")) == "30〜34歳"
    assert Bands(5).apply(mention("AGE", "34")) == "30-34"
    assert Bands(5).apply(mention("AGE", "95")) == "95-99"


@pytest.mark.parametrize(
    ("surface", "text"),
    [("89歳", "89歳"), ("90歳", "90+"), ("116", "90+"), ("old", "[AGE_2]"), ("90+", "90+"), ("85-95", "85+")],
)
def test_top(surface: str, text: str) -> None:
    assert Top(90).apply(mention("AGE", surface)) == text


@pytest.mark.parametrize(
    ("surface", "text"), [("1990-05-03", "1990"), ("平成2年5月3日", "1990年"), ("May 3", "[DATE_OF_BIRTH_2]")]
)
def test_coarsen(surface: str, text: str) -> None:
    assert Coarsen("year").apply(mention("DATE_OF_BIRTH", surface)) == text


def test_surrogate_is_the_one_of_the_scope() -> None:
    scope = Scope("c", {("USERNAME", 2): "user_abcdef", ("USERNAME", 3): None})
    operator = Surrogate(KEY)
    assert operator.apply(mention("USERNAME", "@taro", scope=scope)) == "@user_abcdef"
    assert operator.apply(mention("USERNAME", "taro", number=3, scope=scope)) == "[USERNAME_3]"


def test_surrogate_alone_is_drawn_under_the_key() -> None:
    one, other = Surrogate(KEY), Surrogate(ReplacementKey(bytes(32)))
    made = one.apply(mention("EMAIL_ADDRESS", "taro@x.jp"))
    assert made.split("@")[1].startswith("example.")
    assert made == one.apply(mention("EMAIL_ADDRESS", "taro@x.jp"))
    assert made != one.apply(mention("EMAIL_ADDRESS", "taro@x.jp", scope=Scope("d")))
    assert made != other.apply(mention("EMAIL_ADDRESS", "taro@x.jp"))


def test_linkable_is_declared() -> None:
    linkable: dict[Operator, bool] = {
        Keep(): True,
        Delete(): False,
        Tag("PERSON"): True,
        Tag("PASSWORD"): False,
        Tag("MEDIA"): False,
        Bands(5): False,
        Top(90): False,
        Coarsen("year"): False,
    }
    assert {operator: operator.linkable for operator in linkable} == linkable
    assert Surrogate(KEY).linkable


def test_nothing_shows_surface_or_key() -> None:
    shown = repr(mention("PERSON", "misaki")) + repr(Surrogate(KEY))
    assert "misaki" not in shown
    assert "Key" not in shown


def full_table(**changes: object) -> dict[str, Treatment]:
    table = {label: Treatment(operator="tag") for label in LABELS}
    return table | {label: Treatment.model_validate(treatment) for label, treatment in changes.items()}


def test_build_operators() -> None:
    made = build_operators(
        full_table(
            AGE={"bands": 5, "top": 90},
            LOCATION="keep",
            PERSON="surrogate",
            PASSWORD="delete",
            DATE_TIME={"coarsen": "month"},
        ),
        KEY,
    )
    assert made.keys() == LABELS.keys()
    assert made["AGE"] == Bands(5, 90)
    assert made["LOCATION"] == Keep()
    assert isinstance(made["PERSON"], Surrogate)
    assert made["PASSWORD"] == Delete()
    assert made["DATE_TIME"] == Coarsen("month")
    assert made["EMAIL_ADDRESS"] == Tag("EMAIL_ADDRESS")
    assert build_operators(full_table(AGE={"top": 90}), KEY)["AGE"] == Top(90)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"AGE": "surrogate"}, "AGE: operator `surrogate` does not suit"),
        ({"CREDIT_CARD": "surrogate"}, "CREDIT_CARD: operator `surrogate`"),
        ({"PERSON": {"bands": 5}}, "PERSON: operator `bands`"),
        ({"DATE_TIME": {"top": 5}}, "DATE_TIME: operator `top`"),
        ({"LOCATION": {"coarsen": "year"}}, "LOCATION: operator `coarsen`"),
        ({"DATE_TIME": {"coarsen": "week"}}, "DATE_TIME: cannot coarsen to `week`"),
        ({"PERSON": "keep"}, "PERSON: class `direct` cannot be kept"),
        ({"PASSWORD": "surrogate"}, "PASSWORD: class `secret`"),
        ({"PERSON": "reissue"}, "reissue"),
        ({"PRESON": "tag"}, "unknown label `PRESON`"),
    ],
)
def test_unsuitable_operators_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        build_operators(full_table(**changes), KEY)


def test_a_label_without_an_operator_is_refused() -> None:
    table = full_table()
    del table["PERSON"], table["AGE"]
    with pytest.raises(ConfigError, match="none for AGE, PERSON"):
        build_operators(table, KEY)


@pytest.mark.parametrize("label", sorted(SURROGATE_LABELS))
def test_every_label_with_a_pool_can_have_surrogates(label: str) -> None:
    assert isinstance(build_operators(full_table(**{label: "surrogate"}), KEY)[label], Surrogate)


@pytest.mark.parametrize("mode", ["anonymize", "pseudonymize"])
def test_shipped_tables(mode: str) -> None:
    table = load_operators(TransformConfig(), mode)
    assert table.keys() == LABELS.keys()
    made = build_operators(table, KEY)
    assert isinstance(made["PERSON"], Surrogate) == (mode == "anonymize")
    assert made["AGE"] == Bands(10, 90)
    assert made["DATE_OF_BIRTH"] == Coarsen("year")
    kept = {"DATE_TIME", "LOCATION", "OCCUPATION", "EDUCATION", "NATIONALITY", "LANGUAGE", "FAMILY", "MONEY"}
    assert {label for label, operator in made.items() if operator == Keep()} == kept
    for label, operator in made.items():
        if LABELS[label].cls is not LabelClass.QUASI and label != "PERSON":
            assert operator == Tag(label)
    assert made["ORGANIZATION"] == Tag("ORGANIZATION")
    assert made["COORDINATE"] == Tag("COORDINATE")


def value_of(treatment: object, value: str | float | None, **options: object) -> object:
    return transform_value(Treatment.model_validate(treatment), value, path="profile.age", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("treatment", "value", "made"),
    [
        ("keep", "x", "x"),
        ("keep", 5, 5),
        ("keep", None, None),
        ("delete", "x", None),
        ("tag", "x", "[AGE]"),
        ("tag", None, None),
        ({"bands": 5}, 34, "30-34"),
        ({"bands": 5}, "34", "30-34"),
        ({"bands": 5}, " 34 ", "30-34"),
        ({"bands": 5}, 34.9, "30-34"),
        ({"bands": 5}, "34歳", "30-34"),
        ({"bands": 5}, "30-34", "30-34"),
        ({"bands": 10}, "30-34", "30-39"),
        ({"bands": 5, "top": 90}, 90, "90+"),
        ({"bands": 5, "top": 90}, 89, "85-89"),
        ({"bands": 5, "top": 90}, "95+", "90+"),
        ({"bands": 5}, "unknown", "[AGE]"),
        ({"bands": 5}, True, "[AGE]"),
        ({"bands": 5}, math.nan, "[AGE]"),
        ({"bands": 5}, math.inf, "[AGE]"),
        ({"bands": 5}, 0, "0-4"),
        ({"bands": 5}, -3, "-5--1"),
        ({"bands": 5}, None, None),
        ({"bands": 5}, "", "[AGE]"),
        ({"top": 90}, 89, "89"),
        ({"top": 90}, 90, "90+"),
        ({"top": 90}, "x", "[AGE]"),
        ({"coarsen": "year"}, "1990-05-03", "1990"),
        ({"coarsen": "month"}, "1990/5/3", "1990-05"),
        ({"coarsen": "day"}, "2024-05-03T14:22:10Z", "2024-05-03"),
        ({"coarsen": "hour"}, "2024-05-03T14:22:10Z", "2024-05-03T14"),
        ({"coarsen": "year"}, 1990, "1990"),
        ({"coarsen": "year"}, "soon", "[AGE]"),
    ],
)
def test_transform_value(treatment: object, value: str | float | None, made: object) -> None:
    assert value_of(treatment, value) == made


def test_tag_of_a_field_with_a_label() -> None:
    assert value_of("tag", "x", label="DATE_OF_BIRTH") == "[DATE_OF_BIRTH]"
    assert transform_value(Treatment(operator="tag"), "x", path="cards[].birth-date[]") == "[BIRTH_DATE]"


def test_reissue_is_one_token_an_id_and_scope() -> None:
    token = value_of("reissue", "user-1", key=KEY)
    assert isinstance(token, str)
    assert len(token) == 20
    assert token == transform_value(
        Treatment(operator="reissue"), "user-1", path="messages[].speaker", key=KEY
    )
    assert token != value_of("reissue", "user-2", key=KEY)
    assert token != value_of("reissue", "user-1", key=KEY, scope="release-2")
    assert value_of("reissue", 17, key=KEY) == value_of("reissue", "17", key=KEY)


def test_surrogate_of_a_field() -> None:
    made = value_of("surrogate", "田中美咲", key=KEY, scope="r1", label="PERSON")
    assert made != "田中美咲"
    assert made == value_of("surrogate", "田中美咲", key=KEY, scope="r1", label="PERSON")
    assert value_of("surrogate", "", key=KEY, label="PERSON") == ""


@pytest.mark.parametrize(
    ("treatment", "options", "message"),
    [
        ("reissue", {}, "profile.age: `reissue` needs a replacement key"),
        ("surrogate", {"label": "PERSON"}, "needs a replacement key"),
        ("surrogate", {"key": KEY}, "no surrogates for a field without a label"),
        ("surrogate", {"key": KEY, "label": "AGE"}, "no surrogates for AGE"),
        ({"coarsen": "prefecture"}, {}, "profile.age: cannot coarsen to `prefecture`"),
    ],
)
def test_fields_whose_treatment_cannot_be_done(
    treatment: object, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        value_of(treatment, "1990-01-01", **options)


def test_tags_of_unnumbered_classes_never_show_a_number() -> None:
    for name, label in LABELS.items():
        numbered = tag_of(Entity(name, 7, "v")).endswith("_7]")
        of_words = name in ("RARE_WORD", "PERSONAL_WORD")
        assert numbered == (not of_words and label.cls not in (LabelClass.SECRET, LabelClass.MEDIA))
