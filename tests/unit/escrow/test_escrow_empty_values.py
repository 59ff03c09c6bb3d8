"""What a shell's unset variable, or a slip of the finger, does to the verbs that destroy and ask."""

import pytest
from escrow_custody import PEOPLE
from escrow_site import Site, rows

from deid.cli import approvals
from deid.cli.main import main
from deid.errors import InputError
from deid.escrow import verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.mark.parametrize("which", ["--subject", "--run", "--before"])
def test_an_empty_value_destroys_nothing(
    sqlite_site: Site, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    """An empty run is the run of every epoch, and an empty person's certificate names no key."""
    site = sqlite_site
    site.put("a", rows(3, "a"))
    place = ["--escrow", site.url, "--keys", site.keys]
    assert main(["shred", *place, which, "", "--why", "kept a year"]) == InputError.exit_code
    captured = capsys.readouterr()
    assert (captured.out, "nothing was destroyed" in captured.err) == ("", True)
    assert verify(site.url, site.keys).n_records == 3


@pytest.mark.parametrize("days", [3_000_000, 10**12])
def test_days_that_no_calendar_has_are_an_error_of_the_input(
    sqlite_site: Site,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    days: int,
) -> None:
    monkeypatch.setattr(approvals, "_approver", lambda _: PEOPLE["office"])
    place = ["--escrow", sqlite_site.url, "--keys", sqlite_site.keys, "--key", "office.key"]
    asked = ["--subject", "u1", "--maximum", "1", "--purpose", "p", "--ticket", "t", "--days", str(days)]
    assert main(["reveal", "request", *place, *asked]) == InputError.exit_code
    assert "no calendar goes that far" in capsys.readouterr().err
