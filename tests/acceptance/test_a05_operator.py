"""A-05: the operator asks for a mapping and is denied, on the log; so is a custodian with too few shares."""

from pathlib import Path

import pytest
from acceptance_run import crowd, custodian, entries, files, person, released, run

from deid.cli import main


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A finished run, whose private key has gone to the custodian."""
    run(tmp_path, [*crowd(), person("u1", "mail jess@mail.example")], "pseudonymize")
    (tmp_path / "custodian").mkdir(mode=0o700)
    (tmp_path / "keys" / "escrow.key").replace(tmp_path / "custodian" / "escrow.key")
    return tmp_path


def ask(folder: Path, *options: str) -> int:
    row = released(folder)[0]
    return main(
        custodian(
            folder, "reveal run", "--release", str(folder / "out"), "--record", row["id"],
            "--purpose", "curiosity", "--requester", "operator", "-o", str(folder / "restored.json"),
            *options,
        )
    )  # fmt: skip


def test_the_operator_is_denied_and_it_is_logged(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(made) == 4
    assert "no such key file" in capsys.readouterr().err
    assert not (made / "restored.json").exists()
    kind, said = entries(made)[-1]
    assert (kind, said["purpose"], said["requester"]) == ("denial", "curiosity", "operator")


def test_one_share_of_two_opens_nothing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, word = made / "custodian" / "escrow.key", ["--passphrase-file", str(made / "passphrase")]
    (made / "passphrase").write_bytes(b"an umbrella over four small bridges")
    options = ["--threshold", "2", "--shares", "3", "-o", str(made / "shares")]
    assert main(["keys", "split", "--private-key", str(key), *word, *options]) == 0
    key.unlink()
    shares = sorted((made / "shares").iterdir())
    out = made / "custodian" / "escrow.key"
    for some in ([shares[0]], [shares[0], shares[0]]):
        assert main(["keys", "combine", *map(str, some), "-o", str(out), *word]) == 4
        assert not out.exists()
    assert main(["keys", "combine", str(shares[0]), str(shares[2]), "-o", str(out), *word]) == 0
    assert ask(made, "--private-key", str(out)) == 0
    assert capsys.readouterr().out == ""


def test_nothing_that_the_operator_has_holds_an_original(made: Path) -> None:
    for name, content in {**files(made / "vault"), **files(made / "keys"), **files(made / "out")}.items():
        assert b"jess@mail.example" not in content, name
