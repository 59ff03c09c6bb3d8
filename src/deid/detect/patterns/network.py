"""Network identifiers: IPv4, IPv6, MAC addresses, URLs, and user names inside paths."""

import ipaddress
import re

from deid.detect.context import Context, right_before, words
from deid.detect.patterns.parts import GAP, KANJI, LEFT, RIGHT, TAIL
from deid.detect.patterns.pattern import Pattern

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])"
_DEFANGED_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\))"
_VERSION = Context(
    cue=words(
        "ip|ipv4|ips|address|host|server|サーバー?|アドレス|接続|ping|ssh|dns|gateway|client|router|ルーター"
    ),
    veto=words(
        "v|ver|version|versions|firmware|build|release|update|updated|upgrade|driver|chrome|chromium|firefox|edge|ios"
        "|android|バージョン|ファーム(?:を|は|が)|アップデート|リリース|ファームウェア|ビルド|更新|kernel|linux|dotnet|net framework|assembly|python|java|php|nginx|mysql|openssl|gcc|package|カーネル|section|chapter|第|章|節|図"
    ),
    alone=0.9,
    before=18,
    after=8,
)

_URL = r"A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%|-"
_URL_END = r"A-Za-z0-9/_=&#%+~$@-"
_HOST_TLD = (
    "com|net|org|edu|gov|example|art|ee|li|sh|jp|io|co|me|dev|app|ai|info|biz|xyz|site|blog|tv|gg|ly|be|to|uk|us|de|fr|it|es|nl|br|kr|cn"
    "|tw|in|au|ca|sg|eu|ru|ch|se|pl|page|online|shop|link|cc|moe|fm|id|ph|th|vn|hk|nz"
)
# Sites everybody names; naming one says nothing about the speaker.
_KNOWN_SITES = frozenset(
    "amazon google youtube facebook twitter instagram wikipedia yahoo netflix booking apple microsoft github x reddit"
    " rakuten mercari ebay paypal openai chatgpt tiktok line spotify linkedin pinterest twitch discord zoom notion"
    " airbnb uber expedia tripadvisor imdb stackoverflow medium quora weather match craigslist etsy walmart target"
    " nicovideo pixiv tabelog kakaku cookpad note hatena example monster indeed java asp angular hotels cars".split()
)
_SERVICE_LABELS = frozenset("www co com ne or ac go ed lg gr ad org net".split())


def _ipv4(surface: str) -> bool:
    number = re.sub("[^0-9.]", "", re.sub(r"\[dot\]|\(dot\)", ".", surface))
    parts = number.split(".")
    if parts[0].strip("0") == "" or number.startswith(("127.", "255.")):
        return False
    return len(parts) == 4


def _is_small(surface: str) -> bool:
    """Whether all four parts are single digits, as in a version."""
    return _ipv4(surface) and len(re.sub("[^0-9]", "", surface)) < 5


def _is_large(surface: str) -> bool:
    return _ipv4(surface) and not _is_small(surface)


def _ipv6(surface: str) -> bool:
    """Accept an IPv6 address that cannot be a time, a C++ name or a plain ``::``."""
    try:
        address = ipaddress.IPv6Address(surface)
    except ValueError:
        return False
    written = any(char.isdigit() for char in surface) and len(surface) > 5
    return written and not (address.is_loopback or address.is_unspecified)


def _mac(surface: str) -> bool:
    return len(set(re.sub("[^0-9a-fA-F]", "", surface))) > 1


def _own_site(surface: str) -> bool:
    """Accept a bare host unless it is a site that everybody names."""
    labels = surface.lower().split(".")
    return labels[0] not in _SERVICE_LABELS and not any(label in _KNOWN_SITES for label in labels)


def _personal_folder(surface: str) -> bool:
    """Refuse folders of nobody, and variables."""
    return surface[0] not in "$%" and surface.lower() not in {
        "public",
        "shared",
        "default",
        "all users",
        "user",
        "username",
        "yourusername",
        "yourname",
        "yourdir",
        "you",
        "me",
        "name",
        "share",
        "foo",
        "bar",
        "ubuntu",
        "ec2-user",
        "vagrant",
        "pi",
        "admin",
        "root",
    }


def _is_no_count(surface: str) -> bool:
    """Refuse numbers in equal steps: «10の20の30の40»."""
    first, second, third, last = map(int, re.split("[-の]", surface))
    return not second - first == third - second == last - third


PATTERNS = (
    Pattern(
        "IP_ADDRESS",
        "ip.v4",
        rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z][._-]){_OCTET}(?:{_DEFANGED_DOT}{_OCTET}){{3}}(?![0-9A-Za-z])(?!\.[0-9])(?!-[0-9])",
        accept=_is_large,
        context=_VERSION,
        score=0.9,
        source="RFC 791",
        digits=4,
    ),
    Pattern(
        "IP_ADDRESS",
        "ip.v4_no_version",  # hardly a version has a first part of three digits and three more
        rf"(?:(?<![0-9A-Za-z])(?<![0-9A-Za-z][._-])|(?<=IP)|(?<=ip))(?:1[0-9]{{2}}|2[0-4][0-9]|25[0-4])(?:{_DEFANGED_DOT}{_OCTET}){{3}}(?![0-9A-Za-z])(?!\.[0-9])(?!-[0-9])",
        accept=_is_large,
        context=Context(
            None, right_before(r"(?:version|ver|release|firmware|driver|build)[.: ]{0,2}"), 0.9, veto_after=0
        ),
        score=0.9,
        source="RFC 791",
        digits=6,
    ),
    Pattern(
        "IP_ADDRESS",
        "ip.v4_read_aloud",  # digits said, の between: its groups are hyphened
        rf"(?<![0-9A-Za-z.-])(?=[0-9]{{2}})(?:{_OCTET}(?:-{_OCTET}){{3}}|{_OCTET}(?:の{_OCTET}){{3}})(?![0-9A-Za-z-])(?!\.[0-9])",
        accept=_is_no_count,
        context=Context(
            words("ip|ipv4|アイピー|あいぴー|アドレス|サーバー?|鯖|ルーター?"), None, 0.0, before=24, after=16
        ),
        score=0.8,
        source="RFC 791",
        digits=4,
    ),
    Pattern(
        "IP_ADDRESS",
        "ip.v4_single_digits",
        rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z][._-])[0-9](?:{_DEFANGED_DOT}[0-9]){{3}}(?![0-9A-Za-z])(?!\.[0-9])(?!-[0-9])",
        accept=_is_small,
        context=Context(_VERSION.cue, None, 0.0, before=18, after=8),
        score=0.9,
        source="RFC 791",
        digits=4,
        trigger=rf"(?:^|[^0-9])[0-9](?:{_DEFANGED_DOT}[0-9])+(?:[^0-9]|\z)",
    ),
    Pattern(
        "IP_ADDRESS",
        "ip.v4_in_host",
        rf"(?<![0-9A-Za-z])(?<![0-9]-)(?:[A-Za-z]{{1,16}}[0-9]{{0,2}}[-.])?(?P<v>{_OCTET}(?:-{_OCTET}){{3}})(?=[.-][A-Za-z][A-Za-z0-9-]{{0,40}}\.)",
        accept=lambda surface: all(part for part in surface.split("-")),
        score=0.9,
        source="RFC 1034, names of dial-up hosts",
        digits=4,
    ),
    Pattern(
        "IP_ADDRESS",
        "ip.v6",
        r"(?:(?<![0-9A-Za-z])(?<![0-9A-Fa-f:]:)(?<![0-9A-Za-z]\.)|(?<=IP)|(?<=ip)|(?<=[vV]6))(?!:::)(?=[0-9A-Fa-f]|::)(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4})(?![0-9A-Za-z:])(?!\.[0-9])(?:%[0-9A-Za-z]{1,16}(?![0-9A-Za-z]))?",
        accept=_ipv6,
        score=1.0,
        source="RFC 4291",
        trigger="::|:[0-9A-Fa-f]+:",
    ),
    Pattern(
        "MAC_ADDRESS",
        "mac.pairs",
        rf"(?<![0-9A-Za-z])(?<![0-9A-Fa-f][:-])[0-9A-Fa-f]{{2}}(?:(?::[0-9A-Fa-f]{{2}}){{5}}|(?:-[0-9A-Fa-f]{{2}}){{5}}){RIGHT}(?![:-][0-9A-Fa-f])",
        accept=_mac,
        score=1.0,
        source="IEEE 802",
        trigger="[:-][0-9A-Fa-f][0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f][:-]",
    ),
    Pattern(
        "MAC_ADDRESS",
        "mac.cisco",
        rf"{LEFT}(?<![0-9A-Fa-f][.])[0-9A-Fa-f]{{4}}\.[0-9A-Fa-f]{{4}}\.[0-9A-Fa-f]{{4}}{RIGHT}(?![.][0-9A-Fa-f])",
        accept=_mac,
        score=0.9,
        source="IEEE 802",
        trigger=r"\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]",
    ),
    Pattern(
        "MAC_ADDRESS",
        "mac.solid",
        rf"(?:(?i:(?<![A-Za-z])(?:mac|hw|hardware|physical|ether(?:net)?|bluetooth|bt|wi-?fi|wlan|bssid|nic|whitelist|arp(?: table| -a)?|block(?:ed|list)?|deny ?list)(?:[ _-]?(?:address|addr|アドレス|whitelist|id))?(?![A-Za-z]))|マックアドレス|物理アドレス){GAP}(?P<v>[0-9A-Fa-f]{{12}}|[0-9A-Fa-f]{{2}}(?:[. ][0-9A-Fa-f]{{2}}){{5}}|[0-9A-Fa-f]{{4}}(?:[ -][0-9A-Fa-f]{{4}}){{2}}|[0-9A-Fa-f]{{2}}(?:[:-][0-9A-Fa-f]{{2}}){{5}}){RIGHT}",
        score=0.9,
        source="IEEE 802",
    ),
    Pattern(
        "MAC_ADDRESS",
        "mac.before_cue",
        rf"{LEFT}(?P<v>[0-9A-Fa-f]{{12}}|[0-9A-Fa-f]{{4}}(?:[ -][0-9A-Fa-f]{{4}}){{2}}|[0-9A-Fa-f]{{2}}(?:[ .:-][0-9A-Fa-f]{{2}}){{5}})(?:{TAIL}| |[^0-9\n]{{1,28}}?(?<![A-Za-z]))(?:(?i:mac|hw|hardware addr|ethernet)(?![A-Za-z])|マックアドレス|物理アドレス)",
        accept=_mac,
        score=0.9,
        source="IEEE 802",
        trigger="(?i:mac|hw|hardware addr|ethernet)|マックアドレス|物理アドレス",
    ),
    Pattern(
        "URL",
        "url.scheme",
        rf"(?i:(?<![A-Za-z])(?:h(?:tt|xx)ps?|ftps?|sftp|wss?|line|tg|discord|intent|market|file|postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|smtps?|imaps?|ssh|git|rsync|ldaps?|nats|clickhouse)://)[{_URL}]{{1,2000}}[{_URL_END}]",
        score=1.0,
        source="RFC 3986",
    ),
    Pattern(
        "URL",
        "url.international",
        rf"(?i:https?://)[{KANJI}ぁ-ゖァ-ヺーÀ-ɏA-Za-z0-9-]{{1,63}}(?:\.[{KANJI}ぁ-ゖァ-ヺーÀ-ɏA-Za-z0-9-]{{1,63}}){{1,4}}"
        rf"(?:/[{_URL}]{{0,500}}[{_URL_END}])?",
        accept=lambda surface: not surface.isascii(),
        score=0.9,
        source="RFC 3987",
        trigger=f"(?i:https?://)[A-Za-z0-9.-]*[{KANJI}ぁ-ゖァ-ヺーÀ-ɏ]",
    ),
    Pattern(
        "URL",
        "url.www",
        rf"(?i:(?<![A-Za-z0-9@/-])(?<![A-Za-z0-9_-]\.)www\.)[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}}(?:[/?][{_URL}]{{0,2000}}[{_URL_END}]|/)?",
        score=0.9,
        source="RFC 1738",
    ),
    Pattern(
        "URL",
        "url.host_and_path",
        rf"(?<![A-Za-z0-9@_/-])(?<![A-Za-z0-9_-]\.)(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.){{1,4}}(?i:{_HOST_TLD})(?::[0-9]{{2,5}})?/"
        rf"(?:[{_URL}]{{0,2000}}[{_URL_END}])?",
        score=0.9,
        source="RFC 3986",
        trigger=rf"\.(?i:{_HOST_TLD})(?::[0-9]+)?/",
    ),
    Pattern(
        "URL",
        "url.host",
        r"(?<![A-Za-z0-9@_/:-])(?<![A-Za-z0-9_-]\.)(?<![@] )(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,4}(?:com|jp|org|net|dev|app|blog|xyz|site|me|io|page|info|tv)"
        r"(?![A-Za-z0-9_@/-])(?!\.[A-Za-z0-9])",
        accept=_own_site,
        score=0.5,
        source="RFC 1123",
        trigger=r"\.(?:com|jp|org|net|dev|app|blog|xyz|site|me|io|page|info|tv)",
    ),
    Pattern(
        "URL",
        "url.defanged",
        rf"(?<![A-Za-z0-9@_-])(?<![A-Za-z0-9_-]\.)(?:[A-Za-z0-9-]{{1,63}}(?:\[\.\]|\(\.\)|\[dot\])){{1,4}}(?i:{_HOST_TLD})(?:/[{_URL}]{{0,500}}[{_URL_END}])?",
        score=0.8,
        trigger=r"\[\.\]|\(\.\)|\[dot\]",
    ),
    Pattern(
        "USERNAME",
        "path.home",
        r"(?:/(?:home|Users)/|(?i:[a-z]:)[\\/]{1,2}(?:Users|Documents and Settings)[\\/]{1,2})(?P<v>[^/\\ \t\r\n:\"'<>|?*]{1,64})",
        accept=_personal_folder,
        score=0.9,
        source="POSIX, Windows home folders",
    ),
    Pattern(
        "URL",
        "url.native_path",
        rf"(?i:https?://)[{_URL}]{{2,401}}+(?<=[/=])[{KANJI}ァ-ヺー]{{1,24}}(?:[の・_][{KANJI}ァ-ヺー]{{1,24}}){{0,3}}",
        score=0.9,
        source="RFC 3987",
        trigger="(?i:https?://)",
    ),
    Pattern(
        "IP_ADDRESS",
        "ip.v4_spoken",
        rf"(?<![0-9A-Za-z]){_OCTET}(?: dot {_OCTET}){{3}}(?![0-9A-Za-z])",
        score=0.9,
        source="RFC 791",
        digits=4,
    ),
)
