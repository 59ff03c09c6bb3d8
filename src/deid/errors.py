"""Every exception deid raises on purpose.

* DeidError                 our fault unless a subclass says otherwise; exit 1
  x InputError              bad data or bad arguments; exit 2
    + SpanError             a span that does not fit its text
    + ConfigError           a configuration that cannot be carried out
    + RecordError           one record that cannot be read; it is quarantined
    + Unwritable            a file that could not be written now
  x ReleaseRefused          a gate did not hold; exit 3
  x Overdue                 an entry of the ledger was not carried out in time; exit 3
  x EscrowError             escrow, keys or ledger unavailable or refused; exit 4
  x DetectorError           a detector failed; the record is quarantined

Messages name files, lines, offsets, labels, counts and record ids, never surface text.
"""

from collections.abc import Callable, Mapping, Sequence


class DeidError(Exception):
    """Base of the tree.

    message : what is wrong, and where (file, line or record id).
    hint    : what the reader can do about it; empty when there is nothing to add.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[Callable[..., "DeidError"], tuple[object, ...]]:
        """Rebuild without calling the constructor, so that an error crosses from a worker whole."""
        return _rebuild, (type(self), self.args, self.__dict__)


class InputError(DeidError):
    """Bad data or bad arguments."""

    exit_code = 2


class SpanError(InputError):
    """A span that is empty, overlaps another or runs past its text."""


class ConfigError(InputError):
    """A configuration that is wrong or incomplete."""


class Unwritable(InputError):
    """A file could not be written now; the same call may later."""


class ReleaseRefused(DeidError):
    """A gate did not hold; ``violations`` lists every one of them."""

    exit_code = 3

    def __init__(self, violations: Sequence[str], *, hint: str = "") -> None:
        super().__init__("release refused: " + "; ".join(violations), hint=hint)
        self.violations = tuple(violations)


class Overdue(DeidError):
    """An entry of the ledger was not carried out by its last day."""

    exit_code = 3


class EscrowError(DeidError):
    """Escrow, keys or ledger unavailable or refused; one message for every way to fail to open."""

    exit_code = 4


class DetectorError(DeidError):
    """A detector crashed or timed out; what it was reading is quarantined, never passed through."""


class RecordError(InputError):
    """One record that cannot be read; it is quarantined with ``reason``, the run goes on.

    reason : one of a few fixed words (``invalid-json``, ``wrong-type`` …), for counting.
    """

    def __init__(self, reason: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


def expect(what: str, value: object, expected: str, *kinds: type) -> None:
    """Raise InputError, which shows no value but its kind, where ``value`` is of none of ``kinds``."""
    if not isinstance(value, kinds):
        raise InputError(f"{what}: {type(value).__name__} in place of {expected}")


def extra_hint(extra: str) -> str:
    """Return the hint of an error that an extra's package is missing; no package index has ours yet."""
    return f"pip install '.[{extra}]', from a checkout"


def _rebuild(kind: type[DeidError], args: tuple[object, ...], state: Mapping[str, object]) -> DeidError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error
