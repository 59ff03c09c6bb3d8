"""Presidio's country recognizers, switched on by the names of their classes: ``SgFinRecognizer``.

Needs the extra: ``pip install '.[presidio]'``; without it, asking for one is a ConfigError.
"""

import difflib
import inspect
from collections.abc import Iterator, Sequence

from deid.errors import ConfigError, extra_hint
from deid.types import Detector

_PACKAGE = "presidio_analyzer.predefined_recognizers.country_specific"


def load_recognizers(names: Sequence[str]) -> list[Detector]:
    """Return a detector for each name, each name once.

    Raises ConfigError for a name that is no country recognizer of the installed Presidio, or when it is not
    installed.
    """
    try:
        from presidio_analyzer import predefined_recognizers  # noqa: PLC0415 - an extra

        from deid.detect.presidio import PresidioDetector  # noqa: PLC0415
    except ImportError:
        raise ConfigError("detect.presidio: Presidio is not installed", hint=extra_hint("presidio")) from None
    known = dict(_classes(vars(predefined_recognizers)))
    for name in names:
        if name not in known:
            raise ConfigError(
                f"detect.presidio: no country recognizer {name}", hint=_hint(name, sorted(known))
            )
    return [PresidioDetector(known[name]()) for name in dict.fromkeys(names)]


def _classes(namespace: dict[str, object]) -> Iterator[tuple[str, type]]:
    for name, value in namespace.items():
        if inspect.isclass(value) and value.__module__.startswith(_PACKAGE):
            yield name, value


def _hint(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3) or [*known[:3], "…"]
    return f"such as {', '.join(close)}"
