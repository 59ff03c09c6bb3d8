"""Transformation: spans become replacements; what was deleted is handed over apart from the text."""

from deid.transform.apply import Edit, Transformed, Transformer
from deid.transform.deleted import (
    DeletedItem,
    decode_deleted,
    decode_items,
    encode_deleted,
    encode_items,
    restore,
)
from deid.transform.identity import Entity, link
from deid.transform.operators import (
    Bands,
    Coarsen,
    Delete,
    Keep,
    Mention,
    Operator,
    Surrogate,
    Tag,
    Top,
    transform_value,
)
from deid.transform.policy import build_operators
from deid.transform.surrogates import SURROGATE_LABELS, Scope
from deid.transform.tokens import ReplacementKey

__all__ = [
    "SURROGATE_LABELS",
    "Bands",
    "Coarsen",
    "Delete",
    "DeletedItem",
    "Edit",
    "Entity",
    "Keep",
    "Mention",
    "Operator",
    "ReplacementKey",
    "Scope",
    "Surrogate",
    "Tag",
    "Top",
    "Transformed",
    "Transformer",
    "build_operators",
    "decode_deleted",
    "decode_items",
    "encode_deleted",
    "encode_items",
    "link",
    "restore",
    "transform_value",
]
