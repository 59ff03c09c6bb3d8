"""Postal codes: those of Japan, and any beside a word for them."""

from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, GAP, RIGHT, TAIL, soon
from deid.detect.patterns.pattern import Pattern

PHONE = words("call|text|tel|phone|phones?|dial|ring|fax|ext|内線|電話|携帯|番号|reach|number")

PATTERNS = (
    Pattern(
        "POSTAL_CODE",
        "postal.jp_marked",
        rf"〒 ?(?:[0-9]{{3}} ?[{DASH} ]? ?[0-9]{{4}}(?![0-9])|[〇○零一二三四五六七八九]{{3}}[{DASH}の]?[〇○零一二三四五六七八九]{{4}})",
        score=1.0,
        source="Japan Post",
        trigger="〒",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.jp",
        rf"(?<![0-9A-Za-z〒])(?<![0-9][{DASH}. ()])(?<![)] )(?<![A-Za-z#]-)[0-9]{{3}}[{DASH}][0-9]{{4}}(?![0-9A-Za-z])(?![{DASH}.][0-9])",
        context=Context(
            words(
                "郵便|〒|postal(?: ?code)?|post ?code|zip(?: ?code)?|住所|address|Japan|Tokyo|Osaka|都|道|府|県|市"
            ),
            PHONE,
            0.0,
            before=14,
            after=8,
        ),
        score=0.9,
        source="Japan Post",
        digits=7,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.jp_alone",
        rf"(?<![0-9A-Za-z〒])(?<![0-9][{DASH}. ()])(?<![)] )(?<![A-Za-z#]-)(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{{2}})[{DASH}][0-9]{{4}}(?![0-9A-Za-z])(?![{DASH}.][0-9])(?! ?(?:円|個|人|本|番|号|型))",
        context=Context(
            None,
            words(
                "call|text|tel|phone|dial|fax|内線|電話|携帯|口座|番号|型番|品番|注文|会員|part|model|no|id|code|#"
            ),
            0.5,
            before=10,
            veto_after=0,
        ),
        score=0.5,
        source="Japan Post",
        digits=7,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.jp_cued",
        rf"(?i:郵便(?:番号|No\.?|コード)?|ゆうびん(?:番号)?|〒(?:番号)?|zip(?: ?code)?|postal ?code|postcode){soon('0-9〇○零一二三四五六七八九')}{GAP}(?P<v>[0-9]{{3}} ?[{DASH}の ]? ?[0-9]{{4}}|[〇○零一二三四五六七八九]{{3}}[{DASH}の]?[〇○零一二三四五六七八九]{{4}})(?![0-9])",
        score=0.9,
        source="Japan Post",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.form_field",
        r"(?i:name|id|autocomplete)=[\"'](?i:postal|zip|post)[A-Za-z_-]{0,8}[\"'][^<>\n]{0,40}? value=[\"'](?P<v>[0-9]{3}-?[0-9]{4}|[0-9]{5})(?![0-9])",
        score=0.9,
        source="WHATWG HTML, autofill field names",
        digits=5,
        trigger="(?i:=[\"'](?:postal|zip|post))",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.digits_cued",
        rf"(?i:(?<![A-Za-z])(?:zip(?! ?(?:drive|disk|file|tie|lock|bomb|archive|line|hoodie|up)s?(?![a-z]))(?: ?code)?|post ?code|postal ?code|postal(?=[\"']? ?[:=])|our postal|p/code|plz|code postal|código postal|codigo postal|cep|(?-i:CAP)|eircode|pin ?code)|邮编|郵遞區號|우편번호|(?-i:(?<![A-Za-z])C\.?P\.?(?=[ :]{{1,2}}[0-9]{{5}}(?![0-9]))))(?: here| ist| est| es| é| è)?(?:{GAP}|[^0-9\n]{{0,24}}?(?<![A-Za-z0-9]))(?P<v>[0-9]{{3}} [0-9]{{2}}|[0-9]{{4}} ?[A-Z]{{2}}|[0-9]{{9}}|[0-9]{{3,6}}(?:-[0-9]{{3,4}})?|(?i:[a-z][0-9][a-z0-9] ?[a-z0-9]{{4}})){RIGHT}",
        score=0.9,
        source="UPU S42",
        digits=1,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.digits_before_cue",
        rf"(?<![0-9A-Za-z-])(?<![0-9A-Za-z][.:])(?P<v>[0-9]{{3}}[{DASH} ]?[0-9]{{4}}|[0-9]{{5}}(?:-[0-9]{{4}})?){TAIL}(?i:zip(?: ?code)?(?![a-z])|post ?code|postal ?code|郵便)",
        score=0.9,
        source="UPU S42",
        digits=5,
        trigger="(?i:zip|post ?code|postal ?code)|郵便",
    ),
)
