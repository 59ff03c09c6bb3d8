"""A record's fields treated, and what was taken out of them: all of a record but the words of its texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deid.config import Config
from deid.ingest.fields import Leaf, Scalar, compile_fields, rebuild
from deid.ingest.record import Record, subject_index
from deid.pipeline.custody.sealing import Deleted
from deid.pipeline.quasi.columns import base_value, quasi_fields, sensitive_columns
from deid.pipeline.quasi.listed import listed_fields
from deid.pipeline.rewriting.instructions import Publishing
from deid.transform.keyed import keyed_value
from deid.transform.keys import Keys
from deid.transform.operators import transform_value
from deid.transform.tokens import ReplacementKey
from deid.treatments import FieldSpec, Treatment

_TAGGED = Treatment(operator="tag")


@dataclass(frozen=True, slots=True)
class Treated:
    """A record with its fields treated.

    value   : the record as it may be released.
    deleted : what was taken out of each subject's fields.
    vectors : column or field of a list → values of each subject, read from the released fields.
    """

    value: dict[str, Any] = field(repr=False)
    deleted: list[Deleted] = field(repr=False)
    vectors: list[dict[str, set[str]]] = field(repr=False)


class _Fields:
    """One record's fields while they are treated."""

    def __init__(self, record: Record, token: str, texts: Mapping[str, str]) -> None:
        self.record = record
        self.token = token
        self.texts = texts
        self.tokens: dict[tuple[str, Scalar], str] = {}
        self.deleted = [Deleted() for _ in record.subjects]
        self.vectors: list[dict[str, set[str]]] = [{} for _ in record.subjects]

    def delete(self, leaf: Leaf) -> None:
        """Keep a field's value as deleted information; what is secret or media is kept nowhere."""
        if leaf.spec.cls not in ("secret", "media"):
            self.deleted[subject_index(leaf.path, self.record.prefixes)].fields.append(
                (leaf.path, leaf.value)
            )


class FieldWriter:
    """Treats the fields of records by a plan; keeps no state between records."""

    def __init__(self, config: Config, key: ReplacementKey, plan: Publishing, keys: Keys) -> None:
        self._config = config
        self._key = key
        self._plan = plan
        self._keys = keys
        self._tree = compile_fields(config.fields)
        self._quasi = quasi_fields(config)
        self._listed = frozenset(listed_fields(config))
        self._sensitive = frozenset(sensitive_columns(config))

    def treat(self, record: Record, token: str, texts: Mapping[str, str]) -> Treated:
        """Return a record under its token, its texts replaced by ``texts``, path → text."""
        fields = _Fields(record, token, texts)
        value = rebuild(record.value, self._tree, lambda leaf: self._replace(leaf, fields), is_released)
        # A deleted field is not in the release, but it is deleted information all the same, null or not.
        for leaf in record.leaves:
            if not is_released(leaf.spec):
                fields.delete(leaf)
        return Treated(value, fields.deleted, fields.vectors)

    def _replace(self, leaf: Leaf, fields: _Fields) -> Scalar:
        text = fields.texts.get(leaf.path)
        if text is not None:
            return text
        if leaf.value is None:
            return None
        new = self._field(leaf, fields)
        if leaf.declared in self._sensitive and new not in (None, ""):
            subject = subject_index(leaf.path, fields.record.prefixes)
            fields.vectors[subject].setdefault(leaf.declared, set()).add(str(new))
        if new != leaf.value:
            fields.delete(leaf)
        return new

    def _field(self, leaf: Leaf, fields: _Fields) -> Scalar:
        treatment = leaf.spec.effective
        if treatment.operator == "reissue":
            return self._reissued(leaf, fields)
        if leaf.declared in self._quasi:
            value = base_value(leaf)
            subject = subject_index(leaf.path, fields.record.prefixes)
            node = None if value is None else self._published(fields, subject, leaf.declared, value)
            if node is not None:
                fields.vectors[subject].setdefault(leaf.declared, set()).add(node)
            return node
        if leaf.declared in self._listed:
            value = base_value(leaf)
            return None if value is None else self._from_list(leaf, value, fields)
        if treatment.operator == "keep":
            return leaf.value
        if treatment.operator in ("token", "encrypt", "ff1", "shift"):
            return self._keyed(leaf, fields)
        return transform_value(
            treatment,
            leaf.value,
            path=leaf.declared,
            key=self._key,
            scope=fields.token,
            label=leaf.spec.known_value,
        )

    def _from_list(self, leaf: Leaf, value: str, fields: _Fields) -> str | None:
        node = self._plan.of_list(leaf.declared, value)
        if node is not None:
            subject = subject_index(leaf.path, fields.record.prefixes)
            fields.vectors[subject].setdefault(leaf.declared, set()).add(node)
        return node

    def _reissued(self, leaf: Leaf, fields: _Fields) -> str:
        """Return the token of an id: the same person has one wherever the record names them."""
        known = fields.tokens.get((leaf.declared, leaf.value))
        if known is None:
            scope = leaf.spec.effective.scope or "release"
            kind = token_kind(self._config, leaf.declared)
            known = self._keys.token(kind, str(leaf.value), scope=scope, conversation=fields.token)
            fields.tokens[leaf.declared, leaf.value] = known
        return known

    def _keyed(self, leaf: Leaf, fields: _Fields) -> Scalar:
        """Return what is made of a field under the keys; the tag for what cannot be read."""
        kind = leaf.spec.known_value or leaf.declared
        made = keyed_value(
            leaf.spec.effective,
            leaf.value,
            kind=kind,
            keys=self._keys,
            conversation=fields.token,
            subject=fields.record.subjects[subject_index(leaf.path, fields.record.prefixes)],
        )
        return transform_value(_TAGGED, leaf.value, path=kind) if made is None else made

    def _published(self, fields: _Fields, subject: int, column: str, value: str) -> str | None:
        return self._plan.published(
            self._key.token("subject", fields.record.subjects[subject]), column, value
        )


def token_kind(config: Config, declared: str) -> str:
    """Return the kind under which a field's ids are reissued: ``record``, ``subject`` or its own path."""
    if declared == config.input.record_id:
        return "record"
    people = (config.input.subject_id, config.input.speaker_id)
    return "subject" if declared in people else declared


def is_released(spec: FieldSpec) -> bool:
    """Return whether a field stands in the release at all."""
    return spec.cls != "drop" and spec.effective.operator != "delete"
