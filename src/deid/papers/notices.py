"""Notices that go with a release, in Japanese and English, with the same items in both.

Sources: APPI art. 43(3), 43(4), 44, 45 and Enforcement Rules 36-38 for anonymously processed information;
APPI art. 41(4), 41(6)-(8), 42 for pseudonymously processed information; wording of REQUIREMENTS section 5
(P-1, P-2, P-3, P-5). Counsel should read them before they are used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from deid.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in both languages."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What the notices state.

    items   : items of information about individuals that the release holds, never values.
    created : date of creation, ISO 8601.
    method  : method of provision to third parties; None where nothing is provided.
    purpose : purpose of use; needed in pseudonymize mode.
    """

    mode: Literal["anonymize", "pseudonymize"]
    items: tuple[Bilingual, ...]
    created: str
    contact: str
    method: Bilingual | None = None
    purpose: Bilingual | None = None


Language = Literal["ja", "en"]
_LANGUAGES: tuple[Language, ...] = ("ja", "en")
_BETWEEN: Mapping[Language, str] = {"ja": "、", "en": "; "}

_CREATED_JA = """\
# 匿名加工情報の作成に関する公表

当社は、下記のとおり匿名加工情報を作成しました。

- 匿名加工情報に含まれる個人に関する情報の項目：{items}
- 作成日：{created}
- お問い合わせ：{contact}
"""
_CREATED_EN = """\
# Publication: creation of anonymously processed information

We have created anonymously processed information.

- Items of information about individuals contained in it: {items}.
- Created on: {created}
- Contact: {contact}
"""
_PROVIDED_JA = """
# 匿名加工情報の第三者提供に関する公表

当社は、匿名加工情報を第三者に提供します（予定を含む）。

- 提供する匿名加工情報に含まれる個人に関する情報の項目：{items}
- 提供の方法：{method}
"""
_PROVIDED_EN = """
# Publication: provision of anonymously processed information

We will provide anonymously processed information to third parties.

- Items of information about individuals contained in it: {items}.
- Method of provision: {method}
"""
_PURPOSE_JA = """\
# 仮名加工情報の利用目的の公表

当社は、仮名加工情報を下記の目的で利用します。この目的は仮名加工情報に係るものです。

- 利用目的：{purpose}
- 仮名加工情報に含まれる個人に関する情報の項目：{items}
- 作成日：{created}
- お問い合わせ：{contact}
"""
_PURPOSE_EN = """\
# Publication: purpose of use of pseudonymously processed information

We use pseudonymously processed information for the purpose below, which concerns such information only.

- Purpose of use: {purpose}
- Items of information about individuals contained in it: {items}.
- Created on: {created}
- Contact: {contact}
"""
_RECIPIENT_JA = """\
# 匿名加工情報である旨の通知

本データは匿名加工情報です。本人を識別する目的で、削除された記述等・個人識別符号・加工方法に関する情報を取得し、\
又は本データを他の情報と照合することは禁止されています。第三者へ提供する場合は、あらかじめ項目と提供方法を公表し、\
提供先に匿名加工情報である旨を明示してください。

- 項目：{items}
- お問い合わせ：{contact}
"""
_RECIPIENT_EN = """\
# Notice: anonymously processed information

This data set is anonymously processed information. Obtaining the deleted descriptions, identification \
codes or processing-method information, or collating this data set with other information, in order to \
identify a person is prohibited. Before providing it onward, publish its items and the method of \
provision, and state to the recipient that it is anonymously processed information.

- Items: {items}.
- Contact: {contact}
"""
_INSIDE_JA = """\
# 仮名加工情報である旨の通知

本データは仮名加工情報です。法令に基づく場合を除き、第三者に提供することはできません。本人を識別するために他の情報と\
照合すること、及び本データに含まれる連絡先その他の情報を電話・郵便・電報・ファクシミリ・電子メール・住居訪問のために\
利用することは禁止されています。

- 項目：{items}
- 利用目的：{purpose}
- お問い合わせ：{contact}
"""
_INSIDE_EN = """\
# Notice: pseudonymously processed information

This data set is pseudonymously processed information. Except where a law says so, it is not provided to \
third parties. Collating it with other information in order to identify a person, and using contact \
details or other information in it to telephone, write to, telegraph, fax, message or visit anyone, is \
prohibited.

- Items: {items}.
- Purpose of use: {purpose}
- Contact: {contact}
"""


def pair_items(ja: Sequence[str], en: Sequence[str]) -> tuple[Bilingual, ...]:
    """Pair two lists of items; raises ConfigError unless both hold the same number, none of them blank."""
    if len(ja) != len(en):
        raise ConfigError(
            f"notices: {len(ja)} items in Japanese and {len(en)} in English",
            hint="list the same items in both languages, in the same order",
        )
    if not ja or not all(item.strip() for item in (*ja, *en)):
        raise ConfigError("notices: an item is blank, or there is none")
    return tuple(Bilingual(*pair) for pair in zip(ja, en, strict=True))


def render_notices(facts: NoticeFacts) -> dict[str, str]:
    """Return path below the release folder to text, for both notices in both languages.

    Raises ConfigError when pseudonymize mode has no purpose, or has a method of provision: pseudonymously
    processed information is not provided to third parties (APPI art. 41(6)).
    """
    if facts.mode == "anonymize":
        publication = (_CREATED_JA, _CREATED_EN)
        recipient = (_RECIPIENT_JA, _RECIPIENT_EN)
    else:
        _check_inside(facts)
        publication = (_PURPOSE_JA, _PURPOSE_EN)
        recipient = (_INSIDE_JA, _INSIDE_EN)
    if facts.method is not None:
        publication = (publication[0] + _PROVIDED_JA, publication[1] + _PROVIDED_EN)
    return {
        f"notices/{name}.{language}.md": text.format_map(_words(facts, language))
        for name, texts in (("publication", publication), ("recipient", recipient))
        for language, text in zip(_LANGUAGES, texts, strict=True)
    }


def _check_inside(facts: NoticeFacts) -> None:
    if facts.method is not None:
        raise ConfigError("notices: pseudonymously processed information is not provided to third parties")
    if facts.purpose is None:
        raise ConfigError("notices: pseudonymize mode needs a purpose of use in both languages")


def _words(facts: NoticeFacts, language: Language) -> dict[str, str]:
    def said(text: Bilingual | None) -> str:
        return "" if text is None else str(getattr(text, language))

    return {
        "items": _BETWEEN[language].join(map(said, facts.items)),
        "created": facts.created,
        "contact": facts.contact,
        "method": said(facts.method),
        "purpose": said(facts.purpose),
    }
