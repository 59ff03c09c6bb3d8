"""Frames of Japanese sentences in which people give away what opens: passwords, codes sent once, codes to come in by."""

import re

from deid.detect.checksums import digits
from deid.detect.patterns.frame_parts_ja import TAIL, after, frame, is_dated
from deid.detect.patterns.frames_names_ja import SOFTWARE
from deid.detect.patterns.nouns_ja import CODES, KEYPADS, LOCKS, ONCE_AFTER, ONCES
from deid.detect.patterns.parts import HIRAGANA, KANJI, KATAKANA, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

_TYPED = r"(?P<v>(?=[!-~]{0,40}[0-9])(?=[!-~]{0,40}[A-Za-z])[!-~]{4,40}[0-9A-Za-z!#$%&*?])(?![!-~])"
_PIN = r"(?P<v>[0-9]{4,8}#?|[0-9]{1,2}(?:-[0-9]{1,2}){2,3})(?![0-9A-Za-z]|[-.:/][0-9])"
_ONCE = r"(?P<v>(?:[A-Z]-)?[0-9]{4,8}|[0-9]{3,4}[ -][0-9]{2,4}|[0-9]{2}(?:[ -][0-9]{2}){1,3})(?![0-9A-Za-z]| {0,2}[-.:/・]? {0,2}[0-9])"
_CODE = r"(?P<v>[a-z]{3,4}(?: {1,2}[a-z]{3,4}){1,2}(?= ?[^ !-~])|[A-Z0-9]{3,5}(?: {1,2}[A-Z0-9]{3,5}){1,3}|[A-Za-z0-9](?:[A-Za-z0-9_-]|(?<=[0-9]) (?=[0-9]{3,4})){3,23})(?![A-Za-z0-9@]|[.:][0-9])"


def _is_secret(surface: str) -> bool:
    """Accept letters with digits; no unit, size, address or placeholder."""
    inner = surface.rstrip(".,!?")
    unit = SOFTWARE.match(inner) or re.fullmatch(
        r"[0-9.,]+[A-Za-z]{1,4}|[A-Za-z]{1,4}[0-9]{1,2}|v?[0-9]+(?:\.[0-9]+)+[a-z]?", inner
    )
    address = "://" in surface or re.search("[A-Za-z0-9]@[A-Za-z0-9-]+[.]", inner) is not None
    return len(inner) > 4 and unit is None and not address and surface[0] not in "<{[("


def _is_share_code(surface: str) -> bool:
    """Accept digits, capitals in a row, or small letters in groups or without a vowel to speak of."""
    number = digits(surface)
    if " " in surface and surface.islower():
        return unsayable(surface.replace(" ", "-"))
    if surface.lower() in {"https", "http"}:
        return False
    if number:
        return (
            len(surface) > 4
            and not is_dated(surface)
            and re.fullmatch("[0-9]{1,4}[A-Za-z]{1,3}", surface) is None
        )
    if surface.isupper():
        return len(surface) > 5 or "-" in surface
    grouped = re.fullmatch("[a-z]{3,4}(?:-[a-z]{3,4}){1,2}", surface)
    return grouped is not None or re.search("[bcdfghjklmnpqrstvwxz]{4}|q(?!u)", surface) is not None


def _is_called_code(surface: str) -> bool:
    """Accept any word of six small letters as well, right behind its noun; no brand, host or remark."""
    word = re.fullmatch("[a-z]{6,16}", surface) is not None and surface not in _SAID_OF_CODES
    return word or _is_share_code(surface)


def _is_bare_code(surface: str) -> bool:
    """Ask a code that is called nothing else for its groups, or for capitals among digits."""
    grouped = "[A-Z0-9]{3,5}(?:[- ][A-Z0-9]{3,5}){1,3}|[a-z]{3}-[a-z]{4}-[a-z]{3}|(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6,10}|[A-Z]{6,10}"
    return re.fullmatch(grouped, surface) is not None and not surface.replace(" ", "").isdigit()


_SAID_OF_CODES = frozenset(
    "discord google amazon apple youtube twitter instagram facebook zoomus teams classroom steam switch nintendo paypay"
    " expired invalid required unknown online server please number string object python javascript typescript android iphone".split()
)


def _is_once(surface: str) -> bool:
    """Refuse dates; in three groups of two digits, the second of a date is a month."""
    groups = re.split("[ -]", surface)
    return not is_dated(surface) or (len(groups) == 3 and int(groups[1]) > 12)


PATTERNS = (
    frame("PASSWORD", "frame.lock", LOCKS, _TYPED, accept=_is_secret, least=1),
    frame("PASSWORD", "frame.keypad", KEYPADS, _PIN, accept=lambda surface: not is_dated(surface), least=3),
    after(
        "PASSWORD",
        "frame.typed",
        _TYPED,
        r"[」』\"')]? ?(?:って|と|で|を)(?:入力|打|入れ|いれ)(?:る|た|て|っ|し|す)?[^\n。]{0,10}?(?:ログイン|開|入れ|通|接続|つなが)",
        accept=_is_secret,
        least=1,
    ),
    Pattern(
        "PASSWORD",
        "frame.login_call",
        r"(?:login|connect|auth(?:enticate)?|sign_?in)\([\"'][^\"'\n]{1,64}[\"'], ?[\"'](?P<v>[^\"'\n]{4,64})[\"']",
        score=0.9,
        source="calls of smtplib, imaplib and their like",
        trigger=r"(?:login|connect|auth|authenticate|sign_?in)\([\"']",
    ),
    Pattern(
        "PASSWORD",
        "frame.words_and_digits",
        rf"(?:パスワード|パスコード|合言葉|パス)(?:は|が|:|=|「| ){{1,3}}(?![{HIRAGANA}{KANJI}]{{1,8}}ますと)(?P<v>[{HIRAGANA}{KATAKANA}{KANJI}]{{2,12}}[0-9]{{2,8}})(?![0-9A-Za-z{KANJI}])",
        score=0.7,
        digits=2,
    ),
    frame("ONE_TIME_CODE", "frame.once", ONCES, _ONCE, accept=_is_once, least=4),
    after(
        "ONE_TIME_CODE",
        "frame.once_after",
        rf"{_ONCE}",
        rf"[」』\"')]? ?(?:{ONCE_AFTER})",
        accept=lambda surface: re.fullmatch("(?:19|20)[0-9]{2}|[1-9]0+", surface) is None,
        least=4,
    ),
    frame("SHARE_CODE", "frame.code", CODES, _CODE, accept=_is_called_code),
    frame(
        "SHARE_CODE",
        "frame.bare_code",
        f"(?<![{KATAKANA}{KANJI}A-Za-z])コード(?![{KATAKANA}])",
        _CODE,
        accept=_is_bare_code,
    ),
    Pattern(
        "SHARE_CODE",
        "frame.field",
        rf"(?<![A-Za-z])(?i:(?:invit(?:e|ation)|room|friend|party|lobby|join|share|referral)(?:_?(?:code|id))?)[\"']?[:=] ?[\"']?{_CODE}{NOT_COUNTED}",
        accept=_is_share_code,
        score=0.7,
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "frame.security_code",
        r"(?i:security_?code)[\"']? ?[:=] ?[\"']?(?P<v>[0-9]{3,4})(?![0-9A-Za-z]|[-.:/][0-9])",
        score=0.9,
        source="PCI DSS 3",
        digits=3,
    ),
    after("SHARE_CODE", "frame.code_after", _CODE, rf"{TAIL}(?:{CODES})", accept=_is_share_code),
    after(
        "SHARE_CODE",
        "frame.room_made",
        _CODE,
        "で(?:部屋|ルーム|鯖|マルチ|ロビー)(?:たて|立て|作|つく|募集)|で(?:入れ(?:た|る)|参加(?:して|でき))",
        accept=_is_share_code,
    ),
    frame(
        "CARD_SECURITY_CODE",
        "frame.back",
        "カード(?:の)?(?:うしろ|後ろ|裏(?:面|側)?|背面|サイン欄|署名欄)(?:の)?(?:[34三四](?:桁|けた)|番号|数字|コード)?|(?:うしろ|後ろ|裏(?:面|側)?)の?[34三四](?:桁|けた)(?:の(?:番号|数字))?|(?:カード|クレカ|決済|支払い?)[^0-9A-Za-z\n。]{0,10}(?:聞かれ|訊かれ|求めら)|セキュリティー?(?=[0-9 :])|セキュコ|サインパネル(?:の(?:印字|数字|番号))?|しーぶい(?:しー|ぶい)|シーブイ(?:シー|ブイ)|(?:カード|デビット|クレカ)[^0-9A-Za-z\n]{0,14}[3三](?:桁|けた|ケタ)|せきゅりてぃー?(?:こーど)?|(?i:security_?code)|CVV|CVC",
        r"(?P<v>[0-9]{3,4})(?![0-9A-Za-z]|[-.:/][0-9])",
        least=3,
    ),
)
