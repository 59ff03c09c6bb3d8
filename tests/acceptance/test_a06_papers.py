"""A-06: manifest, report and data card of a pseudonymize run hold no salt, seed, key, original or offset."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance_run import crowd, files, make_escrow, person, run

from deid.transform.dates import shift_days
from deid.transform.tokens import ReplacementKey

RUN_KEY = bytes(range(100, 132))
ORIGINALS = ("Jessica Moore", "jess@mail.example", "c-u1", "2021-03-14")


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Every file of the release but its data, of a run whose keys the test knows."""
    monkeypatch.setattr(ReplacementKey, "random", classmethod(lambda cls: cls(RUN_KEY)))
    escrow = make_escrow(tmp_path) | {"domain": "chat", "tokens": str(tmp_path / "tokens" / "chat.key")}
    people = [*crowd(), person("u1", "My name is Jessica Moore, mail jess@mail.example, on 2021-03-14")]
    treatments = {
        "PERSON": "surrogate",
        "EMAIL_ADDRESS": {"operator": "token", "scope": "global"},
        "DATE_TIME": {"operator": "shift", "shift": 200},
    }
    run(tmp_path, people, "pseudonymize", escrow=escrow, transform=treatments)
    return {name: data for name, data in files(tmp_path / "out").items() if not name.startswith("data/")}


def keys_of(folder: Path) -> Iterator[bytes]:
    yield RUN_KEY
    yield (folder / "tokens" / "chat.key").read_bytes()
    writer = json.loads((folder / "keys" / "writer.key").read_bytes())
    yield from (bytes.fromhex(writer[name]) for name in ("signing_key", "index_key"))
    yield bytes.fromhex(json.loads((folder / "keys" / "escrow.key").read_bytes())["salt"])


def test_no_key_and_no_original(papers: dict[str, bytes], tmp_path: Path) -> None:
    secrets = [form for key in keys_of(tmp_path) for form in (key, key.hex().encode())]
    for name, content in papers.items():
        assert not [form for form in secrets if form in content], name
        assert not [text for text in ORIGINALS if text.encode() in content], name


def test_nothing_is_called_a_salt_a_seed_or_an_offset(papers: dict[str, bytes]) -> None:
    for name, content in papers.items():
        if name.endswith(".json"):
            names = set(re.findall(rb'"([A-Za-z_]+)": ?', content))
            assert not [each for each in names if re.search(rb"salt|seed|offset|secret|private", each)], name


def test_no_persons_days_are_told(papers: dict[str, bytes]) -> None:
    days = shift_days(ReplacementKey(RUN_KEY).digest("shift", "u1"), 200, weekday=False)
    numbers = {
        int(each)
        for data in papers.values()
        for each in re.findall(rb"(?<![0-9a-z.])-?[0-9]{3}(?![0-9a-z.])", data)
    }
    assert abs(days) < 100 or days not in numbers
