"""Operators made under the keys of a run, in text and in fields.

=======  =====================================================================================
token    [PERSON_k3m9…]: a one-way token in place of the number; one value has one in its scope
encrypt  [PERSON_x7wq…]: a two-way token, which the domain's key alone opens
ff1      a number written as another number of its shape, which the domain's key alone opens
shift    a date moved by its person's days, the same for all their dates in the release
=======  =====================================================================================

A value that cannot be sealed or moved becomes the tag.
"""

from dataclasses import dataclass, field

from deid.errors import ConfigError, InputError
from deid.transform.dates import parse_date, shift, shift_days, shift_iso
from deid.transform.fpe import seal_digits
from deid.transform.keys import Keys
from deid.transform.operators import Mention, Scalar, tag_of
from deid.transform.twoway import MAX_BYTES, seal_value
from deid.treatments import Scope, Treatment


@dataclass(frozen=True, slots=True)
class Token:
    """Writes the one-way token of the mention's identity within its scope."""

    keys: Keys = field(repr=False)
    scope: Scope = "conversation"
    linkable: bool = field(default=True, init=False)

    def apply(self, mention: Mention) -> str:
        label, value = mention.entity.label, mention.entity.canonical
        token = self.keys.token(label, value, scope=self.scope, conversation=mention.scope.name)
        return f"[{label}_{token}]"


@dataclass(frozen=True, slots=True)
class Encrypt:
    """Writes the two-way token of the surface; the tag where it is too long for one."""

    keys: Keys = field(repr=False)
    linkable: bool = field(default=True, init=False)

    def apply(self, mention: Mention) -> str:
        label, key = mention.entity.label, self.keys.domain
        try:
            return f"[{label}_{seal_value(key, label, mention.surface)}]"
        except InputError:
            return tag_of(mention.entity)


@dataclass(frozen=True, slots=True)
class Ff1:
    """Writes another number in the shape of the surface; the tag where that is no such number."""

    keys: Keys = field(repr=False)
    linkable: bool = field(default=True, init=False)

    def apply(self, mention: Mention) -> str:
        written = _sealed_number(self.keys, mention.entity.label, mention.surface)
        return tag_of(mention.entity) if written is None else written


@dataclass(frozen=True, slots=True)
class Shift:
    """Writes a date moved by the days of its subject, up to ``most``; the tag where it is no whole date."""

    keys: Keys = field(repr=False)
    most: int
    weekday: bool = False
    linkable: bool = field(default=True, init=False)

    def apply(self, mention: Mention) -> str:
        moment = parse_date(mention.surface)
        days = _days(self.keys, mention.subject, self.most, weekday=self.weekday)
        return (moment and shift(moment, days)) or tag_of(mention.entity)


def keyed_value(
    treatment: Treatment, value: Scalar, *, kind: str, keys: Keys, conversation: str, subject: str
) -> str | None:
    """Return what these operators make of a field; None for what they cannot read.

    kind         : label of the value, or its declared path.
    conversation : name of the record's scope.
    subject      : id of the person whose dates move together.
    """
    if value is None or value == "":
        return None
    text = str(value)
    if treatment.operator == "token":
        return keys.token(kind, text, scope=treatment.scope or "conversation", conversation=conversation)
    if treatment.operator == "encrypt":
        return seal_value(keys.domain, kind, text) if len(text.encode()) <= MAX_BYTES else None
    if treatment.operator == "ff1":
        return _sealed_number(keys, kind, text)
    return shift_iso(text, _days(keys, subject, treatment.shift or 1, weekday=treatment.weekday))


def _sealed_number(keys: Keys, kind: str, text: str) -> str | None:
    try:
        return seal_digits(keys.domain, kind, text)
    except ConfigError:
        raise
    except InputError:
        return None


def _days(keys: Keys, subject: str, most: int, *, weekday: bool) -> int:
    return shift_days(keys.run.digest("shift", subject), most, weekday=weekday)
