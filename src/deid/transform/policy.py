"""From a table of treatments to operators; everything that cannot be carried out stops here."""

from collections.abc import Mapping

from deid.errors import ConfigError
from deid.labels import LABELS
from deid.transform.dates import LEVELS, Level
from deid.transform.fpe import DIGIT_LABELS, require_cipher
from deid.transform.keyed import Encrypt, Ff1, Shift, Token
from deid.transform.keys import Keys
from deid.transform.operators import Bands, Coarsen, Delete, Keep, Operator, Surrogate, Tag, Top
from deid.transform.surrogates import SURROGATE_LABELS
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment, check_operators

_AGES = frozenset({"AGE"})
_DATES = frozenset({"DATE_OF_BIRTH", "DATE_TIME"})


def build_operators(
    table: Mapping[str, Treatment], key: ReplacementKey, *, keys: Keys | None = None
) -> Mapping[str, Operator]:
    """Return label → operator.

    key  : draws surrogates; the one the ``Transformer`` gets.
    keys : ``key`` with the domain's; None is ``key`` alone.

    Raises ConfigError when a label is unknown, has no treatment, or has one that does not suit it or whose
    package is missing.
    """
    try:
        check_operators(table)
    except ValueError as error:
        raise ConfigError(f"operators: {error}") from None
    missing = sorted(LABELS.keys() - table.keys())
    if missing:
        raise ConfigError(f"operators: none for {', '.join(missing)}", hint="every label needs one")
    whole = keys or Keys(key)
    return {label: _operator(label, treatment, whole) for label, treatment in table.items()}


def _operator(label: str, treatment: Treatment, keys: Keys) -> Operator:
    match treatment.operator:
        case "keep":
            return Keep()
        case "delete":
            return Delete()
        case "surrogate" | "token" | "encrypt" | "ff1" | "shift":
            return _keyed(label, treatment, keys)
        case "bands" | "top":
            _check(label, treatment.operator, _AGES)
            return _banded(treatment)
        case "coarsen":
            _check(label, "coarsen", _DATES)
            return Coarsen(_level(label, treatment.coarsen))
        case _:
            return Tag(label)


def _keyed(label: str, treatment: Treatment, keys: Keys) -> Operator:
    match treatment.operator:
        case "surrogate" if label == "PERSONAL_WORD":
            return Tag(label)  # a run, which knows what others say, writes one of their words over it
        case "surrogate":
            _check(label, "surrogate", SURROGATE_LABELS)
            return Surrogate(keys.run)
        case "token":
            return Token(keys, treatment.scope or "conversation")
        case "encrypt":
            return Encrypt(keys)
        case "ff1":
            _check(label, "ff1", DIGIT_LABELS)
            require_cipher()
            return Ff1(keys)
        case _:
            _check(label, "shift", _DATES)
            # A Treatment of operator `shift` always has its value.
            return Shift(keys, treatment.shift or 1, treatment.weekday)


def _banded(treatment: Treatment) -> Bands | Top:
    if treatment.bands is not None:
        return Bands(treatment.bands, treatment.top)
    # A Treatment of operator `top` always has its value.
    return Top(treatment.top or 1)


def _level(label: str, name: str | None) -> Level:
    for level in LEVELS:
        if level == name:
            return level
    raise ConfigError(f"{label}: cannot coarsen to `{name}`", hint="one of: " + ", ".join(LEVELS))


def _check(label: str, operator: str, suited: frozenset[str]) -> None:
    if label not in suited:
        raise ConfigError(
            f"{label}: operator `{operator}` does not suit it", hint="only: " + ", ".join(sorted(suited))
        )
