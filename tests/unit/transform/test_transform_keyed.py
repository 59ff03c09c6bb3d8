"""Tokens, two-way tokens and moved dates: what is made under the keys of a run."""

import datetime
import re

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from deid.errors import ConfigError, EscrowError, InputError
from deid.labels import LABELS
from deid.transform.apply import Transformed, Transformer
from deid.transform.dates import parse_date, shift, shift_days, shift_iso
from deid.transform.keyed import keyed_value
from deid.transform.keys import Keys, domain_key
from deid.transform.operators import transform_value
from deid.transform.policy import build_operators
from deid.transform.tokens import ReplacementKey
from deid.transform.twoway import open_value, seal_value
from deid.treatments import Scope, Treatment
from deid.types import Span, Turn

RUN = ReplacementKey(bytes(range(32)))
DOMAIN = domain_key(b"d" * 32, "training")
KEYS = Keys(RUN, DOMAIN, "chats")
TAGS = {label: Treatment(operator="tag") for label in LABELS}
SCOPES: tuple[Scope, ...] = ("conversation", "release", "dataset", "global")


def transformed(
    treatment: Treatment, *surfaces: str, label: str = "PERSON", record: str = "r1", keys: Keys = KEYS,
    subjects: tuple[str, ...] = (),
) -> Transformed:  # fmt: skip
    """Transform a record in which each turn is one finding, by subject n where there are subjects."""
    transformer = Transformer(build_operators({**TAGS, label: treatment}, keys.run, keys=keys), keys.run)
    turns = [Turn(f"m[{n}]", text, n if subjects else 0) for n, text in enumerate(surfaces)]
    spans = [[Span(0, len(text), label)] for text in surfaces]
    return transformer.transform(record, turns, spans, subjects=subjects)


# --- one-way tokens ------------------------------------------------------------------------------------


def test_a_token_stands_in_a_tag_and_is_one_an_identity() -> None:
    first, part, other = transformed(Treatment(operator="token"), "田中美咲", "田中さん", "佐藤").texts
    assert re.fullmatch(r"\[PERSON_[a-z2-7]{20}\]", first)
    assert first == part != other


def of(scope: Scope, *, record: str = "r1", keys: Keys = KEYS) -> str:
    return transformed(Treatment(operator="token", scope=scope), "Ann", record=record, keys=keys).texts[0]


def test_scopes_are_what_they_say() -> None:
    next_run = Keys(ReplacementKey(bytes(32)), DOMAIN, "chats")
    other_set = Keys(RUN, DOMAIN, "other")
    other_domain = Keys(RUN, domain_key(b"d" * 32, "support"), "chats")
    changes = {
        "record": [of(scope, record="r2") != of(scope) for scope in SCOPES],
        "run": [of(scope, keys=next_run) != of(scope) for scope in SCOPES],
        "data set": [of(scope, keys=other_set) != of(scope) for scope in SCOPES],
        "domain": [of(scope, keys=other_domain) != of(scope) for scope in SCOPES],
    }
    assert changes == {
        "record": [True, False, False, False],
        "run": [True, True, False, False],
        "data set": [False, False, True, False],
        "domain": [False, False, True, True],
    }


def test_no_two_scopes_give_one_token() -> None:
    same_key = Keys(RUN, RUN, "chats")
    assert len({of(scope, keys=same_key) for scope in SCOPES}) == 4


def test_default_scope_is_the_conversation() -> None:
    plain = Treatment(operator="token")
    one, other = (transformed(plain, "Ann", record=record).texts for record in ("r1", "r2"))
    assert one != other
    assert one[0] == of("conversation")


@pytest.mark.parametrize("scope", ["dataset", "global"])
def test_without_a_domain_key_nothing_lasts(scope: Scope) -> None:
    with pytest.raises(ConfigError, match="no key of the domain"):
        of(scope, keys=Keys(RUN))


def test_keys_hide_themselves() -> None:
    assert "hidden" not in repr(KEYS)
    assert "ReplacementKey" not in repr(KEYS)


@pytest.mark.parametrize("tag", ["[PERSON_abcdefghijklmnopqrst]", "［ｐｅｒｓｏｎ＿ABCDEFGHIJKLMNOPQRST］"])
def test_a_typed_token_is_escaped(tag: str) -> None:
    transformer = Transformer(build_operators(TAGS, RUN), RUN)
    result = transformer.transform("r", [Turn("m", f"see {tag}")], [[]])
    assert result.n_escaped == 1
    assert "⟦" in result.texts[0]


def test_a_word_in_brackets_is_no_token() -> None:
    transformer = Transformer(build_operators(TAGS, RUN), RUN)
    assert transformer.transform("r", [Turn("m", "[person of interest] [PERSON_abc]")], [[]]).n_escaped == 0


# --- two-way tokens ------------------------------------------------------------------------------------


def test_aes_siv_is_that_of_rfc_5297() -> None:
    """Appendix A.1, deterministic authenticated encryption."""
    key = bytes.fromhex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
    header = bytes.fromhex("101112131415161718191a1b1c1d1e1f2021222324252627")
    plain = bytes.fromhex("112233445566778899aabbccddee")
    expected = "85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c"
    assert AESSIV(key).encrypt(plain, [header]).hex() == expected


@pytest.mark.parametrize("value", ["a", "田中美咲", "ann@x.jp", "x" * 256, "\ud800"])
def test_a_two_way_token_opens(value: str) -> None:
    token = seal_value(DOMAIN, "PERSON", value)
    assert re.fullmatch("[a-z2-7]+", token)
    assert open_value(DOMAIN, "PERSON", token) == value
    assert seal_value(DOMAIN, "PERSON", value) == token


def test_a_two_way_token_opens_with_its_key_and_label_only() -> None:
    token = seal_value(DOMAIN, "PERSON", "田中")
    for key, label in ((RUN, "PERSON"), (DOMAIN, "USERNAME"), (domain_key(b"d" * 32, "support"), "PERSON")):
        with pytest.raises(EscrowError, match="does not open"):
            open_value(key, label, token)


def test_every_change_of_a_two_way_token_is_refused() -> None:
    token = seal_value(DOMAIN, "PERSON", "田中")
    changed = [token[:n] + ("a" if char != "a" else "b") + token[n + 1 :] for n, char in enumerate(token)]
    for wrong in (*changed, token[:-1], token + "a", token.upper(), "", "0189", "é", "a" * 26):
        with pytest.raises(EscrowError, match="does not open"):
            open_value(DOMAIN, "PERSON", wrong)


@pytest.mark.parametrize("value", ["", "x" * 257])
def test_what_a_two_way_token_cannot_hold(value: str) -> None:
    with pytest.raises(InputError, match="1 to 256 bytes"):
        seal_value(DOMAIN, "PERSON", value)


def test_encrypt_in_text() -> None:
    encrypt = Treatment(operator="encrypt")
    one, same, other = transformed(encrypt, "Ann", "Ann", "ann").texts
    assert one == same != other
    assert open_value(DOMAIN, "PERSON", one[len("[PERSON_") : -1]) == "Ann"
    assert transformed(encrypt, "x" * 300).texts == ("[PERSON_1]",)


def test_without_a_domain_key_nothing_is_sealed() -> None:
    with pytest.raises(ConfigError, match="no key of the domain"):
        transformed(Treatment(operator="encrypt"), "Ann", keys=Keys(RUN))


# --- moved dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surface", "days", "expected"),
    [
        ("2024-02-28", 2, "2024-03-01"),
        ("2023-02-28", 1, "2023-03-01"),
        ("2024年12月31日", 1, "2025年1月1日"),
        ("平成2年5月3日", -3, "1990年4月30日"),
        ("May 3, 1990", 30, "June 2, 1990"),
        ("3 May 1990 at 5pm", -3, "April 30, 1990, 17:00"),
        ("2024-02-30", 1, None),
        ("2024-05", 1, None),
        ("1990", 1, None),
        ("2999-12-31", 1, None),
        ("1000-01-01", -1, None),
    ],
)
def test_a_date_is_moved_and_keeps_its_way_of_writing(surface: str, days: int, expected: str | None) -> None:
    moment = parse_date(surface)
    assert moment is not None
    assert shift(moment, days) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("2024-02-28", "2024-02-29"),
        ("2024-02-28T23:59:59.123Z", "2024-02-29T23:59:59.123Z"),
        ("2024-02-28 23:59:59+09:00", "2024-02-29 23:59:59+09:00"),
        ("2024/02/28", "2024-02-29"),
        ("Feb 28, 2024", "2024-02-29"),
        ("yesterday", None),
        ("2024-13-01", None),
    ],
)
def test_a_time_of_a_field_keeps_its_form(surface: str, expected: str | None) -> None:
    assert shift_iso(surface, 1) == expected


def test_days_are_never_none_and_within_reach() -> None:
    days = {shift_days(RUN.digest("shift", str(n)), 3, weekday=False) for n in range(500)}
    assert days == {-3, -2, -1, 1, 2, 3}
    weeks = {shift_days(RUN.digest("shift", str(n)), 20, weekday=True) for n in range(500)}
    assert weeks == {-14, -7, 7, 14}


def test_order_intervals_and_weekdays_stay() -> None:
    dates = ("2024-01-31", "2024-02-29", "2024-03-01", "2025-01-01")
    by = Treatment(operator="shift", shift=180, weekday=True)
    moved = transformed(by, *dates, label="DATE_TIME", subjects=("u1",) * 4).texts
    before, after = ([datetime.date.fromisoformat(text) for text in row] for row in (dates, moved))
    gaps = {b - a for a, b in zip(before, after, strict=True)}
    assert len(gaps) == 1
    assert 0 < abs(next(iter(gaps)).days) <= 180
    assert [day.weekday() for day in before] == [day.weekday() for day in after]


def test_people_are_moved_apart_and_the_same_in_every_record() -> None:
    by = Treatment(operator="shift", shift=365)
    ids = tuple(f"u{n}" for n in range(6))
    one = transformed(by, *["2024-05-05"] * 6, label="DATE_TIME", subjects=ids).texts
    again = transformed(by, *["2024-05-05"] * 6, label="DATE_TIME", subjects=ids, record="r2").texts
    assert one == again
    assert len(set(one)) > 3


def test_a_turn_that_is_nobodys_moves_with_the_first_subject() -> None:
    by = Treatment(operator="shift", shift=365)
    operators = build_operators({**TAGS, "DATE_TIME": by}, RUN, keys=KEYS)
    turns = [Turn("m[0]", "2024-05-05", 0), Turn("m[1]", "2024-05-05", None)]
    spans = [[Span(0, 10, "DATE_TIME")]] * 2
    one, other = Transformer(operators, RUN).transform("r", turns, spans, subjects=("u1", "u2")).texts
    assert one == other


def test_what_is_no_whole_date_is_tagged() -> None:
    by = Treatment(operator="shift", shift=30)
    texts = transformed(by, "5月3日", "yesterday", "2024年", label="DATE_TIME").texts
    assert texts == ("[DATE_TIME_1]", "[DATE_TIME_2]", "[DATE_TIME_3]")


def test_shift_is_for_dates() -> None:
    with pytest.raises(ConfigError, match="`shift` does not suit"):
        build_operators({**TAGS, "PERSON": Treatment(operator="shift", shift=3)}, RUN)


# --- fields --------------------------------------------------------------------------------------------


def field_value(treatment: Treatment, value: str | int | None) -> str | None:
    return keyed_value(treatment, value, kind="PERSON", keys=KEYS, conversation="r1", subject="u1")


def test_fields_are_made_under_the_same_keys() -> None:
    token = field_value(Treatment(operator="token", scope="global"), "ann")
    assert token == DOMAIN.token("PERSON", "ann", scope="global")
    sealed = field_value(Treatment(operator="encrypt"), "Ann")
    assert open_value(DOMAIN, "PERSON", sealed or "") == "Ann"
    days = shift_days(RUN.digest("shift", "u1"), 9, weekday=False)
    moved = field_value(Treatment(operator="shift", shift=9), "2024-05-05T10:00:00Z")
    assert moved == (datetime.date(2024, 5, 5) + datetime.timedelta(days)).isoformat() + "T10:00:00Z"


@pytest.mark.parametrize("operator", ["token", "encrypt"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_value_has_no_token(operator: str, value: str | None) -> None:
    assert field_value(Treatment.model_validate(operator), value) is None


def test_a_field_too_long_for_a_two_way_token_has_none() -> None:
    assert field_value(Treatment(operator="encrypt"), "x" * 257) is None


@pytest.mark.parametrize("operator", ["token", "encrypt"])
def test_a_counted_field_cannot_be_keyed(operator: str) -> None:
    with pytest.raises(ConfigError, match="not for this field"):
        transform_value(Treatment.model_validate(operator), "x", path="profile.age")
