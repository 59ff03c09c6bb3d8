"""Shamir's secret sharing, byte by byte over GF(256).

A secret byte is the value at 0 of a polynomial of degree ``threshold - 1`` whose other coefficients are
random; the share number ``x`` (1 to 255) is its value at ``x``. Any ``threshold`` shares give the secret by
Lagrange's formula; fewer say nothing about it. The field is that of AES (FIPS 197, section 4.2:
x**8 + x**4 + x**3 + x + 1), as in SLIP-0039, without its checksums: who uses this must bind the secret to a
check value, for wrong shares give a wrong secret without a word (``shares`` does).

No branch and no look-up depends on a secret: products are eight masked shifts, so what time they take says
nothing. Python itself promises no more than that. Source: Shamir, CACM 22(11) (1979) 612-613.
"""

import os
from collections.abc import Mapping, Sequence

MOST_SHARES = 16


def split(secret: bytes, *, threshold: int, n_shares: int) -> dict[int, bytes]:
    """Return shares by number, from 1; any ``threshold`` of them give the secret back.

    2 <= threshold <= n_shares <= 16; ValueError otherwise.
    """
    if not 2 <= threshold <= n_shares <= MOST_SHARES:
        raise ValueError("threshold and number of shares out of range")
    coefficients = [secret, *(os.urandom(len(secret)) for _ in range(threshold - 1))]
    return {x: _value_at(x, coefficients) for x in range(1, n_shares + 1)}


def join(shares: Mapping[int, bytes]) -> bytes:
    """Return the value at 0 of the polynomial through the shares given.

    It is the secret if these are at least ``threshold`` shares of one splitting, and noise otherwise.
    """
    secret = bytes(len(next(iter(shares.values()))))
    for x, share in shares.items():
        weight = 1
        for other in shares:
            if other != x:
                weight = multiply(weight, multiply(other, inverse(other ^ x)))
        secret = bytes(a ^ multiply(weight, b) for a, b in zip(secret, share, strict=True))
    return secret


def multiply(a: int, b: int) -> int:
    """Return the product of two field elements."""
    product = 0
    for _ in range(8):
        product ^= -(b & 1) & a
        a = (a << 1) ^ (-(a >> 7) & 0x11B)
        b >>= 1
    return product


def inverse(a: int) -> int:
    """Return the element whose product with ``a`` is 1, as a**254; of 0 it is 0."""
    result, power = 1, a
    for _ in range(7):
        power = multiply(power, power)
        result = multiply(result, power)
    return result


def _value_at(x: int, coefficients: Sequence[bytes]) -> bytes:
    """Return the polynomials' values at ``x``, by Horner's rule."""
    value = bytes(len(coefficients[0]))
    for coefficient in reversed(coefficients):
        value = bytes(multiply(x, a) ^ b for a, b in zip(value, coefficient, strict=True))
    return value
