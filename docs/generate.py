"""Write ``docs/command-line.md`` and ``docs/policies.md``: ``python docs/generate.py``.

The first is made of the parser's verbs and options, not of printed help, whose form differs between
versions of Python; the second of ``configs/policies``, as ``deid policy explain`` shows them. A test compares
both with what this makes.
"""  # noqa: INP001 - a script, not a package

import argparse
from collections.abc import Iterator
from pathlib import Path

from deid.cli.main import build_parser
from deid.cli.policy import ITEM_HEADER, item_rows
from deid.policies import PolicySpec, load_policy
from deid.yamlfile import names

PAGE = Path(__file__).with_name("command-line.md")
POLICIES = Path(__file__).with_name("policies.md")

_HEAD = """\
# Command line

<!-- Made by `python docs/generate.py`; edit the help texts in `src/deid/cli/` instead. -->

One command, `deid`. Data go to `-o` or to standard output; everything else goes to standard error, behind
`deid:`. A bar shows progress when a terminal is attached. Verbs with `--json` print one JSON document.
An error says what, where, and a hint. A failed command leaves no output file; a refused run leaves its report
in `OUT.refused/`.

| exit | meaning |
| --- | --- |
| 0 | done |
| 1 | our fault: the message names a place in our code and nothing from your data |
| 2 | your input, configuration or command line |
| 3 | release refused: every violated gate is listed; or a release that does not verify |
| 4 | escrow, keys or ledger unavailable, or refused |
| 130, 143 | interrupted (Ctrl-C, SIGTERM): nothing half-written is left; `deid run` goes on with `--resume` |

`deid --version` prints the version. Every verb has `--help`.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *_verbs(build_parser(), "")])


def _verbs(parser: argparse.ArgumentParser, about: str) -> Iterator[str]:
    """Yield the sections of a verb: one of its own when it can be called, then those below it."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    if not below:
        yield _section(parser, about)
    for group in below:
        texts = {choice.dest: choice.help or "" for choice in group._choices_actions}  # noqa: SLF001
        for name, child in group.choices.items():
            yield from _verbs(child, texts[name])


def _section(parser: argparse.ArgumentParser, about: str) -> str:
    actions = [action for action in parser._actions if action.dest != "help"]  # noqa: SLF001
    rows = [
        f"| {_names(action)} | {_cell(_meaning(action))} | {_default(action)} |"
        for action in sorted(actions, key=lambda action: bool(action.option_strings))
    ]
    table = ["| argument | meaning | default |", "| --- | --- | --- |", *rows]
    return "\n".join([f"## {parser.prog}", "", f"{about[:1].upper()}{about[1:]}.", "", *table, ""])


def _names(action: argparse.Action) -> str:
    value = _value(action)
    names = [f"`{' '.join(filter(None, (name, value)))}`" for name in action.option_strings]
    return ", ".join(names) or f"`{value}`"


def _value(action: argparse.Action) -> str:
    """Return the placeholder of an argument's value; empty for a switch."""
    if action.nargs == 0:
        return ""
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return f"{name} …" if action.nargs == "+" else name


def _meaning(action: argparse.Action) -> str:
    choices = "one of " + ", ".join(f"`{choice}`" for choice in action.choices) if action.choices else ""
    said = (action.help or _UNSAID.get(action.dest, "")).partition(" (default:")[0]
    return "; ".join(filter(None, (said, choices)))


# Options whose name says it all in the terminal, and not on a page.
_UNSAID = {
    "json": "print one JSON document",
    "escrow": "sqlite:///PATH or postgresql://USER@HOST/DATABASE",
    "keys": "its public key, as local:PATH/escrow.pub",
    "mode": "instead of the configuration's",
    "method": "`lattice`: the least loss, proven; `local`: levels for each person, less loss",
    "format": "how the input is read",
}


def _default(action: argparse.Action) -> str:
    if action.required:
        return "required"
    if action.default not in (None, False, ""):
        return f"`{action.default}`"
    return (action.help or "").partition("(default: ")[2].rstrip(")") or "–"


_POLICIES_HEAD = """\
# The three policies, item by item

<!-- Made by `python docs/generate.py` from `configs/policies/`. -->

What `deid policy explain NAME` says of each shipped policy. A field of a configuration that names its
item (`item: email`) must have the class and one of the treatments given here; leaving it out is always
enough. *Text* is rewritten label by label, *generalize* makes a quasi-identifier coarser until k holds, and
*drop* never reads the field. ROW is the row of [requirements](requirements.md), section 3.2. The keys are in
[configuration](configuration.md#policies); [traceability](traceability.md) follows each clause to a test.
"""


def policies_page() -> str:
    """Return the page of the shipped policies."""
    return "\n".join([_POLICIES_HEAD, *(_policy_section(load_policy(name)) for name in names("policies"))])


def _policy_section(policy: PolicySpec) -> str:
    purposes = ", ".join(f"{name} ({' or '.join(rule.modes)})" for name, rule in policy.purposes.items())
    mappable = f"; {', '.join(policy.mappable)} once a person has mapped it" if policy.mappable else ""
    published = (
        f"{', '.join(policy.published.en.values())} (clause {policy.published.clause})"
        if policy.published
        else "the policy itself lists none"
    )
    said = {
        "Version": f"{policy.version}; regimes {', '.join(policy.regimes)}; contact {policy.contact}",
        "Purposes": f"{purposes}{mappable}. Others are refused: {policy.unnamed_purpose}",
        "Published items": published,
        "Provision": policy.provision,
        "k": f"{policy.thresholds.k} inside, {policy.thresholds.k_third_party} for third parties; "
        f"assessed again after {policy.thresholds.reassess_months} months ({policy.thresholds.source})",
    }
    return "\n".join([
        f"## {policy.title}", "",
        *(f"- **{name}**: {text}" for name, text in said.items()), "",
        *_table(ITEM_HEADER, item_rows(policy)), "",
        *_table(("DATA", "KEPT", "CLAUSE", "TRAINING"), [
            (name, rule.keep, rule.clause, "allowed" if rule.training else "never")
            for name, rule in policy.retention.items()
        ]), "",
    ])  # fmt: skip


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(map(_cell, row))} |" for row in (header, ("---",) * len(header), *rows)]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    POLICIES.write_text(policies_page(), encoding="utf-8")
