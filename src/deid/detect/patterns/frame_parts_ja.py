"""What frames of Japanese sentences are made of: what stands between a noun and its value, and how a frame is written.

«注文は N1-25807», «会員証の番号、8442-4273やねん», «402966って番号きた»: a noun, what joins it to the value, and the value; or
the value, what follows it, and the noun. What joins is any hiragana and any sign, since particles, dialects and politeness
are written in them. A frame asks of its value only that it looks like one, so the nouns must be telling.
"""

import re
from collections.abc import Callable

from deid.detect.context import Context
from deid.detect.patterns.parts import HIRAGANA, KANJI, KATAKANA, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern

# Between a noun and its value: particles, endings of verbs, signs, a remark in brackets, and a few stems.
_STEMS = "確か|以下|下記|次|今|現在|新|前|番号|数字|自分|私|僕|俺|登録|入力|教|言|書|記載|送|貼|使|変|設定|聞|英数|全部|多分|半角|控え|祖父|祖母|母|父|妻|夫|兄|弟|姉|妹|娘|息子|実家|自宅|会社|職場"
JOIN = rf"(?: ?\([^()\n]{{1,16}}\))?(?:[1-9](?=[:.)]))?(?:[{HIRAGANA}ー、。,:=…→「『\"'`(/|*<>\[#~〜・!?. -]|{_STEMS}){{0,14}}"
# Between a value and its noun.
TAIL = rf"[」』\"')]{{0,2}} ?(?:[{HIRAGANA}ー、。:=…→←<(/|・ -]|{_STEMS}){{1,10}}"
LEFT = r"(?<![0-9A-Za-z_@#%+-])(?<![0-9A-Za-z][./])(?<![/][/])(?<![A-Za-z][‐‑–−ー])"


SPOKEN = Context(re.compile(f"[{HIRAGANA}{KATAKANA}{KANJI}]"), None, 0.0, before=24, after=12)


def is_dated(surface: str) -> bool:
    """Whether a value reads as a date, a year or a round number."""
    return (
        re.fullmatch(
            r"(?:19|20)[0-9]{2}[-./ ]?[01][0-9][-./ ]?[0-3][0-9]|(?:19|20)[0-9]{2}|[0-9]{1,2}[-/][0-9]{1,2}(?:[-/][0-9]{2,4})?|0?[1-9]0+",
            surface,
        )
        is not None
    )


def frame(
    label: str,
    name: str,
    nouns: str,
    value: str,
    *,
    accept: Callable[[str], bool] | None = None,
    least: int = 0,
) -> Pattern:
    """Return a frame whose noun comes first."""
    regex = f"(?:{nouns}){JOIN}{LEFT}{value}{NOT_COUNTED}"
    return Pattern(label, name, regex, accept=accept, context=SPOKEN, score=0.7, digits=least, trigger=nouns)


def after(
    label: str,
    name: str,
    value: str,
    follows: str,
    *,
    accept: Callable[[str], bool] | None = None,
    least: int = 0,
) -> Pattern:
    """Return a frame whose value comes first."""
    regex = f"{LEFT}{value}(?:{follows})"
    return Pattern(
        label, name, regex, accept=accept, context=SPOKEN, score=0.7, digits=least, trigger=follows
    )
