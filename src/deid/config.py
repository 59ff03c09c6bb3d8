"""Configuration: YAML to frozen, validated models. The only reader of ``configs/``.

Every field of the input is declared here with its class; an undeclared one stops the run. Keys nobody
knows are refused, and so is a key given twice. Paths are relative to the working directory, as on the
command line. ``docs/configuration.md`` explains every key.
"""

import re
from collections.abc import Hashable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from deid.errors import ConfigError
from deid.labels import LABELS, LabelClass

_PATH = re.compile(r"[^.\[\]]+(?:\[\])*(?:\.[^.\[\]]+(?:\[\])*)*")
_IDENTIFYING = ("direct", "code", "property", "secret", "linking", "media")

FieldClass = Literal[
    "keep", "drop", "text",
    "direct", "code", "property", "secret", "linking", "quasi", "sensitive", "media",
]  # fmt: skip


Split = Literal["train", "validation", "test"]

_Model = TypeVar("_Model", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Treatment(_Frozen):
    """What becomes of a value: one operator, with its parameters.

    ``bands`` and ``top`` may stand together; every other operator stands alone.
    """

    operator: Literal["keep", "delete", "tag", "surrogate", "reissue", "bands", "coarsen", "top"]
    bands: int | None = Field(default=None, ge=2, description="width of a band")
    top: int | None = Field(default=None, ge=1, description="values from here up become one")
    coarsen: str | None = Field(default=None, description="year, month, day, hour or a level name")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        if isinstance(value, str):
            return {"operator": value}
        if isinstance(value, dict) and "operator" not in value:
            name = next((key for key in ("bands", "coarsen", "top") if key in value), None)
            if name is None:
                raise ValueError(
                    "name an operator: keep, delete, tag, surrogate, reissue, bands, coarsen, top"
                )
            return {"operator": name, **value}
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.operator in ("bands", "top", "coarsen") and getattr(self, self.operator) is None:
            raise ValueError(f"`{self.operator}` needs its value, as in {{{self.operator}: 5}}")
        if self.coarsen is not None and (self.bands is not None or self.top is not None):
            raise ValueError("`coarsen` stands alone")
        return self


def check_operators(operators: Mapping[str, Treatment]) -> None:
    """Raise ValueError when a label is unknown or its operator may not be used on its class."""
    for label, treatment in operators.items():
        if label not in LABELS:
            raise ValueError(f"unknown label `{label}`; `deid labels` lists them")
        cls = LABELS[label].cls
        operator = treatment.operator
        if operator == "reissue":
            raise ValueError(f"{label}: `reissue` is for fields, not for text")
        if operator == "keep" and cls is not LabelClass.QUASI:
            raise ValueError(f"{label}: class `{cls}` cannot be kept")
        if cls in (LabelClass.SECRET, LabelClass.MEDIA) and operator not in ("tag", "delete"):
            raise ValueError(f"{label}: class `{cls}` can only be tagged or deleted")


class FieldSpec(_Frozen):
    """One declared field of the input."""

    cls: FieldClass = Field(alias="class")
    treatment: Treatment | None = None
    known_value: str | None = Field(default=None, description="label of this value's occurrences in text")
    hierarchy: str | None = Field(default=None, description="generalization hierarchy, for k-anonymity")

    @field_validator("known_value")
    @classmethod
    def _known_label(cls, value: str | None) -> str | None:
        if value is not None and value not in LABELS:
            raise ValueError(f"unknown label `{value}`; `deid labels` lists them")
        return value

    @model_validator(mode="after")
    def _allowed(self) -> Self:
        operator = self.effective.operator
        if self.cls in _IDENTIFYING and operator not in ("delete", "tag", "surrogate", "reissue"):
            raise ValueError(f"class `{self.cls}` cannot have treatment `{operator}`")
        if self.cls in ("secret", "media") and operator != "delete":
            raise ValueError(f"class `{self.cls}` is always deleted")
        if self.cls in ("keep", "drop", "text") and self.treatment is not None:
            raise ValueError(f"class `{self.cls}` takes no treatment")
        if self.hierarchy is not None and self.cls != "quasi":
            raise ValueError("only a quasi-identifier has a hierarchy")
        return self

    @cached_property
    def effective(self) -> Treatment:
        """The treatment given, or the safe one of the class."""
        if self.treatment is not None:
            return self.treatment
        return Treatment(operator="keep" if self.cls in ("keep", "quasi", "text") else "delete")


class InputConfig(_Frozen):
    """What comes in."""

    format: Literal["messages", "table"] = "messages"
    record_id: str
    subject_id: str
    speaker_id: str | None = Field(default=None, description="field that names each message's speaker")
    languages: tuple[Literal["en", "ja"], ...] = ("en", "ja")
    max_quarantined: float = Field(default=0.001, ge=0, le=1, description="share of records")
    max_text: int = Field(default=1_000_000, ge=1, description="longest text, in code points")


class DetectConfig(_Frozen):
    """Which detectors run."""

    use: Literal["fast", "default", "accurate"] = "default"
    presidio: tuple[str, ...] = ()


class TransformConfig(_Frozen):
    """Label to operator: a named table of ``configs/operators`` and changes to it."""

    use: str | None = None
    operators: dict[str, Treatment] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _labels_beside(cls, value: object) -> object:
        if not isinstance(value, dict) or "operators" in value:
            return value
        return {"use": value.get("use"), "operators": {k: v for k, v in value.items() if k != "use"}}

    @field_validator("operators")
    @classmethod
    def _known_labels(cls, value: dict[str, Treatment]) -> dict[str, Treatment]:
        check_operators(value)
        return value


class KanonConfig(_Frozen):
    """k-anonymity, counted in persons."""

    k: int = Field(default=5, ge=2)
    from_text: bool = True
    sensitive: tuple[str, ...] = ()
    method: Literal["local", "lattice"] = "local"
    suppression: float = Field(default=0.05, ge=0, le=1, description="share of persons")


Attack = Literal["linkage", "inference", "identifiers", "pseudonyms", "verbatim"]


class RiskConfig(_Frozen):
    """Which row of the gate table applies."""

    gate: Literal["internal", "controlled", "public"] = "internal"
    attacks: tuple[Attack, ...] = Field(default=(), description="beside those the gate demands")


class EscrowConfig(_Frozen):
    """Where deleted information is held."""

    url: str
    keys: str
    domain: str = "default"

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str:
        if not value.startswith("sqlite:///"):
            raise ValueError("must start with sqlite:///")
        return value

    @field_validator("keys")
    @classmethod
    def _keys(cls, value: str) -> str:
        if not value.startswith("local:"):
            raise ValueError("must start with local:")
        return value


_SPLITS: dict[Split, float] = {"train": 0.9, "validation": 0.05, "test": 0.05}


class ReleaseConfig(_Frozen):
    """What goes out."""

    name: str = Field(default="release", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    format: Literal["parquet", "jsonl"] = "parquet"
    splits: dict[Split, float] = Field(default_factory=lambda: dict(_SPLITS))
    key: str | None = Field(default=None, description="Ed25519 private key that signs the manifest")

    @field_validator("splits")
    @classmethod
    def _sum(cls, value: dict[Split, float]) -> dict[Split, float]:
        if not value or any(share <= 0 for share in value.values()):
            raise ValueError("each split needs a share above 0")
        if abs(sum(value.values()) - 1) > 1e-9:
            raise ValueError("the shares of the splits must add up to 1")
        return value


class Config(_Frozen):
    """A whole run."""

    version: Literal[1]
    mode: Literal["anonymize", "pseudonymize"]
    input: InputConfig
    fields: dict[str, FieldSpec]
    policy: str | None = None
    purpose: str | None = None
    detect: DetectConfig = DetectConfig()
    transform: TransformConfig = TransformConfig()
    kanon: KanonConfig = KanonConfig()
    risk: RiskConfig = RiskConfig()
    escrow: EscrowConfig | None = None
    release: ReleaseConfig = ReleaseConfig()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for path in self.fields:
            if not _PATH.fullmatch(path):
                raise ValueError(f"fields: `{path}` is not a path like `messages[].content`")
        for role in ("record_id", "subject_id", "speaker_id"):
            self._check_id(role, getattr(self.input, role))
        for path in self.kanon.sensitive:
            if path not in self.fields:
                raise ValueError(f"kanon.sensitive: `{path}` is not a declared field")
        for path, spec in self.fields.items():
            if path in self.kanon.sensitive and spec.cls == "quasi":
                raise ValueError(f"kanon.sensitive: `{path}` is a quasi-identifier already")
        return self

    def _check_id(self, role: str, path: str | None) -> None:
        if path is None:
            return
        spec = self.fields.get(path)
        if spec is None:
            raise ValueError(f"input.{role}: `{path}` is not a declared field")
        if spec.cls != "linking" or spec.effective.operator not in ("reissue", "delete"):
            raise ValueError(f"fields: `{path}` is input.{role}: give it class linking and treatment reissue")


class PurposeRule(_Frozen):
    """In which modes a purpose may be served, and the clause that says so."""

    modes: tuple[Literal["anonymize", "pseudonymize"], ...]
    clause: str


class PolicySpec(_Frozen):
    """A privacy policy's promises, as data."""

    name: str
    title: str
    regimes: tuple[str, ...]
    contact: str
    purposes: dict[str, PurposeRule]
    unnamed_purpose: str = Field(description="why a purpose that is not listed is refused")


def config_folder(*parts: str) -> Path:
    """Return a folder of the shipped ``configs``: inside the wheel, or in the source tree."""
    here = Path(__file__).parent
    shipped = here / "configs"
    root = shipped if shipped.is_dir() else here.parents[1] / "configs"
    return root.joinpath(*parts)


def load_config(source: str | Path, overrides: Mapping[str, object] | None = None) -> Config:
    """Read a pipeline configuration: a file, or the name of a shipped pipeline.

    overrides : top-level keys that replace the file's (``mode``, ``escrow``).

    Raises ConfigError with the file, the key and what is expected.
    """
    path = Path(source)
    if not path.is_file():
        shipped = config_folder("pipelines", f"{source}.yaml")
        if not shipped.is_file():
            raise ConfigError(
                f"{source}: no such configuration",
                hint="give a file, or one of: " + ", ".join(_names("pipelines")),
            )
        path = shipped
    raw = _read_mapping(path)
    raw.update(overrides or {})
    config = _validate(Config, raw, str(path))
    _check_hierarchies(config, str(path))
    if config.mode == "pseudonymize" and config.escrow is None:
        raise ConfigError(
            f"{path}: pseudonymize mode needs an escrow",
            hint="add `escrow: {url: …, keys: …}` or give --escrow and --keys (see `deid escrow init`)",
        )
    return config


def load_operators(config: TransformConfig, mode: str) -> dict[str, Treatment]:
    """Return the complete label to operator table of a run.

    Raises ConfigError when any label of the vocabulary has no operator: there is no silent default.
    """
    name = config.use or f"{mode}-default"
    path = config_folder("operators", f"{name}.yaml")
    if not path.is_file():
        raise ConfigError(f"transform.use: no operator table `{name}`", hint=_one_of("operators"))
    table = _validate(TransformConfig, _read_mapping(path), str(path)).operators
    merged = {**table, **config.operators}
    missing = sorted(LABELS.keys() - merged.keys())
    if missing:
        raise ConfigError(f"{path}: no operator for {', '.join(missing)}")
    return merged


def load_policy(name: str) -> PolicySpec:
    """Read a policy of ``configs/policies`` by name."""
    path = config_folder("policies", f"{name}.yaml")
    if not path.is_file():
        raise ConfigError(f"policy: no policy `{name}`", hint=_one_of("policies"))
    return _validate(PolicySpec, _read_mapping(path), str(path))


def hierarchy_file(name: str) -> Path:
    """Return the file of a hierarchy: a path, or the name of a shipped one."""
    path = Path(name)
    if path.suffix == ".csv" and path.is_file():
        return path
    shipped = config_folder("hierarchies", f"{name}.csv")
    if not shipped.is_file():
        raise ConfigError(f"no hierarchy `{name}`", hint=_one_of("hierarchies"))
    return shipped


def _check_hierarchies(config: Config, where: str) -> None:
    for path, spec in config.fields.items():
        try:
            _ = spec.hierarchy and hierarchy_file(spec.hierarchy)
        except ConfigError as error:
            raise ConfigError(f"{where}: fields.{path}: {error}", hint=error.hint) from None


def _one_of(kind: str) -> str:
    return "one of: " + ", ".join(_names(kind))


def _names(kind: str) -> list[str]:
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


def _read_mapping(path: Path) -> dict[str, Any]:
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read: {type(error).__name__}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except yaml.YAMLError:
        raise ConfigError(f"{path}: not valid YAML") from None
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: must be a mapping of keys")
    return value


def _validate(model: type[_Model], raw: Mapping[str, object], where: str) -> _Model:
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
