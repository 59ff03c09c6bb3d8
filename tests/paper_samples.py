"""Small sealed releases with fixed values, so that papers about them are the same each time."""

import datetime
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.papers.notices import NoticeFacts, pair_items, render_notices
from deid.papers.source import PaperSource, read_source
from deid.release.manifest import Manifest, seal
from deid.types import Json

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
TODAY = NOW.date()
KEY = Ed25519PrivateKey.from_private_bytes(b"fixed key of the samples, 32 byt")
ITEMS = pair_items(["会話の内容", "年代"], ["content of conversations", "age band"])
STATEMENT: Json = {
    "items": [{"ja": item.ja, "en": item.en} for item in ITEMS],
    "purpose": {"ja": "統計の作成", "en": "statistics"},
    "controller": "Example K.K.",
    "contact": "privacy@example.org",
    "reassess": "2027-10-30",
}
GATES = [
    {"name": name, "threshold": limit, "value": value, "passed": True, "source": "test"}
    for name, limit, value in [
        ("k", 12, 14), ("data subjects counted", 12, 300), ("residual direct", 0, 0), ("residual code", 0, 0),
        ("residual property", 0, 0), ("residual secret", 0, 0), ("residual linking", 0, 0),
        ("data subjects left out", 0.05, 0.01), ("L2 author linkage: success", 0.2, 0.06),
    ]
]  # fmt: skip
RATE = {"value": 0.02, "low": 0.01, "high": 0.06, "people": 300}
RESULT = {"attack": "L2 author linkage: one message", "released": RATE, "control": RATE, "sound": True}
DESTRUCTION: Json = {
    "run": "0123456789abcdef",
    "run_started": "2026-10-30T09:00:00Z",
    "when": "after the gates held and before the release got its name",
    "destroyed": [{"what": "replacement key of this run", "how": "held in memory only", "commitment": "ab"}],
    "escrow": "none was opened",
    "verified": {"working folder exists": False},
    "not_covered": ["swap, core dumps and snapshots of a machine"],
}
ESCROW: Json = {"domain": "training", "run": "0123456789abcdef", "checkpoint": {"size": 4}, "batches": {}}


def manifest(mode: str, **changes: Any) -> Manifest:
    anonymous = mode == "anonymize"
    values: Json = {
        "name": "sample",
        "created": "2026-10-30T09:00:00Z",
        "tool": "0.1.0",
        "mode": mode,
        "purpose": "statistics",
        "classes": {
            "appi": "anonymously processed (declared)" if anonymous else "pseudonymously processed",
            "gdpr": "personal data: not shown anonymous" if anonymous else "personal data: pseudonymised",
        },
        "counts": {"records": 340},
        "config_sha256": "a" * 64,
        "policy": {"name": "omigo", "version": "2026-04-14", "regimes": ["GDPR", "CCPA", "APPI"]},
        "models": {},
        "escrow": None if anonymous else ESCROW,
        "kanon": {"k": 14, "subjects": 300},
        "gates": GATES,
        "statement": STATEMENT,
    }
    return Manifest(**{**values, **changes})


def make_release(folder: Path, mode: str = "anonymize", *, gate: str = "controlled", **changes: Any) -> Path:
    """Write and sign a release without data files."""
    folder.mkdir(parents=True)
    anonymous = mode == "anonymize"
    notices = render_notices(
        NoticeFacts(
            mode="anonymize" if anonymous else "pseudonymize",
            items=ITEMS,
            created="2026-10-30",
            contact="privacy@example.org",
            purpose=None if anonymous else read_purpose(),
        )
    )
    papers: dict[str, str] = {
        "README.md": "# sample\n",
        "policy.lock.yaml": "version: 1\n",
        "report/risk.json": json.dumps({"gate": gate, "checks": GATES, "assessment": {"results": [RESULT]}}),
        "report/incidents.json": json.dumps(
            {"incidents": [{"label": "CREDIT_CARD", "count": 2, "records": 2}]}
        ),
        **({"report/destruction.json": json.dumps(DESTRUCTION)} if anonymous else {}),
        **notices,
    }
    for path, text in papers.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    seal(folder, manifest(mode, **changes), KEY, ())
    return folder


def read_purpose() -> Any:
    """The purpose of the statement, in both languages."""
    return pair_items(["統計の作成"], ["statistics"])[0]


def source(folder: Path, mode: str = "anonymize", **changes: Any) -> PaperSource:
    return read_source(make_release(folder / "sample", mode, **changes))
