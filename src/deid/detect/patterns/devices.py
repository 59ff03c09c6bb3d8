"""Identifiers of devices, of advertising and of visits: what machines are told apart by."""

import re

from deid.detect.checksums import digits, luhn
from deid.detect.context import Context, words
from deid.detect.patterns.accounts import SERIAL, is_identifier
from deid.detect.patterns.parts import GAP, LEFT, NOT_COUNTED, RIGHT, SERIAL_CUE, TAIL
from deid.detect.patterns.pattern import Pattern

_UUID = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
_IN_UUID = "[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-"  # rarer than the words beside one
_AD = r"アドID|idfa|rdid|gaid|aaid|adid|oaid|advertising[ _-]?(?:id|identifier)|ad[ _-](?:id|identifier)|ads?[ _-]tracking[ _-]id|maid|idfv|広告(?:に|の(?:ところ|欄|設定))|ads? (?:shows?|settings?)|google ad(?:vertising)? id|広告(?:用)?の?(?:識別)?(?:子|ID|番号|コード)"
_DEVICE = (
    r"udid|android[ _-]?id|device[ _-]?(?:id|identifier|uuid|token)|hardware id|hwid|machine[ _-]?id|installation id|ssaid|vaid|uuid|guid"
    r"|端末(?:識別)?(?:番号|ID|id)|デバイス(?:識別)?(?:番号|ID|id)|機器(?:番号|ID)|個体識別番号"
)
_COOKIE = (
    r"cookies?|session(?:[ _-]?(?:id|key|token))?|sess(?:id|ion_id)|phpsessid|jsessionid|asp\.net_sessionid|connect\.sid|sid|csrf(?:[_-]?token)?|_ga|_gid|_fbp|_fbc|__utma"
    r"|visitor[ _-]?id|anonymous[ _-]?id|anon[ _-]?id|client[ _-]?id|tracking id|クッキー|セッション(?:ID|id)?|匿名ID|訪問者ID"
)


def _is_opaque(surface: str) -> bool:
    return len(digits(surface)) > 1 and not re.fullmatch(r"[0-9.]{1,7}", surface)


def _is_somebodys(surface: str) -> bool:
    """Refuse zeros alone, which stand for no device."""
    return set(surface) - set("0- /.") != set()


PATTERNS = (
    Pattern(
        "AD_ID",
        "ad.uuid",
        rf"(?i:(?<![A-Za-z])(?:{_AD})){GAP}(?P<v>{_UUID}|[0-9A-Fa-f]{{32}}|[0-9A-Fa-f]{{64}}|[0-9A-Fa-f]{{16}}){RIGHT}",
        score=1.0,
        source="RFC 4122, IAB",
    ),
    Pattern(
        "DEVICE_ID",
        "device.uuid",
        rf"(?i:(?<![A-Za-z])(?:{_DEVICE}|imei)){GAP}(?P<v>{_UUID}|(?=[A-Z]{{0,8}}[0-9])[A-Z0-9]{{10,24}}|[0-9A-Fa-f]{{24}}|[0-9A-Fa-f]{{32,64}}|[0-9A-Fa-f]{{16}}|[0-9A-Fa-f]{{8}}-[0-9A-Fa-f]{{16}}|[0-9A-Fa-f]{{4}}(?:-[0-9A-Fa-f]{{4}}){{3,7}}){RIGHT}",
        accept=_is_somebodys,
        score=1.0,
        source="RFC 4122, Android",
    ),
    Pattern(
        "AD_ID",
        "ad.before_cue",
        rf"{LEFT}(?P<v>{_UUID}|[0-9A-Fa-f]{{32}}){TAIL}(?i:{_AD})",
        score=1.0,
        source="RFC 4122, IAB",
        trigger=rf"(?i:{_AD})",
    ),
    Pattern(
        "AD_ID",
        "ad.uuid_near",
        rf"{LEFT}{_UUID}{RIGHT}",
        context=Context(
            words(
                "広告|advert(?:is(?:ing|er|ement))?|ads?|idfa|gaid|aaid|トラッキング|tracking|追跡され|オプトアウト|ターゲティング|パーソナライズ"
            ),
            None,
            0.0,
            before=40,
        ),
        score=0.9,
        source="RFC 4122, IAB",
        trigger=_IN_UUID,
    ),
    Pattern(
        "DEVICE_ID",
        "device.uuid_near",
        rf"{LEFT}{_UUID}{RIGHT}",
        context=Context(
            words("端末|デバイス|機器|スマホ|iPhone|iPad|Android|device|phone|tablet|handset|imei"),
            None,
            0.0,
            before=40,
        ),
        accept=_is_somebodys,
        score=0.9,
        source="RFC 4122, Android",
        trigger=_IN_UUID,
    ),
    Pattern(
        "DEVICE_ID",
        "device.before_cue",
        rf"{LEFT}(?P<v>{_UUID}|[0-9A-Fa-f]{{32}}|[0-9A-Fa-f]{{16}}){TAIL}(?i:{_DEVICE})",
        accept=_is_somebodys,
        score=1.0,
        source="RFC 4122, Android",
        trigger=rf"(?i:{_DEVICE})",
    ),
    Pattern(
        "DEVICE_ID",
        "device.imei_near_cue",
        rf"{LEFT}[0-9]{{15}}{RIGHT}",
        context=Context(words("imei|imsi|meid|端末|製造番号"), None, 0.0, before=40),
        score=1.0,
        source="3GPP TS 23.003",
        digits=15,
    ),
    Pattern(
        "DEVICE_ID",
        "device.imei",
        rf"(?i:imei(?:i|2)?|meid|製造番号\(imei\)|端末製造番号|(?<![A-Za-z])(?:{_DEVICE})){GAP}(?P<v>[0-9](?:[- /.]?[0-9]){{14,15}}){RIGHT}",
        accept=_is_somebodys,
        score=1.0,
        source="3GPP TS 23.003",
        digits=15,
    ),
    Pattern(
        "DEVICE_ID",
        "device.imei_before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[0-9](?:[- /.]?[0-9]){{14,15}}){TAIL}(?i:imei|(?<![A-Za-z])(?:{_DEVICE}))",
        accept=_is_somebodys,
        score=0.9,
        source="3GPP TS 23.003",
        digits=15,
        trigger=rf"(?i:imei|{_DEVICE})",
    ),
    Pattern(
        "DEVICE_ID",
        "device.imei_form",
        rf"{LEFT}(?:0[01]|35|86)[0-9]{{13}}{RIGHT}",
        accept=lambda surface: len(set(surface)) > 4 and luhn(surface),
        context=Context(None, SERIAL_CUE, 0.7),
        score=0.7,
        source="3GPP TS 23.003: bodies that report, and the check digit",
        digits=15,
    ),
    Pattern(
        "DEVICE_ID",
        "device.eui64",
        r"(?<![0-9A-Za-z:-])(?=[0-9:-]{0,20}[A-Fa-f])(?:[0-9A-F]{2}(?:-[0-9A-F]{2}){7}|[0-9a-f]{2}(?:-[0-9a-f]{2}){7})(?![0-9A-Za-z:-])",
        score=0.7,
        source="IEEE EUI-64",
        trigger="[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-[0-9A-Fa-f]{2}-",
    ),
    Pattern(
        "DEVICE_ID",
        "device.meid",
        rf"(?i:(?<![A-Za-z])meid){GAP}(?P<v>[0-9A-Fa-f]{{14}}){RIGHT}",
        score=1.0,
        source="3GPP2 S.R0048",
    ),
    Pattern(
        "DEVICE_ID",
        "device.sim",
        rf"(?i:(?<![A-Za-z])(?:iccid|imsi|sim(?: card)?(?: ?(?:number|no\.?|id))?|eid)|SIM(?:カード)?(?:の)?番号){GAP}(?P<v>[0-9](?:[ -]?[0-9]){{13,31}}){RIGHT}",
        score=0.9,
        source="ITU-T E.118, E.212",
        digits=14,
    ),
    Pattern(
        "DEVICE_ID",
        "device.iccid",
        rf"{LEFT}8981[0-9]{{15}}{RIGHT}",
        accept=luhn,
        score=0.9,
        source="ITU-T E.118, Japan",
        digits=19,
    ),
    Pattern(
        "DEVICE_ID",
        "device.serial",
        rf"(?i:(?<![A-Za-z])(?:serial(?: ?(?:number|no\.?|num|#|(?= ?is |: ?| (?-i:[A-Z]{{1,4}}[0-9]{{6}}))))|s/n)|シリアル(?:番号|ナンバー|No\.?|(?=は|:|が|って|→|「| ?[A-Z0-9]{{6}}))|製造番号|(?:機器|個体|端末)番号){GAP}{SERIAL}{NOT_COUNTED}",
        accept=is_identifier,
        score=0.8,
    ),
    Pattern(
        "DEVICE_ID",
        "device.serial_alone",
        rf"(?:(?i:(?<![A-Za-z])(?:serial(?: (?:no\.?|number|num))?|s/?n)(?: (?:off|on|from|at|under) (?:the|its|ur|your) (?:back|bottom|box|underside|label|sticker))?(?![A-Za-z]))|シリアル(?![ァ-ヺー])){GAP}(?P<v>(?=[A-Za-z0-9]{{0,6}}[0-9])(?:[0-9A-Z]{{3,4}}(?:(?: {{1,2}}|-| - )[0-9A-Z]{{3,4}}){{2,3}}|[0-9a-f]{{4}}(?:(?: {{1,2}}|-| - )[0-9a-f]{{4}}){{3}}|[0-9a-f]{{16}}|[0-9A-F]{{8}}(?: {{1,2}}| - )[0-9A-F]{{16}}|[A-Z0-9]{{8,26}}|[A-Z0-9]{{2,12}}(?:-[A-Z0-9]{{1,12}}){{1,3}})){RIGHT}",
        accept=lambda surface: len(digits(surface)) > 1,
        score=0.7,
        digits=2,
    ),
    Pattern(
        "DEVICE_ID",
        "device.serial_before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>(?=[A-Za-z0-9]{{0,6}}[0-9])(?:[A-Z0-9]{{8,26}}|[A-Z0-9]{{2,12}}(?:-[A-Z0-9]{{1,12}}){{1,3}})){TAIL}(?:(?i:serial(?: ?(?:number|no\.?))?(?![A-Za-z]))|シリアル|製造番号|端末番号)",
        accept=lambda surface: len(digits(surface)) > 1,
        score=0.7,
        digits=2,
        trigger="(?i:serial)|シリアル|製造番号|端末番号",
    ),
    Pattern(
        "COOKIE_ID",
        "cookie.cued",
        rf"(?i:(?<![A-Za-z])(?:{_COOKIE}))[\"']?{GAP}(?P<v>[A-Za-z0-9](?:[A-Za-z0-9_%+/-]|\.(?=[A-Za-z0-9])){{9,255}}={{0,2}})(?![A-Za-z0-9])",
        accept=_is_opaque,
        score=0.9,
        source="RFC 6265",
    ),
    Pattern(
        "COOKIE_ID",
        "cookie.pair",
        r"(?i:cookie: ?)(?P<v>[A-Za-z0-9_.-]{1,64}=[^ ;\r\n]{1,512}(?:; ?[A-Za-z0-9_.-]{1,64}=[^ ;\r\n]{1,512}){0,20})",
        score=1.0,
        source="RFC 6265",
    ),
    Pattern(
        "COOKIE_ID",
        "cookie.named",
        r"(?:(?<![A-Za-z0-9_])|(?<=ID))(?i:phpsessid|jsessionid|asp\.net_sessionid|aspsessionid[a-z]{0,12}|connect\.sid|sessionid|session_id|csrftoken|xsrf-token|laravel_session|_ga(?:_[a-z0-9]{4,12})?|_gid|_fbp|_fbc|__utm[a-z]|_gcl_au|_ttp|uid|visitor_id|cfduid|__cf_bm)=[A-Za-z0-9%][A-Za-z0-9_.%+/:-]{7,255}={0,2}",
        accept=lambda surface: len(digits(surface)) > 1,
        score=1.0,
        source="RFC 6265",
    ),
    Pattern(
        "COOKIE_ID",
        "cookie.analytics",
        rf"{LEFT}(?:GA1\.[0-9]\.[0-9]{{6,12}}\.[0-9]{{9,11}}|GS1\.[0-9]\.[0-9a-z.]{{10,60}}|fb\.1\.[0-9]{{13}}\.[0-9A-Za-z_-]{{6,80}}){RIGHT}",
        score=1.0,
        source="Google Analytics, Meta pixel",
        digits=2,
    ),
    Pattern(
        "COOKIE_ID",
        "cookie.before_cue",
        rf"(?<![0-9A-Za-z%+/-])(?<![0-9A-Za-z][.])(?P<v>[A-Za-z0-9](?:[A-Za-z0-9_%-]){{9,255}}){TAIL}(?i:(?<![A-Za-z])(?:{_COOKIE}))",
        accept=_is_opaque,
        score=0.8,
        digits=2,
        trigger=rf"(?i:{_COOKIE})",
    ),
    Pattern(
        "DEVICE_ID",
        "device.push_token",
        r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{6,64}:APA91b[A-Za-z0-9_-]{20,240}|(?i:apns?|push|device)[ _-]?token[ :=]{1,3}[0-9a-f]{64}(?![0-9a-f])",
        score=1.0,
        source="Firebase Cloud Messaging, Apple Push Notification service",
        trigger=":APA91b|(?i:token[ :=]+[0-9a-f][0-9a-f])",
    ),
    Pattern(
        "DEVICE_ID",
        "device.ssh_key",
        r"(?<![A-Za-z0-9])(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp[0-9]{3}) (?P<v>AAAA[A-Za-z0-9+/]{30,1000}={0,2}(?: [A-Za-z0-9._-]{1,64}@[A-Za-z0-9._-]{1,64})?)",
        score=1.0,
        source="RFC 4253",
        trigger="(?:ssh-|ecdsa-sha2-)[a-z0-9]+ AAAA",
    ),
)
