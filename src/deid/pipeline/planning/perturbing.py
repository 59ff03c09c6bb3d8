"""Profile columns that are changed between the passes: exchanged, noised, averaged, bounded, or left out.

Chance is drawn from the run's key, which is in no release and is destroyed with the run: who had the seed
could undo an exchange. A person has one changed value a column, in all of their records; of several they
gave, numbers count with their mean, others with the first.
"""

import hmac
from collections.abc import Mapping, Sequence
from statistics import fmean

import numpy as np

from deid.config import Config
from deid.errors import ConfigError, InputError
from deid.kanon.perturbation import add_noise, clamp, microaggregate, suppress_rare, swap
from deid.pipeline.quasi.columns import quasi_fields, split
from deid.transform.ages import range_text, widen
from deid.treatments import PERTURBING, FieldSpec, Treatment

Vectors = Mapping[str, tuple[str | None, ...]]
Changed = Mapping[str, Mapping[str, str]]
"""Column → subject token → the value they get; who is not in it gets none."""


def check_perturbed(config: Config) -> None:
    """Raise ConfigError for a field of another kind: only a person's own are known of everybody."""
    for path, spec in config.fields.items():
        if spec.effective.operator in PERTURBING and path not in quasi_fields(config):
            raise ConfigError(
                f"fields.{path}: `{spec.effective.operator}` is for quasi-identifiers of the person",
                hint="a profile's field of class quasi",
            )


def perturbed(config: Config, columns: Sequence[str], vectors: Vectors, key: bytes) -> Changed:
    """Return what becomes of the columns that the configuration has changed.

    vectors : subject token → joined value of each column; who has none keeps none.
    key     : secret of the run, from which chance is drawn.

    Raises InputError naming the column where a number is needed and a value is none, or people are too few.
    """
    changed = {}
    for path, spec in quasi_fields(config).items():
        if spec.effective.operator in PERTURBING:
            number = columns.index(path)
            cells = ((who, row[number]) for who, row in vectors.items())
            said = {who: split(cell) for who, cell in cells if cell is not None}
            changed[path] = _column(path, spec, said, key)
    return changed


def with_perturbed(
    columns: Sequence[str], vectors: Vectors, changed: Changed
) -> dict[str, tuple[str | None, ...]]:
    """Return the vectors with their changed values."""
    if not changed:
        return dict(vectors)
    return {
        who: tuple(
            changed[name].get(who) if name in changed else value
            for name, value in zip(columns, row, strict=True)
        )
        for who, row in vectors.items()
    }


def _column(path: str, spec: FieldSpec, said: Mapping[str, Sequence[str]], key: bytes) -> dict[str, str]:
    if not said:
        return {}
    treatment, random = spec.effective, _chance(key, path)
    if treatment.operator == "swap":
        found: Sequence[str | None] = swap(
            [values[0] for values in said.values()], treatment.swap or 0, random
        )
    elif treatment.operator == "rare":
        found = suppress_rare([values[0] for values in said.values()], treatment.rare or 0)
    else:
        found = _numbers(path, treatment, [_mean(path, values) for values in said.values()], random)
    return {who: value for who, value in zip(said, found, strict=True) if value is not None}


def _numbers(
    path: str, treatment: Treatment, values: Sequence[float], random: np.random.Generator
) -> list[str]:
    """Return numbers changed; whole ones stay whole, and bands and the top are of what was changed."""
    if treatment.noise is not None:
        made = add_noise(values, treatment.noise, random)
    elif treatment.clamp is not None:
        made = clamp(values, *treatment.clamp)
    elif len(values) < (treatment.microaggregate or 0):
        raise InputError(
            f"column `{path}`: {len(values)} people have a value, fewer than microaggregate asks",
            hint="bring more data, or leave the field out",
        )
    else:
        made = microaggregate(values, treatment.microaggregate or 0)
    if treatment.bands is not None:
        return [
            range_text(widen((low, low), treatment.bands, treatment.top))
            for low in np.floor(made).astype(int).tolist()
        ]
    whole = all(value.is_integer() for value in values)
    return [f"{round(value)}" if whole else f"{value:.2f}" for value in made.tolist()]


def _mean(path: str, values: Sequence[str]) -> float:
    try:
        found = fmean(map(float, values))
    except ValueError:
        found = np.nan
    if not np.isfinite(found):
        raise InputError(f"column `{path}`: a value is not a number", hint="`swap` and `rare` take any value")
    return found


def _chance(key: bytes, column: str) -> np.random.Generator:
    """Return the generator of a column: 256 bits of seed, which nobody can try out."""
    seed = hmac.digest(key, b"perturb\0" + column.encode(), "sha256")
    return np.random.Generator(np.random.PCG64(int.from_bytes(seed)))
