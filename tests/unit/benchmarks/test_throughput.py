import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import loads
import machine
import measure
import peers
import stages
import throughput
from deid.errors import DeidError
from resultfile import load as load_result

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "benchmarks" / "throughput.py"
MEGABYTES = 60


def hungry() -> measure.Work:
    """Prepare a heap that is gone again, then need a smaller one."""
    len(bytearray(4 * MEGABYTES * 1_000_000))
    return measure.Work(lambda: len(bytearray(MEGABYTES * 1_000_000)), 10, 20)


def parent_of_hungry(folder: Path) -> measure.Work:
    """Let a child hold memory until the test has seen it, so that a late look is early enough."""
    code = (
        "import os, pathlib, sys, time\n"
        f"folder, held = pathlib.Path(sys.argv[1]), bytearray({MEGABYTES} * 1_000_000)\n"
        "(folder / 'holds').write_text(str(os.getpid()))\n"
        "while not (folder / 'seen').exists(): time.sleep(0.01)\n"
    )
    return measure.Work(lambda: subprocess.run([sys.executable, "-c", code, folder], check=True), 1, 1)


def idle_and_busy() -> measure.Work:
    def run() -> None:
        time.sleep(0.2)
        end = time.process_time() + 0.1
        while time.process_time() < end:
            pass

    return measure.Work(run, 30, 3_000_000, lambda: {"told": 7})


def test_spread_by_hand() -> None:
    assert measure.spread([3.0]) == {"median": 3.0, "p10": 3.0, "p90": 3.0}
    assert measure.spread([1.0, 2.0, 3.0]) == {"median": 2.0, "p10": 1.2, "p90": 2.8}
    assert measure.spread([1.23456, 1.23456])["median"] == 1.235


def test_seconds_and_rates() -> None:
    # One repeat: of several that took more and less time, rates and seconds have different medians.
    row: dict[str, Any] = measure.measure(idle_and_busy, repeats=1, warm_up=False).row("busy")
    assert row["name"] == "busy"
    assert row["n"] == 30
    assert row["told"] == 7
    assert 0.08 <= row["cpu_s"]["median"] < row["wall_s"]["median"]
    assert row["wall_s"]["median"] >= 0.3
    assert row["messages_per_s"]["median"] == pytest.approx(30 / row["wall_s"]["median"], rel=0.05)
    assert row["messages_per_cpu_s"]["median"] == pytest.approx(30 / row["cpu_s"]["median"], rel=0.05)
    assert row["mb_per_s"]["median"] == pytest.approx(3 / row["wall_s"]["median"], rel=0.05)


def test_peak_is_of_the_work_alone() -> None:
    found = measure.measure(hungry, repeats=1)
    assert MEGABYTES * 0.8 <= found.peak_mb - found.loaded_mb < 3 * MEGABYTES


def test_peak_counts_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = measure.resident_bytes

    def seeing(pid: int) -> int:
        size, holder = look(pid), tmp_path / "holds"
        if holder.exists() and holder.read_text() == str(pid):
            (tmp_path / "seen").touch()
        return size

    monkeypatch.setattr(measure, "resident_bytes", seeing)
    found = measure.measure(partial(parent_of_hungry, tmp_path), repeats=1, warm_up=False)
    assert found.peak_mb - found.loaded_mb >= MEGABYTES * 0.8


def parent_of_busy() -> measure.Work:
    code = "import time\nwhile time.process_time() < 0.4: pass"
    return measure.Work(lambda: subprocess.run([sys.executable, "-c", code], check=True), 1, 1)


def test_cpu_counts_children() -> None:
    found = measure.measure(parent_of_busy, repeats=1, warm_up=False)
    assert found.cpu_s[0] >= 0.35


@pytest.mark.parametrize(("seconds", "n_runs"), [(0.06, 4), (0.25, 1)])
def test_short_work_is_repeated_until_it_lasts(
    seconds: float, n_runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    elapsed = [0.0]

    def work() -> None:
        elapsed[0] += seconds

    monkeypatch.setattr("measure.time", SimpleNamespace(perf_counter=lambda: elapsed[0]))
    assert measure.runs_of(measure.Work(work, 1, 1)) == n_runs


def test_a_failing_case_is_named_without_what_it_read() -> None:
    with pytest.raises(DeidError, match=r"^ValueError in benchmarks/measure\.py:[0-9]+$"):
        measure.measure(partial(int, "Jessica"), repeats=1)  # type: ignore[arg-type]


def test_a_dead_case_is_an_error() -> None:
    with pytest.raises(DeidError, match="died"):
        measure.measure(partial(os._exit, 3), repeats=1)


def test_an_unavailable_case_says_why() -> None:
    with pytest.raises(measure.Unavailable, match="no pipeline for it"):
        measure.measure(unavailable, repeats=1)


def unavailable() -> measure.Work:
    raise measure.Unavailable("no pipeline for it")


@pytest.mark.parametrize("language", loads.LANGUAGES)
def test_generated_load_holds_what_was_asked(language: Any, tmp_path: Path) -> None:
    made = loads.make_load(language, tmp_path, messages=60, n_peer=5, data=None)
    texts = made.texts()
    assert 60 <= len(texts) <= 60 + 16
    assert loads.make_load(language, tmp_path, messages=60, n_peer=5, data=None).texts() == texts
    assert any(record.known for record in made.records())
    assert loads.distinct(texts) == 1.0


def test_evenly_spaced() -> None:
    letters = list("abcdefghij")
    assert loads.evenly(letters, 5) == list("acegi")
    assert loads.evenly(letters, 3) == list("adg")
    assert loads.evenly(letters, 99) == letters


def test_distinct_share() -> None:
    assert loads.distinct(["a", "b", "a", "a"]) == 0.5


def test_size_is_of_text_in_utf8() -> None:
    assert loads.n_bytes(["ab", "猫"]) == 5


@pytest.fixture(scope="module")
def small_loads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, loads.Load]:
    folder = tmp_path_factory.mktemp("loads")
    return {
        language: loads.make_load(language, folder, messages=90, n_peer=4, data=None)
        for language in loads.LANGUAGES
    }


STAGES = [(name, language) for name, (_, languages) in stages.OURS.items() for language in languages]


@pytest.mark.parametrize(
    ("name", "language"),
    [pytest.param(*one, marks=[pytest.mark.slow] if one[0].startswith("run") else []) for one in STAGES],
)
def test_every_stage_runs_twice(
    name: str, language: str, small_loads: dict[str, loads.Load], tmp_path: Path
) -> None:
    work = stages.OURS[name][0](small_loads[language], tmp_path)
    work.run()
    work.run()
    work.finish()
    assert work.messages == len(small_loads[language].texts())


def test_stages_do_what_they_are_named_for(small_loads: dict[str, loads.Load], tmp_path: Path) -> None:
    load = small_loads["ja"]
    found: Any = stages.OURS["detect fast"][0](load, tmp_path).run()
    assert sum(bool(spans) for batch in found for record in batch for spans in record) > 10
    wide: Any = stages.OURS["known values and conversation"][0](load, tmp_path).run()
    assert any(span.source == "known-values" for record in wide for spans in record for span in spans)
    new: Any = stages.OURS["rewrite"][0](load, tmp_path).run()
    assert sum(len(part.items) for batch in new for record in batch for part in record.deleted) > 10
    stages.OURS["pieces"][0](load, tmp_path).run()
    assert next(tmp_path.glob("train-00000-shard_000000.jsonl.zst")).stat().st_size > 100


@pytest.mark.parametrize("language", loads.LANGUAGES)
@pytest.mark.parametrize("name", stages.PEERS)
@pytest.mark.filterwarnings("ignore")
def test_peers_run(name: str, language: str, small_loads: dict[str, loads.Load], tmp_path: Path) -> None:
    try:
        work = stages.PEERS[name][0](small_loads[language], tmp_path)
    except measure.Unavailable as reason:
        pytest.skip(str(reason))
    results: Any = work.run()
    assert work.messages == len(results) == 4


@pytest.mark.filterwarnings("ignore")
def test_peer_labels_are_ours() -> None:
    try:
        peer = peers.load("en", "patterns")
    except measure.Unavailable as reason:
        pytest.skip(str(reason))
    spans = peer.detect(["write to a.b@example.com", "nothing here"])
    assert ("EMAIL_ADDRESS", 9, 24) in [(span.label, span.start, span.end) for span in spans[0]]
    assert spans[1] == []
    assert "US_DRIVER_LICENSE" not in peer.labels


def test_a_missing_peer_is_skipped_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda _: None)
    with pytest.raises(measure.Unavailable, match="presidio-analyzer is not installed"):
        peers.load("en")


def test_machine_names_no_host_and_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names are invented: a real host may have the name of its system, and a home may be the root."""
    for place in ("socket.gethostname", "platform.node"):
        monkeypatch.setattr(place, lambda: "host-tamarillo")
    monkeypatch.setattr("os.uname", lambda: os.uname_result(("Linux", "host-tamarillo", "6", "#1", "x86_64")))
    monkeypatch.setenv("HOME", "/home/quince")
    told = json.dumps([machine.machine(), machine.commit()])
    assert "tamarillo" not in told
    assert "quince" not in told
    assert str(ROOT) not in told
    assert "spacy" in told


def test_script_measures_and_writes(tmp_path: Path) -> None:
    target = tmp_path / "trial.json"
    arguments = ["--messages", "40", "--repeats", "1", "--only", "deid/read", "--write", str(target)]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: Any = load_result(target)
    assert [row["name"] for row in result["results"]] == ["en/deid/read", "ja/deid/read"]
    assert all(row["messages_per_s"]["median"] > 0 and row["peak_mb"] > 0 for row in result["results"])
    assert result["settings"]["source"] == {"en": "generated", "ja": "generated"}
    assert "ja/deid/read" in done.stdout


@pytest.mark.parametrize(
    "wrong", [["--whole", "demo"], ["--messages", "0"], ["--repeats", "0"], ["-i", "chat.jsonl"]]
)
def test_wrong_arguments_are_refused(wrong: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["throughput.py", *wrong])
    with pytest.raises(SystemExit) as refused:
        throughput.main()
    assert refused.value.code == 2


@pytest.mark.slow
def test_whole_runs_in_both_modes(tmp_path: Path) -> None:
    target = tmp_path / "whole.json"
    sample = ROOT / "configs" / "samples" / "chat.jsonl.gz"
    arguments = ["--whole", "demo", "-i", str(sample), "--write", str(target)]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows: Any = load_result(target)["results"]
    assert [row["name"] for row in rows] == ["demo/anonymize", "demo/pseudonymize"]
    assert all(row["verified"] and row["data_mb"] <= row["release_mb"] for row in rows)
    assert rows[0]["escrow_mb"] == 0 < rows[1]["escrow_mb"]


@pytest.mark.slow
def test_a_refused_run_is_a_failure(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text(
        '{"conversation_id": "c", "user_id": "u", "messages": [{"role": "user", "content": "hi"}]}\n'
    )
    arguments = ["--whole", "demo", "-i", str(few)]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "failed: ReleaseRefused" in done.stderr
