"""Plain values of the families ``voices`` and ``kept``: two halves of one list.

For each label there are several ways of writing; ``voices`` takes the first, third and so on,
``kept`` the others. Reserved ranges and published test vectors as in ``identifiers.py``; further ones: the
telephone numbers for drama of Ofcom and ACMA, and the address of EIP 55's second test.
"""

import string
from collections.abc import Callable, Mapping, Sequence
from random import Random

from identifiers import COMMON
from nationalids import digits, jp_landline, jp_mobile, letters
from plainvalues import card, iban, in_groups, number
from voiceforms import half_of

Build = Callable[[Random], str]
_LOWER = string.ascii_lowercase
_HEX = "0123456789abcdef"
_ALNUM = _LOWER + string.ascii_uppercase + string.digits


def plain(half: int) -> Callable[[Random, str, str], str]:
    """Return what makes the plain values of a half (0 or 1); KeyError for an unknown label."""

    def value(rng: Random, label: str, language: str) -> str:
        own = _VALUES.get(f"{label} {language}") or _VALUES.get(label)
        return rng.choice(half_of(own, half))(rng) if own else COMMON[label](rng)

    return value


def _words(*pools: Sequence[str]) -> Build:
    return lambda rng: "".join(rng.choice(pool) for pool in pools)


_AREAS = ("303", "617", "718", "808")
_STREETS = ("Larch", "Mulberry", "Old Mill", "Prospect", "St James", "Cedar Hill")


def _us(rng: Random) -> str:
    return f"{rng.choice(_AREAS)}55501{digits(rng, 2)}"


def _address_us(rng: Random) -> str:
    return (
        f"{number(rng, 4)} {rng.choice(_STREETS)} {rng.choice(('Rd', 'St.', 'Avenue', 'Ln', 'Drive', 'Ct'))}"
    )


_VALUES: Mapping[str, Sequence[Build]] = {
    "EMAIL_ADDRESS": (
        _words(
            ("t.okada", "june-lim", "sk8r_boi", "maria99"),
            ("@mail.", "@web."),
            ("example.com", "example.co.uk"),
        ),
        _words(("ops+billing", "nao_m", "d'angelo", "x_q_z"), ("@example.",), ("org", "net", "com", "jp")),
        _words(("h", "yuki1203", "first.last"), ("@sub-domain.example.", "@corp.example."), ("com", "org")),
        _words(("KATO.H", "Zed", "info2"), ("@Example.", "@lab.example."), ("Com", "net", "ac.jp")),
    ),
    "USERNAME": (
        lambda rng: _words(("sleepy", "real", "mister"), ("koala", "ramen", "wolf"))(rng) + digits(rng, 2),
        lambda rng: f"{letters(rng, 4, _LOWER)}_{letters(rng, 5, _LOWER)}",
        lambda rng: f"@{rng.choice(('mika', 'dante', 'rin'))}__{letters(rng, 3, _LOWER)}",
        lambda rng: (
            f"{rng.choice(('Nova', 'Zed', 'Yuz'))}{rng.choice(('Strike', 'Moon', 'Fox'))}#{number(rng, 4)}"
        ),
        lambda rng: f"{rng.choice(('kuro', 'shiro', 'leo'))}.{letters(rng, 4, _LOWER)}{digits(rng, 1)}",
        lambda rng: f"@{letters(rng, 6, _LOWER)}{digits(rng, 2)}",
    ),
    "PHONE_NUMBER ja": (
        lambda rng: jp_mobile(rng, lead="123456789"),
        lambda rng: jp_mobile(rng, lead="123456789").replace("-", ""),
        lambda rng: jp_landline(rng, lead="2345").replace("-", "(", 1).replace("-", ")"),
        lambda rng: f"(+81) {jp_mobile(rng, lead='123456789')[1:].replace('-', ' ')}",
        lambda rng: f"0120-{digits(rng, 3)}-{digits(rng, 3)}",
        lambda rng: f"+81{jp_mobile(rng, lead='123456789')[1:].replace('-', '')}",
        lambda rng: jp_mobile(rng, lead="123456789").replace("-", "."),
        lambda rng: jp_landline(rng, lead="2345"),
    ),
    "PHONE_NUMBER en": (
        _us,
        lambda rng: in_groups(_us(rng), (3, 3, 4), " "),
        lambda rng: "+1" + _us(rng),
        lambda rng: f"({_us(rng)[:3]}){_us(rng)[3:6]}-01{digits(rng, 2)}",
        lambda rng: f"(02) 5550 {number(rng, 4)}",
        lambda rng: f"07700900{digits(rng, 3)}",
        lambda rng: f"+44 7700 900 {digits(rng, 3)}",
        lambda rng: f"0161 496 0{digits(rng, 3)}",
        lambda rng: f"+1.{in_groups(_us(rng), (3, 3, 4), '.')} x{number(rng, 3)}",
        lambda rng: f"1 {in_groups(_us(rng), (3, 3, 4), '-')}",
    ),
    "STREET_ADDRESS ja": (
        lambda rng: f"千葉県船橋市本町{rng.randint(1, 7)}-{rng.randint(1, 30)}-{rng.randint(1, 20)}",
        lambda rng: (
            f"大阪市中央区難波{number(rng, 1)}丁目{number(rng, 1)}-{number(rng, 2)} ハイツ{number(rng, 3)}"
        ),
        lambda rng: f"〒{number(rng, 3)}-{digits(rng, 4)} 神奈川県藤沢市鵠沼{rng.randint(100, 4000)}番地",
        lambda rng: f"京都市左京区一乗寺{rng.choice(('築田町', '梅ノ木町'))}{rng.randint(1, 90)}",
        lambda rng: (
            f"長野県松本市大字里山辺{rng.randint(100, 4000)}-{rng.randint(1, 9)} サンハイツ{number(rng, 3)}号"
        ),
        lambda rng: (
            f"渋谷区神南{rng.randint(1, 2)}-{rng.randint(1, 20)}-{rng.randint(1, 20)}-{number(rng, 3)}"
        ),
    ),
    "STREET_ADDRESS en": (
        lambda rng: f"{_address_us(rng)}, Apt {number(rng, 2)}, Portland, OR 97{digits(rng, 3)}",
        lambda rng: f"{_address_us(rng)} #{number(rng, 2)} Austin TX 787{digits(rng, 2)}",
        lambda rng: (
            f"{number(rng, 2)} {rng.choice(_STREETS)} Close, Bristol BS{number(rng, 1)} {number(rng, 1)}QN"
        ),
        lambda rng: f"{_address_us(rng)}",
        lambda rng: f"PO Box {number(rng, 4)}, Helena, MT 596{digits(rng, 2)}",
        lambda rng: (
            f"{number(rng, 2)} {rng.choice(_STREETS)} Cres, Toronto, ON M{number(rng, 1)}B 2K{number(rng, 1)}"
        ),
    ),
    "POSTAL_CODE ja": (
        lambda rng: f"{number(rng, 3)}-{digits(rng, 4)}",
        lambda rng: f"{number(rng, 3)}−{digits(rng, 4)}",
        lambda rng: f"〒{number(rng, 3)}-{digits(rng, 4)}",
        lambda rng: number(rng, 7),
    ),
    "POSTAL_CODE en": (
        lambda rng: number(rng, 5),
        lambda rng: f"{number(rng, 5)}-{digits(rng, 4)}",
        lambda rng: (
            f"{rng.choice(('M', 'B'))}{rng.randint(1, 20)} {rng.randint(1, 9)}{letters(rng, 2, 'ABDEF')}"
        ),
        lambda rng: f"V{rng.randint(1, 9)}K{rng.randint(1, 9)}A{rng.randint(1, 9)}",
        lambda rng: (
            f"{rng.choice(('EC', 'NW'))}{rng.randint(1, 9)}A{rng.randint(1, 9)}{letters(rng, 2, 'ABDEF')}"
        ),
        lambda rng: f"T{rng.randint(1, 9)}X {rng.randint(1, 9)}J{rng.randint(1, 9)}",
    ),
    "URL": (
        lambda rng: (
            f"https://example.com/in/{letters(rng, 6, _LOWER)}-{letters(rng, 4, _LOWER)}-{digits(rng, 4)}"
        ),
        lambda rng: f"http://example.org/?ref={letters(rng, 8, _ALNUM)}&uid={number(rng, 5)}",
        lambda rng: f"example.net/@{letters(rng, 7, _LOWER)}",
        lambda rng: f"https://{letters(rng, 6, _LOWER)}.example.com",
        lambda rng: f"www.example.org/people/{letters(rng, 7, _LOWER)}.html",
        lambda rng: f"https://docs.example.com/d/{letters(rng, 24, _ALNUM)}/edit#gid=0",
    ),
    "PASSPORT": (
        lambda rng: f"{letters(rng, 2)}{digits(rng, 7)}",
        lambda rng: f"{letters(rng, 1)}{digits(rng, 7)}",
        lambda rng: number(rng, 9),
        lambda rng: f"{letters(rng, 1)} {digits(rng, 8)}",
    ),
    "JP_MY_NUMBER": (
        lambda rng: in_groups(COMMON["JP_MY_NUMBER"](rng), (4, 4, 4), rng.choice((" ", ""))),
        lambda rng: in_groups(COMMON["JP_MY_NUMBER"](rng), (4, 4, 4), rng.choice(("-", ""))),
    ),
    "CREDIT_CARD": (
        lambda rng: in_groups(card(rng, "4", 16), (4, 4, 4, 4), rng.choice((" ", "-", ""))),
        lambda rng: in_groups(card(rng, "51", 16), (4, 4, 4, 4), rng.choice((" ", "-", ""))),
        lambda rng: in_groups(card(rng, "37", 15), (4, 6, 5), rng.choice((" ", "-", ""))),
        lambda rng: in_groups(card(rng, "3566", 16), (4, 4, 4, 4), " "),
    ),
    "CARD_SECURITY_CODE": (lambda rng: digits(rng, 3), lambda rng: digits(rng, rng.choice((3, 4)))),
    "IBAN_CODE": (
        lambda rng: in_groups(iban("IT", f"X{digits(rng, 22)}"), [4] * 7, " ").rstrip(),
        lambda rng: iban("FR", digits(rng, 23)),
        lambda rng: iban("DK", digits(rng, 14)),
        lambda rng: in_groups(iban("GB", f"{letters(rng, 4)}{digits(rng, 14)}"), [4] * 6, " ").rstrip(),
    ),
    "CRYPTO": (
        lambda _: "0x27b1fdb04752bbc536007a920d24acb045561c26",
        lambda _: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        lambda _: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        lambda _: "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    ),
    "PASSWORD": (
        lambda rng: (
            f"{rng.choice(('Summer', 'Dragon', 'sakura'))}{rng.randint(1980, 2025)}{rng.choice('!?@')}"
        ),
        lambda rng: f"{rng.choice(('iloveyou', 'letmein', 'hunter'))}{number(rng, 2)}",
        lambda rng: letters(rng, 12, _ALNUM),
        lambda rng: (
            f"{letters(rng, 4, _LOWER)}-{letters(rng, 4, _LOWER)}-{letters(rng, 4, _ALNUM)}{digits(rng, 1)}"
        ),
        lambda rng: f"{rng.choice(('Tr0ub4dor', 'c0ffee', 'M0m1ji'))}&{number(rng, 1)}",
        lambda rng: f"{letters(rng, 6, _ALNUM)}{rng.choice('#%^*')}{letters(rng, 4, _ALNUM)}{digits(rng, 2)}",
    ),
    "SECRET_KEY": (
        lambda rng: "sk-" + f"proj-{letters(rng, 40, _ALNUM)}",
        lambda rng: "gh" + f"o_{letters(rng, 36, _ALNUM)}",
        lambda rng: "xo" + f"xp-{digits(rng, 11)}-{letters(rng, 24, _ALNUM)}",
        lambda rng: letters(rng, 32, _HEX),
        lambda rng: "AK" + f"IA{letters(rng, 16, string.ascii_uppercase + '234567')}",
        lambda rng: letters(rng, 43, _ALNUM + "_-") + "9k=",
    ),
    "ONE_TIME_CODE": (
        lambda rng: digits(rng, 6),
        lambda rng: f"{digits(rng, 3)}-{digits(rng, 3)}",
        lambda rng: digits(rng, 4),
        lambda rng: digits(rng, 5),
    ),
    "SHARE_CODE": (
        lambda rng: letters(rng, 6),
        lambda rng: letters(rng, 7, _ALNUM) + digits(rng, 1),
        lambda rng: f"{letters(rng, 4)}{digits(rng, 2)}",
        lambda rng: letters(rng, 4),
        lambda rng: f"{letters(rng, 3, _LOWER)}-{letters(rng, 4, _LOWER)}-{letters(rng, 3, _LOWER)}",
        lambda rng: digits(rng, 6),
    ),
    "DRIVER_LICENSE": (
        lambda rng: f"{letters(rng, 1)}{digits(rng, 3)}-{digits(rng, 3)}-{digits(rng, 2)}-{digits(rng, 3)}-0",
        lambda rng: number(rng, 8),
        lambda rng: f"{letters(rng, 1)}{digits(rng, 12)}",
        lambda rng: f"{letters(rng, 2)}{digits(rng, 6)}",
    ),
    "DEVICE_ID": (
        COMMON["DEVICE_ID"],
        lambda rng: in_groups(COMMON["DEVICE_ID"](rng), (2, 6, 6, 1), " "),
        lambda rng: in_groups(COMMON["DEVICE_ID"](rng), (8, 6, 1), "-"),
        lambda rng: letters(rng, 16, _HEX),
    ),
    "COOKIE_ID": (
        lambda rng: letters(rng, 26, _LOWER + string.digits),
        lambda rng: f"s%3A{letters(rng, 32, _ALNUM)}",
        lambda rng: letters(rng, 40, _HEX),
        COMMON["COOKIE_ID"],
    ),
    "ACCOUNT_ID": (
        lambda rng: number(rng, 8),
        lambda rng: f"{letters(rng, 1)}{digits(rng, 6)}",
        lambda rng: f"{letters(rng, 3)}{digits(rng, 3)}{letters(rng, 1)}{digits(rng, 2)}",
        lambda rng: f"{rng.randint(2019, 2026)}-{digits(rng, 5)}",
        lambda rng: f"{digits(rng, 4)}-{digits(rng, 4)}-{digits(rng, 4)}",
        lambda rng: f"{letters(rng, 2)}-{digits(rng, 4)}-{letters(rng, 2)}",
        lambda rng: f"{letters(rng, 2, _LOWER)}{digits(rng, 5)}",
        lambda rng: f"{number(rng, 4)} {digits(rng, 4)} {digits(rng, 4)}",
    ),
    "LICENSE_PLATE en": (
        lambda rng: f"{number(rng, 1)}{letters(rng, 3)}{digits(rng, 3)}",
        lambda rng: f"{letters(rng, 3)} {digits(rng, 4)}",
        lambda rng: f"{letters(rng, 2, 'ABCDEFGHJKL')}{rng.randint(51, 74)}{letters(rng, 3, 'ABCDEFGH')}",
        lambda rng: f"{letters(rng, 2)}-{digits(rng, 3)}-{letters(rng, 2)}",
    ),
    "LICENSE_PLATE ja": (
        lambda rng: (
            f"{rng.choice(('品川', '横浜', 'なにわ'))} {number(rng, 3)} {rng.choice('さすせ')} "
            f"{digits(rng, 2)}-{digits(rng, 2)}"
        ),
        lambda rng: f"{rng.choice(('札幌', '福岡'))}{number(rng, 3)}{rng.choice('ねのは')}・{number(rng, 3)}",
        lambda rng: (
            f"{rng.choice(('神戸', '京都'))} {number(rng, 3)} {rng.choice('まみむ')} {number(rng, 4)}"
        ),
        lambda rng: (
            f"{rng.choice(('富士山', '浜松'))}{number(rng, 3)}{rng.choice('らりる')}・・{number(rng, 2)}"
        ),
    ),
    "BANK_ACCOUNT ja": (
        lambda rng: digits(rng, 7),
        lambda rng: f"{digits(rng, 3)}-{digits(rng, 7)}",
        lambda rng: f"{digits(rng, 3)} {digits(rng, 4)}",
        lambda rng: f"{digits(rng, 4)}-{digits(rng, 3)}-{digits(rng, 7)}",
    ),
    "BANK_ACCOUNT en": (
        lambda rng: number(rng, 9),
        lambda rng: f"{number(rng, 4)}-{digits(rng, 6)}",
        lambda rng: number(rng, 11),
        lambda rng: f"{number(rng, 8)}",
    ),
    "COORDINATE": (
        lambda rng: f"{rng.uniform(26, 45):.4f},{rng.uniform(128, 145):.4f}",
        lambda rng: f"({rng.uniform(26, 45):.6f}, {rng.uniform(128, 145):.6f})",
        lambda rng: f"{rng.uniform(26, 45):.4f}N {rng.uniform(128, 145):.4f}E",
        lambda rng: f"{rng.uniform(26, 45):.5f} {rng.uniform(128, 145):.5f}",
    ),
    "MEDIA": (
        COMMON["MEDIA"],
        lambda rng: COMMON["MEDIA"](rng).replace("png", "webp").replace("iVBORw0KGgo", "UklGRiQAAABXRUJQ"),
    ),
}
