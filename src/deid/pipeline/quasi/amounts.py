"""Classes of stated amounts of money: ``paid:JPY:30000`` → ``paid:JPY:10000-50000``, and what is over them.

A class runs from 1 to 5 or from 5 to 10 of a power of ten, a wider one over the whole power; from the top on
there is one open class, so that nobody stands out who pays enormously (Enforcement Rules of the Act on the
Protection of Personal Information, art. 34(4)).
"""

from math import inf
from typing import NamedTuple

from deid.transform.script import Language

_TOPS = {"JPY": 1_000_000, "KRW": 10_000_000}
_TOP = 10_000
_FLOORS = {"JPY": 100, "KRW": 1_000}
# A year's income and what is saved or owed are of another order than a payment.
_LARGER = 10
_SIGNS = {"JPY": "¥", "USD": "$", "GBP": "£", "EUR": "€", "KRW": "₩"}
_UNITS = {"JPY": "円", "USD": "ドル", "GBP": "ポンド", "EUR": "ユーロ", "KRW": "ウォン"}
_WORDS = ((100_000_000, "億"), (10_000, "万"))


class _Amount(NamedTuple):
    """What is paid, earned, held or owed, in which currency; ``high`` is infinite where it is open.

    What is open is written ``1000000+`` from the top on, and ``100000-inf`` for a range that goes beyond it.
    """

    what: str
    currency: str
    low: float
    high: float

    @property
    def top(self) -> int:
        """The least amount of the open class."""
        return _TOPS.get(self.currency, _TOP) * (1 if self.what == "paid" else _LARGER)

    def __str__(self) -> str:
        end = "+" if self.high == inf and self.low >= self.top else f"-{self.high:.0f}"
        return f"{self.what}:{self.currency}:{self.low:.0f}{end}"


def amount_class(value: str) -> str:
    """Return the class of an amount, or of a range of amounts; a class is its own."""
    said = _read(value)
    if said.low >= said.top:
        return str(said._replace(low=said.top, high=inf))
    low, end = _step(said, said.low)
    while end < min(said.high, said.top):
        _, end = _step(said, end)
    return str(said._replace(low=low, high=inf if end < said.high else end))


def amount_chain(value: str) -> tuple[str, ...]:
    """Return what is over a class: the powers of ten that hold it, where that is more."""
    said = _read(value)
    if said.high == inf:
        return ()
    power = 10
    while power * 10 <= said.low:
        power *= 10
    low = power if said.low >= power else 0
    high = 10 * power
    while high < said.high:
        high *= 10
    return (str(said._replace(low=low, high=high)),)


def is_enormous(value: str) -> bool:
    """Return whether an amount is of an open class and says more than that."""
    return _read(amount_class(value)).high == inf and amount_class(value) != value


def amount_words(node: str, language: Language) -> str:
    """Return what stands in a text for a class: ``1万〜5万円``, ``$100-$500``, ``100万円以上``."""
    said = _read(node)
    if language == "ja":
        unit = _UNITS[said.currency]
        if said.high == inf:
            return f"{_japanese(said.low)}{unit}以上"
        return f"{_japanese(said.low)}〜{_japanese(said.high)}{unit}"
    sign = _SIGNS[said.currency]
    return f"{sign}{said.low:,.0f}" + ("+" if said.high == inf else f"-{sign}{said.high:,.0f}")


def _read(value: str) -> _Amount:
    """Return an amount of ``detect.stated.money``; one that is «over» less than the top is that amount."""
    what, currency, number = value.split(":")
    low, _, high = number.rstrip("+").partition("-")
    said = _Amount(what, currency, float(low), float(high or low))
    return said._replace(high=inf) if number.endswith("+") and said.low >= said.top else said


def _step(said: _Amount, number: float) -> tuple[float, float]:
    """Return the class that holds an amount: its lower end, and the end it does not reach."""
    power = _FLOORS.get(said.currency, 1)
    if number < power:
        return 0, power
    while power * 10 <= number:
        power *= 10
    return (power, 5 * power) if number < 5 * power else (5 * power, 10 * power)


def _japanese(number: float) -> str:
    for unit, name in _WORDS:
        if number >= unit and number % unit == 0:
            return f"{number / unit:.0f}{name}"
    return f"{number:.0f}"
