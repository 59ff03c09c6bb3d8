"""Configuration of a run: its sections together, and what they ask of one another.

Every field of the input is declared here with its class; an undeclared one stops the run. Keys nobody
knows are refused, and so is a key given twice. Paths are relative to the working directory, as on the
command line. ``docs/configuration.md`` explains every key.
"""

import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import Field, model_validator

from deid.cutting import Cut, joined_pieces
from deid.errors import ConfigError, expect
from deid.labels import LABELS
from deid.sections import (
    DetectConfig,
    EscrowConfig,
    InputConfig,
    KanonConfig,
    ReleaseConfig,
    RiskConfig,
    TransformConfig,
)
from deid.treatments import FieldSpec, Treatment
from deid.yamlfile import Frozen, config_folder, given_or_shipped, names, one_of, read_mapping, validate

_PATH = re.compile(r"[^.\[\]]+(?:\[\])*(?:\.[^.\[\]]+(?:\[\])*)*")


class Config(Frozen):
    """A whole run."""

    version: Literal[1]
    mode: Literal["anonymize", "pseudonymize"]
    input: InputConfig
    fields: dict[str, FieldSpec]
    policy: str | None = None
    purpose: str | None = None
    purpose_mapping: str | None = Field(default=None, description="file in which a person maps the purpose")
    detect: DetectConfig = DetectConfig()
    transform: TransformConfig = TransformConfig()
    kanon: KanonConfig = KanonConfig()
    risk: RiskConfig = RiskConfig()
    escrow: EscrowConfig | None = None
    ledger: str | None = Field(default=None, description="who may be in a release; see `deid ledger`")
    release: ReleaseConfig = ReleaseConfig()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for path in self.fields:
            if not _PATH.fullmatch(path):
                raise ValueError(f"fields: `{path}` is not a path like `messages[].content`")
        for role in ("record_id", "subject_id", "speaker_id"):
            self._check_id(role, getattr(self.input, role))
        for role in ("age", "birth_date", "country", "time", "origin"):
            path = getattr(self.input, role)
            if path is not None and path not in self.fields:
                raise ValueError(f"input.{role}: `{path}` is not a declared field")
        return self

    @model_validator(mode="after")
    def _sensitive(self) -> Self:
        for path in self.kanon.sensitive:
            if path not in self.fields:
                raise ValueError(f"kanon.sensitive: `{path}` is not a declared field")
        for path, spec in self.fields.items():
            if path in self.kanon.sensitive and spec.cls == "quasi":
                raise ValueError(f"kanon.sensitive: `{path}` is a quasi-identifier already")
            if path in self.kanon.sensitive and spec.cls == "text":
                raise ValueError(f"kanon.sensitive: `{path}` is text, which has no values to count")
            if path in self.kanon.sensitive and spec.effective.operator in ("reissue", "surrogate"):
                raise ValueError(f"kanon.sensitive: `{path}` is published as another value")
        return self

    @model_validator(mode="after")
    def _lasting(self) -> Self:
        """Refuse what would outlive the run where nothing may, and what nothing could restore."""
        if self.transform.style is not None and self.mode == "pseudonymize":
            raise ValueError(
                "transform.style: only in mode anonymize; the escrow restores findings, not style"
            )
        used = {f"fields.{path}": spec.effective for path, spec in self.fields.items()}
        used |= {f"transform.{label}": treatment for label, treatment in self.transform.operators.items()}
        for where, treatment in used.items():
            if treatment.lasts and self.mode == "anonymize":
                raise ValueError(f"{where}: nothing that outlives the run is made in mode anonymize")
            if treatment.lasts and self.escrow is not None and self.escrow.tokens is None:
                raise ValueError(f"{where}: needs `escrow.tokens`, the file of the domain's token key")
        return self

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        """Refuse one person under two ids, as who speaks and as who it is about."""
        paths = (self.input.speaker_id, self.input.subject_id)
        speaker, subject = (self.fields[p].effective if p in self.fields else None for p in paths)
        if speaker is None or subject is None:
            return self
        if speaker.operator == subject.operator and speaker.scope != subject.scope:
            raise ValueError("fields: input.speaker_id and input.subject_id need one scope")
        return self

    @model_validator(mode="after")
    def _pieces(self) -> Self:
        """Refuse pieces of conversations that something would join, and pieces that nothing could restore."""
        if self.release.max_words is None:
            return self
        if self.mode == "pseudonymize":
            raise ValueError(
                "release.max_words: only in mode anonymize; the escrow holds whole conversations"
            )
        operators = load_operators(self.transform, self.mode)
        cut = Cut(self.fields, self.input.record_id, self.input.subject_id, self.talk, operators)
        if (problem := next(joined_pieces(cut), None)) is not None:
            raise ValueError(f"release.max_words: {problem}")
        return self

    @cached_property
    def talk(self) -> str | None:
        """Path of the list that holds the messages: with text, and speakers or roles if several have it."""
        lists = {
            path.partition("[].")[0]
            for path, spec in self.fields.items()
            if spec.cls == "text" and "[]." in path
        }
        said = {path.partition("[].")[0] for path in self.fields if path.endswith("[].role")}
        if self.input.speaker_id is not None:
            said = {self.input.speaker_id.partition("[].")[0]}
        found = lists if len(lists) == 1 else lists & said
        return found.pop() if len(found) == 1 else None

    def _check_id(self, role: str, path: str | None) -> None:
        if path is None:
            return
        spec = self.fields.get(path)
        if spec is None:
            raise ValueError(f"input.{role}: `{path}` is not a declared field")
        if spec.cls != "linking" or spec.effective.operator not in ("reissue", "delete"):
            raise ValueError(f"fields: `{path}` is input.{role}: give it class linking and treatment reissue")
        if role == "record_id" and spec.effective.scope not in (None, "release"):
            raise ValueError(f"fields: `{path}` is input.{role}: its scope is the release")


def load_config(source: str | Path, overrides: Mapping[str, object] | None = None) -> Config:
    """Read a pipeline configuration: a file, or the name of a shipped pipeline.

    overrides : top-level keys that replace the file's (``mode``, ``escrow``).

    Raises ConfigError with the file, the key and what is expected.
    """
    expect("configuration", source, "a file or a shipped name", str, os.PathLike)
    path = Path(source)
    if not path.is_file():
        shipped = config_folder("pipelines", f"{source}.yaml")
        if not shipped.is_file():
            raise ConfigError(
                f"{source}: no such configuration",
                hint="give a file, or one of: " + ", ".join(names("pipelines")),
            )
        path = shipped
    given = overrides or {}
    raw = {**_of_its_mode({**read_mapping(path), **given}, str(path)), **given}
    config = validate(Config, raw, str(path))
    _check_hierarchies(config, str(path))
    if config.mode == "pseudonymize" and config.escrow is None:
        raise ConfigError(
            f"{path}: pseudonymize mode needs an escrow",
            hint="add `escrow: {url: …, keys: …}` or give --escrow and --keys (see `deid escrow init`)",
        )
    return config


def _of_its_mode(raw: dict[str, Any], where: str) -> dict[str, Any]:
    """Return a configuration with what ``modes`` says of its mode: fields one by one, other keys whole."""
    modes = raw.pop("modes", None) or {}
    known = get_args(Config.model_fields["mode"].annotation)
    if not isinstance(modes, dict) or not modes.keys() <= set(known):
        raise ConfigError(f"{where}: modes: must be a mapping of {' and '.join(known)}")
    mode = raw.get("mode")
    changes = (modes.get(mode) if isinstance(mode, str) else None) or {}
    if not isinstance(changes, dict) or "mode" in changes:
        raise ConfigError(f"{where}: modes: must say which keys differ, and not the mode")
    if isinstance(changes.get("fields"), dict) and isinstance(raw.get("fields"), dict):
        changes = {**changes, "fields": {**raw["fields"], **changes["fields"]}}
    return {**raw, **changes}


def load_operators(config: TransformConfig, mode: str) -> dict[str, Treatment]:
    """Return the complete label to operator table of a run.

    Raises ConfigError when any label of the vocabulary has no operator: there is no silent default.
    """
    name = config.use or f"{mode}-default"
    path = config_folder("operators", f"{name}.yaml")
    if not path.is_file():
        raise ConfigError(f"transform.use: no operator table `{name}`", hint=one_of("operators"))
    table = validate(TransformConfig, read_mapping(path), str(path)).operators
    merged = {**table, **config.operators}
    missing = sorted(LABELS.keys() - merged.keys())
    if missing:
        raise ConfigError(f"{path}: no operator for {', '.join(missing)}")
    return merged


def hierarchy_file(name: str) -> Path:
    """Return the file of a hierarchy: a path, or the name of a shipped one."""
    return given_or_shipped(name, "hierarchies", ".csv", "no hierarchy")


def _check_hierarchies(config: Config, where: str) -> None:
    for path, spec in config.fields.items():
        try:
            _ = spec.hierarchy and hierarchy_file(spec.hierarchy)
        except ConfigError as error:
            raise ConfigError(f"{where}: fields.{path}: {error}", hint=error.hint) from None
