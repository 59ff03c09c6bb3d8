"""The sections of a configuration: the keys of each, what they take, and what stands there without them."""

from functools import cached_property
from typing import Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from deid.labels import LABELS
from deid.treatments import Treatment, check_operators
from deid.yamlfile import Frozen

Split = Literal["train", "validation", "test"]


class InputConfig(Frozen):
    """What comes in."""

    format: Literal["messages", "table"] = "messages"
    record_id: str
    subject_id: str
    speaker_id: str | None = Field(default=None, description="field that names each message's speaker")
    age: str | None = Field(default=None, description="field with the person's age, for policies on minors")
    birth_date: str | None = Field(default=None, description="field with the date of birth, likewise")
    country: str | None = Field(default=None, description="field with an ISO 3166 code, likewise")
    time: str | None = Field(
        default=None, description="field with the time of each message, for histories cleared at a moment"
    )
    origin: str | None = Field(
        default=None, description="field that says where a record comes from, such as EU"
    )
    languages: tuple[Literal["en", "ja", "zh", "ko"], ...] = ("en", "ja")
    max_quarantined: float = Field(default=0.001, ge=0, le=1, description="share of records")
    max_text: int = Field(default=1_000_000, ge=1, description="longest text, in code points")


class OwnModel(Frozen):
    """A model of the user's own that finds names beside ours.

    name   : a package (spaCy), a folder, or a name on the Hugging Face hub that is in the local cache.
    labels : its labels to ours, or to null for those left out; a spaCy pipeline's may be left to be known.
    """

    kind: Literal["spacy", "transformers", "gliner"]
    name: str
    labels: dict[str, str | None] = Field(default_factory=dict)
    language: Literal["en", "ja"] | None = Field(default=None, description="spacy: texts it reads")
    threshold: float = Field(default=0.5, ge=0, le=1, description="transformers, gliner: least score")

    @model_validator(mode="after")
    def _says_what_it_finds(self) -> "OwnModel":
        unknown = sorted({label for label in self.labels.values() if label is not None} - LABELS.keys())
        if unknown:
            raise ValueError(f"unknown label `{unknown[0]}`; `deid labels` lists them")
        if self.kind != "spacy" and not any(self.labels.values()):
            raise ValueError(f"a {self.kind} model needs `labels`, such as {{PER: PERSON}}")
        return self


class DetectConfig(Frozen):
    """Which detectors run."""

    use: Literal["fast", "default", "accurate"] = "default"
    presidio: tuple[str, ...] = ()
    second_reading: float = Field(default=0, ge=0, le=1, description="share of messages")
    models: tuple[OwnModel, ...] = ()

    @model_validator(mode="after")
    def _reads_again_what_was_read(self) -> "DetectConfig":
        if self.second_reading and self.use != "default":
            raise ValueError("`second_reading` goes with `use: default`")
        return self


class TransformConfig(Frozen):
    """Label to operator: a named table of ``configs/operators`` and changes to it."""

    use: str | None = None
    rare_words: int | None = Field(default=None, ge=2, description="words of fewer people are replaced")
    personal_words: float | None = Field(default=None, gt=0, lt=1, description="share of words replaced")
    style: Literal["tidy", "plain"] | None = Field(default=None, description="evens out how people write")
    operators: dict[str, Treatment] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _labels_beside(cls, value: object) -> object:
        if not isinstance(value, dict) or "operators" in value:
            return value
        own = {name: value[name] for name in cls.model_fields if name in value}
        return {**own, "operators": {name: item for name, item in value.items() if name not in own}}

    @field_validator("operators")
    @classmethod
    def _known_labels(cls, value: dict[str, Treatment]) -> dict[str, Treatment]:
        check_operators(value)
        return value

    @cached_property
    def topics(self) -> frozenset[str]:
        """Labels of what may stay in text where nothing leads to the person."""
        return frozenset(
            label for label, treatment in self.operators.items() if treatment.operator == "keep-if-unlinked"
        )


FactKind = Literal[
    "AGE", "DATE_OF_BIRTH", "LOCATION", "OCCUPATION", "ORGANIZATION", "EDUCATION", "NATIONALITY", "LANGUAGE",
    "FAMILY", "MONEY",
]  # fmt: skip


class KanonConfig(Frozen):
    """k-anonymity, counted in persons."""

    k: int = Field(default=5, ge=2)
    from_text: bool = True
    facts: tuple[FactKind, ...] = Field(default=get_args(FactKind), description="what people state in text")
    sensitive: tuple[str, ...] = ()
    method: Literal["local", "lattice", "mondrian"] = "local"
    suppression: float = Field(default=0.05, ge=0, le=1, description="share of persons")
    l: int | None = Field(default=None, ge=2, description="distinct sensitive values in a class")  # noqa: E741
    t: float | None = Field(default=None, ge=0, le=1, description="distance of a class from everybody")
    max_ncp: float | None = Field(default=None, ge=0, le=1, description="loss that the gate lets pass")

    @model_validator(mode="after")
    def _needs_sensitive(self) -> Self:
        if not self.sensitive and (self.l is not None or self.t is not None):
            raise ValueError("l and t need `sensitive`: name the fields whose disclosure would harm")
        return self


Attack = Literal[
    "linkage", "inference", "identifiers", "pseudonyms", "verbatim", "profiles", "membership", "singling-out",
    "prosecutor", "crossing", "rhythm",
]  # fmt: skip


class RiskConfig(Frozen):
    """Which row of the gate table applies."""

    gate: Literal["internal", "controlled", "public"] = "internal"
    attacks: tuple[Attack, ...] = Field(default=(), description="beside those the gate demands")


class EscrowConfig(Frozen):
    """Where deleted information is held; ``url`` may hold a password."""

    url: str = Field(repr=False)
    keys: str
    domain: str = "default"
    tokens: str | None = Field(default=None, description="file of the domain's token key")

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("keys")
    @classmethod
    def _keys(cls, value: str) -> str:
        if not value.startswith("local:"):
            raise ValueError("must start with local:")
        return value


_SPLITS: dict[Split, float] = {"train": 0.9, "validation": 0.05, "test": 0.05}


class ReleaseConfig(Frozen):
    """What goes out."""

    name: str = Field(default="release", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    format: Literal["parquet", "jsonl"] = "parquet"
    splits: dict[Split, float] = Field(default_factory=lambda: dict(_SPLITS))
    key: str | None = Field(default=None, description="Ed25519 private key that signs the manifest")
    max_records: int | None = Field(default=None, ge=1, description="records of one data subject")
    max_words: int | None = Field(default=None, ge=1, description="words of a person under one record id")
    previous: str | None = Field(default=None, description="earlier release, to be measured with this one")

    @field_validator("splits")
    @classmethod
    def _sum(cls, value: dict[Split, float]) -> dict[Split, float]:
        if not value or any(share <= 0 for share in value.values()):
            raise ValueError("each split needs a share above 0")
        if abs(sum(value.values()) - 1) > 1e-9:
            raise ValueError("the shares of the splits must add up to 1")
        return value
