"""One released record moved to another domain: what was made under the old keys is made again under new ones.

The escrow gives the originals back; tokens, surrogates and moved dates are made of them anew. Everything else
stays as it was released: numbered tags, bands, places, what k-anonymity decided. Where a person was shredded
there is no original: their tokens are replaced by tokens of the tokens, so that no id is in both domains.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.config import Config, load_operators
from deid.ingest.fields import Leaf, Scalar, compile_fields, leaves, rebuild
from deid.ingest.record import Record, read_record, subject_index
from deid.labels import LABELS
from deid.pipeline.custody.restore import restore_record
from deid.pipeline.custody.sealing import Deleted
from deid.pipeline.rewriting.treating import is_released, token_kind
from deid.transform.apply import Transformed, Transformer
from deid.transform.deleted import ESCAPED, DeletedItem, decode_deleted
from deid.transform.keyed import keyed_value
from deid.transform.keys import Keys
from deid.transform.lookalikes import find_lookalikes
from deid.transform.operators import transform_value
from deid.transform.policy import build_operators
from deid.types import Span

_TAG = re.compile(r"\[([A-Z_]+?)(?:_(?:[0-9]+|([a-z2-7]{20,})))?\]")
_KEYED = ("reissue", "token", "encrypt", "ff1", "surrogate", "shift")
_CHAINED = "chained"


@dataclass(frozen=True, slots=True)
class Moved:
    """A record in its new domain.

    token   : its new id.
    value   : the record.
    record  : what was restored; its subjects are the source's, but where one was shredded.
    deleted : deleted information of each subject, to be sealed.
    chained : whether a token had to be made of a token.
    """

    token: str
    value: dict[str, Any] = field(repr=False)
    record: Record = field(repr=False)
    deleted: list[Deleted] = field(repr=False)
    chained: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A replaced range of a released text, and the range of the source text that it stands for.

    kept    : what is written there again; None where the operator writes anew.
    sealed  : whether the escrow gave its original.
    chained : whether ``kept`` is a token of a token.
    """

    span: Span
    kept: str | None = field(repr=False)
    sealed: bool
    chained: bool = False


class Mover:
    """Moves records; keeps no state between them."""

    def __init__(self, config: Config, keys: Keys) -> None:
        self._config = config
        self._keys = keys
        self._tree = compile_fields(config.fields)
        self._operators = load_operators(config.transform, config.mode)
        self._transformer = Transformer(build_operators(self._operators, keys.run, keys=keys), keys.run)

    def move(self, released: dict[str, Any], payloads: Sequence[bytes]) -> Moved:
        """Return a released record in its new domain.

        payloads : what the escrow gave for it, one a subject that was not shredded.
        """
        record = read_record(restore_record(released, payloads), self._config, self._tree)
        before = {leaf.path: leaf.value for leaf in leaves(released, self._tree)}
        token = self._record_token(record.id, before)
        items = [item for payload in payloads for item in decode_deleted(payload)[0]]
        texts, deleted, chained = self._texts(token, record, before, items)
        fields = _Fields(self._config, self._keys, record, before, token, texts)
        value = rebuild(record.value, self._tree, fields.replace, is_released)
        fields.keep_unreleased()
        owner = {turn.path: turn.speaker or 0 for turn in record.turns}
        for item in deleted:
            fields.deleted[owner[item.path]].items.append(item)
        return Moved(token, value, record, fields.deleted, chained=chained or fields.chained)

    def _record_token(self, record_id: str, before: Mapping[str, Scalar]) -> str:
        """Return the new id; of a record whose every subject was shredded, a token of the old one."""
        shredded = before.get(self._config.input.record_id) == record_id
        return self._keys.run.token(_CHAINED if shredded else "record", record_id)

    def _texts(
        self, token: str, record: Record, before: Mapping[str, Scalar], items: Sequence[DeletedItem]
    ) -> tuple[dict[str, str], list[DeletedItem], bool]:
        """Return the new text of each path, what was deleted from them, and whether a token was chained."""
        pieces = [
            list(self._pieces(str(before[turn.path]), [item for item in items if item.path == turn.path]))
            for turn in record.turns
        ]
        done = self._transformer.transform(
            token,
            record.turns,
            [[piece.span for piece in found] for found in pieces],
            replacements={
                (n, piece.span.start, piece.span.end): piece.kept
                for n, found in enumerate(pieces)
                for piece in found
                if piece.kept is not None
            },
            known=record.known,
            subjects=record.subjects,
        )
        texts = {turn.path: text for turn, text in zip(record.turns, done.texts, strict=True)}
        chained = any(piece.chained for found in pieces for piece in found)
        return texts, list(_sealed(record, pieces, done)), chained

    def _pieces(self, released: str, items: Sequence[DeletedItem]) -> Iterator[_Piece]:
        """Yield the replaced ranges of a text: what is sealed, and tags of what is not, or no more."""
        places: list[tuple[int, int, DeletedItem | None]] = [(i.start, i.end, i) for i in items]
        for start, end in find_lookalikes(released, ()):
            if not any(item.start < end and start < item.end for item in items):
                places.append((start, end, None))
        shift = 0
        # Stable: empty replacements at one offset stay in the order they were deleted in.
        for start, end, item in sorted(places, key=lambda found: found[:2]):
            written = released[start:end]
            size = end - start if item is None else len(item.original)
            place = (start + shift, start + shift + size)
            shift += size - (end - start)
            if item is None:
                yield self._unsealed(written, place)
            elif item.label != ESCAPED:
                kept = None if self._is_keyed(item.label, written) else written
                yield _Piece(Span(*place, item.label), kept, sealed=True)

    def _unsealed(self, written: str, place: tuple[int, int]) -> _Piece:
        match = _TAG.fullmatch(written)
        word, token = (match[1], match[2]) if match else ("", None)
        span = Span(*place, word if word in LABELS else "PASSWORD")
        if token is None:
            return _Piece(span, written, sealed=False)
        return _Piece(span, f"[{word}_{self._keys.run.token(_CHAINED, token)}]", sealed=False, chained=True)

    def _is_keyed(self, label: str, written: str) -> bool:
        """Return whether a replacement was made under a key: not a numbered tag, nor what a plan wrote."""
        match self._operators[label].operator:
            case "surrogate" | "ff1" | "shift":
                return _TAG.fullmatch(written) is None
            case "token" | "encrypt":
                found = _TAG.fullmatch(written)
                return found is not None and found[2] is not None
            case _:
                return False


class _Fields:
    """The fields of one record while they are moved."""

    def __init__(
        self,
        config: Config,
        keys: Keys,
        record: Record,
        before: Mapping[str, Scalar],
        token: str,
        texts: Mapping[str, str],
    ) -> None:
        self._config = config
        self._keys = keys
        self._record = record
        self._before = before
        self._token = token
        self._texts = texts
        self.deleted = [Deleted() for _ in record.subjects]
        self.chained = False

    def replace(self, leaf: Leaf) -> Scalar:
        """Return the new value of a released leaf."""
        if leaf.path in self._texts:
            return self._texts[leaf.path]
        old = self._before.get(leaf.path)
        if leaf.spec.effective.operator not in _KEYED:
            new = old
        elif old == leaf.value:
            # Nothing was restored here: its subject was shredded, or it was missing.
            return self._chain(leaf)
        else:
            new = self._made(leaf)
        if new != leaf.value:
            self._delete(leaf)
        return new

    def keep_unreleased(self) -> None:
        """Keep what was restored of fields that no release has."""
        for leaf in self._record.leaves:
            if not is_released(leaf.spec):
                self._delete(leaf)

    def _made(self, leaf: Leaf) -> Scalar:
        treatment, kind = leaf.spec.effective, leaf.spec.known_value or leaf.declared
        if treatment.operator == "reissue":
            if leaf.declared == self._config.input.record_id:
                return self._token
            return self._keys.token(
                token_kind(self._config, leaf.declared),
                str(leaf.value),
                scope=treatment.scope or "release",
                conversation=self._token,
            )
        if treatment.operator == "surrogate":
            return transform_value(
                treatment, leaf.value, path=leaf.declared, key=self._keys.run, scope=self._token, label=kind
            )
        return keyed_value(
            treatment,
            leaf.value,
            kind=kind,
            keys=self._keys,
            conversation=self._token,
            subject=self._record.subjects[self._owner(leaf)],
        )

    def _chain(self, leaf: Leaf) -> Scalar:
        """Return a token of a token; what is no token stays."""
        if leaf.value in (None, "") or leaf.spec.effective.operator in ("surrogate", "shift"):
            return leaf.value
        self.chained = True
        return self._keys.run.token(_CHAINED, str(leaf.value))

    def _owner(self, leaf: Leaf) -> int:
        return subject_index(leaf.path, self._record.prefixes)

    def _delete(self, leaf: Leaf) -> None:
        if leaf.spec.cls not in ("secret", "media"):
            self.deleted[self._owner(leaf)].fields.append((leaf.path, leaf.value))


def _sealed(record: Record, pieces: Sequence[Sequence[_Piece]], done: Transformed) -> Iterator[DeletedItem]:
    """Yield the items of what was restored: a tag of somebody shredded is nothing to seal."""
    unsealed = {
        (turn.path, edit.new_start, edit.new_end)
        for turn, found, edits in zip(record.turns, pieces, done.edits, strict=True)
        for piece, edit in zip(found, edits, strict=True)
        if not piece.sealed
    }
    for item in done.deleted:
        if (item.path, item.start, item.end) not in unsealed:
            yield item
