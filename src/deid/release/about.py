"""What a release says about itself beyond its manifest: words for its card and its papers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Facts that no stage measures.

    description : one sentence on what the data are.
    contact     : where a person writes to.
    languages   : ISO 639-1 codes.
    issuer      : organisation that releases; empty when not stated.
    license     : terms of use, in words or an address; empty when not stated.
    detectors   : what looked for personal information, with versions.
    misses      : known misses, one sentence each.
    """

    description: str
    contact: str
    languages: tuple[str, ...]
    issuer: str = ""
    license: str = ""
    detectors: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
