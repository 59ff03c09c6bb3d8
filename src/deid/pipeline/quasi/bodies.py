"""Kinds of schools and employers, by how their names end: ``stanford university``, ``開成高校``, ``きらぼし銀行``."""

import re

_SCHOOLS = (
    ("vocational school", r"専門学校|専修学校|vocational|beauty school|culinary"),
    ("primary school", r"小学校|小$|elementary|primary"),
    ("lower secondary school", r"中学校?$|中$|middle school|junior high"),
    ("upper secondary school", r"高校|高等学校|高$|high school|\bhigh\b"),
    (
        "university",
        r"大学|[大]$|短大|高専|学院$|university|\buni\b|college|institute|polytechnic|\btech\b|\bstate\b|^(?:mit|ucla|nyu|usc|harvard|yale|stanford|oxford|cambridge|princeton)$",
    ),
)
_EMPLOYERS = (
    ("bank", r"銀行|信用金庫|証券|生命|bank|insurance"),
    ("hospital", r"病院|医院|クリニック|hospital|clinic"),
    ("manufacturer", r"製薬|自動車|電機|工業|製作所|重工|化学|食品|建設|motors|pharma|industries"),
    ("carrier", r"鉄道|航空|急便|運輸|通運|日本郵便|\bjr|airlines?|railway|logistics"),
    ("shop", r"店$|百貨店|スーパー|コンビニ|shop|store|mart\b|market|cafe|restaurant"),
)


def _compiled(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


_SCHOOL_KINDS, _EMPLOYER_KINDS = _compiled(_SCHOOLS), _compiled(_EMPLOYERS)


def school_chain(name: str) -> tuple[str, str]:
    """Return the kind of a school, in lower case, and ``school``."""
    return next((kind for kind, found in _SCHOOL_KINDS if found.search(name)), "school"), "school"


def employer_chain(name: str) -> tuple[str, str]:
    """Return the kind of an employer, in lower case, and ``company``."""
    return next((kind for kind, found in _EMPLOYER_KINDS if found.search(name)), "company"), "company"
