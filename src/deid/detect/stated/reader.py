"""Reads statements: the triggers say which rules to ask, the rules say what is stated and whose it is."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from deid.detect.matching.candidates import Candidates, candidates_of
from deid.detect.stated import births, bodies, family, jobs, money, origin
from deid.detect.stated.rules import Rule, Statement, whole


class _Group(NamedTuple):
    """Rules of one trigger, and what says which of them may match a text."""

    rules: tuple[Rule, ...]
    candidates: Candidates


@cache
def _rules(kinds: frozenset[str]) -> tuple[tuple[_Group, ...], Candidates]:
    """Return the rules of some kinds, or of all, by trigger, and what says which triggers a text pulls; built at first use."""
    by_trigger: dict[str, list[Rule]] = {}
    for part in (births, origin, family, jobs, bodies, money):
        for rule in part.rules():
            if not kinds or rule.kind in kinds:
                by_trigger.setdefault(rule.trigger, []).append(rule)
    # Many words pull a trigger that stand in no statement; RE2 tells that of its rules in a hundredth of the time.
    groups = (
        _Group(tuple(rules), candidates_of([whole(rule.pattern.pattern) for rule in rules]))
        for rules in by_trigger.values()
    )
    return tuple(groups), candidates_of(list(by_trigger))


def statements(text: str, kinds: frozenset[str] = frozenset()) -> list[Statement]:
    """Return what a text states, each value once, by where it stands.

    kinds : labels of the facts that are wanted; empty for all.
    """
    groups, candidates = _rules(kinds)
    found: dict[tuple[str, str, str], Statement] = {}
    for number in candidates(text):
        rules, may_match = groups[number]
        for rule in map(rules.__getitem__, sorted(may_match(text))):
            for said in _read(rule, text):
                known = found.setdefault((said.kind, said.value, said.whose), said)
                if said.start < known.start:
                    found[said.kind, said.value, said.whose] = said
    return sorted(found.values(), key=lambda said: (said.start, said.end, said.kind, said.value))


def _read(rule: Rule, text: str) -> Iterable[Statement]:
    for match in rule.pattern.finditer(text):
        whose = rule.claims(match)
        if whose is not None:
            for value, start, end in rule.read(match):
                yield Statement(rule.kind, value, start, end, whose)
