"""Documents of a run over invented people."""

from typing import Any

from deid.report.html import ReportDocuments


def documents(**changes: dict[str, Any]) -> ReportDocuments:
    values: dict[str, dict[str, Any]] = {
        "manifest": {
            "name": "chat-ja",
            "mode": "anonymize",
            "class": {"appi": "anonymously processed information", "gdpr": "not shown anonymous"},
            "purpose": "model-training",
            "created": "2026-01-31T09:00:00Z",
            "tool": "0.1.0",
            "policy": {"name": "omigo"},
            "files": [
                {"path": "data/train-00000-of-00001.parquet", "rows": 90, "bytes": 8123, "sha256": "9" * 64}
            ],
        },
        "detection": {
            "records": 100,
            "messages": 1234,
            "characters": 50000,
            "spans": {"EMAIL_ADDRESS": 12, "PERSON": 340, "AGE": 21},
            "classes": {"direct": 352, "quasi": 21},
            "sources": {"scan": 12, "names": 361},
            "languages": {"ja": 80, "en": 20},
            "quarantined": {"invalid JSON": 2, "text too long": 1},
            "escaped_tags": 7,
            "residual": {"LOCATION": 4, "EMAIL_ADDRESS": 0},
        },
        "kanon": {
            "k_required": 5,
            "k": 5,
            "subjects": 60,
            "columns": ["profile.age", "text:LOCATION"],
            "method": "local",
            "suppressed": 3,
            "dropped": 1,
            "ncp": 0.1832,
            "before": {"k": 1, "uniques": 15, "classes": 30, "histogram": [[1, 15], [2, 15], [10, 30]]},
            "after": {"k": 5, "uniques": 0, "classes": 8, "histogram": [[5, 20], [20, 40]]},
            "measures": {"l_distinct": {"profile.plan": 3}, "prosecutor_mean": 0.1},
        },
        "risk": {
            "gate": "internal",
            "checks": [
                {"name": "k", "threshold": 5, "value": 5, "passed": True, "source": "D-7", "bound": "min"},
                {
                    "name": "residual direct",
                    "threshold": 0,
                    "value": 0,
                    "passed": True,
                    "source": "Rule 31",
                    "bound": "max",
                },
            ],
        },
        "incidents": {
            "incidents": [
                {"label": "CREDIT_CARD", "count": 9, "records": 6, "meaning": "tell the card scheme"}
            ]
        },
    }
    return ReportDocuments(**{**values, **changes})
