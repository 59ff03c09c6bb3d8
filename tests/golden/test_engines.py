"""All engines find the same in every golden line, as written and among other words."""

from pathlib import Path

import pytest

from deid.detect.scan import Scanner, engines

FILES = sorted((Path(__file__).parent / "patterns").glob("*.txt"))
NATIVE, PURE = [Scanner(engine) for engine in engines() if engine != "re"], Scanner("re")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_engines_agree(file: Path) -> None:
    lines = [
        line[2:].partition(" ⇒ ")[0]
        for line in file.read_text("utf-8").splitlines()
        if line[:2] in {"+ ", "- "}
    ]
    texts = [variant for line in lines for variant in (line, f"7、{line.upper()}。", f"(a1){line} x")]
    expected = PURE.detect(texts)
    for scanner in NATIVE:
        assert scanner.detect(texts) == expected
