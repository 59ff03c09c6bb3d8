"""Surrogates: an invented value for each identity of one conversation.

An identity's digest under the key decides where in its pool the search starts, and the next free value
is taken: so no two identities of a conversation share a surrogate, none equals or contains a real value
of the conversation, and the same conversation under the same key gets the same ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.transform.canonical import canonical
from deid.transform.contacts import CONTACTS, write_contact
from deid.transform.identity import PERSON, Entity
from deid.transform.people import Free, Persona, draw_person, folded_forms, write_person
from deid.transform.script import fold, is_japanese
from deid.transform.tokens import ReplacementKey

SURROGATE_LABELS = frozenset({PERSON, *CONTACTS})
"""Labels that have a pool; no other can have operator ``surrogate``."""

_ATTEMPTS = 256
_SHORTEST_LATIN = 3
# So many values are faster looked for one by one than in every substring of a form, whose cost does not
# grow with the values.
_FEW = 50

Drawn = Persona | str


@dataclass(frozen=True, slots=True)
class Scope:
    """The range in which one identity has one surrogate, normally a conversation.

    name  : what the scope is called under the key, normally the record's id.
    drawn : (label, number) of an entity → its surrogate; None where the pool ran out.
    """

    name: str
    drawn: Mapping[tuple[str, int], Drawn | None] = field(default_factory=dict, repr=False)


def real_values(entities: Iterable[Entity]) -> frozenset[str]:
    """Return the values no surrogate of these entities' conversation may equal or contain."""
    found = set[str]()
    for entity in entities:
        found.add(entity.canonical)
        found.update(entity.parts)
    return frozenset(found)


def assign(entities: Iterable[Entity], *, name: str, real: frozenset[str], key: ReplacementKey) -> Scope:
    """Return the scope ``name`` with a surrogate for each entity, in the order given.

    real : canonical values that stand in the conversation, whatever their label.
    """
    drawn: dict[tuple[str, int], Drawn | None] = {}
    taken: set[str] = set()
    free = _free(real, taken)
    for entity in entities:
        digest = key.digest("surrogate", name, entity.label, entity.canonical)
        found = drawn[entity.label, entity.number] = _draw(entity, digest, free)
        if found is not None:
            taken.update((fold(found),) if isinstance(found, str) else folded_forms(found))
    return Scope(name, drawn)


def write(drawn: Drawn, entity: Entity, surface: str) -> str:
    """Write an entity's surrogate in place of one of its mentions."""
    if isinstance(drawn, str):
        return write_contact(entity.label, drawn, surface)
    return write_person(drawn, entity.parts, surface, entity.aliases)


def _draw(entity: Entity, digest: bytes, free: Free) -> Drawn | None:
    if entity.label == PERSON:
        return draw_person(entity.parts, digest, free, entity.gender)
    start = int.from_bytes(digest[:8])
    for attempt in range(_ATTEMPTS):
        value = CONTACTS[entity.label](entity.canonical, start + attempt)
        if free((fold(value), canonical(entity.label, value))):
            return value
    return None


def _free(real: frozenset[str], taken: set[str]) -> Free:
    """Return whether no form is a real value, holds one, or is taken already.

    A real value of one or two Latin letters or digits is looked for whole, not inside others.
    """
    held = frozenset(v for v in real if len(v) >= _SHORTEST_LATIN or (len(v) > 1 and is_japanese(v)))

    if len(held) > _FEW:
        return lambda forms: (
            taken.isdisjoint(forms)
            and real.isdisjoint(forms)
            and all(held.isdisjoint(_substrings(form)) for form in forms)
        )

    def free(forms: Sequence[str]) -> bool:
        if not (taken.isdisjoint(forms) and real.isdisjoint(forms)):
            return False
        joined = "\n".join(forms)
        for value in held:  # noqa: SIM110 - a loop takes half the time of any()
            if value in joined:
                return False
        return True

    return free


def _substrings(form: str) -> Iterator[str]:
    return (form[i:j] for i in range(len(form)) for j in range(i + 1, len(form) + 1))
