"""Pseudonym reversal, residual identifiers and verbatim search on invented people."""

import base64
import hashlib
from collections.abc import Callable

import numpy as np
import pytest

from deid.risk.align import Aligned
from deid.risk.attacks import identifiers, pseudonyms, releases, verbatim
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.gates import measured
from deid.treatments import FieldSpec

pytest.importorskip("scipy")

_PEOPLE = [f"user-{n:03}" for n in range(40)]
_FIELDS = {"name": FieldSpec.model_validate({"class": "direct", "treatment": "delete"})}


def _case(*, ids: list[str] | None = None, text: str = "hello there", field: str = "name") -> Case:
    released = [
        Talk(ids[n] if ids else f"{n * 7919 % 40:x}q", f"r{n}", (text.format(n=n, id=person),))
        for n, person in enumerate(_PEOPLE)
    ]
    source = [Talk(p, f"s{n}", (f"i am {_name(n)} ok",), {field: _name(n)}) for n, p in enumerate(_PEOPLE)]
    order = np.random.default_rng(2).permutation(40)
    return Case(Aligned(list(zip(released, source, strict=True)), order, 40), _FIELDS, "user_id")


def _name(n: int) -> str:
    return f"zorvath{chr(97 + n % 26)}{chr(97 + n // 26)}"


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize(
    "made",
    [
        lambda p: p,
        lambda p: p.upper(),
        lambda p: f"anon_{hashlib.sha256(p.encode()).hexdigest()}",
        lambda p: hashlib.md5(p.encode(), usedforsecurity=False).hexdigest()[:12],
        lambda p: base64.b64encode(p.encode()).decode(),
        lambda p: base64.b32encode(hashlib.sha1(p.encode(), usedforsecurity=False).digest()).decode(),
        lambda p: p[::-1],
    ],
)
def test_an_id_without_a_key_is_reversed(made: Callable[[str], str]) -> None:
    """Positive control: ids copied or hashed without a key."""
    found = pseudonyms.measure(_case(ids=[made(p) for p in _PEOPLE]), _rng())
    dictionary = next(result for result in found if result.attacker == "dictionary")
    assert dictionary.released.value == 1
    assert dictionary.excess.low > 0.8
    assert dictionary.sound


@pytest.mark.parametrize(("undone", "people"), [(1, 10), (4, 10), (4, 30), (4, 100), (8, 1000)])
def test_a_few_ids_without_a_key_are_no_chance(undone: int, people: int) -> None:
    """The dictionary keeps silent of the other ids, so that its rate is low and what it says is right."""
    source = [f"user-{n}" for n in range(people)]
    rng = np.random.default_rng(3)
    ids = [_md5(p) if n < undone else rng.bytes(16).hex() for n, p in enumerate(source)]
    pairs = [(Talk(i, i, ("a",), {}), Talk(p, p, ("a",), {})) for i, p in zip(ids, source, strict=True)]
    case = Case(Aligned(pairs, rng.permutation(people), people), _FIELDS, "user_id")
    (check,) = measured("internal", pseudonyms.measure(case, _rng()), ["pseudonyms"])
    assert check.value == pytest.approx(undone / people)
    earlier = Case(Aligned([(old, old) for _, old in pairs], np.arange(people), people), _FIELDS, "user_id")
    (_, joined) = measured("internal", releases.measure(case, earlier, _rng()), ["pseudonyms"])
    assert joined.value == pytest.approx(undone / people)


def test_ids_that_are_the_sources_dealt_anew_are_chance() -> None:
    """Negative control: every id is somebody's, and one of forty is right."""
    ids = [*_PEOPLE[:1], *_PEOPLE[2:], _PEOPLE[1]]
    results = [item for item in pseudonyms.measure(_case(ids=ids), _rng()) if item.attacker == "dictionary"]
    assert results[0].luck == 1
    (check,) = measured("internal", results, ["pseudonyms"])
    assert check.value == 0


def _md5(value: str) -> str:
    return hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()


def test_numbering_in_the_order_of_the_source_is_reversed() -> None:
    found = pseudonyms.measure(_case(ids=[f"p{n:04}" for n in range(40)]), _rng())
    assert next(result for result in found if result.attacker == "order").released.value == 1


def test_random_ids_are_not_reversed() -> None:
    """Negative control."""
    rng = np.random.default_rng(11)
    ids = [rng.bytes(16).hex() for _ in _PEOPLE]
    for result in pseudonyms.measure(_case(ids=ids), _rng()):
        assert result.excess.low == 0


def test_how_much_a_person_wrote_can_give_them_away() -> None:
    assert pseudonyms.by_count([5, 2, 2, 9], [2, 5, 2, 7]).tolist() == [1, -1, -1, -1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Zorvath", "ask ZORVATH about it"),
        ("Zorvath", "ask Ｚｏｒｖａｔｈ about it"),
        ("Zorvath", "it is " + base64.b64encode(b"from Zorvath!").decode()),
        ("zor vath", "see ?q=zor%20vath&x"),
        ("たなか", "タナカさん"),
        ("たなか", "call tanaka now"),
        ("090-1111-2222", "09011112222 please"),
        ("090-1111-2222", "０９０．１１１１．２２２２"),
        ("zorvath@example.com", "zorvath @ example . com"),
    ],
)
def test_a_disguised_value_is_found(value: str, text: str) -> None:
    assert identifiers.finds(value, identifiers.views(text))


def test_another_value_is_not_found() -> None:
    assert not identifiers.finds("Zorvath", identifiers.views("ask Zorba about the theft"))


def test_values_left_in_text_are_counted_per_person() -> None:
    """Positive control: every second person's own name was left."""
    case = _case()
    pairs = [
        (Talk(t.subject, t.record, (f"i am {_name(n)} ok",)), s) if n % 2 else (t, s)
        for n, (t, s) in enumerate(case.aligned.pairs)
    ]
    left = Case(Aligned(pairs, np.arange(40), 40), _FIELDS, "user_id")
    (found,) = identifiers.measure(left, _rng())
    assert (found.released.value, found.control.value) == (0.5, 0)
    assert found.raw is not None
    assert found.raw.value == 1
    assert found.sound


def test_nothing_left_is_nothing_found() -> None:
    (found,) = identifiers.measure(_case(), _rng())
    assert found.released.value == 0
    assert found.excess.low == 0


def test_without_known_values_there_is_nothing_to_search() -> None:
    assert identifiers.measure(_case(field="note"), _rng()) == []


@pytest.mark.parametrize("together", [1, 3, 500])
def test_originals_find_what_was_not_rewritten(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deid.risk.attacks.verbatim._TOGETHER", together)
    unique = [f"the {w} quartz lantern number {n} hums" for n, w in enumerate(_PEOPLE)]
    named, strength = verbatim.guess([*unique[:3], "nothing of the kind"], unique)
    assert named.tolist() == [0, 1, 2, -1]
    assert strength[3] == 0
