"""Conversations through a session: what the text scenarios need, without a whole run."""

from pathlib import Path
from typing import Any

import pyarrow as pa
from acceptance_run import CONFIG, NOW, make_escrow

import deid
from deid.config import Config

TEXT: dict[str, Any] = {
    "version": 1,
    "input": {"record_id": "id", "subject_id": "user", "languages": ["en", "ja"]},
    "fields": {
        "id": CONFIG["fields"]["id"],
        "user": CONFIG["fields"]["user"],
        "profile.name": {"class": "direct", "treatment": "delete", "known_value": "PERSON"},
        "messages[].role": {"class": "keep"},
        "messages[].content": {"class": "text"},
    },
    "detect": {"use": "fast"},
}


def talk(
    folder: Path, mode: str, *said: str, name: str | None = None, echo: tuple[str, ...] = ()
) -> list[str]:
    """Return what becomes of a conversation: what a user said, then what the assistant echoed.

    name : the user's name, as the profile has it.
    """
    turns = [*({"role": "user", "content": text} for text in said)]
    turns += [{"role": "assistant", "content": text} for text in echo]
    table = pa.Table.from_pylist(
        [{"id": "c", "user": "u", "profile": {"name": name or ""}, "messages": turns}]
    )
    escrow = {"escrow": make_escrow(folder)} if mode == "pseudonymize" else {}
    config = Config.model_validate({**TEXT, "mode": mode, **escrow})
    with deid.Pipeline(config).open(now=NOW) as session:
        (row,) = session.transform_batch(table).to_pylist()
    return [turn["content"] for turn in row["messages"]]
