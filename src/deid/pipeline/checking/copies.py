"""Conversations that read alike once released and stand in two splits: no fair test of what was learned."""

from collections.abc import Mapping, Sequence

from deid.pipeline.working.receipt import ShardReceipt

_KEPT_FIRST = ("train", "validation", "test")


def copies_in_splits(
    receipts: Sequence[ShardReceipt], splits: Mapping[str, tuple[str, int]]
) -> frozenset[str]:
    """Return the tokens of released records whose text stands in an earlier split too.

    splits : record token → (split, bucket). The training data come first: copies leave the others.
    """
    first: dict[str, int] = {}
    for receipt in receipts:
        for token, content in receipt.contents.items():
            rank = _KEPT_FIRST.index(splits[token][0])
            first[content] = min(rank, first.get(content, rank))
    return frozenset(
        token
        for receipt in receipts
        for token, content in receipt.contents.items()
        if _KEPT_FIRST.index(splits[token][0]) > first[content]
    )
