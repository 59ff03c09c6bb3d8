"""Values of the ``fresh`` texts: one builder a label, in the kinds that people of several countries hold.

Check digits as in ``nationalids.py`` and ``identifiers.py``; further ones have their source beside them.
Numbers are of ranges kept for fiction, tests or documentation where an issuer keeps one (Ofcom and ACMA
drama numbers, 555-01xx, RFC 2606, RFC 5737, RFC 7042, networks' test prefixes).
"""

import base64
import hashlib
import string
from collections.abc import Callable
from random import Random

from identifiers import COMMON, imei, ip_address, secret_key, uuid
from nationalids import digits, jp_landline, jp_mobile, letters, luhn_digit, pl_pesel

_UPPER = string.ascii_uppercase
_ALNUM = string.ascii_letters + string.digits
_LOWNUM = string.ascii_lowercase + string.digits
_B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_WORDS = (
    "mochi", "otter", "pixel", "velvet", "tofu", "comet", "yuzu", "badger", "neon", "sorrel",
    "kinoko", "lantern", "marble", "pebble", "hotaru", "quokka", "ramune", "saffron", "teapot", "umeboshi",
)  # fmt: skip
_LIKE = "like "
_NAMES = ("dana.frost", "k_mori", "priya.nair", "tomoko", "lee.weijie", "oscar", "hana-s", "r.iyer")


def plain(rng: Random, label: str, language: str, manner: str = "") -> str:
    """Return a new plain surface; KeyError for a label that nobody builds.

    manner : of a template; where it says which kind of value is meant, one of that kind, and after ``like``
        one of its masks (``like 000-000 A0000``).
    """
    if manner.startswith(_LIKE):
        return rng.choice(_masks(*manner.removeprefix(_LIKE).split()))(rng)
    own = f"{label} {manner}"
    if own in _KINDS:
        return rng.choice(_KINDS[own])(rng)
    if label in _BY_LANGUAGE:
        return rng.choice(_BY_LANGUAGE[label][language])(rng)
    if label in _KINDS:
        return rng.choice(_KINDS[label])(rng)
    return COMMON[label](rng)


Build = Callable[[Random], str]


def _masked(mask: str) -> Build:
    """Return a builder: 0 a digit, A a capital, a a small letter, x a hexadecimal digit, else itself."""
    pools = {"0": string.digits, "A": _UPPER, "a": string.ascii_lowercase, "x": "0123456789abcdef"}
    return lambda rng: "".join(rng.choice(pools[char]) if char in pools else char for char in mask)


def _masks(*masks: str) -> tuple[Build, ...]:
    return tuple(map(_masked, masks))


def _base58check(version: int, rng: Random) -> str:
    """Return an address of random bytes: Bitcoin wiki, Base58Check encoding."""
    body = bytes([version]) + rng.randbytes(20)
    raw = body + hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _B58[rest] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def _address58(version: int) -> Build:
    return lambda rng: _base58check(version, rng)


def _card(rng: Random) -> str:
    prefix, size = rng.choice(
        (("400000", 16), ("424242", 16), ("555555", 16), ("222300", 16), ("378282", 15), ("356600", 16),
         ("601111", 16), ("305693", 14), ("620000", 16))
    )  # fmt: skip
    body = prefix + digits(rng, size - 7)
    number = body + luhn_digit(body)
    cuts = (4, 10) if size < 16 else (4, 8, 12)
    parts = [number[start:end] for start, end in zip((0, *cuts), (*cuts, size), strict=True)]
    return " ".join(parts)


def _swede(rng: Random) -> str:
    """Return a personnummer: Luhn over nine digits (Skatteverket SKV 704)."""
    body = f"{rng.randint(50, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{digits(rng, 3)}"
    return f"{body[:6]}-{body[6:]}{luhn_digit(body)}"


def _finn(rng: Random) -> str:
    """Return a temporary henkilötunnus, 900-999: number mod 31 (Digital and Population Data Services)."""
    day, serial = (
        f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(50, 99)}",
        rng.randint(900, 999),
    )
    return f"{day}-{serial}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(f'{day}{serial}') % 31]}"


def _swiss(rng: Random) -> str:
    """Return an AHV number: 756 and the check digit of EAN-13 (Zentrale Ausgleichsstelle)."""
    body = "756" + digits(rng, 9)
    total = sum(int(char) * (3 if index % 2 else 1) for index, char in enumerate(body))
    return f"{body[:3]}.{body[3:7]}.{body[7:11]}.{body[11:]}{-total % 10}"


def _thai(rng: Random) -> str:
    """Return a Thai number: weights 13 to 2, 11 minus the sum, mod 11, mod 10."""
    body = f"{rng.randint(1, 8)}{digits(rng, 11)}"
    check = (11 - sum(int(char) * (13 - index) for index, char in enumerate(body)) % 11) % 10
    return f"{body[0]}-{body[1:5]}-{body[5:10]}-{body[10:]}-{check}"


def _turk(rng: Random) -> str:
    """Return a T.C. Kimlik number: two check digits (NVI)."""
    body = [rng.randint(1, 9), *(rng.randint(0, 9) for _ in range(8))]
    body.append((7 * sum(body[::2]) - sum(body[1::2])) % 10)
    return "".join(map(str, [*body, sum(body) % 10]))


def _irish(rng: Random) -> str:
    """Return a PPS number: weights 8 to 2, mod 23 (Department of Social Protection)."""
    body = digits(rng, 7)
    total = sum(int(char) * (8 - index) for index, char in enumerate(body))
    return body + "WABCDEFGHIJKLMNOPQRSTUV"[total % 23]


def _malay(rng: Random) -> str:
    """Return a MyKad number: birth date, place of birth 01-16, serial."""
    day = f"{rng.randint(60, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return f"{day}-{rng.randint(1, 16):02}-{digits(rng, 4)}"


def _email(rng: Random) -> str:
    word, other = rng.sample(_WORDS, 2)
    user = rng.choice(
        (rng.choice(_NAMES), f"{word}_{other}", f"{word}{digits(rng, 3)}", f"{word}.{other}{digits(rng, 2)}",
         f"{word}+{other}", f"{word[0]}.{other}")
    )  # fmt: skip
    hosts = (
        "example.com",
        "example.org",
        "mail.example.net",
        "example.co.jp",
        "docomo.example.jp",
        "example.in",
    )
    return f"{user}@{rng.choice(hosts)}"


def _handle(rng: Random) -> str:
    word, other = rng.sample(_WORDS, 2)
    return rng.choice(
        (f"{word}_{other}{digits(rng, 2)}", f"x{word}{other}x", f"{word}.{other}", f"{word}{digits(rng, 4)}",
         f"its{word}{other}", f"{word}-{other}-{digits(rng, 2)}", f"_{word}__{other}")
    )  # fmt: skip


def _page(rng: Random) -> str:
    word = rng.choice(_WORDS)
    tail = rng.choice(
        (f"/u/{word}{digits(rng, 3)}", f"/profile?id={digits(rng, 9)}", f"/s/{letters(rng, 10, _ALNUM)}",
         f":8443/invite/{letters(rng, 8, _LOWNUM)}", f"/@{word}/posts/{digits(rng, 12)}#c{digits(rng, 3)}",
         f"/~{word}/", f"/d/{letters(rng, 22, _ALNUM)}/edit?usp=sharing")
    )  # fmt: skip
    host = rng.choice(("example.com", "blog.example.jp", "www.example.org", "m.example.net", "example.co.uk"))
    return rng.choice(("https://", "https://", "http://", "")) + host + tail


def _street_en(rng: Random) -> str:
    name = rng.choice(("Thornbury", "Larkspur", "Old Quarry", "Bellwether", "Juniper Hollow", "Kestrel"))
    kind = rng.choice(("Street", "St", "Ave", "Lane", "Close", "Crescent", "Blvd", "Rd", "Drive", "Ct"))
    base = f"{rng.randint(2, 980)} {name} {kind}"
    return rng.choice(
        (base, f"Flat {rng.randint(1, 40)}, {base}, Leeds", f"{base}, Apt {rng.randint(1, 20)}B, Tucson, AZ",
         f"Blk {rng.randint(100, 900)} {name} Ave {rng.randint(1, 9)} #0{rng.randint(2, 9)}-{digits(rng, 3)}",
         f"Unit {rng.randint(1, 9)}/{rng.randint(10, 90)} {name} Parade, Brunswick VIC",
         f"{rng.randint(1, 90)}/{rng.randint(1, 9)}, {rng.randint(2, 14)}th Cross, {name} Layout, Bengaluru",
         f"{base} #{rng.randint(1, 40)}")
    )  # fmt: skip


def _street_ja(rng: Random) -> str:
    area = rng.choice(
        ("東京都世田谷区風見台", "神奈川県横浜市港北区星見", "大阪府吹田市緑ヶ原", "北海道札幌市西区白樺野",
         "福岡市南区鈴掛", "京都府宇治市月待町", "千葉県船橋市小波台", "愛知県一宮市若鮎町")
    )  # fmt: skip
    chome, ban, go = rng.randint(1, 9), rng.randint(1, 30), rng.randint(1, 25)
    block = rng.choice(
        (
            f"{chome}-{ban}-{go}",
            f"{chome}丁目{ban}番{go}号",
            f"{chome}丁目{ban}-{go}",
            f"{ban * 37}番地{go}",
            f"{ban}-{go}",
        )
    )
    house = rng.choice(
        ("", "", f" コーポ風花{chome}0{chome}", f" メゾン若葉 {chome}0{chome}号室", f"-{chome}0{chome}")
    )
    return area + block + house


def _ssid(rng: Random) -> str:
    body = letters(rng, 26, _LOWNUM)
    return rng.choice(
        (f"PHPSESSID={body}", f"JSESSIONID={body.upper()}", f"_fbp=fb.1.{digits(rng, 13)}.{digits(rng, 10)}")
    )


def _bearer(rng: Random) -> str:
    """Return a credential of a provider; put together at run time, so that no file holds one."""
    prefix, count = rng.choice(
        (("gl" + "pat-", 20), ("AI" + "za", 35), ("sk_" + "live_", 24), ("np" + "m_", 36), ("h" + "f_", 34),
         ("sk-" + "ant-api03-", 80), ("sk-" + "proj-", 48), ("SG" + ".", 22))
    )  # fmt: skip
    tail = "." + letters(rng, 43, _ALNUM) if prefix == "SG" + "." else ""
    return prefix + letters(rng, count, _ALNUM) + tail


def _pass(rng: Random) -> str:
    word, other = rng.sample(_WORDS, 2)
    return rng.choice(
        (f"{word.title()}{digits(rng, 4)}", f"{word}-{other}-{rng.choice(_WORDS)}{digits(rng, 1)}",
         f"{letters(rng, 6, _ALNUM)}{rng.choice('!%&*?')}{letters(rng, 5, _ALNUM)}{digits(rng, 1)}",
         f"{word}{digits(rng, 3)}{rng.choice('!?#$')}", f"P@{word}{digits(rng, 2)}",
         f"i<3{word}{digits(rng, 2)}")
    )  # fmt: skip


_MAGIC = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff\xe0\0\x10JFIF",
    b"GIF89a",
    b"%PDF-1.7\n",
    b"RIFF\x24\x08\0\0WAVE",
)
_TYPES = ("image/png", "image/jpeg", "image/gif", "application/pdf", "audio/wav")


def _payload(rng: Random) -> str:
    index = rng.randrange(len(_MAGIC))
    body = base64.b64encode(_MAGIC[index] + rng.randbytes(rng.randint(90, 160))).decode()
    return rng.choice((body, f"data:{_TYPES[index]};base64,{body}"))


def _postcode(rng: Random) -> str:
    area = f"{rng.choice(('SW', 'LS', 'EH', 'CB', 'M', 'BN'))}{rng.randint(1, 20)}"
    return f"{area} {rng.randint(1, 9)}{letters(rng, 2, 'ABDEFGHJLNPQRSTUWXYZ')}"


def _zip(rng: Random) -> str:
    return f"{rng.randint(10000, 98999)}"


def _pin(rng: Random) -> str:
    return f"{rng.randint(110, 850)}{rng.choice((' ', ''))}{digits(rng, 3)}"


def _canadian(rng: Random) -> str:
    middle = letters(rng, 2, "ABCEGHJKLMNPRSTVWXYZ")
    first, second, third = (rng.randint(1, 9) for _ in range(3))
    return f"{rng.choice('VMTKL')}{first}{middle[0]} {second}{middle[1]}{third}"


def _british_plate(rng: Random) -> str:
    pool = "ABCDEFGHJKLMNOPRSTUVWXY"
    return f"{letters(rng, 2, pool)}{rng.randint(51, 74)} {letters(rng, 3, pool)}"


def _indian_plate(rng: Random) -> str:
    return f"{rng.choice(('MH', 'KA', 'DL'))} {rng.randint(1, 40):02} {letters(rng, 2)} {digits(rng, 4)}"


def _japanese_plate(rng: Random) -> str:
    place = rng.choice(("足立", "練馬", "世田谷", "名古屋", "尾張小牧", "和泉", "札幌", "湘南"))
    group, kana = rng.choice(("301", "583", "538", "599", "480")), rng.choice("かさしすなにふまみやよれ")
    return f"{place} {group} {kana} {rng.randint(10, 99)}-{digits(rng, 2)}"


def _udid(rng: Random) -> str:
    return f"00008{digits(rng, 3)}-{letters(rng, 16, string.digits + 'ABCDEF')}"


_BY_LANGUAGE: dict[str, dict[str, tuple[Build, ...]]] = {
    "PHONE_NUMBER": {
        "en": (
            lambda rng: f"({rng.choice(('415', '212', '503'))}) 555-01{digits(rng, 2)}",
            lambda rng: f"+1 {rng.choice(('604', '312'))} 555 01{digits(rng, 2)}",
            lambda rng: f"07700 900{digits(rng, 3)}",  # Ofcom, drama
            lambda rng: f"+44 7700 900{digits(rng, 3)}",
            lambda rng: f"020 7946 0{digits(rng, 3)}",
            lambda rng: f"0491 570 {digits(rng, 3)}",  # ACMA, fiction
            lambda rng: f"+91 9{digits(rng, 4)} {digits(rng, 5)}",
            lambda rng: f"+65 9{digits(rng, 3)} {digits(rng, 4)}",
            lambda rng: f"+81 {jp_mobile(rng)[1:]}",
        ),
        "ja": (
            jp_mobile, jp_mobile, jp_landline, lambda rng: f"+81 {jp_mobile(rng)[1:]}",
            lambda rng: f"0{jp_mobile(rng)[1:3]}({digits(rng, 4)}){digits(rng, 4)}",
            lambda rng: f"0120-{digits(rng, 3)}-{digits(rng, 3)}",
            lambda rng: f"+1 415 555 01{digits(rng, 2)}",
        ),
    },
    "POSTAL_CODE": {
        "en": (_postcode, _zip, _pin, _canadian),
        "ja": (lambda rng: f"{rng.randint(100, 990)}-{digits(rng, 4)}",),
    },
    "STREET_ADDRESS": {"en": (_street_en,), "ja": (_street_ja,)},
    "BANK_ACCOUNT": {
        "en": (*_masks("00000000", "0000 0000", "000-000-000", "000000000000", "00000-00000"),),
        "ja": (*_masks("0000000", "0000000", "000-0000"),),
    },
    "LICENSE_PLATE": {
        "en": (*_masks("0AAA000", "AAA-0000", "SKA 0000 A"), _british_plate, _indian_plate),
        "ja": (_japanese_plate,),
    },
    "PASSPORT": {
        "en": (*_masks("A00000000", "000000000", "A0000000", "PA0000000", "K0000000A"),),
        "ja": (*_masks("TA0000000", "TR0000000", "MZ0000000", "NH0000000"),),
    },
    "ACCOUNT_ID": {
        "en": (*_masks("MBR-000000", "C00-0000-000", "0000000000", "HX 000 000 00", "CUS_00000AA"),),
        "ja": (*_masks("0000-0000-0000", "0000000000", "K-0000000", "AB00000000", "M00-00000"),),
    },
}  # fmt: skip

_KINDS: dict[str, tuple[Build, ...]] = {
    "EMAIL_ADDRESS": (_email,),
    "USERNAME": (_handle,),
    "URL": (_page,),
    "CREDIT_CARD": (_card,),
    "DRIVER_LICENSE": (*_masks("A0000000", "A000-0000-0000", "A000-000-00-000-0", "MH00 20000000000"),),
    "NATIONAL_ID": (pl_pesel, _swede, _finn, _swiss, _thai, _turk, _irish, _malay),
    "CRYPTO": (
        _address58(0), _address58(5), _address58(0x30), _address58(0x1E), _address58(0x41),
        lambda rng: "0x" + letters(rng, 40, "0123456789abcdef"), COMMON["CRYPTO"],
    ),
    "PASSWORD": (_pass,),
    "SECRET_KEY": (_bearer, _bearer, secret_key),
    "SECRET_KEY bearer": (_bearer,),
    "ONE_TIME_CODE": (*_masks("000000", "000000", "0000", "000-000", "00000000"),),
    "CARD_SECURITY_CODE": (*_masks("000", "000", "0000"),),
    "SHARE_CODE": (*_masks("AAA-000-AAA", "AAAA-AAAA", "aaa-aaaa-aaa", "AA0A0AA0"),),
    "POSTAL_CODE uk": (_postcode,),
    "POSTAL_CODE us": (_zip, _zip, lambda rng: f"{_zip(rng)}-{digits(rng, 4)}"),
    "POSTAL_CODE in": (_pin,),
    "POSTAL_CODE data": (_zip,),
    "DEVICE_ID": (imei,),
    "DEVICE_ID serial": (_masked("xxxxxxxxxxxxxxxx"), _udid, _masked("F0AAA00AAA0A")),
    "AD_ID": (uuid, uuid, lambda rng: uuid(rng).upper()),
    "COOKIE_ID": (COMMON["COOKIE_ID"], _ssid),
    "IP_ADDRESS": (ip_address, ip_address, lambda rng: f"::ffff:198.51.100.{rng.randint(2, 250)}"),
    "MAC_ADDRESS": (
        COMMON["MAC_ADDRESS"],
        lambda rng: f"0000.5e00.53{rng.getrandbits(8):02x}",
        lambda rng: f"00005E0053{rng.getrandbits(8):02X}",
    ),
    "MEDIA": (_payload,),
}  # fmt: skip
