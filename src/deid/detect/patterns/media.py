"""Embedded payloads: data URIs, long base64 and long hexadecimal."""

import re

from deid.detect.patterns.parts import LEFT, PAYLOAD_RUN, RIGHT
from deid.detect.patterns.pattern import Pattern


def _is_payload(surface: str) -> bool:
    """Refuse long runs that no encoder writes: one case only, or no digit."""
    sample = surface[:4000]
    return all(re.search(kind, sample) for kind in ("[a-z]", "[A-Z]", "[0-9+/_-]")) and len(set(sample)) > 20


def _is_hex_payload(surface: str) -> bool:
    return len(set(surface.lower())) > 8 and not surface.isdigit()


PATTERNS = (
    Pattern(
        "MEDIA",
        "media.data_uri",
        r"(?i:(?<![A-Za-z])data:[a-z0-9.+-]{0,64}(?:/[a-z0-9.+-]{1,64})?(?:;[a-z0-9=._-]{1,64}){0,8},)[A-Za-z0-9+/=_%.~-]+",
        score=1.0,
        source="RFC 2397",
    ),
    Pattern(
        "MEDIA",
        "media.base64",
        r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{200,}|[A-Za-z0-9_-]{200,})={0,2}(?![A-Za-z0-9+/_=-])",
        accept=_is_payload,
        score=1.0,
        source="RFC 4648",
        trigger=PAYLOAD_RUN,
    ),
    Pattern(
        "MEDIA",
        "media.base64_lines",
        r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{60,100}\r?\n){3,}[A-Za-z0-9+/]{0,100}={0,2}(?![A-Za-z0-9+/=])",
        accept=_is_payload,
        score=1.0,
        source="RFC 2045",
        trigger=PAYLOAD_RUN,
    ),
    Pattern(
        "MEDIA",
        "media.hex",
        rf"{LEFT}[0-9A-Fa-f]{{200,}}{RIGHT}",
        accept=_is_hex_payload,
        score=0.9,
        source="RFC 4648",
        trigger=PAYLOAD_RUN,
    ),
)
