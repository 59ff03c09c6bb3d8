"""Scopes and key files in the pipeline: what joins what in rewritten records."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from plan_samples import RAW, config, detector, record

from deid.config import Config
from deid.errors import ConfigError
from deid.pipeline.custody.keyfile import lasting_key, read_key_file
from deid.pipeline.publishing.assurance import assurance_notes
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.rewriting.rewrite import Findings, Rewriter
from deid.transform.fpe import open_digits
from deid.transform.tokens import ReplacementKey
from deid.transform.twoway import open_value

KEY = ReplacementKey(bytes(range(32)))


class Nothing(NamedTuple):
    """A plan that publishes no quasi-identifier."""

    silenced: frozenset[str] = frozenset()

    def published(self, subject: str, column: str, value: str) -> None:
        """Return None, whatever is asked."""

    def of_other(self, kind: str, value: str) -> None:
        """Return None, whatever is asked."""

    def of_list(self, path: str, value: str) -> None:
        """Return None, whatever is asked."""


def lasting(folder: Path, domain: str = "training", **changes: object) -> Config:
    escrow = {
        "url": "sqlite:///e/e.db",
        "keys": "local:k/p",
        "domain": domain,
        "tokens": str(folder / "k" / "t"),
    }
    return config(mode="pseudonymize", escrow=escrow, **changes)


def rewritten(used: Config, record_id: str, text: str, user: str = "u1", **profile: Any) -> dict[str, Any]:
    read = record(
        {"id": record_id, "user": user, "profile": profile, "messages": [{"role": "user", "content": text}]},
        used,
    )
    found = detector().detect_conversations([(read.turns, read.known)])[0]
    rewriter = Rewriter(used, KEY, Nothing(), load_telling(used, date(2026, 11, 22)), detector())
    findings = Findings(KEY.token("record", read.id), found, [])
    return rewriter.rewrite([(read, findings)])[0].value


def user_field(scope: str) -> dict[str, Any]:
    return {
        **RAW["fields"],
        "user": {"class": "linking", "treatment": {"operator": "reissue", "scope": scope}},
    }


def test_a_user_of_scope_conversation_joins_nothing(tmp_path: Path) -> None:
    used = config(fields=user_field("conversation"))
    one, other = (rewritten(used, name, "hi")["user"] for name in ("c1", "c2"))
    assert one != other
    used = config(fields=user_field("release"))
    assert rewritten(used, "c1", "hi")["user"] == rewritten(config(), "c2", "hi")["user"]
    used = lasting(tmp_path, fields=user_field("global"))
    assert rewritten(used, "c1", "hi")["user"] == rewritten(used, "c2", "hi")["user"]


def test_domains_have_ids_of_their_own(tmp_path: Path) -> None:
    fields = user_field("global")
    training = rewritten(lasting(tmp_path, fields=fields), "c1", "hi")
    support = rewritten(lasting(tmp_path, "support", fields=fields), "c1", "hi")
    assert training["user"] != support["user"]


def test_two_way_tokens_and_moved_dates_reach_text_and_fields(tmp_path: Path) -> None:
    fields = {
        **RAW["fields"],
        "profile.name": {"class": "direct", "treatment": "encrypt", "known_value": "PERSON"},
        "messages[].time": {"class": "quasi", "treatment": {"shift": 30}},
    }
    used = lasting(
        tmp_path, fields=fields, transform={"EMAIL_ADDRESS": {"operator": "token", "scope": "global"}}
    )
    value = rewritten(used, "c1", "mail hanae@mail.example", name="Zanter Quillby")
    key = lasting_key(used)
    assert key is not None
    assert open_value(key, "PERSON", value["profile"]["name"]) == "Zanter Quillby"
    token = key.token("EMAIL_ADDRESS", "hanae@mail.example", scope="global")
    assert f"[EMAIL_ADDRESS_{token}]" in value["messages"][0]["content"]


def test_numbers_for_numbers_reach_text_and_fields(tmp_path: Path) -> None:
    phone = {"class": "direct", "treatment": "ff1", "known_value": "PHONE_NUMBER"}
    used = lasting(
        tmp_path, fields={**RAW["fields"], "profile.phone": phone}, transform={"PHONE_NUMBER": "ff1"}
    )
    value = rewritten(used, "c1", "call 090-1234-5678 now", phone="09012345678")
    key = lasting_key(used)
    assert key is not None
    written = value["profile"]["phone"]
    assert open_digits(key, "PHONE_NUMBER", written) == "09012345678"
    dashed = f"{written[:3]}-{written[3:7]}-{written[7:]}"
    assert value["messages"][0]["content"] == f"call {dashed} now"
    tagged = rewritten(used, "c2", "hi", phone="not said")["profile"]["phone"]
    assert tagged == "[PHONE_NUMBER]"


def test_a_field_whose_package_is_missing_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "ffx", missing)
    used = lasting(
        tmp_path, fields={**RAW["fields"], "profile.card": {"class": "linking", "treatment": "ff1"}}
    )
    with pytest.raises(ConfigError, match="needs the package `libffx`"):
        lasting_key(used)


def test_a_key_file_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "t"
    key = read_key_file(path, "a token key")
    assert read_key_file(path, "a token key") == key
    assert (len(key), path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077) == (32, 0, 0)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="not a token key that only you can read"):
        read_key_file(path, "a token key")
    path.write_bytes(os.urandom(31))
    path.chmod(0o600)
    with pytest.raises(ConfigError, match="not a token key"):
        read_key_file(path, "a token key")


def test_a_key_file_made_meanwhile_is_taken_and_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t"
    monkeypatch.setattr(Path, "exists", lambda _: False)
    path.write_bytes(bytes(32))
    path.chmod(0o600)
    assert read_key_file(path, "a token key") == bytes(32)
    assert [each.name for each in tmp_path.iterdir()] == ["t"]


def test_a_second_name_of_a_key_file_goes(tmp_path: Path) -> None:
    """A kill left it, and it would outlive the key's destruction."""
    path = tmp_path / "t"
    key = read_key_file(path, "a token key")
    (tmp_path / ".t.tmp-0123456789abcdef").hardlink_to(path)
    (tmp_path / ".t.tmp-of another").write_bytes(bytes(32))
    (tmp_path / "kept on purpose").hardlink_to(path)
    assert read_key_file(path, "a token key") == key
    assert {each.name for each in tmp_path.iterdir()} == {"t", ".t.tmp-of another", "kept on purpose"}


def test_a_key_file_others_can_read_is_to_be_closed_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "t"
    read_key_file(path, "a token key")
    path.chmod(0o644)
    with pytest.raises(ConfigError) as caught:
        read_key_file(path, "a token key")
    assert "chmod go=" in str(caught.value) + str(caught.value.hint)


def test_anonymize_mode_touches_no_key_file(tmp_path: Path) -> None:
    used = lasting(tmp_path).model_copy(update={"mode": "anonymize"})
    assert lasting_key(used) is None
    assert list(tmp_path.iterdir()) == []


def test_the_card_names_every_weaker_operator(tmp_path: Path) -> None:
    assert assurance_notes(config()) == ()
    assert assurance_notes(config(fields=user_field("release"))) == ()
    used = lasting(
        tmp_path,
        fields=user_field("global"),
        transform={
            "PERSON": "encrypt",
            "ACCOUNT_ID": "ff1",
            "DATE_TIME": {"shift": 9},
            "URL": {"operator": "token", "scope": "release"},
        },
    )
    sealed, numbers, wide, moved = assurance_notes(used)
    assert "(PERSON): lower assurance" in sealed
    assert "(ACCOUNT_ID): lowest assurance" in numbers
    assert "(user, URL)" in wide
    assert "(DATE_TIME)" in moved
