"""E-mail addresses: plain (RFC 5322 dot-atoms), international, and the ways people hide them from robots."""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, JAPANESE
from deid.detect.patterns.pattern import Pattern

_LOCAL = r"A-Za-z0-9À-ɏ_%+"
_WORD = r"[A-Za-z0-9_](?:[A-Za-z0-9_%+-]{0,38}[A-Za-z0-9_])?"
_TLD = (
    "com|net|org|edu|gov|info|biz|io|me|co|jp|uk|us|de|fr|it|es|nl|br|kr|cn|tw|in|au|ca|sg|eu|ru|ch|se|pl"
    "|dev|app|ai|xyz|site|online|tv|cc|mail|test|example|コム|ネット|ジェーピー"
)
_END = r"(?![A-Za-z0-9])"
_PROVIDER = (
    "gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|proton|protonmail|gmx|zoho|mail"
    "|docomo|ezweb|au|softbank|i\\.softbank|vodafone|ybb|nifty|qq|163|126|naver|daum|hanmail|fastmail|yandex"
    "|tutanota|example"
)
_SCRIPTS = "À-ɏͰ-ӿ֐-؋ؠ-ۿऀ-෿฀-๿가-힣"
_OPEN, _CLOSE = r" {0,2}[\[({<*|~【「〔〈《] {0,2}", r" {0,2}[\])}>*|~】」〕〉》] {0,2}"
_HARD_DOT = rf"(?:{_OPEN}(?:dot|d0t|\.|ドット|どっと|点){_CLOSE}|[ _-]{{1,2}}(?:dot|d0t)[ _-]{{1,2}}| ?(?:ドット|どっと|てん) ?)"
_DOT = rf"(?:{_HARD_DOT}|[.。])"
_JOIN = rf"(?:{_DOT}| ?(?:underscore|under score|dash|hyphen|plus|アンダーバー|アンダースコア|ハイフン) ?| [_+-] )"
_HARD_AT = (
    rf"(?:{_OPEN}(?:at|a|@|あ|ア|あっと|アット|あっとまーく|アットマーク|アトマーク){_CLOSE}"
    r"| ?(?:アットマーク|あっとまーく|アトマーク|アット|あっと) ?| ?[★☆◎●■◆♪♥⭐🌟] ?|[_-]at[_-]|を@に)"
)
_AT = rf"(?:{_HARD_AT}| {{1,2}}at {{1,2}}| ?@ ?)"
_NAME = rf"(?<![A-Za-z0-9_%+])(?<![A-Za-z0-9_%+]-){_WORD}(?:{_JOIN}{_WORD}){{0,4}}"

_STOP_LOCAL = frozenset(
    "look me us them him her it meet is was are am be found find available order shop check site page store up work"
    " working visit online live here there stop stay look looking eat bought buy selling sold sell hosted over out"
    " example back arrive arrived on in off down posted seen met hang hanging lunch dinner directed aimed laugh"
    " interview job jobs engineer ceo developer manager people pointed".split()
)


def _real_local(surface: str) -> bool:
    """Refuse "look at amazon dot com": a verb or preposition is no mailbox."""
    local = re.split(r" +at +", surface, maxsplit=1, flags=re.IGNORECASE)[0]
    return local.lower() not in _STOP_LOCAL


def _is_leet(surface: str) -> bool:
    """Accept a host or ending that has a digit for a letter."""
    host = re.split("@| at |at", surface.lower())[-1]
    return re.search("[a-z][0134][a-z]|[.][nc][03][mt]|0rg|c0m", host) is not None


def _spelled(surface: str) -> bool:
    return surface.count(" ") >= 0.4 * len(surface)


_MAIL_CUE = Context(cue=words("e-?mail|mail|gmail|address|メアド|メール|アドレス|アド"), before=40, after=24)

PATTERNS = (
    Pattern(
        "EMAIL_ADDRESS",
        "email.plain",
        rf"(?<![{_LOCAL}])[{_LOCAL}][{_LOCAL}.'&#~!$*=?^|-]{{0,63}}@"
        r"(?:[A-Za-z0-9-]{1,63}\.){1,6}(?:xn--[A-Za-z0-9-]{2,40}|[A-Za-z]{2,24})",
        score=1.0,
        source="RFC 5322, RFC 1123",
        trigger="@[A-Za-z0-9-]",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.international",
        rf"(?<![{_LOCAL}])[{_LOCAL}][{_LOCAL}.-]{{0,63}}@(?:[{JAPANESE}{_SCRIPTS}A-Za-z0-9-]{{1,40}}[.。]){{1,3}}"
        rf"(?:{_TLD}|みんな|テスト|中国|中國|рф|한국|भारत|ไทย|[A-Za-z]{{2,6}}){_END}",
        score=0.9,
        source="RFC 6531",
        trigger="@[^ @]",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.hidden_at",
        rf"(?i:{_NAME}{_HARD_AT}{_WORD}(?:{_DOT}{_WORD}){{0,3}}{_DOT}(?:{_TLD}){_END})",
        score=0.9,
        trigger=rf"(?i:{_HARD_AT}[A-Za-z0-9])",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.hidden_dot",
        rf"(?i:{_NAME}{_AT}{_WORD}(?:{_DOT}{_WORD}){{0,3}}{_HARD_DOT}(?:{_TLD})(?:{_DOT}(?:jp|uk|kr|au|br|in)){{0,1}}{_END})",
        accept=_real_local,
        score=0.9,
        trigger=rf"(?i:{_HARD_DOT}(?:{_TLD}))",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.provider",
        rf"(?i:{_NAME} {{1,2}}at {{1,2}}(?:{_PROVIDER}) {{0,2}}\. {{0,2}}(?:com|net|org|jp|ne\.jp|co\.jp|co\.uk|fr|de){_END})",
        accept=_real_local,
        score=0.8,
        trigger=rf"(?i: at +(?:{_PROVIDER}) *[.])",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.no_domain_end",
        rf"(?i:{_NAME}(?:{_HARD_AT}| {{1,2}}at {{1,2}}| ?@ ?)(?:gmail|yahoo|hotmail|outlook|icloud|docomo|ezweb|softbank)(?![A-Za-z0-9]|[.。]?[A-Za-z0-9]))",
        accept=_real_local,
        context=_MAIL_CUE,
        score=0.7,
        trigger="(?i:gmail|yahoo|hotmail|outlook|icloud|docomo|ezweb|softbank)",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.bare_provider",
        rf"(?i:(?<![{_LOCAL}]){_WORD}(?:\.{_WORD}){{0,3}}@(?:gmail|yahoo|hotmail|outlook|icloud|docomo|ezweb|softbank)(?![A-Za-z0-9]|[.。][A-Za-z0-9]))",
        score=0.8,
        trigger="@[A-Za-z0-9]",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.spaced",
        rf"(?i:{_NAME}(?: {{1,2}}[.] {{1,2}}{_WORD}){{0,2}} {{0,2}}@ {{0,2}}(?:{_WORD} {{0,2}}[.。] {{0,2}}){{1,3}}(?:com|net|org|edu|jp|uk|info|kr|cn|de|fr|io|ru|ch|pl|br|au|ca|nl|es|tw|eu){_END})",
        score=0.9,
        trigger="@ *[A-Za-z0-9]",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.spelled",
        rf"(?<![A-Za-z0-9])[A-Za-z0-9](?: {{1,2}}[A-Za-z0-9._{DASH}]){{1,40}} {{1,2}}@(?: {{1,2}}[A-Za-z0-9-]){{2,40}}"
        r"(?: {1,2}\.(?: {1,2}[A-Za-z]){2,6}){1,3}(?![A-Za-z0-9])",
        accept=_spelled,
        score=0.9,
        trigger="@ +[A-Za-z0-9]",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.no_dot",
        rf"(?i:{_NAME}(?:{_HARD_AT}| {{1,2}}at {{1,2}}| ?@ ?)(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|aol|docomo|ezweb|softbank) (?:com|net|org|co jp|co uk|ne jp|jp)(?![A-Za-z0-9]))",
        accept=_real_local,
        score=0.8,
        trigger="(?i:(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|aol|docomo|ezweb|softbank) (?:com|net|org|co|ne|jp))",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.comma",
        rf"(?<![{_LOCAL}])[{_LOCAL}][{_LOCAL}.-]{{0,63}}@[A-Za-z0-9-]{{2,40}}(?:[.,][A-Za-z0-9-]{{2,40}}){{0,3}},(?:com|net|org|jp|uk|de|fr){_END}",
        score=0.9,
        trigger="@[A-Za-z0-9.,-]+,(?:com|net|org|jp|uk|de|fr)",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.digits_for_letters",
        rf"(?i:(?<![{_LOCAL}])[{_LOCAL}][{_LOCAL}.-]{{0,63}}(?:@| {{1,2}}at {{1,2}}|{_HARD_AT})[A-Za-z0-9-]{{2,40}}(?:[.]| {{0,2}}d[o0]t {{0,2}})(?:c0m|n3t|0rg|j[p9]|c[o0]m){_END})",
        accept=_is_leet,
        score=0.8,
        digits=1,
        trigger="(?i:c0m|n3t|0rg|gm4il|g[m]a1l|y4h00|h0tm4il|0utl00k)",
    ),
    Pattern(
        "EMAIL_ADDRESS",
        "email.marked_at_provider",
        r"(?i:(?<![A-Za-z0-9_%+.-])(?=[a-z_-]{0,30}[0-9.])[a-z0-9][a-z0-9._-]{2,38}[a-z0-9] {1,2}at {1,2}(?:gmail|hotmail|icloud|outlook|protonmail|docomo|ezweb|softbank)(?![a-z0-9]))",
        accept=lambda surface: re.match("[0-9.:]+(?:am|pm)? ", surface) is None,
        score=0.8,
        trigger="(?i: at +(?:gmail|hotmail|icloud|outlook|protonmail|docomo|ezweb|softbank))",
    ),
)
