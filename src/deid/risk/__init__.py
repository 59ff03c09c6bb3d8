"""Attacks on a release: what a motivated reader would learn from it, as rates with intervals."""

from deid.risk.assess import ATTACKS, Assessment, assess
from deid.risk.attack import AttackResult
from deid.risk.rates import Rate

__all__ = ["ATTACKS", "Assessment", "AttackResult", "Rate", "assess"]
