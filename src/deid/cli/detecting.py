"""``deid detect`` and ``deid labels``: spans only, and the vocabulary."""

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from deid.cli import ui
from deid.errors import DetectorError, InputError, RecordError
from deid.labels import LABELS, class_of
from deid.types import KnownValue, Turn

if TYPE_CHECKING:
    from deid.detect.detector import DefaultDetector
    from deid.ingest.shards import RawRecord

BATCH = 256
MAX_QUARANTINED = 0.001

Conversation = tuple[str, Sequence[Turn], Sequence[KnownValue]]


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    detect = verbs.add_parser("detect", help="find personal information and print where it stands")
    detect.add_argument("input", help="file of messages (JSON lines) or of texts (one a line)")
    detect.add_argument("-c", "--config", help="read the input's declared fields and known values")
    detect.add_argument("--format", choices=("messages", "text"), default="messages")
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
    from deid.config import DetectConfig, load_config  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.detect.detector import DefaultDetector  # noqa: PLC0415
    from deid.pipeline.analyze import batches  # noqa: PLC0415

    config = load_config(arguments.config) if arguments.config else None
    languages = config.input.languages if config else ("en", "ja")
    # Loaded at the first batch: input that cannot be read is told at once.
    detector = cache(
        partial(DefaultDetector.configured, languages, config.detect if config else DetectConfig())
    )
    set_aside: list[str] = []
    total = 0
    with ui.output(arguments.out) as handle:
        for batch in batches(_conversations(arguments, config, set_aside), BATCH):
            total += len(batch)
            for line in _lines(detector(), batch, set_aside):
                handle.write(line)
        if len(set_aside) > MAX_QUARANTINED * (total + len(set_aside)):
            raise InputError(
                f"{len(set_aside)} of {total + len(set_aside)} records could not be read",
                hint=f"first: {set_aside[0]}",
            )
    for reason in set_aside:
        ui.say(f"set aside {reason}")
    return 0


def _conversations(
    arguments: argparse.Namespace, config: Any, set_aside: list[str]
) -> Iterator[Conversation]:
    from deid.ingest.fields import compile_fields  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.ingest.shards import read_files  # noqa: PLC0415
    from deid.pipeline.analyze import Quarantined, open_record  # noqa: PLC0415

    path = Path(arguments.input)
    if arguments.format == "text":
        yield from _texts(path, set_aside)
        return
    tree = compile_fields(config.fields) if config else None
    for raw in read_files([path]):
        if config is None or tree is None:
            found = _plain(raw, set_aside)
            if found:
                yield found
            continue
        record = open_record(raw, config, tree)
        if isinstance(record, Quarantined):
            set_aside.append(f"{record.where}: {record.reason}")
        else:
            yield record.id, record.turns, record.known


def _texts(path: Path, set_aside: list[str]) -> Iterator[Conversation]:
    from deid.ingest.messages import read_texts  # noqa: PLC0415 - keeps `deid --help` quick

    for number, line in read_texts(path):
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            set_aside.append(f"{path.name}:{number + 1}: not-utf-8")
            continue
        if _too_long(text):
            set_aside.append(f"{path.name}:{number + 1}: text-too-long")
        else:
            yield str(number + 1), [Turn("text", text)], ()


def _too_long(text: str) -> bool:
    """Say whether a text is longer than is read without a configuration that allows it."""
    from deid.config import InputConfig  # noqa: PLC0415 - keeps `deid --help` quick

    return len(text) > int(InputConfig.model_fields["max_text"].default)


def _plain(raw: "RawRecord", set_aside: list[str]) -> Conversation | None:
    """Read the messages of a record without a configuration; other fields are not looked at."""
    try:
        value = raw.decoded()
    except RecordError as error:
        set_aside.append(f"{raw.where}: {error.reason}")
        return None
    messages = value.get("messages") if isinstance(value, dict) else None
    record = value.get("conversation_id", value.get("id", raw.where)) if isinstance(value, dict) else None
    if not isinstance(record, str | int) or not _are_messages(messages):
        set_aside.append(f"{raw.where}: wrong-type")
        return None
    turns = [
        Turn(f"messages[{n}].content", message["content"], 0 if message.get("role") == "user" else None)
        for n, message in enumerate(messages)
        if message.get("content") is not None
    ]
    if any(_too_long(turn.text) for turn in turns):
        set_aside.append(f"{raw.where}: text-too-long")
        return None
    return str(record), turns, ()


def _are_messages(value: object) -> TypeGuard[list[dict[str, Any]]]:
    """Say whether every message has text or nothing as content: what is not read must not pass unseen."""
    return isinstance(value, list) and all(
        isinstance(message, dict) and isinstance(message.get("content"), str | None) for message in value
    )


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
