"""What detection keeps between runs is the same whatever it read (``deid.detect.matching.compiled``)."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

READ = """
import sys
from pathlib import Path
from deid.detect.matching import compiled
compiled._BESIDE = Path(sys.argv.pop(1))
from deid.detect.detector import DefaultDetector
from deid.types import Turn

name, number, mail = sys.argv[1:]
known = {"PERSON": name, "PHONE_NUMBER": number, "EMAIL_ADDRESS": mail}
lines = [
    f"I am {name}, call {number} or write to {mail}",
    f"僕は{name}です。電話は{number}、メールは{mail}",
    f"the wifi password is {mail}!",
]
detector = DefaultDetector.default(use="fast")
found = detector.detect(lines)
found += detector.detect_conversation([Turn(str(at), line, at % 2) for at, line in enumerate(lines)], known)
assert all(found)
"""


def entries(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def read(folder: Path, *values: str) -> dict[str, str]:
    subprocess.run([sys.executable, "-c", READ, str(folder), *values], check=True)
    return entries(folder)


def test_nothing_of_a_text_or_of_a_known_value_is_kept(tmp_path: Path) -> None:
    first = read(tmp_path, "小田切ひなた", "+1 415 555 0132", "odalys.q@example.org")
    assert first
    assert read(tmp_path, "Odalys Quennebec", "+44 20 7946 0958", "quennebec@example.net") == first
    assert read(tmp_path, "牧野原さくら", "090-1234-5678", "sakura@example.jp") == first
