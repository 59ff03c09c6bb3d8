"""The catalogue of written forms: one family a module, every form a constant."""

from deid.detect.patterns import (
    address_en,
    address_ja,
    address_world,
    asia_pacific,
    bank,
    coordinate,
    crypto,
    cued_ids,
    devices,
    email,
    europe,
    handle,
    handle_forms,
    japan,
    life,
    media,
    network,
    north_america,
    passwords,
    payment,
    phone,
    postal,
    secrets,
    spelled,
)
from deid.detect.patterns.pattern import Pattern

ALL: tuple[Pattern, ...] = (
    *email.PATTERNS,
    *phone.PATTERNS,
    *spelled.PATTERNS,
    *handle.PATTERNS,
    *handle_forms.PATTERNS,
    *network.PATTERNS,
    *payment.PATTERNS,
    *bank.PATTERNS,
    *crypto.PATTERNS,
    *japan.PATTERNS,
    *postal.PATTERNS,
    *coordinate.PATTERNS,
    *address_ja.PATTERNS,
    *address_en.PATTERNS,
    *address_world.PATTERNS,
    *north_america.PATTERNS,
    *europe.PATTERNS,
    *asia_pacific.PATTERNS,
    *cued_ids.PATTERNS,
    *passwords.PATTERNS,
    *secrets.PATTERNS,
    *devices.PATTERNS,
    *life.PATTERNS,
    *media.PATTERNS,
)
"""Every pattern; the order does not matter."""

__all__ = ["ALL", "Pattern"]
