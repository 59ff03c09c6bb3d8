"""Whether a configuration keeps what its policy promises: purpose, items, treatments, published list."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from deid.config import Config
from deid.errors import ConfigError, ReleaseRefused
from deid.policies import (
    ItemRule,
    PolicySpec,
    PurposeMapping,
    PurposeRule,
    TreatmentWord,
    load_mapping,
    load_policy,
    policy_file,
)
from deid.store import sha256_file
from deid.treatments import FieldSpec
from deid.types import Json

TRAINING = "model-training"

_AS_TOKEN = ("encrypt", "ff1")


def check_policy(config: Config) -> None:
    """Refuse what the policy does not allow.

    Raises ConfigError for a purpose that it does not name, or not in this mode, and for an item it does not
    know; ReleaseRefused, with every violation and its clause, for items that would be published untreated,
    or unannounced.
    """
    if config.policy is None:
        return
    policy = load_policy(config.policy)
    _check_purpose(config, policy)
    if found := list(_violations(config, policy)):
        raise ReleaseRefused(found, hint=f"`deid policy explain {config.policy}` shows every item")


def policy_document(config: Config) -> Json | None:
    """Return what the manifest says of the policy: name, version and digests (Omigo 8.1; M 11)."""
    if config.policy is None:
        return None
    policy = load_policy(config.policy)
    said: Json = {
        "name": policy.name,
        "version": policy.version,
        "regimes": list(policy.regimes),
        "sha256": sha256_file(policy_file(config.policy)),
    }
    if config.purpose_mapping is not None:
        mapped = Path(config.purpose_mapping).read_bytes()
        said["purpose_mapping"] = {
            "to": load_mapping(config.purpose_mapping).to,
            "sha256": hashlib.sha256(mapped).hexdigest(),
        }
    return said


def treatment_word(spec: FieldSpec) -> TreatmentWord:
    """Return what becomes of a field, in a policy's words."""
    if spec.cls in ("drop", "text", "keep"):
        return spec.cls
    operator = spec.effective.operator
    if operator in _AS_TOKEN:
        return "token"
    if operator == "keep":
        return "generalize" if spec.cls == "quasi" else "keep"
    return operator  # type: ignore[return-value]  # the operators left are words of a policy


def item_of(spec: FieldSpec, policy: PolicySpec) -> ItemRule | None:
    """Return the item that a field holds, or None when it names none; ConfigError for an unknown one."""
    if spec.item is None:
        return None
    if spec.item not in policy.items:
        raise ConfigError(
            f"policy `{policy.name}` knows no item `{spec.item}`",
            hint="one of: " + ", ".join(sorted(policy.items)),
        )
    return policy.items[spec.item]


def _check_purpose(config: Config, policy: PolicySpec) -> None:
    if config.purpose is None:
        raise ConfigError(
            f"policy `{policy.name}` needs a purpose", hint="one of: " + ", ".join(policy.purposes)
        )
    rule = policy.purposes.get(config.purpose) or _mapped(config, policy)
    if rule is None:
        raise ConfigError(
            f"policy `{policy.name}` does not allow purpose `{config.purpose}`", hint=policy.unnamed_purpose
        )
    if config.mode not in rule.modes:
        raise ConfigError(
            f"policy `{policy.name}` does not allow purpose `{config.purpose}` in mode {config.mode}",
            hint=f"clause {rule.clause}; use mode {' or '.join(rule.modes)}",
        )


def _mapped(config: Config, policy: PolicySpec) -> PurposeRule | None:
    """Return the rule of the purpose that a person mapped this one to; None when nobody did or may."""
    if config.purpose_mapping is None or config.purpose not in policy.mappable:
        return None
    mapping = load_mapping(config.purpose_mapping)
    if (mapping.policy, mapping.purpose) != (policy.name, config.purpose):
        raise ConfigError(
            f"{config.purpose_mapping}: maps `{_pair(mapping)}`, not `{policy.name}: {config.purpose}`"
        )
    if mapping.to not in policy.purposes:
        raise ConfigError(
            f"{config.purpose_mapping}: policy `{policy.name}` names no purpose `{mapping.to}`",
            hint="one of: " + ", ".join(policy.purposes),
        )
    return policy.purposes[mapping.to]


def _pair(mapping: PurposeMapping) -> str:
    return f"{mapping.policy}: {mapping.purpose}"


def _violations(config: Config, policy: PolicySpec) -> Iterator[str]:
    if config.kanon.k < policy.thresholds.k:
        yield f"kanon.k is {config.kanon.k}, not {policy.thresholds.k} ({policy.thresholds.source})"
    for path, spec in config.fields.items():
        item = item_of(spec, policy)
        if treatment_word(spec) in ("drop", "delete"):
            continue
        if item is not None:
            yield from _treated(path, spec, item, config)
            yield from _kept_apart(path, item, policy, config)
        yield from _announced(path, item, policy, config)


def _treated(path: str, spec: FieldSpec, item: ItemRule, config: Config) -> Iterator[str]:
    word = treatment_word(spec)
    enough = item.anonymize if config.mode == "anonymize" else item.pseudonymize
    if spec.cls != item.cls:
        yield f"fields.{path}: `{spec.item}` is of class {item.cls}, not {spec.cls} (clause {item.clause})"
    elif not item.allows(config.mode, word):
        asked = " or ".join(dict.fromkeys([*enough, "delete"]))
        yield f"fields.{path}: `{spec.item}` must have {asked}, not {word} (clause {item.clause})"


def _kept_apart(path: str, item: ItemRule, policy: PolicySpec, config: Config) -> Iterator[str]:
    rule = policy.retention.get(item.retention or "")
    if config.purpose == TRAINING and rule is not None and not rule.training:
        yield f"fields.{path}: {item.retention} data are never training data (clause {rule.clause})"


def _announced(path: str, item: ItemRule | None, policy: PolicySpec, config: Config) -> Iterator[str]:
    """Yield what is in anonymously processed information and not on the policy's list (APPI art. 43(3))."""
    if policy.published is None or config.mode != "anonymize":
        return
    clause = policy.published.clause
    if item is None:
        yield f"fields.{path}: names no item, and only listed ones are published (clause {clause})"
    elif item.listed is None:
        yield f"fields.{path}: item `{item.en}` is not in the published list (clause {clause})"
