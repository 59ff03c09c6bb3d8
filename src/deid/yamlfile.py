"""YAML to frozen, validated models; the place of the shipped ``configs``.

Keys nobody knows are refused, and so is a key given twice.
"""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from deid.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)


class Frozen(BaseModel):
    """A model that cannot be changed and takes no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def config_folder(*parts: str) -> Path:
    """Return a folder of the shipped ``configs``: inside the wheel, or in the source tree."""
    here = Path(__file__).parent
    shipped = here / "configs"
    root = shipped if shipped.is_dir() else here.parents[1] / "configs"
    return root.joinpath(*parts)


def one_of(kind: str) -> str:
    """Return a hint that names the shipped files of a kind."""
    return "one of: " + ", ".join(names(kind))


def given_or_shipped(name: str, kind: str, suffix: str, missing: str) -> Path:
    """Return a file by its path, or a shipped one of a kind by its name.

    Raises ConfigError, beginning with ``missing``, where there is neither.
    """
    path = Path(name)
    if path.suffix == suffix and path.is_file():
        return path
    shipped = config_folder(kind, f"{name}{suffix}")
    if not shipped.is_file():
        raise ConfigError(f"{missing} `{name}`", hint=one_of(kind))
    return shipped


def names(kind: str) -> list[str]:
    """Return the names of the shipped files of a kind."""
    return sorted(path.stem for path in config_folder(kind).iterdir() if path.suffix in (".yaml", ".csv"))


class _UniqueKeys(yaml.SafeLoader):
    """Refuses a key given twice: the second would silently undo the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.MarkedYAMLError(
                    problem="a key must be one plain value", problem_mark=key_node.start_mark
                )
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key `{key}` given twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_mapping(path: Path) -> dict[str, Any]:
    """Read a YAML file that is a mapping; ConfigError with file and line otherwise."""
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read: {type(error).__name__}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError):  # a day or number that is none; nested too deep
        raise ConfigError(f"{path}: not valid YAML") from None
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: must be a mapping of keys")
    return value


def validate(model: type[Model], raw: Mapping[str, object], where: str) -> Model:
    """Return a model of a mapping; ConfigError with the place, the key and what is expected."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = [
            ": ".join(filter(None, (".".join(str(part) for part in item["loc"]), _said(item))))
            for item in error.errors()
        ]
        raise ConfigError(f"{where}: " + "; ".join(problems)) from None


def _said(problem: ErrorDetails) -> str:
    """Return what is wrong with a value, in the words of every other message."""
    if problem["type"] == "extra_forbidden":
        return "unknown key"
    if problem["type"] == "missing":
        return "missing"
    message = problem["msg"]
    if problem["type"] == "value_error":
        return message.removeprefix("Value error, ")
    return message[0].lower() + message[1:]
