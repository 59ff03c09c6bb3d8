"""Papers of one provision: the record, the recipient's terms, and what persons are told of a recipient abroad.

Sources: APPI art. 29 and P-4 of REQUIREMENTS for the record; art. 44 to 46 and California Civil Code
1798.140(m)(3) for the terms; art. 28(2) for the information on a foreign country.
"""

import datetime
from dataclasses import dataclass

from deid.papers.notices import Bilingual
from deid.papers.source import PaperSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionFacts:
    """Who gets a release, when, how, and on what ground.

    country, system, measures : where the recipient is, how personal information is protected there, and what
                                the recipient does for it.
    basis       : why it is allowed, with the article.
    publication : the entry of the register that announced it; empty where none is needed.
    """

    recipient: str
    country: str
    system: str
    measures: str
    agreement: str
    purposes: tuple[str, ...]
    method: Bilingual
    on: datetime.date
    basis: str
    publication: str


_RECORD_EN = """\
# Provision record

- Data set: {name}, manifest {digest}
- Class under APPI: {appi}; under GDPR: {gdpr}
- Provided to: {recipient} ({country})
- On: {on}
- Items: {items}
- Number of persons: {persons}
- Method: {method}
- Basis: {basis}
- Purposes: {purposes}
- Publication: {publication}
- Agreement: {agreement}
"""
_RECORD_JA = """\
# 提供記録

- データセット：{name}（マニフェスト {digest}）
- 区分：APPI {appi}、GDPR {gdpr}
- 提供先：{recipient}（{country}）
- 提供日：{on}
- 項目：{items}
- 本人の数：{persons}
- 提供の方法：{method}
- 根拠：{basis}
- 利用目的：{purposes}
- 公表：{publication}
- 契約：{agreement}
"""
_TERMS_EN = """\
# Recipient terms

Between {controller} and {recipient}, part of agreement {agreement}, for the data set {name} (manifest {digest}).

1. The data set is used only for: {purposes}.
2. It is not collated with other information to identify a person, and no deleted description, identification \
code or processing method is sought.
3. No person in it is contacted, and nothing is decided about a particular person on the ground of it.
4. It is kept safe; complaints are answered; a breach is told to {contact} without delay.
5. {onward_en}
6. The recipient does not reidentify, and binds whoever gets it to the same (California Civil Code 1798.140(m)).
7. It is deleted when the purposes are served, or when the provider asks because its status has changed.
"""
_TERMS_JA = """\
# 提供先が守る事項

{controller}と{recipient}との契約 {agreement} の一部として、データセット {name}（マニフェスト {digest}）について定めます。

1. 次の目的にのみ利用します：{purposes}
2. 本人を識別する目的で他の情報と照合せず、削除された記述等・個人識別符号・加工の方法に関する情報を取得しません。
3. 本データにより本人に連絡せず、特定の個人に関する措置や決定を行いません。
4. 安全に管理し、苦情に対応し、漏えい等があれば遅滞なく {contact} に知らせます。
5. {onward_ja}
6. 再識別を行わず、提供を受けるすべての者に同じ義務を課します（カリフォルニア州民法 1798.140(m)）。
7. 目的を達したとき、又は区分の変更により提供元が求めたときは、消去します。
"""
_ONWARD = {
    "anonymize": (
        "あらかじめ項目と提供の方法を公表し、匿名加工情報である旨を明示した場合に限り、第三者に提供できます。",
        "Before it is provided onward, its items and the method are published, and it is said to be anonymously processed.",
    ),
    "pseudonymize": ("第三者に提供しません。", "It is not provided to third parties."),
}
_TRANSFER_EN = """\
# Information on provision abroad

- Recipient: {recipient}
- Name of the foreign country: {country}
- System of protection of personal information there: {system}
- Measures taken by the recipient: {measures}
- Contact: {contact}
"""
_TRANSFER_JA = """\
# 外国にある第三者への提供に関する情報

- 提供先：{recipient}
- 当該外国の名称：{country}
- 当該外国における個人情報の保護に関する制度：{system}
- 提供先が講ずる措置：{measures}
- お問い合わせ：{contact}
"""
# Numbers of persons as a record gives them: an exact one could tell who joined between two releases.
_BANDS = (100, 1_000, 10_000, 100_000, 1_000_000)


def render_provided(source: PaperSource, facts: ProvisionFacts) -> dict[str, str]:
    """Return file name to text: record and terms, and the transfer information when it goes abroad."""
    ja, en = _words(source, facts)
    papers = {
        "record.ja.md": _RECORD_JA.format_map(ja),
        "record.en.md": _RECORD_EN.format_map(en),
        "terms.ja.md": _TERMS_JA.format_map(ja),
        "terms.en.md": _TERMS_EN.format_map(en),
    }
    if is_abroad(facts.country):
        papers["transfer.ja.md"] = _TRANSFER_JA.format_map(ja)
        papers["transfer.en.md"] = _TRANSFER_EN.format_map(en)
    return papers


def is_abroad(country: str) -> bool:
    """Return whether a country, an ISO 3166 code, is not Japan."""
    return country.upper() != "JP"


def persons_band(count: int | None) -> str:
    """Return a number of persons as a band."""
    if count is None:
        return "not counted"
    low = 0
    for high in _BANDS:
        if count < high:
            return f"{low or 1} to {high - 1}"
        low = high
    return f"{low} or more"


def _words(source: PaperSource, facts: ProvisionFacts) -> tuple[dict[str, object], dict[str, object]]:
    onward_ja, onward_en = _ONWARD[source.mode]
    both: dict[str, object] = {
        **{
            name: getattr(facts, name)
            for name in ("recipient", "country", "system", "measures", "agreement", "on")
        },
        "name": source.name,
        "digest": source.digest,
        "controller": source.controller,
        "contact": source.contact,
        "appi": source.manifest["class"]["appi"],
        "gdpr": source.manifest["class"]["gdpr"],
        "persons": persons_band((source.manifest["kanon"] or {}).get("subjects")),
        "basis": facts.basis,
        "purposes": ", ".join(facts.purposes),
        "publication": facts.publication or "–",
        "onward_ja": onward_ja,
        "onward_en": onward_en,
    }
    return (
        {**both, "items": "、".join(item.ja for item in source.items), "method": facts.method.ja},
        {**both, "items": "; ".join(item.en for item in source.items), "method": facts.method.en},
    )
