"""The data card: ``README.md``, with front matter from which ``datasets.load_dataset`` finds the files."""

from collections.abc import Mapping, Sequence

import yaml

from deid.release.about import About
from deid.release.manifest import Manifest
from deid.release.writer import DataFile

MODES = {
    "anonymize": "identifiers are removed or replaced, and nothing is kept that restores them",
    "pseudonymize": "the escrow, kept elsewhere, can restore identifiers; still personal data",
}

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
)
_LARGEST = "100M<n<1B"

_FORBIDDEN = (
    "Identifying a person, or trying to, in any way.",
    "Collating this data set with other information in order to identify a person.",
    "Obtaining the deleted descriptions, identification codes or details of the processing method.",
    "Contacting anyone, or deciding anything about a particular person, on the ground of these data.",
)

_NOTICE_EN = {
    "anonymize": "This data set is anonymously processed information. Re-identification is prohibited; see "
    "`notices/recipient.en.md`.",
    "pseudonymize": "This data set is pseudonymously processed information. It is not for third parties and "
    "re-identification is prohibited; see `notices/recipient.en.md`.",
}
_NOTICE_JA = {
    "anonymize": "本データは匿名加工情報です。本人を識別する行為は禁止されています。"
    "`notices/recipient.ja.md` をご覧ください。",
    "pseudonymize": "本データは仮名加工情報です。第三者への提供及び本人を識別する行為は禁止されています。"
    "`notices/recipient.ja.md` をご覧ください。",
}


def render_card(manifest: Manifest, data_files: Sequence[DataFile], about: About) -> str:
    """Return the whole ``README.md``; splits without a record are left out of the front matter."""
    rows = rows_by_split(data_files)
    parts = (
        _front_matter(manifest, data_files, about),
        f"# {_flat(manifest.name)}",
        _flat(about.description),
        f"> {_NOTICE_EN[manifest.mode]}\n>\n> {_NOTICE_JA[manifest.mode]}",
        _section("What it is", _facts(manifest, about)),
        _section("How it was made", _made(manifest, about)),
        _section("Counts", _counts(manifest.counts, rows)),
        _section("k-anonymity and gates", _gates(manifest)),
        _section("Known misses", _bullets(about.misses or ("None is documented for these detectors.",))),
        _section("Forbidden uses", _bullets(_FORBIDDEN)),
        _section("Contact", _flat(about.contact)),
        _section("Integrity", _INTEGRITY),
    )
    return "\n\n".join(parts) + "\n"


_INTEGRITY = (
    "`manifest.json` lists every file with its SHA-256 and is signed (`manifest.sig`, Ed25519). "
    "`deid release verify .` checks both; `sha256sum -c SHA256SUMS` checks the digests alone."
)


def rows_by_split(data_files: Sequence[DataFile]) -> dict[str, int]:
    """Return split to records, for the splits that have any, in the order of the files."""
    rows: dict[str, int] = {}
    for item in data_files:
        rows[item.split] = rows.get(item.split, 0) + item.rows
    return {split: count for split, count in rows.items() if count}


def _front_matter(manifest: Manifest, data_files: Sequence[DataFile], about: About) -> str:
    rows = rows_by_split(data_files)
    value = {
        "pretty_name": manifest.name,
        "license": "other",
        "language": list(about.languages),
        "tags": ["de-identified", f"deid-{manifest.mode}"],
        "size_categories": [_size(sum(rows.values()))],
        "configs": [{"config_name": "default", "data_files": _data_files(data_files, rows)}],
    }
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---"


def _data_files(data_files: Sequence[DataFile], rows: Mapping[str, int]) -> list[dict[str, str]]:
    suffix = {item.split: item.path.partition(".")[2] for item in data_files}
    return [{"split": split, "path": f"data/{split}-*.{suffix[split]}"} for split in rows]


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), _LARGEST)


def _facts(manifest: Manifest, about: About) -> str:
    facts = {
        "mode": f"{manifest.mode} ({MODES[manifest.mode]})",
        "class under APPI": manifest.classes["appi"],
        "class under GDPR": manifest.classes["gdpr"],
        "purpose": manifest.purpose or "not stated",
        "created": manifest.created,
        "languages": ", ".join(about.languages),
        "issuer": about.issuer or "not stated",
        "terms": about.license or "not stated",
    }
    return _table(("field", "value"), facts)


def _made(manifest: Manifest, about: About) -> str:
    policy = (manifest.policy or {}).get("name", "none named")
    lines = [
        f"deid {manifest.tool}, policy {policy}, configuration SHA-256 `{manifest.config_sha256}`.",
        *(f"Detector: {item}." for item in about.detectors),
        *(f"Model {name}: SHA-256 `{digest}`." for name, digest in manifest.models.items()),
        "Records are in the order of random ids; nothing of the source's order is left.",
    ]
    return _bullets(lines)


def _counts(counts: Mapping[str, object], rows: Mapping[str, int]) -> str:
    told: dict[str, object] = {f"records in {split}": count for split, count in rows.items()}
    for name, value in counts.items():
        if isinstance(value, Mapping):
            told |= {f"{name}: {inner}": count for inner, count in sorted(value.items())}
        else:
            told[name] = value
    return _table(("what", "count"), told)


def _gates(manifest: Manifest) -> str:
    k = (manifest.kanon or {}).get("k")
    head = "k was not computed." if k is None else f"k = {k}, counted in data subjects, not in records."
    checks = {
        f"{item['name']} ({item['source']})": f"{item['value']}, threshold {item['threshold']}: "
        + ("passed" if item["passed"] else "**failed**")
        for item in manifest.gates
    }
    return f"{head}\n\n" + _table(("check", "result"), checks)


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}"


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {_flat(line)}" for line in lines)


def _table(head: tuple[str, str], rows: Mapping[str, object]) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in rows.items()]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return _flat(str(value)).replace("|", "\\|")


def _flat(text: str) -> str:
    return " ".join(text.split())
