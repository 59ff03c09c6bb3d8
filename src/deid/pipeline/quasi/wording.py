"""What the nodes of stated facts are called in a text, in English and in Japanese.

A node that has no words is never written: what it stands for becomes a tag.
"""

from datetime import date

from deid.transform.ages import age_text, parse_range
from deid.transform.script import Language

# The groups of ``configs/hierarchies/stated-occupation.csv``, with the names that the Japan Standard
# Occupational Classification (2009) has for alike groups where it has one.
_JOBS_JA = {
    "health professional": "医療専門職", "health technician": "医療技術者", "legal, social or cultural professional": "法務・社会・文化の専門職",
    "culture or sport worker": "文化・スポーツ従事者", "teaching professional": "教育専門職", "science or engineering professional": "理工系専門職",
    "science or engineering technician": "理工系技術者", "information technology professional": "情報処理専門職",
    "information technology technician": "情報処理技術者", "business professional": "経営専門職", "business agent": "営業・代理業従事者",
    "senior official": "公職者", "commercial manager": "経営者・管理者", "general clerk": "一般事務従事者", "customer services clerk": "窓口事務従事者",
    "personal care worker": "介護・保育従事者", "protective services worker": "保安職", "personal service worker": "接客・生活サービス従事者",
    "sales worker": "販売従事者", "agricultural worker": "農業従事者", "fishery worker": "漁業従事者", "building trades worker": "建設従事者",
    "metal or machinery trades worker": "金属・機械従事者", "electrical trades worker": "電気工事従事者", "other trades worker": "製造・加工従事者",
    "driver": "運転従事者", "plant or machine operator": "生産工程従事者", "transport or storage labourer": "運搬従事者",
    "member of the armed forces": "防衛関係者", "part-time worker": "短時間勤務者", "student": "学生", "person without paid work": "仕事をしていない人",
    "professional": "専門職", "technician or agent": "技術・代理業従事者", "manager or official": "管理職・公職者", "clerk": "事務従事者",
    "service or sales worker": "サービス・販売従事者", "farm, forestry or fishery worker": "農林漁業従事者", "craft worker": "技能職",
    "machine operator or driver": "機械・運転従事者", "labourer": "労務職", "working person": "社会人", "person not in work": "就業していない人",
}  # fmt: skip
# United Nations M49 regions, as adjectives.
_PEOPLES = {
    "Eastern Asia": "East Asian", "South-eastern Asia": "Southeast Asian", "Southern Asia": "South Asian", "Western Asia": "West Asian",
    "Central Asia": "Central Asian", "Northern Europe": "Northern European", "Western Europe": "Western European",
    "Eastern Europe": "Eastern European", "Southern Europe": "Southern European", "Northern America": "North American",
    "Central America": "Central American", "South America": "South American", "Caribbean": "Caribbean", "Northern Africa": "North African",
    "Western Africa": "West African", "Eastern Africa": "East African", "Middle Africa": "Central African",
    "Southern Africa": "Southern African", "Australia and New Zealand": "Australasian", "Asia": "Asian", "Europe": "European",
    "Americas": "American (of the Americas)", "Africa": "African", "Oceania": "Oceanian",
    "Melanesia": "Melanesian", "Micronesia": "Micronesian", "Polynesia": "Polynesian",
}  # fmt: skip
_BODIES = {
    "university": ("a university", "大学"), "upper secondary school": ("a high school", "高校"), "lower secondary school": ("a middle school", "中学校"),
    "primary school": ("an elementary school", "小学校"), "vocational school": ("a vocational school", "専門学校"), "school": ("a school", "学校"),
    "bank": ("a bank", "銀行"), "hospital": ("a hospital", "病院"), "shop": ("a shop", "店"), "manufacturer": ("a manufacturer", "メーカー"),
    "carrier": ("a transport company", "運輸会社"), "company": ("a company", "会社"),
}  # fmt: skip


def job_words(node: str, language: Language) -> str:
    """Return the words for a group of occupations."""
    return _JOBS_JA[node] if language == "ja" else node


def people_words(region: str, japanese: str, language: Language) -> str:
    """Return the words for who comes from a region.

    japanese : the region's name in Japanese, which stands before 人 or 国籍.
    """
    return japanese if language == "ja" else _PEOPLES[region]


def body_words(node: str, language: Language) -> str:
    """Return the words for a kind of school or employer."""
    return _BODIES[node][language == "ja"]


def birth_words(age: str, today: date, language: Language) -> str | None:
    """Return the years of birth of whoever has an age on a day: ``1986-1996``; None for no age.

    age : as ``parse_range`` reads it.
    """
    numbers = parse_range(age)
    if numbers is None:
        return None
    low, high = numbers
    last = today.year - low
    if high is None:
        return f"{last}年以前" if language == "ja" else f"{last} or before"
    first = today.year - high - 1
    return f"{first}〜{last}年" if language == "ja" else f"{first}-{last}"


def age_words(age: str, language: Language) -> str | None:
    """Return an age of a plan as it stands in a text; None for no age."""
    numbers = parse_range(age)
    return None if numbers is None else age_text(numbers, language)
