"""Rows of the result file of ``detection.py``: scores, and where false findings come from, never text.

``structured`` is all but names, which ``names.py`` measures: coverage, precision and alarms of identifiers
with a form of their own, and what of them is under the aims (``RECALL`` and ``PRECISION``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import scorer
from corpus import Message
from dialogues import Dialogue
from resultfile import Row, rate
from slots import OPTIONAL

RECALL, PRECISION = 0.99, 0.98
"""Aims for every structured label, and for every surface form the first."""
_NAMES = frozenset({"PERSON"})


def of_messages(
    start: str, messages: Sequence[Message], predicted: scorer.Predicted, *, peer: bool
) -> Iterator[Row]:
    """Yield one engine's rows: all, per label, per form, both (ours only), false findings, alarms."""
    gold = [message.gold for message in messages]
    mark: Row = {"peer": True} if peer else {}
    yield {**recalled(f"{start}/all", scorer.recall(gold, predicted)), **_wrong(gold, predicted), **mark}
    yield {**structured(f"{start}/structured", gold, predicted), **mark}
    precise = scorer.precision_by_label(gold, predicted)
    for label, found in scorer.recall_by_label(gold, predicted).items():
        own = {"precision": rate(precise[label])} if label in precise else {}
        yield {**recalled(f"{start}/label/{label}", found), **own, **mark}
    for form, found in scorer.recall_by_form(gold, predicted).items():
        yield {**recalled(f"{start}/form/{form}", found), **mark}
    if not peer:
        for (label, form), found in scorer.recall_by_label_and_form(gold, predicted).items():
            yield recalled(f"{start}/label-form/{label}/{form}", found)
    yield from false_rows(start, gold, predicted, mark)
    yield from _alarm_rows(start, messages, predicted, mark)


def structured(name: str, gold: scorer.Gold, predicted: scorer.Predicted) -> Row:
    """Return the row of all labels but names: a finding of a label that no gold has is not looked at."""
    labels = {span.label for expected in gold for span in expected if span.form != OPTIONAL} - _NAMES
    wanted = [[span for span in expected if span.label not in _NAMES] for expected in gold]
    found = [[span for span in spans if span.label in labels] for spans in predicted]
    by_label = {label: one.coverage for label, one in scorer.recall_by_label(wanted, predicted).items()}
    by_form = {form: one.coverage for form, one in scorer.recall_by_form(wanted, predicted).items()}
    precise = scorer.precision_by_label(gold, found)
    return {
        **recalled(name, scorer.recall(wanted, predicted)),
        **_wrong(gold, found),
        "labels_under_recall": _under(by_label, RECALL),
        "forms_under_recall": _under(by_form, RECALL),
        "labels_under_precision": _under(precise, PRECISION),
    }


def _under(rates: Mapping[str, scorer.Rate], aim: float) -> list[str]:
    """Return what is under an aim, with its hits of how many."""
    return [f"{name} {one.hits}/{one.total}" for name, one in rates.items() if one.value < aim]


def of_dialogues(
    start: str, made: Sequence[Dialogue], predicted: Sequence[scorer.Predicted], *, peer: bool
) -> Iterator[Row]:
    """Yield one engine's rows: entities in all, per label and scene; mentions; turns and false findings."""
    gold = [[turn.gold for turn in dialogue.turns] for dialogue in made]
    turns = [turn for dialogue in gold for turn in dialogue]
    spans = [found for dialogue in predicted for found in dialogue]
    mark: Row = {"peer": True} if peer else {}
    yield {**recalled(f"{start}/all", scorer.entity_recall(gold, predicted)), **_wrong(turns, spans), **mark}
    yield {**recalled(f"{start}/mentions", scorer.recall(turns, spans)), **mark}
    for label, found in scorer.entity_recall_by_label(gold, predicted).items():
        yield {**recalled(f"{start}/label/{label}", found), **mark}
    for scene, found in scorer.entity_recall_by_scene(gold, predicted).items():
        yield {**recalled(f"{start}/scene/{scene}", found), **mark}
    for form, found in scorer.recall_by_form(turns, spans).items():
        yield {**recalled(f"{start}/form/{form}", found), **mark}
    yield from false_rows(start, turns, spans, mark)


def recalled(name: str, found: scorer.Recall) -> Row:
    """Return a row of coverage and typed recall."""
    return {
        "name": name,
        "n": found.coverage.total,
        "coverage": rate(found.coverage),
        "typed": rate(found.typed),
    }


def false_rows(
    start: str, gold: scorer.Gold, predicted: scorer.Predicted, mark: Mapping[str, object]
) -> Iterator[Row]:
    """Yield how many findings of a label are false, of how many; without a false one it is left out."""
    counts = Counter(span.label for spans in predicted for span in spans)
    for label, false in scorer.false_by_label(gold, predicted).items():
        yield {"name": f"{start}/false/{label}", "n": counts[label], "false": false, **mark}


def _wrong(gold: scorer.Gold, predicted: scorer.Predicted) -> Row:
    return {
        "precision": rate(scorer.precision(gold, predicted)),
        "alarms": rate(scorer.alarm_rate(gold, predicted)),
    }


def _alarm_rows(
    start: str, messages: Sequence[Message], predicted: scorer.Predicted, mark: Mapping[str, object]
) -> Iterator[Row]:
    """Yield the alarm rate of each kind of message without gold: chat, and each kind of hard negative."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for index, message in enumerate(messages):
        if message.kind != "gold":
            kinds[_short(message.kind)].append(index)
    for kind, indices in sorted(kinds.items()):
        found = scorer.alarm_rate([messages[i].gold for i in indices], [predicted[i] for i in indices])
        yield {"name": f"{start}/alarms/{kind}", "n": found.total, "alarms": rate(found), **mark}


def _short(kind: str) -> str:
    """Return what a negative looks like; ``clean`` for chat of any style."""
    head, _, rest = kind.partition(" ")
    return head if head == "clean" else rest
