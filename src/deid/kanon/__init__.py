"""k-anonymity counted in people: measure a table, generalize it to a class size, certify the result."""

from deid.kanon.disclosure import SensitiveMeasures
from deid.kanon.enforcement import Plan, enforce
from deid.kanon.hierarchies import Hierarchy, find_hierarchies, load_hierarchies
from deid.kanon.levels import LevelPlan, plan_levels
from deid.kanon.making import learn_hierarchies
from deid.kanon.measurement import Measures, check
from deid.kanon.releases import ReleasesMeasures, check_releases
from deid.kanon.sequences import (
    SequenceMeasures,
    SequencePlan,
    check_sequences,
    enforce_sequences,
)
from deid.kanon.sets import SetPlan, check_sets, enforce_sets
from deid.kanon.streaming import check_batches

__all__ = [
    "Hierarchy",
    "LevelPlan",
    "Measures",
    "Plan",
    "ReleasesMeasures",
    "SensitiveMeasures",
    "SequenceMeasures",
    "SequencePlan",
    "SetPlan",
    "check",
    "check_batches",
    "check_releases",
    "check_sequences",
    "check_sets",
    "enforce",
    "enforce_sequences",
    "enforce_sets",
    "find_hierarchies",
    "learn_hierarchies",
    "load_hierarchies",
    "plan_levels",
]
