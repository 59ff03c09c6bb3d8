"""What may become of a value: its operator with parameters, and which class of field or label takes which."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from deid.labels import IDENTIFIERS, LABELS, LabelClass
from deid.yamlfile import Frozen

_IDENTIFYING = IDENTIFIERS | {LabelClass.MEDIA}

_WITHOUT_VALUE = ("delete", "tag", "token", "encrypt", "ff1", "surrogate", "reissue")

PERTURBING = ("swap", "noise", "microaggregate", "clamp", "rare")

FieldClass = Literal[
    "keep", "drop", "text",
    "direct", "code", "property", "secret", "linking", "quasi", "sensitive", "media",
]  # fmt: skip


Scope = Literal["conversation", "release", "dataset", "global"]


class Treatment(Frozen):
    """What becomes of a value: one operator, with its parameters.

    ``bands`` and ``top`` may stand together; every other operator stands alone.
    """

    operator: Literal[
        "keep",
        "delete",
        "tag",
        "token",
        "encrypt",
        "ff1",
        "surrogate",
        "reissue",
        "bands",
        "coarsen",
        "shift",
        "top",
        "swap",
        "noise",
        "microaggregate",
        "clamp",
        "rare",
        "keep-if-unlinked",
    ]
    bands: int | None = Field(default=None, ge=2, description="width of a band")
    top: int | None = Field(default=None, ge=1, description="values from here up become one")
    coarsen: str | None = Field(default=None, description="year, month, day, hour or a level name")
    shift: int | None = Field(default=None, ge=1, le=3650, description="most days a date is moved by")
    weekday: bool = Field(default=False, description="a moved date stays on its day of the week")
    scope: Scope | None = Field(default=None, description="range in which one value has one token")
    swap: float | None = Field(default=None, gt=0, le=1, description="share of people who exchange values")
    noise: float | None = Field(default=None, gt=0, description="mean size of what is added to a number")
    microaggregate: int | None = Field(default=None, ge=2, description="people of a group, who get its mean")
    clamp: tuple[float, float] | None = Field(default=None, description="bounds that numbers are moved to")
    rare: int | None = Field(default=None, ge=2, description="values that fewer people have go")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        if isinstance(value, str):
            return {"operator": value}
        if isinstance(value, dict) and "operator" not in value:
            name = next(
                (key for key in (*PERTURBING, "bands", "coarsen", "shift", "top") if key in value), None
            )
            if name is None:
                raise ValueError("name an operator: keep, delete, tag, token, surrogate, reissue …")
            return {"operator": name, **value}
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (
            self.operator in (*PERTURBING, "bands", "top", "coarsen", "shift")
            and getattr(self, self.operator) is None
        ):
            raise ValueError(f"`{self.operator}` needs its value, as in {{{self.operator}: 5}}")
        given = [name for name in PERTURBING if getattr(self, name) is not None]
        if given and (given != [self.operator] or (self.operator in ("swap", "rare") and self.bands)):
            raise ValueError(f"`{given[0]}` stands alone, but for `bands` and `top` of numbers")
        if self.clamp is not None and self.clamp[0] > self.clamp[1]:
            raise ValueError("`clamp` needs the lower bound first")
        if self.coarsen is not None and (self.bands is not None or self.top is not None):
            raise ValueError("`coarsen` stands alone")
        if self.shift is not None and self.operator != "shift":
            raise ValueError("`shift` stands alone")
        if self.weekday and (self.shift or 0) < 7:
            raise ValueError("`weekday` needs `shift` of at least 7")
        if self.scope is not None and self.operator not in ("token", "reissue"):
            raise ValueError("`scope` is for token and reissue; a surrogate holds for its conversation")
        return self

    @property
    def lasts(self) -> bool:
        """Whether what it writes is made under the domain's key, which outlives the run."""
        return self.operator in ("encrypt", "ff1") or self.scope in ("dataset", "global")


def check_operators(operators: Mapping[str, Treatment]) -> None:
    """Raise ValueError when a label is unknown or its operator may not be used on its class."""
    for label, treatment in operators.items():
        if label not in LABELS:
            raise ValueError(f"unknown label `{label}`; `deid labels` lists them")
        cls = LABELS[label].cls
        operator = treatment.operator
        if operator == "reissue" or operator in PERTURBING:
            raise ValueError(f"{label}: `{operator}` is for fields, not for text")
        if operator == "keep" and cls is not LabelClass.QUASI:
            raise ValueError(f"{label}: class `{cls}` cannot be kept")
        if cls in (LabelClass.SECRET, LabelClass.MEDIA) and operator not in ("tag", "delete"):
            raise ValueError(f"{label}: class `{cls}` can only be tagged or deleted")
        if operator == "keep-if-unlinked" and cls is not LabelClass.SENSITIVE:
            raise ValueError(f"{label}: `keep-if-unlinked` is for labels of class sensitive")
        if not LABELS[label].escrowed and operator in ("token", "encrypt", "ff1"):
            raise ValueError(f"{label}: kept nowhere, so it can only be tagged or deleted")


class FieldSpec(Frozen):
    """One declared field of the input."""

    cls: FieldClass = Field(alias="class")
    treatment: Treatment | None = None
    known_value: str | None = Field(default=None, description="label of this value's occurrences in text")
    hierarchy: str | None = Field(default=None, description="generalization hierarchy, for k-anonymity")
    item: str | None = Field(default=None, description="item of the policy that the field holds")

    @field_validator("known_value")
    @classmethod
    def _known_label(cls, value: str | None) -> str | None:
        if value is not None and value not in LABELS:
            raise ValueError(f"unknown label `{value}`; `deid labels` lists them")
        return value

    @model_validator(mode="after")
    def _allowed(self) -> Self:
        operator = self.effective.operator
        if self.cls in _IDENTIFYING and operator not in _WITHOUT_VALUE:
            raise ValueError(f"class `{self.cls}` cannot have treatment `{operator}`")
        if operator == "keep-if-unlinked":
            raise ValueError("`keep-if-unlinked` is for text, not for fields")
        if operator == "ff1" and self.cls not in ("direct", "property", "linking"):
            raise ValueError(f"class `{self.cls}` cannot have treatment `ff1`")
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
