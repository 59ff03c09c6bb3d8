"""A-03: who has the release and tries every number of a plan recovers none (more: ``tests/pipeline``)."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance_run import MODES, crowd, files, person, run, said

PHONES = [f"090-1234-{number:04d}" for number in range(5000, 5100)]
TREATMENTS = {"PHONE_NUMBER": "token", "EMAIL_ADDRESS": "token"}
_KEYS = (b"", b"deid", b"secret", bytes(32), b"small")


def digests(value: str) -> Iterator[str]:
    """Yield what is made of a value without a key, or with one that is no secret."""
    for written in (value, value.replace("-", ""), "+81" + value.replace("-", "")[1:]):
        data = written.encode()
        for name in ("md5", "sha1", "sha256", "sha512"):
            yield hashlib.new(name, data, usedforsecurity=False).hexdigest()
            yield from (hmac.digest(key, data, name).hex() for key in _KEYS)


@pytest.mark.parametrize("mode", MODES)
def test_no_number_is_found_by_trying_them_all(tmp_path: Path, mode: str) -> None:
    people = [person(f"u{n}", f"call me on {phone}") for n, phone in enumerate(PHONES[:20])]
    run(tmp_path, [*crowd(), *people], mode, transform=TREATMENTS)
    whole = b"\n".join([*files(tmp_path / "out").values(), said(tmp_path).encode()])
    found = [
        phone
        for phone in PHONES
        if phone.encode() in whole or any(digest[:16].encode() in whole for digest in digests(phone))
    ]
    assert found == []


def test_two_runs_under_one_program_have_no_token_in_common(tmp_path: Path) -> None:
    """No key is the program's own: else one run would tell the tokens of another."""
    people = [*crowd(), *(person(f"u{n}", f"call me on {phone}") for n, phone in enumerate(PHONES[:9]))]
    tokens = []
    for name in "ab":
        folder = tmp_path / name
        folder.mkdir()
        run(folder, people, "anonymize", transform=TREATMENTS)
        tokens.append(set(re.findall(r"\[PHONE_NUMBER_([a-z2-7]{20})\]", said(folder))))
    assert len(tokens[0]) == 9
    assert not tokens[0] & tokens[1]
