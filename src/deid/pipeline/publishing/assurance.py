"""What a configuration gives up against the defaults, in words for the data card."""

from deid.config import Config, load_operators
from deid.treatments import Treatment

_ENCRYPT = (
    "Two-way tokens ({names}): lower assurance. Whoever holds the domain's token key opens them, without the "
    "escrow, its approvals or its log."
)
_FF1 = (
    "Numbers for numbers ({names}): lowest assurance. A number is not marked as replaced, it may be "
    "somebody's real number, and whoever holds the domain's token key opens it, without the escrow, its "
    "approvals or its log."
)
_WIDE = (
    "Tokens that hold beyond a conversation ({names}): what one value stands beside can be joined across "
    "records, which makes authors easier to link."
)
_SHIFT = (
    "Moved dates ({names}): order and intervals are those of the source, so whoever knows one real date of a "
    "person knows all of theirs."
)


def assurance_notes(config: Config) -> tuple[str, ...]:
    """Return a sentence for each weaker operator in use, naming its fields and labels; empty for none."""
    used = {
        **{path: spec.effective for path, spec in config.fields.items()},
        **load_operators(config.transform, config.mode),
    }
    found = {
        _ENCRYPT: [name for name, t in used.items() if t.operator == "encrypt"],
        _FF1: [name for name, t in used.items() if t.operator == "ff1"],
        _WIDE: [name for name, t in used.items() if _is_wide(t)],
        _SHIFT: [name for name, t in used.items() if t.operator == "shift"],
    }
    return tuple(text.format(names=", ".join(names)) for text, names in found.items() if names)


def _is_wide(treatment: Treatment) -> bool:
    """Whether it joins more than it must; an id that is reissued always joins one release."""
    own = "conversation" if treatment.operator == "token" else "release"
    return treatment.scope not in (None, "conversation", own)
