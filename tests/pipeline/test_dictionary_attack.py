"""A-03: who has the release, all of it, and this program's source, recovers nothing by trying values.

The attacker knows every value that could be there (a dictionary of telephone and My Numbers, e-mails, names)
and every constant that the release holds, and tries: digests without a key, tokens and two-way tokens under
keys that are no secret, and the whole transformation of the right source under such keys.
"""

import base64
import datetime
import hashlib
import itertools
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pipeline_inputs import CONFIG, write_inputs

from deid.config import Config
from deid.detect.checksums import my_number
from deid.escrow import init_escrow
from deid.labels import LABELS
from deid.pipeline import Pipeline
from deid.transform.canonical import canonical
from deid.transform.keys import Keys, domain_key
from deid.transform.tokens import ReplacementKey
from deid.transform.twoway import seal_value
from deid.treatments import Scope

pytestmark = pytest.mark.slow

TRANSFORM = {
    "PERSON": "surrogate",
    "PHONE_NUMBER": {"operator": "token", "scope": "global"},
    "EMAIL_ADDRESS": "encrypt",
    "JP_MY_NUMBER": {"operator": "token", "scope": "global"},
}
RUN_ONLY = {"PERSON": "surrogate", "PHONE_NUMBER": "token", "JP_MY_NUMBER": "token"}
PEOPLE = 60
NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
SCOPES: tuple[Scope, ...] = ("release", "dataset", "global")
# Wherever a digest or a token may stand: between brackets, quotes, underscores.
WORDS = ("[A-Za-z0-9+/=-]{8,}", "[A-Za-z0-9_-]{8,}", "[a-z2-7]{20,}")

# Of the files of a release: among so many digits there is, now and then, a `c0042` by chance.
DIGEST = re.compile("(?<![0-9a-f])[0-9a-f]{16,}(?![0-9a-f])")


def dictionary() -> dict[str, list[str]]:
    """The values that the small inputs are made from, and many more of their kind."""
    phones = [f"090-1234-{number:04d}" for number in range(5000, 5200)]
    emails = [f"zanter{number:03d}@mail.example" for number in range(200)]
    names = [f"Zanter Quill{letter}by" for letter in "abcdefghijklmnopqrstuvwxyz"]
    return {
        "PHONE_NUMBER": phones,
        "EMAIL_ADDRESS": emails,
        "PERSON": names,
        "JP_MY_NUMBER": my_numbers(200),
        "subject": [f"user-{number:03d}" for number in range(200)],
        "record": [f"c{number:04d}" for number in range(200)],
    }


def my_numbers(count: int) -> list[str]:
    """Return numbers of the My Number space: eleven digits, and the one check digit that is right."""
    space = (f"{eleven}{check}" for eleven in range(98765432000, 98765433000) for check in range(10))
    return list(itertools.islice(filter(my_number, space), count))


def say_my_numbers(chats: Path) -> None:
    """Let each conversation say a number of the dictionary."""
    records = [json.loads(line) for line in chats.read_text(encoding="utf-8").splitlines()]
    for record, number in zip(records, itertools.cycle(my_numbers(PEOPLE)), strict=False):
        record["messages"][0]["content"] += f" マイナンバーは{number}です。"
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    chats.write_text("\n".join(lines) + "\n", encoding="utf-8")


def spellings(label: str, value: str) -> set[str]:
    return {value, value.lower(), canonical_of(label, value)}


def unkeyed(value: str) -> Iterator[str]:
    """Yield what programs write in place of a value without a key, in every usual form."""
    data = value.encode()
    digests = [hashlib.new(name, data).digest() for name in ("md5", "sha1", "sha256", "sha512", "sha3_256")]
    digests += [hashlib.blake2b(data).digest(), zlib.crc32(data).to_bytes(4), base64.b64encode(data)]
    for digest in digests:
        yield digest.hex()
        for encode in (base64.b32encode, base64.b64encode, base64.urlsafe_b64encode):
            yield encode(digest).decode().rstrip("=")
            yield encode(digest).decode().rstrip("=").lower()


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


def guessed_keys(release: Path) -> list[bytes]:
    """Return keys that are no secret: constants, and 32 bytes of everything the release says."""
    texts = {"", "deid", "default", "training", "key", "secret", "password", "changeme"}
    for path in release.rglob("*.json"):
        texts |= set(strings(json.loads(path.read_bytes())))
    keys = {bytes(32), b"\xff" * 32, b"0" * 32, bytes(range(32))}
    for text in texts:
        keys.add(hashlib.sha256(text.encode()).digest())
        keys.add(text.encode()[:32].ljust(32, b"\0"))
        if len(text) == 64 and set(text) <= set("0123456789abcdef"):
            keys.add(bytes.fromhex(text))
    return sorted(keys)


def keyed(key: bytes, label: str, value: str) -> Iterator[str]:
    """Yield what this program writes for a value under a key, whatever the scope and domain."""
    for run in (ReplacementKey(key), domain_key(key, "training"), domain_key(key, "default")):
        keys = Keys(run, run, "small")
        for scope in SCOPES:
            yield keys.token(label, value, scope=scope, conversation="")
        yield seal_value(run, label, value)


def released(release: Path) -> str:
    rows = [row for path in (release / "data").iterdir() for row in pq.read_table(path).to_pylist()]
    papers = [
        p.read_text(encoding="utf-8") for p in release.rglob("*") if p.suffix in (".json", ".md", ".html")
    ]
    return "\n".join([json.dumps(rows, ensure_ascii=False), *papers])


def attack(release: Path, *, keys: int = 40) -> dict[str, set[str]]:
    """Return label → values recovered."""
    text = released(release)
    words = {word for pattern in WORDS for word in re.findall(pattern, text)}
    clear = DIGEST.sub(" ", text)
    guesses = guessed_keys(release)
    # Every kind of key; of thousands of strings in the papers, as many as a test has time for.
    tried = guesses[:: max(1, len(guesses) // keys)]
    found: dict[str, set[str]] = {}
    for label, values in dictionary().items():
        for value in values:
            written = {form for s in spellings(label, value) for form in unkeyed(s) if len(form) >= 8}
            plain = canonical_of(label, value)
            written.update(token for key in tried for token in keyed(key, label, plain))
            if value in clear or not words.isdisjoint(written):
                found.setdefault(label, set()).add(value)
    return found


def canonical_of(label: str, value: str) -> str:
    return canonical(label, value) if label in LABELS else value


@pytest.fixture(scope="module", params=["anonymize", "pseudonymize"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small inputs, with every operator that is made under a key."""
    folder = tmp_path_factory.mktemp(request.param)
    write_inputs(folder, people=PEOPLE)
    say_my_numbers(folder / "chats-0.jsonl")
    made = init_escrow(
        f"sqlite:///{folder / 'e' / 'e.db'}", folder / "k", passphrase=b"a long passphrase", now=NOW
    )
    escrow: dict[str, Any] = {"url": made.url, "keys": made.keys, "tokens": str(folder / "t" / "tokens.key")}
    table = TRANSFORM if request.param == "pseudonymize" else RUN_ONLY
    config = {**CONFIG, "mode": request.param, "transform": table, "escrow": {**escrow, "domain": "training"}}
    Pipeline(Config.model_validate(config)).run([folder / "chats-0.jsonl"], out=folder / "out", now=NOW)
    return folder / "out"


def test_nothing_is_recovered(release: Path) -> None:
    assert "[PHONE_NUMBER_" in released(release)
    assert "[JP_MY_NUMBER_" in released(release)
    assert attack(release) == {}


def test_a_my_number_under_a_constant_key_is_found(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "weak")
    number = my_numbers(31)[30]
    token = ReplacementKey(bytes(32)).token("JP_MY_NUMBER", canonical("JP_MY_NUMBER", number))
    (tmp_path / "weak" / "report" / "extra.json").write_text(json.dumps({"x": token}), encoding="utf-8")
    assert attack(tmp_path / "weak", keys=4) == {"JP_MY_NUMBER": {number}}


@pytest.mark.parametrize("weakness", ["plain", "sha256", "constant key"])
def test_the_attack_finds_what_is_weak(release: Path, tmp_path: Path, weakness: str) -> None:
    """The control: each way to be weak is found, in a release that is right in all else."""
    shutil.copytree(release, tmp_path / "weak")
    value = canonical("PHONE_NUMBER", "090-1234-5017")
    written = {
        "plain": "090-1234-5017",
        "sha256": hashlib.sha256(value.encode()).hexdigest(),
        "constant key": ReplacementKey(bytes(32)).token("PHONE_NUMBER", value),
    }[weakness]
    (tmp_path / "weak" / "report" / "extra.json").write_text(json.dumps({"x": written}), encoding="utf-8")
    assert attack(tmp_path / "weak", keys=4) == {"PHONE_NUMBER": {"090-1234-5017"}}
