"""The certificate of destruction of an anonymize run: what, when, how, what it cannot say (PPC Q&A 15-14)."""

import datetime

from deid.pipeline.working.state import RunState
from deid.transform.tokens import ReplacementKey
from deid.types import Json

_SEALED = ".json"
_NOT_COVERED = (
    "memory of the processes: key and texts are gone when they end, and not before",
    "swap, core dumps and snapshots of a machine, blocks that a disk has kept, copies that somebody made",
    "the input, from which everything can be made again",
)


def destroy(state: RunState) -> Json:
    """Destroy what could restore or recompute a replacement, and return the certificate.

    ``commitment`` is a digest under the run's key alone: bytes that turn up later can be shown to be that key
    or not, and nothing follows from it without them.
    """
    commitment = ReplacementKey(state.key).digest("commitment").hex()
    # What a killed attempt left half-written goes too, uncounted: a resumed run says the same.
    names = [path.name for path in state.folder.iterdir() if not path.name.startswith(".")]
    kinds = sorted(name[name.rindex(".") :] for name in names)
    state.remove()
    copy = "its copy for resuming, sealed to the operator, overwritten and deleted"
    return {
        "run": state.run,
        "run_started": state.started.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "when": "after the gates held and before the release got its name",
        "destroyed": [
            {
                "what": "replacement key of this run",
                "how": f"held in memory only; {copy if _SEALED in kinds else 'no copy was written'}",
                "commitment": commitment,
            },
            {
                "what": "table from originals to replacements",
                "how": "never written; held per record in memory",
            },
            {"what": "working files", "how": "deleted", "count": len(kinds), "kinds": sorted(set(kinds))},
        ],
        "escrow": "none was opened",
        "verified": {"working folder exists": state.folder.exists()},
        "not_covered": list(_NOT_COVERED),
    }
