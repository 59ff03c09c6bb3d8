"""``deid review``: a sample of messages for a person to read, and what their marks say of detection."""

import argparse
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.arguments import now
from deid.cli.conversations import Conversation, add_input, check_set_aside, conversations
from deid.errors import InputError

if TYPE_CHECKING:
    from deid.config import Config
    from deid.report.review import Drawn, Verdict
    from deid.risk.rates import Rate

_MESSAGES = 400

Place = tuple[int, int, Conversation]
"""Number of a conversation in the input, of a turn in it, and the conversation."""


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    review = verbs.add_parser(
        "review", help="have a sample read by a person, and bound what detection misses"
    )
    actions = review.add_subparsers(dest="action", metavar="ACTION", required=True)
    export = actions.add_parser("export", help="write a sample of messages, with what was found in them")
    add_input(export)
    export.add_argument(
        "-n", "--messages", type=int, default=_MESSAGES, metavar="N",
        help=f"how many to draw (default: {_MESSAGES})",
    )  # fmt: skip
    export.add_argument("--seed", type=int, metavar="N", help="draws the same sample again (default: any)")
    export.add_argument("-o", "--out", required=True, metavar="SHEET", help="holds the texts, in clear")
    export.set_defaults(call=_export)
    back = actions.add_parser("import", help="read the marks: recall and precision, with intervals")
    back.add_argument("sheet", help="the sheet, every item of it read")
    back.add_argument("-o", "--out", metavar="FILE", help="write the verdict as JSON")
    back.add_argument("--json", action="store_true", help="print the verdict as JSON")
    back.set_defaults(call=_import)


def _export(arguments: argparse.Namespace) -> int:
    from deid.config import load_config  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.report.review import sheet  # noqa: PLC0415
    from deid.store import atomic_file  # noqa: PLC0415

    if arguments.messages < 1 or (arguments.seed is not None and arguments.seed < 0):
        raise InputError("-n and --seed: at least one message is drawn, and a seed is not negative")
    ui.check_new(arguments.out)
    config = load_config(arguments.config) if arguments.config else None
    seed = secrets.randbelow(1 << 32) if arguments.seed is None else arguments.seed
    set_aside: list[str] = []
    places, n_records, n_messages = draw(_read(arguments, config, set_aside), arguments.messages, seed)
    check_set_aside(set_aside, n_records)
    if not places:
        raise InputError(f"{arguments.input}: no message to draw")
    content = sheet(_detected(config, places), messages=n_messages, seed=seed)
    with atomic_file(Path(arguments.out), mode=0o600, new=True) as handle:
        handle.write(content.encode())
    for reason in set_aside:
        ui.say(f"set aside {reason}")
    ui.say(f"{len(places)} of {n_messages} messages in {arguments.out}, in clear: delete it when it is read")
    return 0


def _read(
    arguments: argparse.Namespace, config: "Config | None", set_aside: list[str]
) -> Iterator[Conversation]:
    """Yield what a run would read: nothing of those whom the ledger bars, nor what was cleared."""
    if config is None:
        return conversations(arguments, config, set_aside)
    from deid.pipeline.admitting.cleared import Clearing  # noqa: PLC0415 - keeps `deid --help` quick

    return conversations(arguments, config, set_aside, Clearing.load(config).allowed)


def draw(read: Iterable[Conversation], size: int, seed: int) -> tuple[list[Place], int, int]:
    """Return messages drawn evenly from all that are not blank; the numbers of conversations and of messages.

    One pass, no more conversations in memory than are drawn (Vitter, ACM TOMS 11 (1985) 37-57, algorithm R).
    """
    import numpy as np  # noqa: PLC0415 - keeps `deid --help` quick

    rng = np.random.default_rng(seed)
    kept: list[Place] = []
    n_records = n_messages = 0
    for record in read:
        for turn, said in enumerate(record[1]):
            if not said.text.strip():
                continue
            if n_messages < size:
                kept.append((n_records, turn, record))
            elif (at := rng.integers(n_messages + 1)) < size:
                kept[at] = (n_records, turn, record)
            n_messages += 1
        n_records += 1
    return sorted(kept, key=lambda place: place[:2]), n_records, n_messages


def _detected(config: "Config | None", places: Sequence[Place]) -> "list[Drawn]":
    """Return the messages drawn, with what was found: each conversation is read whole, as in a run.

    Without a configuration what people state about themselves is not looked for.
    """
    from deid.detect.detector import DefaultDetector  # noqa: PLC0415
    from deid.pipeline.quasi.facts import read_told, with_facts  # noqa: PLC0415
    from deid.pipeline.quasi.telling import load_telling  # noqa: PLC0415
    from deid.report.review import Drawn  # noqa: PLC0415
    from deid.sections import DetectConfig  # noqa: PLC0415 - keeps `deid --help` quick

    languages = config.input.languages if config else ("en", "ja")
    detector = DefaultDetector.configured(languages, config.detect if config else DetectConfig())
    telling = load_telling(config, now().date()) if config else None
    whole = {number: record for number, _, record in places}
    found = detector.detect_conversations([(turns, known) for _, turns, known in whole.values()])
    if telling is not None:
        found = [
            with_facts(turns, spans, read_told(telling, turns, spans))
            for (_, turns, _), spans in zip(whole.values(), found, strict=True)
        ]
    spans_of = dict(zip(whole, found, strict=True))
    return [
        Drawn(record[0], record[1][turn].path, record[1][turn].text, spans_of[number][turn])
        for number, turn, record in places
    ]


def _import(arguments: argparse.Namespace) -> int:
    from deid.report.review import read_sheet, verdict  # noqa: PLC0415 - keeps `deid --help` quick

    ui.clear(arguments.out, [arguments.sheet])
    found = verdict(*read_sheet(_content(arguments.sheet)))
    if arguments.out:
        ui.emit_json(found.to_json(), arguments.out)
    if arguments.json:
        ui.emit_json(found.to_json())
    else:
        _show(found)
    return 0


def _content(path: str) -> str:
    try:
        return Path(path).read_bytes().decode()
    except (OSError, ValueError):
        raise InputError(f"{path}: no sheet could be read", hint="save it as plain text, UTF-8") from None


def _show(found: "Verdict") -> None:
    def of(rate: "Rate | None") -> str:
        return "–" if rate is None else f"{rate.value:.3f} [{rate.low:.3f}, {rate.high:.3f}]"

    rows = [(label, *map(str, counts)) for label, counts in sorted(found.by_label.items())]
    print(ui.table(rows, ("LABEL", "FOUND", "IN VAIN", "MISSED")))
    ui.say(f"recall {of(found.recall)}: at least {found.recall.low:.3f} of what is personal is found")
    ui.say(f"precision {of(found.precision)}")
    ui.say(f"messages with something missed {of(found.missing)}, of {found.messages}")
