"""A-35: a recipient abroad without country, system or measures is refused, and the missing field is named."""

from pathlib import Path

import pytest

from deid.errors import ReleaseRefused
from deid.papers.notices import Bilingual
from deid.provision.provide import Provision, provide
from deid.provision.recipients import Recipient, load_recipients
from deid.provision.register import Register
from paper_samples import NOW, TODAY, source

FRANCE = Recipient(
    name="Brevo", kind="processor", agreement="A-1", purposes=("statistics",), country="FR",
    system="https://www.ppc.go.jp/enforcement/infoprovision/laws/GDPR/", measures="eight OECD principles",
    transfer="adequacy",
)  # fmt: skip


def give(tmp_path: Path, recipient: Recipient, asked: str = "r") -> None:
    provide(
        source(tmp_path, "pseudonymize"),
        tmp_path / "bundle",
        Provision(recipient=asked, on=TODAY, method=Bilingual("サーバー", "server")),
        recipients={"r": recipient},
        register=Register.open(tmp_path / "register.jsonl"),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("name", "source_"),
    [("country", "O-22"), ("system", "28(2)"), ("measures", "28(2)"), ("transfer", "Omigo 4.1")],
)
def test_the_missing_field_is_named(tmp_path: Path, name: str, source_: str) -> None:
    with pytest.raises(ReleaseRefused) as caught:
        give(tmp_path, FRANCE.model_copy(update={name: ""}))
    (found,) = caught.value.violations
    assert found.startswith(f"recipient: {name} (")
    assert source_ in found


def test_everything_missing_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused) as caught:
        give(tmp_path, Recipient(name="R", kind="processor", country="US"))
    assert [text.split()[1] for text in caught.value.violations] == [
        "agreement", "purposes", "system", "measures", "transfer",
    ]  # fmt: skip


def test_whole_it_is_provided_with_the_information_on_the_country(tmp_path: Path) -> None:
    give(tmp_path, FRANCE)
    text = (tmp_path / "bundle" / "papers" / "transfer.en.md").read_text("utf-8")
    assert "Name of the foreign country: FR" in text
    assert "laws/GDPR/" in text
    assert "eight OECD principles" in text


def test_at_home_nothing_of_a_country_is_told(tmp_path: Path) -> None:
    give(tmp_path, FRANCE.model_copy(update={"country": "JP", "system": "", "measures": "", "transfer": ""}))
    assert not (tmp_path / "bundle" / "papers" / "transfer.en.md").exists()


def test_somebody_who_is_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "recipients.yaml"
    path.write_text("recipients: {r: {name: R, kind: processor}}\n")
    assert load_recipients(path)["r"].kind == "processor"
    with pytest.raises(
        ReleaseRefused, match=r"recipient `stranger` is not in the file of recipients \(O-22\)"
    ):
        give(tmp_path, FRANCE, "stranger")
