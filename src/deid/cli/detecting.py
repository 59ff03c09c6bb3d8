"""``deid detect`` and ``deid labels``: spans only, and the vocabulary."""

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.conversations import Conversation, add_input, check_set_aside, conversations
from deid.errors import DetectorError
from deid.labels import LABELS, class_of

if TYPE_CHECKING:
    from deid.detect.detector import DefaultDetector

BATCH = 256


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    detect = verbs.add_parser("detect", help="find personal information and print where it stands")
    add_input(detect)
    detect.add_argument("-o", "--out", metavar="FILE", help="spans as JSON lines (default: standard output)")
    detect.set_defaults(call=_detect)
    labels = verbs.add_parser("labels", help="the vocabulary, with definitions and sources")
    labels.add_argument("--json", action="store_true")
    labels.set_defaults(call=_labels)


def _labels(arguments: argparse.Namespace) -> int:
    if arguments.json:
        ui.emit_json([
            {
                "label": x.name, "class": str(x.cls), "definition": x.definition,
                "source": x.source, "escrowed": x.escrowed,
            }
            for x in LABELS.values()
        ])  # fmt: skip
        return 0
    rows = [(x.name, str(x.cls), x.definition, x.source) for x in LABELS.values()]
    print(ui.table(rows, ("LABEL", "CLASS", "DEFINITION", "SOURCE")))
    return 0


def _detect(arguments: argparse.Namespace) -> int:
    from deid.config import load_config  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.detect.detector import DefaultDetector  # noqa: PLC0415
    from deid.pipeline.working.reading import batches  # noqa: PLC0415
    from deid.sections import DetectConfig  # noqa: PLC0415 - keeps `deid --help` quick

    config = load_config(arguments.config) if arguments.config else None
    languages = config.input.languages if config else ("en", "ja")
    # Loaded at the first batch: input that cannot be read is told at once.
    detector = cache(
        partial(DefaultDetector.configured, languages, config.detect if config else DetectConfig())
    )
    set_aside: list[str] = []
    total = 0
    with ui.output(arguments.out) as handle:
        for batch in batches(conversations(arguments, config, set_aside), BATCH):
            total += len(batch)
            for line in _lines(detector(), batch, set_aside):
                handle.write(line)
        check_set_aside(set_aside, total)
    for reason in set_aside:
        ui.say(f"set aside {reason}")
    return 0


def _lines(
    detector: "DefaultDetector", batch: Sequence[Conversation], set_aside: list[str]
) -> Iterator[bytes]:
    try:
        found = detector.detect_conversations([(turns, known) for _, turns, known in batch])
    except DetectorError as error:
        if len(batch) == 1:
            set_aside.append(f"{batch[0][0]}: {error}")
            return
        for one in batch:
            yield from _lines(detector, [one], set_aside)
        return
    for (record, turns, _), spans_of in zip(batch, found, strict=True):
        for turn, spans in zip(turns, spans_of, strict=True):
            for span in spans:
                row = {
                    "record": record, "path": turn.path, "start": span.start, "end": span.end,
                    "label": span.label, "class": str(class_of(span.label)),
                    "score": round(span.score, 3), "source": span.source,
                }  # fmt: skip
                yield (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
