"""Operators: what a surface becomes. Frozen, and pure functions of the mention they are given.

=========  ==========================================================================
keep       the surface
delete     nothing
tag        [PERSON_1]: the label and the identity's number in its conversation; [SECRET] and [MEDIA]
           without a number, so that nothing tells two of them apart
surrogate  an invented value, one an identity and conversation
bands      an age as a band of years, one open band from ``top`` on
top        an age as it is, one open band from ``top`` on
coarsen    a date down to year, month, day or hour
=========  ==========================================================================

What is made under the keys of a run stands in ``transform.keyed``.
An operator that cannot read a surface writes the tag: never the surface.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Protocol

from deid.errors import ConfigError
from deid.labels import LABELS, LabelClass
from deid.transform.ages import Range, age_text, parse_range, range_text, read_age, widen
from deid.transform.dates import LEVELS, Level, coarsen, coarsen_iso, parse_date
from deid.transform.identity import Entity, link
from deid.transform.script import Language, language_of
from deid.transform.surrogates import SURROGATE_LABELS, Scope, assign, real_values, write
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment
from deid.types import Span, Turn

Scalar = str | int | float | bool | None

SECRET_TAG = "SECRET"  # noqa: S105
_UNNUMBERED = {
    name: SECRET_TAG if label.cls is LabelClass.SECRET else name
    for name, label in LABELS.items()
    if label.cls in (LabelClass.SECRET, LabelClass.MEDIA) or name in ("RARE_WORD", "PERSONAL_WORD")
}
TAG_WORDS = frozenset({*LABELS, SECRET_TAG})
"""Every word that may stand in a tag."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One span of one conversation, as an operator sees it.

    language : language of the text around it.
    scope    : the conversation's surrogates.
    subject  : id of the person whose dates move together.
    """

    surface: str = field(repr=False)
    span: Span
    entity: Entity
    language: Language
    scope: Scope
    subject: str = field(default="", repr=False)


class Operator(Protocol):
    """Maps a mention to its replacement.

    Mentions alike in surface, entity, language, scope and subject get the same one, wherever they stand.
    """

    @property
    def linkable(self) -> bool:
        """Whether replacements show that two mentions of a conversation are the same value."""
        ...

    def apply(self, mention: Mention) -> str:
        """Return the replacement."""
        ...


def tag_of(entity: Entity) -> str:
    """Return the tag of an identity: ``[PERSON_1]``, ``[SECRET]``, ``[MEDIA]``."""
    word = _UNNUMBERED.get(entity.label)
    return f"[{entity.label}_{entity.number}]" if word is None else f"[{word}]"


@dataclass(frozen=True, slots=True)
class Keep:
    """Writes the surface."""

    linkable: bool = field(default=True, init=False)

    def apply(self, mention: Mention) -> str:
        return mention.surface


@dataclass(frozen=True, slots=True)
class Delete:
    """Writes nothing."""

    linkable: bool = field(default=False, init=False)

    def apply(self, mention: Mention) -> str:
        del mention
        return ""


@dataclass(frozen=True, slots=True)
class Tag:
    """Writes the tag of the mention's identity."""

    label: str

    @property
    def linkable(self) -> bool:
        """Only numbered tags are."""
        return self.label not in _UNNUMBERED

    def apply(self, mention: Mention) -> str:
        return tag_of(mention.entity)


@dataclass(frozen=True, slots=True)
class Surrogate:
    """Writes the surrogate its scope holds for the identity; the tag where the pool ran out for it.

    key : draws the surrogate of an identity its scope does not know, as of one that stands alone.
    """

    key: ReplacementKey = field(repr=False)
    linkable: bool = field(default=True, init=False)

    def apply(self, mention: Mention) -> str:
        entity, scope = mention.entity, mention.scope
        known = (entity.label, entity.number)
        if known not in scope.drawn:
            scope = assign([entity], name=scope.name, real=real_values([entity]), key=self.key)
        drawn = scope.drawn[known]
        return tag_of(entity) if drawn is None else write(drawn, entity, mention.surface)


@dataclass(frozen=True, slots=True)
class Bands:
    """Writes an age as a band of ``width`` years, and ``top`` or above as one open band."""

    width: int
    top: int | None = None
    linkable: bool = field(default=False, init=False)

    def apply(self, mention: Mention) -> str:
        years = read_age(mention.surface)
        if years is None:
            return tag_of(mention.entity)
        return age_text(widen(years, self.width, self.top), mention.language)


@dataclass(frozen=True, slots=True)
class Top:
    """Writes an age as it is below ``top`` years, and as one open band from there on."""

    top: int
    linkable: bool = field(default=False, init=False)

    def apply(self, mention: Mention) -> str:
        years = read_age(mention.surface)
        if years is None:
            return tag_of(mention.entity)
        if _below(years, self.top):
            return mention.surface
        return age_text(widen(years, 1, self.top), mention.language)


@dataclass(frozen=True, slots=True)
class Coarsen:
    """Writes a date down to ``level``; one that states no year is tagged."""

    level: Level
    linkable: bool = field(default=False, init=False)

    def apply(self, mention: Mention) -> str:
        moment = parse_date(mention.surface)
        return tag_of(mention.entity) if moment is None else coarsen(moment, self.level)


def transform_value(
    treatment: Treatment,
    value: Scalar,
    *,
    path: str,
    key: ReplacementKey | None = None,
    scope: str = "",
    label: str | None = None,
) -> Scalar:
    """Return what a field's value becomes; a missing value stays None, and None is also «deleted».

    path  : declared path of the field; its last name is the tag when there is no ``label``.
    key   : needed by ``reissue`` and ``surrogate``.
    scope : range in which one value has one replacement.
    label : label of the value, when the field declares one.

    ``reissue`` gives one id one token wherever in the scope it stands, so that records stay joined.
    ``bands`` and ``top`` give text (``30-34``, ``90+``, ``34``), ``coarsen`` ISO 8601. A value that its
    operator cannot read becomes the tag. Raises ConfigError when the operator does not fit.
    """
    operator = treatment.operator
    if value is None or operator == "delete":
        return None
    if operator == "keep":
        return value
    if operator in ("token", "encrypt", "ff1", "shift"):
        raise ConfigError(f"{path}: `{operator}` is not for this field", hint="a quasi-identifier is counted")
    if operator in ("reissue", "surrogate"):
        return _keyed(operator, str(value), path, key, scope, label)
    made = None if operator == "tag" else _generalized(treatment, value, path)
    return f"[{label or _last_name(path)}]" if made is None else made


def _keyed(
    operator: str, value: str, path: str, key: ReplacementKey | None, scope: str, label: str | None
) -> str:
    if key is None:
        raise ConfigError(f"{path}: `{operator}` needs a replacement key")
    if operator == "reissue":
        return key.token("id", value, scope=scope)
    if label is None or label not in SURROGATE_LABELS:
        raise ConfigError(
            f"{path}: no surrogates for {label or 'a field without a label'}",
            hint="a surrogate needs `known_value` with one of: " + ", ".join(sorted(SURROGATE_LABELS)),
        )
    if not value:
        return value
    span = Span(0, len(value), label)
    entity = link([Turn(path, value)], [[span]])[0][0]
    mention = Mention(value, span, entity, language_of(value), Scope(scope))
    written = Surrogate(key).apply(mention)
    return f"[{label}]" if written == tag_of(entity) else written


def _generalized(treatment: Treatment, value: str | float, path: str) -> str | None:
    """Return the wider value as text, or None when the value cannot be read."""
    if treatment.coarsen is not None:
        return coarsen_iso(str(value), _level(treatment, path))
    numbers = _number_range(value)
    if numbers is None:
        return None
    if treatment.bands is not None:
        return range_text(widen(numbers, treatment.bands, treatment.top))
    if treatment.top is not None and not _below(numbers, treatment.top):
        return range_text(widen(numbers, 1, treatment.top))
    return str(value)


def _number_range(value: str | float) -> Range | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return parse_range(value.strip()) or read_age(value)
    return (math.floor(value), math.floor(value)) if math.isfinite(value) else None


def _below(numbers: Range, top: int) -> bool:
    return numbers[1] is not None and numbers[1] < top


def _level(treatment: Treatment, where: str) -> Level:
    for level in LEVELS:
        if treatment.coarsen == level:
            return level
    raise ConfigError(
        f"{where}: cannot coarsen to `{treatment.coarsen}`", hint="one of: " + ", ".join(LEVELS)
    )


def _last_name(path: str) -> str:
    """Return the last name of a path as a tag's word: ``profile.birth-date`` → ``BIRTH_DATE``."""
    return re.sub(r"\W+", "_", path.replace("[]", "").rsplit(".", 1)[-1]).strip("_").upper() or "FIELD"
