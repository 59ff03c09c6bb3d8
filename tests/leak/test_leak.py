"""Planted values occur nowhere a run writes: output, log, temporary file, escrow (A-01, A-03, A-06)."""

import base64
import json
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from leak_runs import Finished, finish

from deid.labels import LABELS, LabelClass

pytestmark = pytest.mark.slow

# Quasi-identifiers may be published as k-anonymity allows; identifiers, codes and secrets must be gone.
STRICT = {name for name, label in LABELS.items() if label.cls not in (LabelClass.QUASI, LabelClass.SENSITIVE)}
SENSITIVE = {name for name, label in LABELS.items() if label.cls is LabelClass.SENSITIVE}
# A surface shorter than this occurs by chance in counts; one of six digits, now and then, in a digest.
SHORTEST, SHORT = 6, 10
DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{16,}(?![0-9a-f])")


def _forms(surface: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", surface)
    digits = "".join(c for c in plain if c.isdigit())
    found = {
        surface,
        plain,
        urllib.parse.quote(surface),
        base64.b64encode(surface.encode()).decode().rstrip("="),
    }
    if len(digits) >= 9:
        found.add(digits)
    return {form for form in found if len(form) >= SHORTEST}


def _written(room: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below ``room``, and the rows of Parquet files as text."""
    for path in sorted(room.rglob("*")):
        if not path.is_file() or path.name == "passphrase":
            continue
        yield str(path.relative_to(room)), path.read_bytes()
        if path.suffix == ".parquet":
            rows = json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False)
            yield f"{path.name} (rows)", rows.encode()


def _released(release: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()]


def test_no_planted_value_is_written_anywhere(
    finished: Finished, planted: list[tuple[str, str, str]]
) -> None:
    wanted = {
        (label, form)
        for _, label, surface in planted
        if label in STRICT - {"PERSON"}
        for form in _forms(surface)
    }
    assert len(wanted) > 200
    leaks = []
    for name, content in (*_written(finished.room), ("standard output and error", finished.output.encode())):
        clear = DIGEST.sub(b" ", content)
        leaks += [
            (label, name) for label, form in wanted if form.encode() in (clear, content)[len(form) >= SHORT]
        ]
    assert leaks == []


def test_most_sensitive_phrases_are_gone(finished: Finished, planted: list[tuple[str, str, str]]) -> None:
    # Found by lexicon: no list holds every way to say a thing. The floor is what this version reaches.
    whole = json.dumps(_released(finished.release), ensure_ascii=False)
    phrases = {surface for _, label, surface in planted if label in SENSITIVE}
    assert len(phrases) > 20
    assert sum(phrase not in whole for phrase in phrases) / len(phrases) >= 0.9


def test_profiles_are_not_in_the_release(finished: Finished, source: dict[str, dict[str, Any]]) -> None:
    whole = json.dumps(_released(finished.release), ensure_ascii=False)
    for record in source.values():
        for name in ("email", "phone"):
            assert record["profile"][name] not in whole
        assert record["user_id"] not in whole
        assert record["conversation_id"] not in whole


def test_manifest_names_no_key_and_no_user(finished: Finished) -> None:
    manifest = json.loads((finished.release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["mode"] == finished.mode
    assert (manifest["escrow"] is None) == (finished.mode == "anonymize")


def test_nothing_but_the_release_is_left(finished: Finished) -> None:
    expected = {"release", "tmp", "home"}
    if finished.mode == "pseudonymize":
        expected |= {"escrow", "keys", "passphrase"}
    assert {path.name for path in finished.room.iterdir()} == expected
    assert list((finished.room / "tmp").iterdir()) == []


def test_anonymize_twice_gives_unrelated_ids(finished: Finished, tmp_path: Path) -> None:
    if finished.mode != "anonymize":
        return
    again = finish("anonymize", tmp_path)
    first = {row["conversation_id"] for row in _released(finished.release)}
    second = {row["conversation_id"] for row in _released(again.release)}
    assert first.isdisjoint(second)
