"""What a release's papers state, in Japanese and English: what it holds about people, for what, by whom.

Headings only, no values and no method: too fine a list may help restoring (APPI guideline on art. 43(3)).
"""

import datetime
from dataclasses import asdict

from deid.config import Config
from deid.papers.notices import Bilingual, pair_items
from deid.pipeline.publishing.promises import item_of
from deid.policies import PolicySpec, load_policy
from deid.subjects.deadlines import months_after
from deid.treatments import FieldSpec
from deid.types import Json

_REASSESS_MONTHS = 12

_HEADINGS = {
    "content": ("会話の内容", "content of conversations"),
    "text": ("文章の内容", "content of texts"),
    "role": ("話者の役割", "role of the speaker"),
    "speaker": ("話者の仮ID", "provisional id of the speaker"),
    "time": ("日時", "date and time"),
    "age": ("年代", "age band"),
    "gender": ("性別", "gender"),
    "sex": ("性別", "gender"),
    "region": ("地域", "region"),
    "city_country": ("居住地域", "area of residence"),
    "birth_city_country": ("出身地域", "area of origin"),
    "education": ("学歴区分", "level of education"),
    "employment_status": ("就業区分", "employment status"),
    "occupation": ("職業区分", "occupational group"),
    "conversation_id": ("会話の仮ID", "provisional id of the conversation"),
    "user_id": ("利用者の仮ID", "provisional id of the user"),
}
_PURPOSES = {
    "model-training": ("機械学習モデルの学習", "training of machine-learning models"),
    "statistics": ("統計の作成", "statistics"),
    "service-improvement": ("サービスの改善", "improvement of services"),
}


def describe_items(config: Config) -> tuple[tuple[Bilingual, ...], Bilingual]:
    """Return the items of the release, and its purpose."""
    policy = load_policy(config.policy) if config.policy else None
    headings = dict.fromkeys(
        _heading(path, spec, policy)
        for path, spec in config.fields.items()
        if spec.cls != "drop" and spec.effective.operator != "delete"
    )
    ja, en = zip(*headings, strict=True)
    purpose = config.purpose or "service-improvement"
    return pair_items(ja, en), Bilingual(*_PURPOSES.get(purpose, (purpose, purpose)))


def statement(config: Config, made: datetime.date) -> Json:
    """Return what the manifest holds for the papers; assessed again after the policy's months, or 12."""
    policy = load_policy(config.policy) if config.policy else None
    items, purpose = describe_items(config)
    months = policy.thresholds.reassess_months if policy else _REASSESS_MONTHS
    return {
        "items": [asdict(item) for item in items],
        "purpose": asdict(purpose),
        "controller": policy.title if policy else None,
        "contact": policy.contact if policy else "the publisher of this data set",
        "reassess": months_after(made, months).isoformat(),
    }


def _heading(path: str, spec: FieldSpec, policy: PolicySpec | None) -> tuple[str, str]:
    """Return the heading a field falls under: the policy's own where the field names its item."""
    item = item_of(spec, policy) if policy else None
    if item is None or policy is None:
        name = path.rpartition(".")[2].removesuffix("[]")
        return _HEADINGS.get(name, (name, name))
    if policy.published and item.listed:
        return policy.published.ja[item.listed], policy.published.en[item.listed]
    return item.ja, item.en
