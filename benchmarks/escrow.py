"""Measure the escrow: items sealed and durable, checked and revealed, a second; bytes an item; replacements.

    python benchmarks/escrow.py [--items N] [--only TEXT] [--write [PATH]]

Each database is filled with ``--items`` items in ten steps by one writer, in batches as a run makes them;
a row a step says how size and speed change with what is there already. ``short_of`` names the goal a row
misses (docs/architecture.md has them). An item is one deleted value; four
of them stand in a record, and a person has three records. PostgreSQL is a server of its own on this disk,
fsync on; without one, the row says so. Times are of the wall clock, the writing of the input left out.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import postgresserver
from deid.escrow import (
    EscrowWriter,
    PrivateKey,
    SealedRecord,
    open_private_key,
    reveal_records,
    status,
    verify,
)
from deid.escrow.init import init_escrow
from deid.pipeline.custody.sealing import SEAL_RECORDS
from deid.transform.deleted import DeletedItem, encode_deleted
from deid.transform.identity import PERSON, Entity
from deid.transform.surrogates import assign, real_values
from deid.transform.tokens import ReplacementKey
from resultfile import RESULTS, Row, document, save, table

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PASSPHRASE = b"benchmark only"
ITEMS_A_RECORD, RECORDS_A_PERSON, STEPS = 4, 3, 10
_REVEALED = 20_000
_REPEATS = 3
_REPLACED = 100_000
_COLUMNS = ("items", "items_per_s", "bytes_per_item", "records_per_s", "values_per_s", "short_of")
# What a row's name ends with -> the least it must reach; and the most bytes an item may take.
_GOALS = {
    "sqlite/seal": ("items_per_s", 50_000),
    "postgresql/seal": ("items_per_s", 70_000),
    "verify": ("items_per_s", 400_000),
    "reveal": ("records_per_s", 15_000),
    "tokens": ("values_per_s", 300_000),
    "surrogates": ("values_per_s", 100_000),
}
_MOST_BYTES = 160


def main() -> int:
    arguments = _arguments()
    rows: list[Row] = []
    for name, measure in (
        ("sqlite", partial(measure_sqlite, arguments.items)),
        ("postgresql", partial(measure_postgres, arguments.items)),
        ("replacements", measure_replacements),
    ):
        if arguments.only in name:
            rows += measure()
    print(table(("name", *_COLUMNS), [_line(row | _missed(row)) for row in rows]))
    settings = {
        "items": arguments.items,
        "items_a_record": ITEMS_A_RECORD,
        "records_a_batch": SEAL_RECORDS,
        "records_a_person": RECORDS_A_PERSON,
    }
    if arguments.write:
        save(arguments.write, document("escrow", settings, rows))
    return int(any("skipped" in row for row in rows))


def measure_sqlite(n_items: int) -> list[Row]:
    """Fill an escrow in SQLite."""
    with tempfile.TemporaryDirectory(prefix="deid-escrow-") as folder:
        return filled("sqlite", f"sqlite:///{folder}/escrow/escrow.db", Path(folder) / "keys", n_items)


def measure_postgres(n_items: int) -> list[Row]:
    """Fill an escrow in PostgreSQL."""
    if postgresserver.binaries() is None:
        return [{"name": "postgresql", "skipped": "no PostgreSQL server is installed"}]
    with postgresserver.running() as server, tempfile.TemporaryDirectory(prefix="deid-escrow-") as folder:
        return filled("postgresql", server.url("postgres"), Path(folder) / "keys", n_items)


def filled(name: str, url: str, keys_dir: Path, n_items: int) -> list[Row]:
    """Seal, then check, then reveal."""
    made = init_escrow(url, keys_dir, passphrase=PASSPHRASE, now=NOW)
    n_records = n_items // ITEMS_A_RECORD
    rows = list(sealed(name, url, made.keys, n_records))
    with _timed() as seconds:
        verify(url, made.keys)
    rows.append({"name": f"{name}/verify", "items": n_items, "items_per_s": round(n_items / seconds[0])})
    some = [_record_id(i * n_records // _REVEALED) for i in range(min(n_records, _REVEALED))]
    names = list(dict.fromkeys(some))
    # Opening the key is slow on purpose, and once a reveal of any size: it is not part of the rate.
    private_key = open_private_key(made.private_key, PASSPHRASE)
    rates = [_revealed(url, private_key, names) for _ in range(_REPEATS)]
    rows.append(
        {"name": f"{name}/reveal", "records": len(names), "records_per_s": round(statistics.median(rates))}
    )
    return rows


def _revealed(url: str, private_key: PrivateKey, names: Sequence[str]) -> float:
    """Reveal records, and return how many a second."""
    with _timed() as seconds:
        opened = reveal_records(
            url,
            private_key=private_key,
            records=names,
            purpose="benchmark",
            requester="benchmark",
            published=None,
            now=NOW,
        )
        n_revealed = sum(1 for _ in opened)
    return n_revealed / seconds[0]


def sealed(name: str, url: str, keys: str, n_records: int) -> Iterator[Row]:
    """Seal in steps, and yield a row for each: rate of the step, size of all so far."""
    with EscrowWriter.open(url, keys, domain="benchmark", run_id="benchmark", now=NOW) as writer:
        made = records(n_records)
        for step in range(1, STEPS + 1):
            n_step, spent = n_records * step // STEPS - n_records * (step - 1) // STEPS, 0.0
            for number, size in enumerate(_batch_sizes(n_step)):
                batch = list(islice(made, size))
                with _timed() as seconds:
                    writer.put(f"batch.{step:02}.{number:05}", batch)
                spent += seconds[0]
            n_items = n_records * step // STEPS * ITEMS_A_RECORD
            yield {
                "name": f"{name}/seal/{step}",
                "items": n_items,
                "items_per_s": round(n_step * ITEMS_A_RECORD / spent),
                "bytes_per_item": round(status(url, keys).size_bytes / n_items, 1),
            }


def records(n_records: int) -> Iterator[SealedRecord]:
    """Yield records as a run seals them."""
    for number in range(n_records):
        items = [
            DeletedItem(f"messages[{i}].content", 10 * i, 10 * i + 9, label, f"{value}{number + i}")
            for i, (label, value) in enumerate(
                (
                    ("PERSON", "Jane Doe"),
                    ("EMAIL_ADDRESS", "jane@example."),
                    ("PHONE_NUMBER", "090"),
                    ("URL", "x"),
                )
            )
        ]
        subject = f"user-{number // RECORDS_A_PERSON:08}"
        yield SealedRecord(_record_id(number), subject, encode_deleted(items))


def measure_replacements() -> list[Row]:
    """Make tokens, and surrogates of people who share conversations of four."""
    key = ReplacementKey(bytes(32))
    with _timed() as tokens:
        for number in range(_REPLACED):
            key.token("EMAIL_ADDRESS", f"jane.{number}@example.com", scope="record-1")
    conversations = [
        [Entity(PERSON, i, f"jane doe{n + i}", ("jane", f"doe{n + i}")) for i in range(1, 3)]
        + [Entity("EMAIL_ADDRESS", i, f"jane.{n + i}@example.com") for i in range(1, 3)]
        for n in range(0, _REPLACED, 4)
    ]
    with _timed() as surrogates:
        for number, entities in enumerate(conversations):
            assign(entities, name=str(number), real=real_values(entities), key=key)
    return [
        {"name": "tokens", "values_per_s": round(_REPLACED / tokens[0])},
        {"name": "surrogates", "values_per_s": round(_REPLACED / surrogates[0])},
    ]


def _batch_sizes(n_records: int) -> Iterator[int]:
    for start in range(0, n_records, SEAL_RECORDS):
        yield min(SEAL_RECORDS, n_records - start)


def _record_id(number: int) -> str:
    return f"record-{number:010}"


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Yield a list that holds the block's seconds when it is done."""
    seconds: list[float] = []
    start = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - start)


def _missed(row: Row) -> Row:
    """Return the goals a row misses, as the table shows them."""
    missed = [
        f"{least:,}"
        for name, (column, least) in _GOALS.items()
        if name in str(row["name"]) and column in row and float(str(row[column])) < least
    ]
    if float(str(row.get("bytes_per_item", 0))) > _MOST_BYTES:
        missed.append(f"{_MOST_BYTES} bytes")
    return {"short_of": ", ".join(missed)}


def _line(row: Row) -> list[str]:
    values = [str(row["skipped"])] if "skipped" in row else [str(row.get(column, "")) for column in _COLUMNS]
    return [str(row["name"]), *values, *[""] * (len(_COLUMNS) - len(values))]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=1_000_000, help="a database (default: %(default)s)")
    parser.add_argument("--only", default="", metavar="TEXT", help="sqlite, postgresql or replacements")
    parser.add_argument(
        "--write", nargs="?", type=Path, const=RESULTS, metavar="PATH", help="write the results as JSON"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
