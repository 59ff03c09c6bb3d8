"""A-33: no provision to third parties until a publication, dated before it, announces items and method."""

import datetime
import json
from pathlib import Path

import pytest

from deid.cli import main
from deid.errors import ReleaseRefused
from deid.papers.notices import Bilingual
from deid.papers.source import PaperSource
from deid.provision.provide import Provision, provide
from deid.provision.publish import publish
from deid.provision.recipients import Recipient
from deid.provision.register import Event, Register
from paper_samples import NOW, TODAY, make_release, source

METHOD = Bilingual("暗号化したファイル", "encrypted file")
G = {"name": "gmo-air", "version": "undated", "regimes": ["APPI"]}
LAB = Recipient(name="Lab", kind="third-party", agreement="A-1", purposes=("statistics",), country="JP")
DAY = datetime.timedelta(days=1)


def register(tmp_path: Path) -> Register:
    return Register.open(tmp_path / "register.jsonl")


def give(tmp_path: Path, found: PaperSource, on: datetime.date, method: Bilingual = METHOD) -> Event:
    asked = Provision(recipient="lab", on=on, method=method)
    return provide(
        found, tmp_path / "bundle", asked, recipients={"lab": LAB}, register=register(tmp_path), now=NOW
    )


def announce(
    tmp_path: Path, found: PaperSource, on: datetime.date, method: Bilingual | None = METHOD
) -> None:
    publish(found, register(tmp_path), on=on, where="https://example.org/privacy", method=method, now=NOW)


def test_refused_without_a_publication(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="no earlier publication announces") as caught:
        give(tmp_path, source(tmp_path, policy=G), TODAY)
    assert "43(4)" in caught.value.violations[0]
    assert not (tmp_path / "bundle").exists()
    assert register(tmp_path).events == ()


@pytest.mark.parametrize("later", [0, 1])
def test_refused_when_it_is_dated_on_the_day_or_after(tmp_path: Path, later: int) -> None:
    found = source(tmp_path, policy=G)
    announce(tmp_path, found, TODAY + later * DAY)
    with pytest.raises(ReleaseRefused, match="no earlier publication"):
        give(tmp_path, found, TODAY)


def test_refused_when_it_announces_no_provision_or_another_way(tmp_path: Path) -> None:
    found = source(tmp_path, policy=G)
    announce(tmp_path, found, TODAY, None)
    announce(tmp_path, found, TODAY, Bilingual("媒体", "a disk"))
    announce(tmp_path, found, TODAY, Bilingual(METHOD.ja, "a disk"))
    announce(tmp_path, found, TODAY, Bilingual("媒体", METHOD.en))
    with pytest.raises(ReleaseRefused, match="no earlier publication"):
        give(tmp_path, found, TODAY + DAY)


def test_refused_when_another_release_was_announced(tmp_path: Path) -> None:
    announce(tmp_path, source(tmp_path / "other", policy=G, name="other"), TODAY)
    with pytest.raises(ReleaseRefused, match="no earlier publication"):
        give(tmp_path, source(tmp_path, policy=G), TODAY + DAY)


def test_allowed_after_it_with_notice_and_record(tmp_path: Path) -> None:
    found = source(tmp_path, policy=G)
    announce(tmp_path, found, TODAY)
    event = give(tmp_path, found, TODAY + DAY)
    papers = {path.name: path.read_text("utf-8") for path in (tmp_path / "bundle" / "papers").iterdir()}
    assert "本データは匿名加工情報です。" in papers["recipient.ja.md"]
    assert "Provided to: Lab (JP)" in papers["record.en.md"]
    assert event.facts["publication"] == "https://example.org/privacy, 2026-11-02"
    assert event.facts["items"] == ["content of conversations", "age band"]
    assert event.facts["persons"] == "100 to 999"
    assert main(["release", "verify", str(tmp_path / "bundle")]) == 0


def test_third_parties_need_their_gate(tmp_path: Path) -> None:
    found = source(tmp_path, policy=G, gate="internal")
    announce(tmp_path, found, TODAY)
    with pytest.raises(ReleaseRefused, match="it passed gate `internal`; third parties need controlled"):
        give(tmp_path, found, TODAY + DAY)


def test_days_that_have_passed_are_refused(tmp_path: Path) -> None:
    found = source(tmp_path, policy=G)
    with pytest.raises(ReleaseRefused, match=r"2026-11-01 has passed: a publication .* 43\(3\)"):
        announce(tmp_path, found, TODAY - DAY)
    with pytest.raises(ReleaseRefused, match=r"2026-11-01 has passed: a provision .* article 29"):
        give(tmp_path, found, TODAY - DAY)


def test_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("providing", "registered"):  # the sample's assessment is due again in time
        monkeypatch.setattr(f"deid.cli.{module}.now", lambda: NOW)
    release = make_release(tmp_path / "sample", policy=G)
    (tmp_path / "recipients.yaml").write_text(
        "recipients:\n"
        "  lab: {name: Lab, kind: third-party, agreement: A-1, purposes: [statistics], country: JP}\n"
    )
    common = ["--register", str(tmp_path / "r.jsonl"), "--method-ja", "媒体", "--method-en", "a disk"]
    given = ["release", "provide", str(release), *common, "--recipients", str(tmp_path / "recipients.yaml"),
             "--recipient", "lab", "-o", str(tmp_path / "bundle"), "--on", str(TODAY + DAY)]  # fmt: skip
    assert main(given) == 3
    assert "no earlier publication announces" in capsys.readouterr().err
    where = ["--where", "https://example.org", "-o", str(tmp_path / "s")]
    assert main(["release", "publish", str(release), *common, *where]) == 0
    assert "提供の方法：媒体" in (tmp_path / "s" / "publication.ja.md").read_text("utf-8")
    assert main(given) == 0
    capsys.readouterr()
    assert (
        main(["release", "records", "--register", str(tmp_path / "r.jsonl"), "--release", str(release)]) == 0
    )
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["publication", "provision"]
