"""Plain values of the family ``unseen``: formats that ``plainvalues.py`` and ``identifiers.py`` do not write.

Reserved ranges and published test vectors as there; further ones: EIP 55, BIP 173 and BIP 350 addresses, the
United Kingdom's, France's and Germany's telephone numbers for drama (Ofcom, ARCEP, BNetzA). National
identifiers have the same check digits and other separators. No pattern is written against these.
"""

import base64
from collections.abc import Callable, Mapping
from random import Random

from identifiers import COMMON
from nationalids import digits, jp_landline, jp_mobile, letters
from plainvalues import card, iban, in_groups, number

Build = Callable[[Random], str]
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_HEX = "0123456789abcdef"
_ALNUM = _LOWER + _LOWER.upper() + "0123456789"


def plain(rng: Random, label: str, language: str) -> str:
    """Return a plain value of a label; KeyError for an unknown one."""
    own = _BY_LANGUAGE.get((label, language)) or _OWN.get(label)
    return own(rng) if own else _regrouped(rng, COMMON[label](rng))


def _regrouped(rng: Random, text: str) -> str:
    """Return an identifier with other separators, or none; check characters stay."""
    if "://" in text or not any(char.isdigit() for char in text):
        return text
    separators = {char for char in text if char in " -."}
    kept = rng.choice(("", " ", "-") if separators else ("",))
    return "".join(kept if char in separators else char for char in text)


def _any(*choices: Build) -> Build:
    return lambda rng: rng.choice(choices)(rng)


def _words(*pools: tuple[str, ...]) -> Build:
    return lambda rng: "".join(rng.choice(pool) for pool in pools)


_email = _words(
    ("Ivy.Stone", "k_okubo", "theo-b", "mina.hoshi", "r.delgado", "hiroto_s", "no.one.special"),
    ("", "1987", "+shop", ".88", "_01"),
    ("@",),
    ("post.example.net", "example.edu", "team.example.org", "kaisha.example.co.jp", "u.example.ac.jp"),
)
_username = _any(
    _words(("xX_", "The", "its."), ("Raven", "otter", "Kuma"), ("_Xx", "IRL", "99")),
    lambda rng: f"{rng.choice(('tako', 'Vex', 'neko'))}#{digits(rng, 4)}",
    _words(("u/",), ("quiet", "late", "rusty"), ("-heron", "-anvil", "-noodle"), ("07", "31", "88")),
    lambda rng: f"@{letters(rng, 3, _LOWER)}.{rng.choice(('draws', 'fit', 'desu', 'plays'))}",
)
_phone_ja = _any(
    lambda rng: jp_mobile(rng, lead="123456789").replace("-", " "),
    lambda rng: (
        f"({(home := jp_landline(rng, lead='2345'))[: home.index('-')]}) {home[home.index('-') + 1 :]}"
    ),
    lambda rng: f"+81 {jp_mobile(rng, lead='123456789')[1:].replace('-', ' ')}",
    lambda rng: f"+81 (0){jp_mobile(rng, lead='123456789')[1:]}",
    lambda rng: f"050-{number(rng, 4)}-{digits(rng, 4)}",
    lambda rng: f"0{rng.choice(('798', '463', '26'))}-{number(rng, 2)}-{digits(rng, 4)}",
    lambda rng: jp_mobile(rng, lead="123456789"),
)
_phone_en = _any(
    lambda rng: f"{rng.choice(('206', '617', '305'))}.555.01{digits(rng, 2)}",
    lambda rng: f"1-800-555-01{digits(rng, 2)}",
    lambda rng: f"+1 ({rng.choice(('206', '617', '305'))}) 555-01{digits(rng, 2)}",
    lambda rng: f"020 7946 0{digits(rng, 3)}",
    lambda rng: f"+44 (0)20 7946 0{digits(rng, 3)}",
    lambda rng: f"07700 900{digits(rng, 3)}",
    lambda rng: f"+61 491 570 1{digits(rng, 2)}",
    lambda rng: f"+33 6 39 98 {digits(rng, 2)} {digits(rng, 2)}",
    lambda rng: f"+49 30 23125 {digits(rng, 3)}",
)


def _address_ja(rng: Random) -> str:
    place = _words(
        ("兵庫県西宮市", "埼玉県越谷市", "広島県呉市", "東京都世田谷区", "沖縄県浦添市", "新潟市中央区"),
        ("花園町", "美咲が丘", "大字北野", "栄通", "西今宿"),
    )(rng)
    first, second, third = (rng.randint(1, 39) for _ in range(3))
    block = rng.choice(
        (
            f"{first}番地の{second}",
            f"{first}-{second}",
            f"{first}丁目{second}-{third}",
            f"{first}番{second}号",
        )
    )
    return place + block + rng.choice(("", " ハイム桜台B-203", "シティ川辺1104", " 寿荘2階"))


_address_en = _any(
    lambda rng: (
        f"Flat {rng.randint(1, 30)}, {rng.randint(1, 90)} Rowan Court, Leeds LS{rng.randint(1, 9)} 9JT"
    ),
    lambda rng: (
        f"{number(rng, 3)} E {rng.randint(11, 19)}th St Apt {number(rng, 1)}, Tulsa, OK 741{digits(rng, 2)}"
    ),
    lambda rng: (
        f"Unit {rng.randint(1, 9)}/{rng.randint(10, 99)} Wattle Street, Brisbane QLD 40{digits(rng, 2)}"
    ),
    lambda rng: f"{rng.randint(2, 80)} The Paddocks, Bath, BA{rng.randint(1, 2)} {rng.randint(1, 9)}AB",
    lambda rng: f"{number(rng, 4)} N Sycamore Blvd, Suite {number(rng, 3)}, Reno NV 895{digits(rng, 2)}",
)
_postal_en = _any(
    lambda rng: f"{number(rng, 5)}-{digits(rng, 4)}",
    lambda rng: f"K{digits(rng, 1)}A {digits(rng, 1)}B{digits(rng, 1)}",
    lambda rng: (
        f"{rng.choice(('SW', 'EH', 'CF'))}{rng.randint(1, 9)} {rng.randint(1, 9)}{letters(rng, 2, 'ABDEF')}"
    ),
)
_url = _any(
    lambda rng: f"http://files.example.org:8080/profile.php?id={digits(rng, 6)}",
    lambda rng: f"www.example.com/~{letters(rng, 6, _LOWER)}/",
    lambda rng: f"https://example.net/share/{letters(rng, 11, _ALNUM)}#t={digits(rng, 2)}",
    lambda rng: f"https://chat.example.org/invite/{letters(rng, 8, _ALNUM)}",
)
_passport = _any(
    lambda rng: f"{letters(rng, 1)}{digits(rng, 8)}",
    lambda rng: f"{letters(rng, 2)} {digits(rng, 7)}",
    lambda rng: number(rng, 9),
)
_card = _any(
    lambda rng: in_groups(card(rng, "52", 16), (4, 4, 4, 4), ""),
    lambda rng: in_groups(card(rng, "4", 16), (4, 4, 4, 4), rng.choice((" ", "-"))),
    lambda rng: in_groups(card(rng, "34", 15), (4, 6, 5), rng.choice(("", "-"))),
    lambda rng: in_groups(card(rng, "6011", 16), (4, 4, 4, 4), " "),
)
_bank_en = _any(
    lambda rng: f"{digits(rng, 2)}-{digits(rng, 2)}-{digits(rng, 2)} {digits(rng, 8)}",
    lambda rng: f"{number(rng, 4)} {digits(rng, 4)} {digits(rng, 4)}",
    lambda rng: number(rng, 12),
)
_bank_ja = _any(
    lambda rng: f"{digits(rng, 3)}-{digits(rng, 7)}",
    lambda rng: f"1{digits(rng, 3)}0-{digits(rng, 7)}1",
    lambda rng: f"{digits(rng, 4)}-{digits(rng, 3)}-{digits(rng, 7)}",
)


def _iban(rng: Random) -> str:
    country, bban = rng.choice(
        (
            ("AT", digits(rng, 16)),
            ("PT", digits(rng, 21)),
            ("IE", f"AIBK{digits(rng, 14)}"),
            ("PL", digits(rng, 24)),
        )
    )
    text = iban(country, bban)
    return in_groups(text, [4] * 8, rng.choice((" ", "", "-"))).rstrip(" -")


_CRYPTO = (
    "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",  # BIP 173
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",  # BIP 350
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",  # EIP 55
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",  # EIP 55
    "0x52908400098527886E0F7030069857D2E4169EE7",  # EIP 55, all upper case
    "0xde709f2102306220921060314715629080e2fb77",  # EIP 55, all lower case
)
_password = _any(
    _words(
        ("correct", "sunny", "mellow"),
        ("-horse-", "_otter_", ".kettle."),
        ("battery", "window", "plum"),
        ("7", "42", ""),
    ),
    _words(("p@ss", "Dr0p", "naruto"), ("w0rd", "Kick", "daisuki"), ("!", "99", "2019", "$$")),
    lambda rng: letters(rng, 14, _ALNUM + "!%*?"),
)
_secret = _any(
    lambda rng: "gl" + f"pat-{letters(rng, 20, _ALNUM)}",
    lambda rng: "AI" + f"za{letters(rng, 35, _ALNUM)}",
    lambda rng: "sk_" + f"live_{letters(rng, 24, _ALNUM)}",
    lambda rng: "h" + f"f_{letters(rng, 34, _ALNUM)}",
    lambda rng: "np" + f"m_{letters(rng, 36, _ALNUM)}",
    lambda rng: letters(rng, 40, _HEX),
    lambda rng: "-----BEGIN " + f"PRIVATE KEY-----\n{letters(rng, 64, _ALNUM)}\n-----END PRIVATE KEY-----",
)
_DMS = "{}°{}'{}\"N {}°{}'{}\"E"


def _dms(rng: Random) -> str:
    minute = [rng.randint(10, 59) for _ in range(4)]
    return _DMS.format(rng.randint(26, 45), *minute[:2], rng.randint(128, 145), *minute[2:])


def _media(rng: Random) -> str:
    kind, head = rng.choice((("image/jpeg", "/9j/4AAQSkZJRg"), ("audio/mpeg", "SUQzBAAAAAAA")))
    return f"data:{kind};base64,{head}{base64.b64encode(rng.randbytes(60)).decode()}"


_OWN: Mapping[str, Build] = {
    "EMAIL_ADDRESS": _email,
    "USERNAME": _username,
    "URL": _url,
    "PASSPORT": _passport,
    "CREDIT_CARD": _card,
    "CARD_SECURITY_CODE": lambda rng: digits(rng, rng.choice((3, 4))),
    "IBAN_CODE": _iban,
    "CRYPTO": lambda rng: rng.choice(_CRYPTO),
    "PASSWORD": _password,
    "SECRET_KEY": _secret,
    "ONE_TIME_CODE": _any(
        lambda rng: f"{digits(rng, 3)} {digits(rng, 3)}",
        lambda rng: f"G-{digits(rng, 6)}",
        lambda rng: digits(rng, 4),
        lambda rng: digits(rng, 8),
    ),
    "SHARE_CODE": _any(
        lambda rng: letters(rng, 8, _LOWER),
        lambda rng: f"{rng.choice(('FRIEND', 'HELLO'))}{digits(rng, 4)}",
        lambda rng: f"{digits(rng, 3)}-{digits(rng, 3)}-{digits(rng, 3)}",
    ),
    "DRIVER_LICENSE": _any(
        lambda rng: f"{letters(rng, 5)}{digits(rng, 6)}{letters(rng, 2)}9{letters(rng, 2)}",
        lambda rng: f"{letters(rng, 1)}{digits(rng, 3)}-{digits(rng, 4)}-{digits(rng, 4)}",
    ),
    "DEVICE_ID": _any(
        lambda rng: in_groups(COMMON["DEVICE_ID"](rng), (2, 6, 6, 1), rng.choice(("-", " "))),
        lambda rng: letters(rng, 16, _HEX),
    ),
    "AD_ID": lambda rng: COMMON["AD_ID"](rng).upper(),
    "COOKIE_ID": _any(
        lambda rng: f"fb.1.{rng.randint(1_600_000_000_000, 1_700_000_000_000)}.{number(rng, 9)}",
        lambda rng: letters(rng, 32, _HEX),
    ),
    "IP_ADDRESS": _any(
        lambda rng: f"203.0.113.{rng.randint(1, 254)}",
        lambda rng: f"2001:0db8:85a3:0000:0000:{letters(rng, 4, _HEX)}:0370:{letters(rng, 4, _HEX)}",
    ),
    "MAC_ADDRESS": _any(
        lambda rng: f"0000.5E00.53{letters(rng, 2, _HEX).upper()}",
        lambda rng: f"00:00:5e:00:53:{letters(rng, 2, _HEX)}",
    ),
    "ACCOUNT_ID": _any(
        lambda rng: f"ORD-{digits(rng, 6)}",
        lambda rng: f"#{digits(rng, 3)}-{digits(rng, 7)}",
        lambda rng: number(rng, 9),
        lambda rng: f"{letters(rng, 2)}{digits(rng, 9)}{letters(rng, 2)}",
    ),
    "COORDINATE": _any(
        _dms,
        lambda rng: f"{rng.uniform(26, 45):.4f} / {rng.uniform(128, 145):.4f}",
        lambda rng: f"N{rng.uniform(26, 45):.5f} E{rng.uniform(128, 145):.5f}",
    ),
    "MEDIA": _media,
    "JP_HEALTH_INSURANCE": _any(
        lambda rng: f"{digits(rng, 4)}-{digits(rng, 3)}",
        lambda rng: f"{digits(rng, 8)}・{digits(rng, 3)}",
        lambda rng: f"{number(rng, 4)} / {digits(rng, 4)}",
    ),
    "JP_DRIVER_LICENSE": lambda rng: in_groups(COMMON["JP_DRIVER_LICENSE"](rng), (4, 4, 4), rng.choice(" -")),
    "JP_RESIDENCE_CARD": lambda rng: in_groups(
        COMMON["JP_RESIDENCE_CARD"](rng), (2, 8, 2), rng.choice((" ", "-"))
    ),
    "JP_MY_NUMBER": lambda rng: in_groups(
        COMMON["JP_MY_NUMBER"](rng), (4, 4, 4), rng.choice((" ", ".", "-"))
    ),
    "JP_RESIDENT_CODE": lambda rng: in_groups(
        COMMON["JP_RESIDENT_CODE"](rng), (4, 4, 3), rng.choice((" ", "-"))
    ),
}
_BY_LANGUAGE: Mapping[tuple[str, str], Build] = {
    ("PHONE_NUMBER", "ja"): _phone_ja,
    ("PHONE_NUMBER", "en"): _phone_en,
    ("STREET_ADDRESS", "ja"): _address_ja,
    ("STREET_ADDRESS", "en"): _address_en,
    ("POSTAL_CODE", "ja"): _any(lambda rng: digits(rng, 7), lambda rng: f"{digits(rng, 3)} {digits(rng, 4)}"),
    ("POSTAL_CODE", "en"): _postal_en,
    ("LICENSE_PLATE", "ja"): lambda rng: (
        f"{rng.choice(('練馬', '名古屋', '湘南', '大宮'))}{rng.choice(('501', '33A', '302'))}"
        f"{rng.choice('あかなはまら')}{digits(rng, 2)}-{digits(rng, 2)}"
    ),
    ("LICENSE_PLATE", "en"): _any(
        lambda rng: f"{rng.randint(1, 9)}{letters(rng, 3)}{digits(rng, 3)}",
        lambda rng: f"{letters(rng, 3)}-{digits(rng, 4)}",
    ),
    ("BANK_ACCOUNT", "ja"): _bank_ja,
    ("BANK_ACCOUNT", "en"): _bank_en,
}
