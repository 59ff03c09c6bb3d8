"""Requirements 4.3: values exchanged and noised in a run, by chance that nobody can draw again."""

import base64
import hmac
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from acceptance_run import CONFIG, MODES, files, person, released, run

from deid.kanon.perturbation import swap

AREAS = [f"area-{n % 6}" for n in range(60)]


def fields(treatment: dict[str, Any]) -> dict[str, Any]:
    return {**CONFIG["fields"], "profile.area": {"class": "quasi", "treatment": treatment}}


def people() -> list[dict[str, Any]]:
    return [person(f"u{n}", f"this is person {n:02d}", area=area) for n, area in enumerate(AREAS)]


def areas(folder: Path) -> list[str]:
    """Return the released areas in the order of the people, whom their text names."""
    rows = sorted(released(folder), key=lambda row: str(row["messages"][0]["content"]))
    return [row["profile"]["area"] for row in rows]


@pytest.mark.parametrize("mode", MODES)
def test_two_runs_differ_and_nothing_that_is_left_gives_the_seed(
    tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[bytes] = []
    keyed = hmac.digest

    def watched(key: bytes, message: bytes, name: str) -> bytes:
        made = keyed(key, message, name)
        if message.startswith(b"perturb"):
            drawn.extend([key, made])
        return made

    monkeypatch.setattr(hmac, "digest", watched)
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run(tmp_path / name, people(), mode, fields=fields({"swap": 1.0}))
        found.append(areas(tmp_path / name))
    assert found[0] != found[1]
    assert Counter(found[0]) == Counter(found[1]) == Counter(AREAS)
    assert len(set(drawn)) == 4
    left = b"\0".join(files(tmp_path).values())
    for secret in drawn:
        number = int.from_bytes(secret)
        for form in (secret, secret.hex().encode(), base64.b64encode(secret), str(number).encode()):
            assert form not in left
    # Who tries the seeds that people use finds none that gives what was released.
    assert not any(swap(AREAS, 1.0, np.random.default_rng(seed)) in found for seed in range(2_000))


def test_noise_comes_before_the_bands_that_k_counts(tmp_path: Path) -> None:
    crowd = [person(f"u{n}", f"this is person {n:02d}", area=30) for n in range(60)]
    run(tmp_path, crowd, "anonymize", fields=fields({"noise": 10.0, "bands": 10}))
    found = Counter(areas(tmp_path))
    assert found != Counter({"30-39": 60})
    assert min(found.values()) >= CONFIG["kanon"]["k"]
