"""A model of the user's own, asked how likely it finds texts: a Python function, or a command.

A scorer gets texts and returns a number for each, the higher the likelier: the mean log-likelihood of a
token or character is the usual one. A command reads ``{"text": …}`` a line and writes ``{"score": …}`` a
line.
"""

import importlib
import json
import math
import shlex
import subprocess
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from deid.errors import ConfigError, InputError

Scorer = Callable[[Sequence[str]], Sequence[float]]


def imported(name: str) -> Scorer:
    """Return the function ``module:function``. Raises ConfigError where there is none."""
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, ValueError, AttributeError):
        found = None
    except Exception as error:  # noqa: BLE001 - the module is not ours
        raise ConfigError(f"{name}: the module cannot be loaded: {type(error).__name__}") from None
    if not function or not callable(found):
        raise ConfigError(
            f"{name}: no such scorer",
            hint="name it as module:function; Python must find the module, say by PYTHONPATH",
        )
    scorer: Scorer = found
    return scorer


def commanded(command: str | Sequence[str]) -> Scorer:
    """Return the scorer that a command is, as a shell's line or in words. Raises ConfigError for none."""
    try:
        words = shlex.split(command) if isinstance(command, str) else command
    except ValueError:
        raise ConfigError("the scorer's command has a quotation that does not end") from None
    if not words:
        raise ConfigError("the scorer's command is empty")
    return partial(_run, tuple(words))


def scores(scorer: Scorer, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the score of each text. Raises InputError where the model fails or returns something else."""
    try:
        found = [float(score) for score in scorer(texts)]
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - the model is not ours, and its message may quote a text
        raise InputError(f"the scorer failed: {type(error).__name__}") from None
    if len(found) != len(texts) or not all(map(math.isfinite, found)):
        raise InputError(
            f"the scorer returned {len(found)} scores for {len(texts)} texts",
            hint="one finite number a text is wanted, the higher the likelier",
        )
    return np.array(found)


def _run(words: Sequence[str], texts: Sequence[str]) -> list[float]:
    asked = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    try:
        done = subprocess.run(words, input=asked, capture_output=True, text=True, check=True)  # noqa: S603 - the user's own command, no shell
    except OSError:
        raise InputError(f"{words[0]}: cannot be run") from None
    except subprocess.CalledProcessError as error:
        raise InputError(f"{words[0]}: exit code {error.returncode}") from None
    return [json.loads(line)["score"] for line in done.stdout.splitlines()]
