"""Every paper, word for word: a change to one is a change that somebody reads."""

import datetime
from pathlib import Path

import pytest

from deid.papers.every import render_papers
from deid.papers.notices import Bilingual
from deid.papers.provided import ProvisionFacts, render_provided
from deid.papers.publication import render_publication
from paper_samples import TODAY, source

GOLDEN = Path(__file__).parent / "papers"
METHOD = Bilingual("暗号化したファイルをサーバーに置く方法", "encrypted file on a server")


def made(tmp_path: Path, case: str) -> dict[str, str]:
    if case in ("anonymize", "pseudonymize"):
        return render_papers(source(tmp_path, case))
    if case == "announced":
        papers = render_publication(source(tmp_path), method=METHOD)
        return {name: text for name, text in papers.items() if name.startswith("publication")}
    facts = ProvisionFacts(
        recipient="Research Ltd",
        country="FR",
        system="https://www.ppc.go.jp/enforcement/infoprovision/laws/GDPR/",
        measures="all eight OECD principles",
        agreement="A-17",
        purposes=("statistics",),
        method=METHOD,
        on=TODAY + datetime.timedelta(days=1),
        basis="anonymously processed information, announced: APPI article 43(4)",
        publication="https://example.org/privacy, 2026-11-02",
    )
    return render_provided(source(tmp_path), facts)


@pytest.mark.parametrize("case", ["anonymize", "pseudonymize", "announced", "provided"])
def test_papers_are_word_for_word(tmp_path: Path, case: str) -> None:
    found = made(tmp_path, case)
    kept = {path.name: path.read_text("utf-8") for path in (GOLDEN / case).glob("*.md")}
    assert found.keys() == kept.keys()
    for name, text in found.items():
        assert text == kept[name], f"{case}/{name}"
