"""A-30: passwords, keys, codes and cards are removed and kept nowhere; a card makes the run an incident."""

import json
from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, person, run, said

from deid.cli import main

SECRETS = {
    "my password is hunter2!X9kq": "hunter2!X9kq",
    "key AKIAIOSFODNN7EXAMPLQ here": "AKIAIOSFODNN7EXAMPLQ",
    "open https://files.example.com/a?sig=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5 now": "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5",
    "my card is 4111 1111 1111 1111, CVV 846": "4111 1111 1111 1111",
}


@pytest.mark.parametrize("mode", MODES)
def test_removed_kept_nowhere_and_an_incident(tmp_path: Path, mode: str) -> None:
    people = [*crowd(), *(person(f"u{n}", text) for n, text in enumerate(SECRETS))]
    result = run(tmp_path, people, mode)
    told = said(tmp_path)
    assert not [value for value in SECRETS.values() if value in told]
    assert "CVV 846" not in told
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "chats.jsonl"]
    for value in SECRETS.values():
        assert not [path.name for path in files if value.encode() in path.read_bytes()]
    assert result.status == "completed with incident"
    assert result.incidents["CREDIT_CARD"] == result.incidents["CARD_SECURITY_CODE"] == 1
    document = json.loads((tmp_path / "out" / "report" / "incidents.json").read_bytes())
    assert {item["label"]: item["records"] for item in document["incidents"]} == result.incidents
    assert result.to_json()["status"] == "completed with incident"


LAST_FOUR = {
    "カードの下4桁は4242です": "4242",
    "my card ending in 8765 was declined": "8765",
    "the last four digits: 1881": "1881",
    "it says **** **** **** 5310": "5310",
}


@pytest.mark.parametrize("mode", MODES)
def test_the_last_four_digits_of_a_card_go_too(tmp_path: Path, mode: str) -> None:
    people = [*crowd(), *(person(f"u{n}", text) for n, text in enumerate(LAST_FOUR))]
    run(tmp_path, people, mode)
    told = said(tmp_path)
    assert not [digits for digits in LAST_FOUR.values() if digits in told]


def test_without_one_it_is_completed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = run(tmp_path, crowd(), "anonymize")
    assert (result.status, result.incidents) == ("completed", {})
    register = str(tmp_path / "register.jsonl")
    assert main(["release", "incident", str(tmp_path / "out"), "--register", register]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["absent_data_found"] == {}
    assert report["escrow"]["entries_since_release"] == 0
