"""What other programs read from the command line: keys, offsets, help."""

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cli_materials import MATERIALS
from cli_transcript import Ran, check_rules, run_here

from deid.cli.main import build_parser, main
from deid.labels import LABELS, LabelClass
from deid.store import atomic_file

SPAN_KEYS = ["record", "path", "start", "end", "label", "class", "score", "source"]
CHECK_KEYS = {
    "rows", "subjects", "k", "classes", "uniques", "l_distinct", "l_entropy", "t_equal", "t_ordered",
    "alpha", "beta", "delta", "prosecutor_max", "prosecutor_mean",
}  # fmt: skip


def verbs(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list its verbs
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, child in action.choices.items():
                yield from verbs(child, (*path, name))


def succeed(*words: str) -> Ran:
    ran = run_here(words)
    check_rules(ran)
    assert ran.code == 0
    return ran


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("path", [*verbs(build_parser())], ids=lambda path: " ".join(path) or "deid")
def test_every_verb_has_help(path: tuple[str, ...]) -> None:
    ran = succeed(*path, "--help")
    assert ran.stdout.startswith(f"usage: {' '.join(('deid', *path))}")
    assert not ran.stderr


def test_the_verbs_of_the_contract_are_there() -> None:
    found = {" ".join(path) for path in verbs(build_parser())}
    assert found >= {
        "run", "demo", "detect", "labels", "policy check", "policy explain", "kanon check", "kanon enforce",
        "release verify", "escrow init", "escrow status", "escrow verify", "escrow checkpoint", "escrow gc",
        "reveal run", "shred",
    }  # fmt: skip


def test_help_tells_exit_codes() -> None:
    told = " ".join(succeed("--help").stdout.split())
    assert "0 done, 1 our fault, 2 your input or configuration, 3 release refused" in told
    assert "4 escrow, keys or ledger" in told


TEXTS = {
    "🎉🎉 write to jo@example.com": "jo@example.com",
    "𝔘𝔫𝔦: 212-555-0134 ok": "212-555-0134",
    "電話は０９０-１２３４-５６７８まで": "０９０-１２３４-５６７８",
    "ｊｏ＠ｅｘａｍｐｌｅ．ｃｏｍ": "ｊｏ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "ze\u200bro jo@exa\u200bmple.com": "jo@exa\u200bmple.com",
    "👩‍👩‍👧 jo@example.com": "jo@example.com",
}


def test_spans_have_the_contracts_keys_and_offsets_into_the_original() -> None:
    rows = [
        {"conversation_id": f"c{n}", "messages": [{"role": "user", "content": text}]}
        for n, text in enumerate(TEXTS)
    ]
    Path("chats.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    Path("texts.txt").write_text("".join(text + "\n" for text in TEXTS), encoding="utf-8")
    for words in (["chats.jsonl"], ["texts.txt", "--format", "text"]):
        spans = [json.loads(line) for line in succeed("detect", *words).stdout.splitlines()]
        assert all(list(span) == SPAN_KEYS for span in spans)
        assert all(span["class"] == LABELS[span["label"]].cls for span in spans)
        assert all(0 <= span["score"] <= 1 for span in spans)
        found = {
            (span["record"], text[span["start"] : span["end"]])
            for span in spans
            for text in [list(TEXTS)[int(span["record"].removeprefix("c")) - ("--format" in words)]]
        }
        first = 1 if "--format" in words else 0
        wanted = enumerate(TEXTS.values(), first)
        assert found >= {(f"{n}" if first else f"c{n}", surface) for n, surface in wanted}


def test_check_has_the_contracts_keys() -> None:
    MATERIALS["people"](Path())
    told = json.loads(
        succeed("kanon", "check", "people.csv", "--qi", "age,sex", "--sensitive", "illness", "--json").stdout
    )
    assert told.keys() >= CHECK_KEYS
    assert (told["rows"], told["subjects"], told["k"], told["classes"], told["uniques"]) == (12, 12, 2, 6, 0)
    assert told["prosecutor_max"] == 0.5
    plain = json.loads(succeed("kanon", "check", "people.csv", "--qi", "age", "--json").stdout)
    assert "l_distinct" not in plain


def test_people_count_not_rows() -> None:
    Path("visits.csv").write_text("who,town\na,x\na,x\na,x\nb,x\nc,y\n")
    told = json.loads(succeed("kanon", "check", "visits.csv", "--qi", "town", "--json").stdout)
    assert (told["rows"], told["subjects"], told["k"]) == (5, 5, 1)
    told = json.loads(
        succeed("kanon", "check", "visits.csv", "--qi", "town", "--subject", "who", "--json").stdout
    )
    assert (told["rows"], told["subjects"], told["k"], told["uniques"]) == (5, 3, 1, 1)


def test_enforce_has_the_contracts_keys() -> None:
    MATERIALS["people"](Path())
    ran = succeed(
        "kanon", "enforce", "people.csv", "--qi", "age,sex", "--k", "3", "--hierarchies", "steps",
        "--suppression", "0", "-o", "safe.csv", "--json",
    )  # fmt: skip
    told = json.loads(ran.stdout)
    assert set(told) == {"method", "levels", "suppressed", "ncp", "k", "certificate"}
    # Age and sex go together here: sex and all ages as one lose (1 + 0) / 2, ages in threes with no sex
    # (2/5 + 1) / 2; both keep classes of at least three.
    assert (told["method"], told["levels"], told["suppressed"]) == ("lattice", {"age": 2, "sex": 0}, 0)
    assert told["ncp"] == pytest.approx(0.5)
    assert told["k"] == 6


def test_labels_are_the_vocabulary() -> None:
    told = json.loads(succeed("labels", "--json").stdout)
    assert [row["label"] for row in told] == list(LABELS)
    assert all(list(row) == ["label", "class", "definition", "source", "escrowed"] for row in told)
    kept_back = {row["label"] for row in told if not row["escrowed"]}
    secret = {name for name, label in LABELS.items() if label.cls is LabelClass.SECRET}
    assert kept_back == secret | {"CREDIT_CARD", "CARD_SECURITY_CODE"}


def test_a_reader_that_leaves_is_no_error() -> None:
    command = Path(sys.executable).with_name("deid")
    with subprocess.Popen(
        [command, "labels"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        said = run.stderr.read()
    assert b"Traceback" not in said
    assert b"error" not in said.lower()


OUT_OF_MEMORY = "deid: error: out of memory\ndeid: hint: give it more (`ulimit -v`), or fewer --workers\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), OUT_OF_MEMORY),
        (OSError(12, "Cannot allocate memory"), OUT_OF_MEMORY),
        (FileNotFoundError(2, "No such file"), "deid: error: the working folder: No such file\n"),
        (OSError(28, "No space left"), "deid: error: standard output: No space left\n"),
    ],
)
def test_what_the_machine_refuses_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(_arguments: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr("deid.cli.detecting._labels", fail)
    assert run_here(["labels"]).stderr == said


def test_an_unforeseen_error_names_a_line_and_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_arguments: argparse.Namespace) -> int:
        raise ValueError("marzipan")

    monkeypatch.setattr("deid.cli.detecting._labels", fail)
    ran = run_here(["labels"])
    assert ran.code == 1
    assert ran.stderr.startswith("deid: error: internal error: ValueError at ")
    assert "test_cli_contracts.py:" in ran.stderr
    assert "marzipan" not in ran.stderr
    assert not ran.stdout


def test_interrupted_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_arguments: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("deid.cli.detecting._labels", stop)
    ran = run_here(["labels"])
    assert (ran.code, ran.stderr) == (130, "deid: interrupted\n")


def test_terminated_ends_as_interrupted_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_arguments: argparse.Namespace) -> int:
        with atomic_file(Path("half")):
            signal.raise_signal(signal.SIGTERM)
        return 0

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("deid.cli.detecting._labels", stop)
    ran = run_here(["labels"])
    assert (ran.code, ran.stderr) == (143, "deid: terminated\n")
    assert list(Path().iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_run_cut_short_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **_options: object) -> None:
        raise KeyboardInterrupt

    for name in ("config", "chats"):
        MATERIALS[name](Path())
    command = ["run", "c.yaml", "-i", "chats.jsonl", "-o", "release", "--operator-key", "op.key"]
    with monkeypatch.context() as patched:
        patched.setattr("deid.pipeline.run.make_plan", stop)
        ran = run_here(command)
    assert ran.code == 130
    assert ran.stderr == "deid: the same command with --resume goes on from here\ndeid: interrupted\n"
    assert run_here([*command, "--resume"]).code == 0


def test_verbs_work_outside_the_main_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(main, ["policy", "check", "nothing.yaml"]).result() == 2
