"""The models that detection loads, by digest: what a manifest says about them."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from deid.sections import DetectConfig
from deid.store import sha256_file

OURS = {
    "default": ("names-{}", "values-{}", "tells-{}"),
    "accurate": ("names-accurate", "names-{}", "values-{}", "tells-{}"),
    "fast": ("values-{}",),
}
"""Our own models by use, for each language; not every language has each."""


def model_digests(languages: Sequence[str], config: DetectConfig) -> dict[str, str]:
    """Return model file → SHA-256, 64 hex digits, of the models these languages need and that are installed.

    A manifest names the digests of all files of its model, and they are checked when the model is loaded. Of a
    user's own models, the files of those in a folder are named.
    """
    transformed = config.second_reading or not {"zh", "ko"}.isdisjoint(languages)
    uses = (config.use, "accurate") if transformed else (config.use,)
    ours = {name.format(language) for use in uses for language in languages for name in OURS[use]}
    manifests = [model_folder(name) / "manifest.json" for name in sorted(ours)]
    dictionaries = _files("sudachidict_core", "resources/system.dic") if "ja" in languages else []
    folders = [Path(model.name) for model in config.models if Path(model.name).is_dir()]
    return {
        **{
            f"{folder.name}/{path.relative_to(folder)}": sha256_file(path)
            for folder in folders
            for path in _own(folder)
        },
        **{f"sudachidict_core/{path.name}": sha256_file(path) for path in dictionaries},
        **{f"{path.parent.name}/{path.name}": sha256_file(path) for path in manifests if path.is_file()},
    }


def model_folder(name: str) -> Path:
    """Return the folder of one of our own models: in a package of its own, inside the wheel, or in the source tree."""
    spec = find_spec(f"deid_{name.replace('-', '_')}")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent
    here = Path(__file__).parents[1]
    shipped = here / "models"
    return (shipped if shipped.is_dir() else here.parents[1] / "models") / name


def _own(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _files(package: str, pattern: str) -> list[Path]:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return []
    return sorted(Path(spec.origin).parent.glob(pattern))
