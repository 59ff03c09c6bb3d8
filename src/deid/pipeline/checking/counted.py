"""What a run says of k-anonymity: the classes of the people in the released records, as they were written."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa

from deid import kanon
from deid.config import Config
from deid.pipeline.planning.plan import Planned, told
from deid.pipeline.quasi.columns import joined, merged_vectors, quasi_fields, sensitive_columns
from deid.pipeline.working.receipt import ShardReceipt
from deid.types import Json


def kanon_document(config: Config, planned: Planned, receipts: Sequence[ShardReceipt]) -> Json:
    """Return ``report/kanon.json``."""
    columns = planned.plan.columns
    released = released_vectors(receipts, columns)
    after = list(released.values())
    before = [planned.vectors[subject] for subject in released]
    measures = _measure(after, columns, _secrets(config, receipts, list(released)))
    return {
        "k_required": config.kanon.k,
        "k": measures.get("k"),
        "subjects": len(released),
        "columns": list(columns),
        "method": config.kanon.method,
        "suppressed": planned.suppressed,
        "dropped": len(planned.plan.dropped),
        "ncp": round(planned.ncp, 6),
        "sensitive": measures.get("sensitive", {}),
        "declared": _declared(config, receipts),
        "before": _classes(_measure(before, columns)),
        "after": _classes(measures),
        "measures": {
            name: measures[name]
            for name in ("prosecutor_max", "prosecutor_mean", "marketer")
            if name in measures
        },
    }


def released_vectors(
    receipts: Sequence[ShardReceipt], columns: Sequence[str]
) -> dict[str, tuple[str | None, ...]]:
    """Return each released subject's vector, as read from what was written."""
    return {
        subject: tuple(joined(vector.get(column, ())) for column in columns)
        for subject, vector in merged_vectors(receipt.vectors for receipt in receipts).items()
    }


def _declared(config: Config, receipts: Sequence[ShardReceipt]) -> Json | None:
    """Return the figures of the declared fields alone, which anybody can recompute from the data files.

    None where the files do not name people, or hold no quasi-identifier that has one place in a record.
    """
    subject = config.input.subject_id
    plain = [path for path in quasi_fields(config) if "[]" not in path]
    vectors = released_vectors(receipts, plain)
    columns = told(plain, list(vectors.values()))
    if "[]" in subject or config.fields[subject].effective.operator != "reissue" or not columns:
        return None
    secrets = {
        path: cells for path, cells in _secrets(config, receipts, list(vectors)).items() if "[]" not in path
    }
    rows = list(zip(*columns.values(), strict=True))
    measures = _measure(rows, list(columns), secrets)
    figures = {name: measures[name] for name in ("subjects", "k", "classes", "uniques")}
    for name in ("l_distinct", "t_equal"):
        figures[name] = {path: found[name] for path, found in measures["sensitive"].items()}
    return {"subject": subject, "columns": list(columns), "sensitive": list(secrets), **figures}


def _secrets(
    config: Config, receipts: Sequence[ShardReceipt], subjects: Sequence[str]
) -> dict[str, list[str | None]]:
    names = sensitive_columns(config)
    vectors = released_vectors(receipts, names)
    return told(names, [vectors[subject] for subject in subjects])


def short_of_k(receipts: Sequence[ShardReceipt], columns: Sequence[str], config: Config) -> frozenset[str]:
    """Return the subjects whose class in the released data has fewer than k people, or l sensitive values.

    Leaving them out changes nobody else's class.
    """
    vectors = released_vectors(receipts, columns)
    sizes = Counter(vectors.values())
    short = {vector for vector, size in sizes.items() if size < config.kanon.k}
    names = sensitive_columns(config) if config.kanon.l is not None else []
    released = released_vectors(receipts, names)
    for values in told(names, [released[subject] for subject in vectors]).values():
        pairs = set(zip(vectors.values(), values, strict=True))
        different = Counter(vector for vector, _ in pairs)
        short |= {vector for vector, n in different.items() if n < (config.kanon.l or 0)}
    return frozenset(subject for subject, vector in vectors.items() if vector in short)


def _measure(
    rows: Sequence[tuple[str | None, ...]],
    columns: Sequence[str],
    secrets: Mapping[str, Sequence[str | None]] | None = None,
) -> Json:
    """Measure people's vectors; a column in which nobody has a value tells nobody apart."""
    used = [n for n in range(len(columns)) if any(row[n] is not None for row in rows)]
    if not rows:
        return {}
    found = {columns[n]: [row[n] for row in rows] for n in used} or {"everybody": [""] * len(rows)}
    hidden = secrets or {}
    table = pa.table({name: pa.array(values, pa.string()) for name, values in {**found, **hidden}.items()})
    return kanon.check(table, quasi_identifiers=list(found), sensitive=list(hidden)).to_json()


def _classes(measures: Json) -> Json:
    histogram = {int(size): int(count) for size, count in measures.get("histogram", {}).items()}
    return {
        "k": measures.get("k"),
        "uniques": measures.get("uniques"),
        "classes": measures.get("classes"),
        "histogram": [[size, size * count] for size, count in sorted(histogram.items())],
    }
