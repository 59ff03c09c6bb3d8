"""Embedded payloads: data URIs, files by their first bytes, long base64 and long hexadecimal."""

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
    Pattern(
        "MEDIA",
        "media.data_uri_markup",
        r"(?i:(?<![A-Za-z])data:(?:image/svg\+xml|text/(?:html|xml)|application/xml)(?:;[a-z0-9=._-]{1,64}){0,4},)[^\n]{0,4000}?</[A-Za-z]{1,16}>",
        score=1.0,
        source="RFC 2397",
    ),
    Pattern(
        "MEDIA",
        "media.signature",
        r"(?<![A-Za-z0-9+/_-])(?:iVBORw0KGgo|/9j/[24]|R0lGOD(?:lh|dh)|JVBERi0|UEsDB|SUQz[AB]|T2dnUwAC|UklGR|Qk[0-3]|PD94bWw|PHN2Zy|H4sIA|0M8R4KGxGuE|TVqQAA|AAAA[A-Z]GZ0eX|GkXfo)[A-Za-z0-9+/_-]{20,}={0,2}",
        accept=_is_payload,
        score=1.0,
        source="first bytes of PNG, JPEG, GIF, PDF, ZIP, MP3, OGG, RIFF, BMP, XML, SVG, GZIP, OLE, EXE, MP4, WebM in RFC 4648",
        trigger="iVBORw0KGgo|/9j/|R0lGOD|JVBERi0|UEsDB|SUQz|T2dnUwAC|UklGR|Qk[0-3]|PD94bWw|PHN2Zy|H4sIA|0M8R4KGxGuE|TVqQAA|AAAA[A-Z]GZ0eX|GkXfo",
    ),
    Pattern(
        "MEDIA",
        "media.hex_signature",
        r"(?<![0-9A-Za-z])(?i:ffd8ff|89504e470d0a1a0a|47494638|25504446|504b0304)[0-9A-Fa-f]{24,}(?![0-9A-Za-z])",
        score=1.0,
        source="first bytes of JPEG, PNG, GIF, PDF, ZIP",
        trigger="(?i:ffd8ff|89504e47|47494638|25504446|504b0304)",
        digits=1,
    ),
    Pattern(
        "MEDIA",
        "media.uuencode",
        r"(?<![^\n])begin [0-7]{3,4} [^\n]{1,120}\n[!-`\n ]{2,20000}?\n ?end(?![a-z])",
        score=1.0,
        source="POSIX uuencode",
        digits=3,
    ),
)
