"""Ready-made inputs of the transcripts. The people are invented; ``marzipan`` stands for their text."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from cli_transcript import MARK, run_here

CONFIG = """\
version: 1
mode: anonymize
input:
  record_id: conversation_id
  subject_id: user_id
  languages: [en]
  max_quarantined: 0.2
fields:
  conversation_id: {class: linking, treatment: reissue}
  user_id: {class: linking, treatment: reissue}
  profile.age: {class: quasi}
  messages[].role: {class: keep}
  messages[].content: {class: text}
detect: {use: fast}
kanon: {k: 2}
release: {name: small}
"""
TABLE_CONFIG = """\
version: 1
mode: anonymize
input: {format: table, record_id: id, subject_id: person, languages: [en], max_quarantined: 0.2}
fields:
  id: {class: linking, treatment: reissue}
  person: {class: linking, treatment: reissue}
  age: {class: quasi}
  note: {class: text}
detect: {use: fast}
kanon: {k: 2}
release: {name: small}
"""
PASSPHRASE = "an umbrella over four small bridges\n"


def conversation(number: int, content: object = None, **more: object) -> dict[str, object]:
    text = f"write to {MARK}.{number}@example.com or call 212-555-01{number:02d}, please"
    return {
        "conversation_id": f"c{number}",
        "user_id": f"u{number}",
        "profile": {"age": 30 + number % 2},
        "messages": [
            {"role": "user", "content": text if content is None else content},
            {"role": "assistant", "content": "of course"},
        ],
        **more,
    }


def lines(*values: object) -> bytes:
    return "".join(f"{json.dumps(value)}\n" for value in values).encode()


GOOD = [conversation(number) for number in range(12)]
ROWS = [
    {"id": f"r{n}", "person": f"p{n}", "age": str(30 + n % 2), "note": f"{MARK}{n}@example.com"}
    for n in range(12)
]


def _table(folder: Path) -> None:
    (folder / "table.yaml").write_text(TABLE_CONFIG)
    text = "id,person,age,note\n" + "".join(",".join(row.values()) + "\n" for row in ROWS)
    (folder / "table.csv").write_text(text)
    pq.write_table(pa.Table.from_pylist(ROWS), folder / "table.parquet")


def _people(folder: Path) -> None:
    """Write a table of twelve people and hierarchies for two of its columns."""
    rows = [f"p{n},{30 + n % 6},{'fm'[n % 2]},{('flu', 'cold', 'none')[n % 3]}" for n in range(12)]
    (folder / "people.csv").write_text("id,age,sex,illness\n" + "\n".join(rows) + "\n")
    (folder / "steps").mkdir()
    ages = [f"{age};{age // 3 * 3}-{age // 3 * 3 + 2};*" for age in range(30, 36)]
    (folder / "steps" / "age.csv").write_text("\n".join(ages) + "\n")
    (folder / "steps" / "sex.csv").write_text("f;*\nm;*\n")


def _escrow(folder: Path) -> None:
    """Make an escrow; the template is made once, for its passphrase takes half a second."""
    (folder / "passphrase").write_text(PASSPHRASE)
    (folder / "wrong").write_text("a wrong passphrase of some length\n")
    done = run_here(
        ["escrow", "init", "--escrow", "sqlite:///vault/escrow.db", "--keys-dir", "keys",
         "--passphrase-file", "passphrase"]
    )  # fmt: skip
    assert done.code == 0, done.stderr


def _release(folder: Path) -> None:
    _write("c.yaml", CONFIG.encode())(folder)
    _write("chats.jsonl", lines(*GOOD))(folder)
    done = run_here(["run", "c.yaml", "-i", "chats.jsonl", "-o", "release"])
    assert done.code == 0, done.stderr


def _sealed(folder: Path) -> None:
    """Make an escrow and a release in pseudonymize mode; the name of one record stands in ``record``."""
    _escrow(folder)
    _write("c.yaml", CONFIG.encode())(folder)
    _write("chats.jsonl", lines(*GOOD))(folder)
    done = run_here(
        ["run", "c.yaml", "-i", "chats.jsonl", "-o", "out/release", "--mode", "pseudonymize",
         "--escrow", "sqlite:///vault/escrow.db", "--keys", "local:keys/escrow.pub"]
    )  # fmt: skip
    assert done.code == 0, done.stderr


def _asked(folder: Path) -> None:
    """Register three approvers, ask for two approvals, and make a request for the first record."""
    _sealed(folder)
    place = ["--escrow", "sqlite:///vault/escrow.db", "--keys", "local:keys/escrow.pub"]
    word = ["--passphrase-file", "passphrase"]
    for name in ("office", "legal", "audit"):
        _done("reveal", "enroll", "--name", name, "-o", f"{name}.key", *word)
        _done("reveal", "register", *place, "--approver", f"{name}.pub", *word)
    _done("reveal", "quorum", *place, "--approvals", "2", *word)
    asked = ["--record", first_record(folder), "--maximum", "1", "--purpose", "access", "--ticket", "T-7"]
    (folder / "request").write_text(_done("reveal", "request", *place, "--key", "office.key", *word, *asked))


def _done(*words: str) -> str:
    ran = run_here(words)
    assert ran.code == 0, ran.stderr
    return ran.stdout.strip()


def first_record(folder: Path) -> str:
    """Return the id of a record of the sealed release, as it stands there."""
    for path in sorted((folder / "out" / "release" / "data").iterdir()):
        for row in pq.read_table(path).to_pylist():
            return str(row["conversation_id"])
    raise AssertionError


def _write(name: str, data: bytes) -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return put


_SQUEEZED = gzip.compress(lines(*GOOD * 50))


def _kinds(folder: Path) -> None:
    """A field that is kept, of numbers and text, and of numbers that no column of whole numbers holds."""
    (folder / "c.yaml").write_text(CONFIG.replace("detect:", "  score: {class: keep}\ndetect:"))
    scores = {"chats": (3, "high"), "large": (2**64 - 1, 2**63)}
    for name, found in scores.items():
        records = (conversation(n, score=found[n % 2]) for n in range(12))
        (folder / f"{name}.jsonl").write_bytes(lines(*records))


MATERIALS: dict[str, Callable[[Path], None]] = {
    "config": _write("c.yaml", CONFIG.encode()),
    "chats": _write("chats.jsonl", lines(*GOOD)),
    "table": _table,
    "people": _people,
    "escrow": _escrow,
    "release": _release,
    "sealed": _sealed,
    "asked": _asked,
    "empty-file": _write("empty.jsonl", b""),
    "not-utf8-line": _write("chats.jsonl", lines(*GOOD) + b'{"conversation_id": "marzipan \xe9"}\n'),
    "raw-surrogate": _write(
        "chats.jsonl",
        lines(*GOOD) + lines(conversation(12, "XX marzipan")).replace(b"XX", b"\xed\xa0\x80"),
    ),
    "ten-megabytes": _write("chats.jsonl", lines(*GOOD, conversation(12, MARK * 1_250_000))),
    "long-message": _write("chats.jsonl", lines(*GOOD, conversation(12, MARK * 250_000))),
    "byte-order-mark": _write("chats.jsonl", b"\xef\xbb\xbf" + lines(*GOOD)),
    "truncated-gz": _write("chats.jsonl.gz", _SQUEEZED[:-40]),
    "false-gz": _write("chats.jsonl.gz", lines(*GOOD)),
    "false-zst": _write("chats.jsonl.zst", lines(*GOOD)),
    "false-parquet": _write("table.parquet", b"PAR1 marzipan PAR1"),
    "texts-not-utf8": _write("texts.txt", b"call 212-555-0134\n" * 2000 + b"marzipan \xff\n"),
    "texts-gz": _write("texts.txt.gz", gzip.compress(b"mail jo@example.com\n")),
    "texts-truncated-gz": _write("texts.txt.gz", gzip.compress(b"mail marzipan@example.com\n" * 500)[:-40]),
    "kinds": _kinds,
    "deep": _write("deep.json", b"[" * 100_000 + b"]" * 100_000 + b"\n"),
    "pipe": lambda folder: os.mkfifo(folder / "pipe.jsonl"),
    "loop": lambda folder: (folder / "loop").symlink_to("loop"),
    "binary": _write("binary.yaml", b"\xff\xfe\x00"),
}
# Made once in a session and copied: they take a second each.
SHARED = frozenset({"asked", "escrow", "release", "sealed"})


def copy_into(source: Path, folder: Path) -> None:
    shutil.copytree(source, folder, dirs_exist_ok=True)
