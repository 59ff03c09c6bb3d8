"""Whole runs whose gate looks at attacks: a broken release is stopped, and an attack needs a reason."""

import json
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from pipeline_inputs import CONFIG, write_config, write_inputs

import deid
from deid.cli import main
from deid.errors import ConfigError, ReleaseRefused
from deid.pipeline import Pipeline
from deid.risk.corpus import release_config
from deid.risk.gates import measured

pytest.importorskip("scipy")
pytestmark = pytest.mark.slow


def _run(folder: Path, people: int = 30, **changes: Any) -> Path:
    inputs = write_inputs(folder, people=people)
    Pipeline.load(write_config(folder, kanon={"k": 2}, **changes)).run(inputs, out=folder / "release")
    return folder / "release"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that was attacked on its way, at the gate that only reports."""
    folder = tmp_path_factory.mktemp("attacked")
    return _run(folder, risk={"gate": "internal", "attacks": ["pseudonyms", "identifiers", "verbatim"]})


def test_a_run_keeps_what_its_attacks_achieved(release: Path) -> None:
    risk = json.loads((release / "report" / "risk.json").read_text())
    assert risk["assessment"]["people"] == 30
    assert {item["attack"][:2] for item in risk["assessment"]["results"]} == {"P1", "R1", "V1"}
    assert any(check["name"].startswith("P1") and check["passed"] for check in risk["checks"])
    page = (release / "report" / "index.html").read_text()
    assert "R1 residual identifiers" in page
    manifest = json.loads((release / "manifest.json").read_text())
    assert any(item["path"] == "report/risk.json" for item in manifest["files"])


def test_nothing_in_the_result_speaks_of_one_person(release: Path) -> None:
    text = (release / "report" / "risk.json").read_text()
    assert "zanter" not in text.lower()
    assert "user-0" not in text
    assert "090-1234" not in text


def test_the_gate_for_others_stops_a_run_that_links(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused) as refused:
        _run(tmp_path, risk={"gate": "public"})
    assert any(item.startswith("L2 author linkage") for item in refused.value.violations)
    assert not (tmp_path / "release").exists()
    risk = json.loads((tmp_path / "release.refused" / "report" / "risk.json").read_text())
    assert risk["assessment"]["results"]


def test_too_few_people_are_a_failure_that_is_listed(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused) as refused:
        _run(tmp_path, people=8, risk={"gate": "controlled"})
    assert any("L2 author linkage: success could not be computed" in v for v in refused.value.violations)


def test_attacks_that_cannot_run_stop_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)
    load = deid.Pipeline.load
    with pytest.raises(ConfigError, match="need scipy"):
        load("demo", {"risk": {"gate": "public"}})


def test_the_library_attacks_a_finished_release(release: Path) -> None:
    found = deid.risk.assess(release, source=release.parent / "chats-0.jsonl", attacks=("linkage",))
    assert found.people == 30
    assert found.matched == 1
    assert found.results[0].attack == "L2 author linkage"
    again = deid.risk.assess(release, source=release.parent / "chats-0.jsonl", attacks=("linkage",))
    assert found.to_json() == again.to_json()


def test_records_of_another_tool_are_attacked_with_a_configuration(release: Path, tmp_path: Path) -> None:
    """Positive control: the source itself, published as it is."""
    source = release.parent / "chats-0.jsonl"
    copy = tmp_path / "out.jsonl"
    copy.write_bytes(source.read_bytes())
    config = release_config(release)
    found = deid.risk.assess(copy, source=source, attacks=("pseudonyms", "identifiers"), config=config)
    best = {result.attack: result.released.value for result in found.results}
    assert best["R1 residual identifiers"] == 1
    assert max(r.released.value for r in found.results if r.attack == "P1 pseudonym reversal") == 1


@pytest.fixture
def places(release: Path, tmp_path: Path) -> dict[str, Path]:
    """A release, its source, and sources that do not fit it."""
    chats = release.parent / "chats-0.jsonl"
    records = [json.loads(line) for line in chats.read_text().splitlines()]
    made = {"others": "{} something else entirely", "empty": ""}
    for name, said in made.items():
        for number, record in enumerate(records):
            record["messages"] = [{"role": "user", "content": said.format(number)}]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    unsigned = tmp_path / "unsigned"
    shutil.copytree(release, unsigned)
    (unsigned / "manifest.json").unlink()
    return {
        "release": release,
        "chats": chats,
        "absent": tmp_path / "absent.jsonl",
        "unsigned": unsigned,
        **{name: tmp_path / f"{name}.jsonl" for name in made},
    }


@pytest.mark.parametrize(
    ("release_of", "source_of", "attacks", "told"),
    [
        ("release", "release", "pseudonyms", "the source is a release"),
        ("chats", "release", "pseudonyms", "no manifest.json"),
        ("chats", "chats", "pseudonyms", "no manifest.json"),
        ("unsigned", "chats", "pseudonyms", "no manifest.json"),
        ("release", "absent", "pseudonyms", "no such file"),
        ("release", "others", "pseudonyms", "released talks were found"),
        ("release", "empty", "pseudonyms", "released talks were found"),
        ("release", "chats", "magic", "no attack `magic`"),
    ],
)
def test_bad_input_ends_with_2_and_is_named(
    places: dict[str, Path], capfd: Any, release_of: str, source_of: str, attacks: str, told: str
) -> None:
    given = ["risk", str(places[release_of]), "--source", str(places[source_of]), "--attacks", attacks]
    log = ["--log", str(places["absent"].with_suffix(".log"))]
    assert main([*given, *log, "--authorised-assessment", "test"]) == 2
    shown = capfd.readouterr()
    assert told in shown.err
    assert not shown.out


def test_one_class_alone_is_nothing_to_infer(release: Path, tmp_path: Path, capfd: Any) -> None:
    """Everybody has the same value: asked for alone it ends with 2, under a gate it is listed."""
    chats = release.parent / "chats-0.jsonl"
    records = [json.loads(line) for line in chats.read_text().splitlines()]
    for record in records:
        record["profile"] = dict.fromkeys(record["profile"], "same")
    (tmp_path / "same.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    given = ["risk", str(release), "--source", str(tmp_path / "same.jsonl"), "--attacks", "inference"]
    told = ["--authorised-assessment", "test", "--log", str(tmp_path / "log")]
    assert main([*given, *told]) == 2
    assert "the attack inference could not be tried" in capfd.readouterr().err
    assert main([*given, *told, "--gate", "internal"]) == 3
    assert "inference attack could not be computed" in capfd.readouterr().err


def test_the_command_wants_a_reason_and_logs_it(release: Path, tmp_path: Path, capfd: Any) -> None:
    source, log = str(release.parent / "chats-0.jsonl"), tmp_path / "log.jsonl"
    arguments = ["risk", str(release), "--source", source, "--attacks", "pseudonyms", "--log", str(log)]
    assert main(arguments) == 2
    assert "--authorised-assessment" in capfd.readouterr().err
    assert not log.exists()
    out = tmp_path / "risk.json"
    assert main([*arguments, "--authorised-assessment", "yearly test, DPO", "-o", str(out)]) == 0
    shown = capfd.readouterr()
    assert "P1 pseudonym reversal" in shown.out
    assert "zanter" not in (shown.out + shown.err).lower()
    (line,) = log.read_text().splitlines()
    assert json.loads(line)["reason"] == "yearly test, DPO"
    assert json.loads(out.read_text())["people"] == 30


def test_two_releases_of_the_same_people_do_not_share_ids(release: Path, tmp_path: Path) -> None:
    source = release.parent / "chats-0.jsonl"
    later = _run(tmp_path)
    found = deid.risk.assess(later, source=source, attacks=("pseudonyms",), earlier=release)
    best = {result.attack: result for result in found.results}
    assert best["L4 cross-release ids"].excess.low == 0
    assert best["L4 cross-release texts"].released.low > 0.5
    same = deid.risk.assess(release, source=source, attacks=("pseudonyms",), earlier=release)
    ids = [result for result in same.results if result.attack == "L4 cross-release ids"]
    assert max(result.released.value for result in ids) == 1
    (limit,) = [item for item in measured("internal", same.results, ()) if item.name.startswith("L4")]
    assert limit.value is not None
    assert limit.value > 0
    assert found.earlier == same.earlier == found.least_matched == 1


def test_the_command_refuses_by_the_gate(release: Path, tmp_path: Path, capfd: Any) -> None:
    source = str(release.parent / "chats-0.jsonl")
    given = [
        "risk",
        str(release),
        "--source",
        source,
        "--attacks",
        "pseudonyms",
        "--gate",
        "public",
        "--json",
    ]
    out = tmp_path / "risk.json"
    told = ["--authorised-assessment", "test", "--log", str(tmp_path / "log"), "-o", str(out)]
    assert main([*given, *told]) == 3
    assert not out.exists()
    shown = capfd.readouterr()
    assert "release refused: " in shown.err
    assert "report beside the output" not in shown.err  # there is none
    assert {check["name"][:2] for check in json.loads(shown.out)["checks"]} >= {"L2", "I1", "R1", "P1"}


def test_what_would_fail_at_the_end_is_told_before_anything_is_attacked(
    release: Path, tmp_path: Path, capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attacked(*_: object) -> None:
        raise AssertionError("an attack was made")

    source, log = str(release.parent / "chats-0.jsonl"), tmp_path / "log.jsonl"
    given = ["risk", str(release), "--source", source, "--attacks", "pseudonyms", "--log", str(log)]
    given += ["--authorised-assessment", "test"]
    monkeypatch.setattr(import_module("deid.risk.assess"), "ATTACKS", {"pseudonyms": attacked})
    assert main([*given, "-o", str(tmp_path / "absent" / "risk.json")]) == 2
    assert "no such folder" in capfd.readouterr().err
    assert main([*given, "--scorer-command", ""]) == 2
    assert "command is empty" in capfd.readouterr().err
    assert main([*given, "--language-model", ""]) == 2
    assert "URL is none" in capfd.readouterr().err
    assert not log.exists()
    assert main([*given, "--earlier", str(tmp_path)]) == 2
    assert "no manifest.json" in capfd.readouterr().err


def test_a_pseudonymized_lock_reads_without_its_escrow(tmp_path: Path) -> None:
    lock = {**CONFIG, "mode": "pseudonymize", "escrow": {"domain": "training"}}
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "policy.lock.yaml").write_text(yaml.safe_dump(lock))
    assert release_config(tmp_path).mode == "pseudonymize"


def test_a_language_model_is_asked_for_a_reason_alone(release: Path, tmp_path: Path, capfd: Any) -> None:
    """Without one nothing is sent; a URL that would send text in the clear is refused before the log."""
    source, log = str(release.parent / "chats-0.jsonl"), tmp_path / "log.jsonl"
    given = ["risk", str(release), "--source", source, "--attacks", "pseudonyms", "--log", str(log)]
    model = ["--language-model", "http://models.example/v1"]
    assert main([*given, *model]) == 2
    assert "--authorised-assessment" in capfd.readouterr().err
    assert main([*given, *model, "--authorised-assessment", "test"]) == 2
    assert "not HTTPS" in capfd.readouterr().err
    assert not log.exists()


def test_a_scorer_of_ones_own_is_logged(release: Path, tmp_path: Path, capfd: Any) -> None:
    source, log = str(release.parent / "chats-0.jsonl"), tmp_path / "log.jsonl"
    given = ["risk", str(release), "--source", source, "--attacks", "pseudonyms", "--log", str(log)]
    told = ["--authorised-assessment", "test", "--scorer", "deid.nothing:score"]
    assert main([*given, *told]) == 2
    assert "no such scorer" in capfd.readouterr().err
    told[-1] = "statistics:median"
    assert main([*given, *told]) == 2
    assert "the scorer failed: TypeError" in capfd.readouterr().err
    short = f'{sys.executable} -c \'import sys; [print("{{\\"score\\": 1}}") for _ in sys.stdin]\''
    assert main([*given, *told[:2], "--scorer-command", short, "--json"]) == 0
    found = [item["attacker"] for item in json.loads(capfd.readouterr().out)["results"]]
    assert found[-1] == "own model"
    models = [json.loads(line)["models"] for line in log.read_text().splitlines()]
    assert models == [["scorer"], ["scorer_command"]]
