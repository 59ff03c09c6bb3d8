"""What stands where a value is asked for and is none: makes and models, and what a release has in its place."""

import re

from deid.labels import LABELS

# Makes whose numbers are known: a name with figures of somebody's own («pixel2207», «mei_7.22») is none.
_MADE = re.compile(
    r"(?:(?:rtx|gtx)[ _-]?[1-9]0[5-9]0(?:[ _-]?(?:ti|super))?|rx[ _-]?[5-9][0-9]00(?:[ _-]?xtx?)?|(?:core[ -]?)?i[3579][ -][0-9]{4,5}(?:k|kf|ks|f|h|hx|hq|u|t|g[0-9])?|ryzen[ _-]?[3579](?:[ _-][0-9]{4}[a-z0-9]{0,3})?"
    r"|gpt-[1-9](?:[.][0-9])?(?:o|o?-(?:mini|turbo|pro))?|llama-?[1-9](?:[.][0-9])?(?:-[0-9]{1,3}b)?|iphone[ -]?1[0-9](?:[ -]?(?:pro|max|plus|mini)){0,2}|ps[1-5]|usb[ -]?[1-4](?:[.][0-9])?|ddr[3-5](?:-[0-9]{4})?|wi-?fi[ -]?[4-7]e?)",
    re.IGNORECASE,
)
_MODEL = re.compile("[A-Z]{2,4}-?[0-9]{3,4}[A-Z]{0,2}[0-9]?")
# What one does with a thing, and says of it: «で聴いてる», «だと速い».
_OF_A_THING = re.compile(
    "(?:で|にて)[ 　]?(?:動画|音楽|映画|ゲーム|配信して|聴|聞い|撮|録|描|弾|編集|遊)|だと|を?(?:買|ほし|欲し)|が(?:届|ほし|欲し|安|高)|って(?:高|安|重|速|遅|いく)"
)
# What is said of a name, a secret or a code in place of it: rules, refusals, what became of it.
_CLAUSE = re.compile(
    "文字(?:以上|以内|まで|の)|^[0-9]+(?:文字|桁)|^先着|^お?(?:分|わ)かり(?:[まに]|$)|^ご存[じ知]|^(?:半角|全角|英数|大文字|小文字|数字)|[をにが].+(?:ます|ません|した|ない|ください|ている|だった)$|と同じ|ますと|によって|次第|(?:の順番?|違うよ?|異なる)$|(?<=[たいるすだ])けど$"
    "|(?:ます|ません|(?<!^あ)した|れた|てた|った|たい|ない|ください|って|ている|てる)$"
)
_NO_VALUES = frozenset({"ない", "秘密", "内緒", "教えない", "同じ", "忘れた", "何", "わからない"})
# Where a form, a notice or a lesson shows how a value is written.
_SHOWS = re.compile(
    "見本の(?:はがき|ハガキ|葉書|封筒|用紙|紙|カード)に|(?:見本|サンプル|ダミー)(?:[:：「『]|[のに](?=〒?[|「『]|(?:郵便|電話|口座)?番号|コード|値|数字))|(?:記入|入力|記載|表示)例|の例(?![会年外の])"
    "|(?<![一-鿿々])例(?:えば|として|[:：「はで]|に(?![よ漏もな])|やから)|仮の(?:番号|値)"
)
_SHOWN_NEAR = 16  # characters
_SAID_NEAR = 80  # characters
_ENDS = re.compile(r"[。．!！?？\n]")
# A sentence of what somebody has is no form, however it begins: «例えば私の番号は…».
OWNED = re.compile(
    "[私俺僕]|うち|自分|わたし|あたし|わし|ぼく|おれ|オレ|ボク|ワイ|弊社|当社|我が?家|[父母兄姉弟妹夫妻嫁]の|彼女?の|友達の|本人(?!確認)|本物|本当|ほんと|実際|じゃな|ではな"
)
_ALL_ONE = re.compile(r"([0-9〇○])(?:[-‐‑–—−ー・ ]?\1){2,}")
_COUNTING = re.compile("(?:0?123-?456(?:-?7(?:8(?:90?)?)?)?|123-?4567|1234-?5678(?:-?90?)?)")
_VARIABLE = re.compile("%[A-Z]+(?:_[A-Z]+)*%")  # of a batch file
_PARTS = re.compile("[^0-9A-Za-z_]+")


def is_made(value: str) -> bool:
    """Whether a value is the name of a make with its number."""
    return _MADE.fullmatch(value) is not None


def is_model(text: str, start: int, end: int) -> bool:
    """Whether a range looks like the number of a model, and the words behind it speak of a thing."""
    return _MODEL.fullmatch(text, start, end) is not None and _OF_A_THING.match(text, end) is not None


def is_clause(surface: str) -> bool:
    """Whether Japanese words behind «パスワードは» are a sentence about it rather than the value."""
    return _CLAUSE.search(surface) is not None or surface in _NO_VALUES


def in_its_sentence(text: str, start: int, end: int, lead: int, tail: int) -> tuple[str, str]:
    """Return what stands before and behind a range in its sentence, at most so many characters."""
    return _ENDS.split(text[max(0, start - lead) : start])[-1], _ENDS.split(text[end : end + tail])[0]


def is_sample(text: str, start: int, end: int) -> bool:
    """Whether a range is counted off or one figure alone, and shown as an example: «記入例「1234567」», «見本の〒000-0000»."""
    digits = text[start:end].lstrip("〒 ")
    if _COUNTING.fullmatch(digits) is None and _ALL_ONE.fullmatch(digits) is None:
        return False
    before, behind = in_its_sentence(text, start, end, _SAID_NEAR, _SAID_NEAR)
    near = before[-_SHOWN_NEAR:] + "|" + behind[:_SHOWN_NEAR]
    return _SHOWS.search(near) is not None and OWNED.search(before + "|" + behind) is None


def is_placeholder(surface: str) -> bool:
    """Whether a range is what releases have for findings, «[PERSON_1]», or for one that somebody typed, «⟦PERSON_1⟧»."""
    if _VARIABLE.fullmatch(surface) is not None:
        return True
    parts = _PARTS.split(surface)
    return any(parts) and all(not part or _is_numbered(part) for part in parts)


def _is_numbered(part: str) -> bool:
    label, _, number = part.rpartition("_")
    return label in LABELS and number.isdigit()
