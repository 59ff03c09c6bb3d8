"""Statement of the pseudonymisation domain (EDPB Guidelines 01/2025, version for consultation; GDPR 4(5))."""

from deid.errors import ConfigError
from deid.papers.source import PaperSource

_EN = """\
# Pseudonymisation domain: {domain}

- Data set: {name}, manifest {digest}
- Controller: {controller}
- Purpose of use: {purpose}
- Inside the domain: those within the controller who are given this data set for its purpose. They hold the \
data set and what they know otherwise; they hold neither the escrow nor its keys.
- Outside the domain: the escrow with the additional information, and its custodians; everybody else.
- Additional information: originals, and whatever made the replacements, sealed in the escrow, in batches of \
run {run}. It is opened by custodians alone, for a recorded purpose, and each opening is in the escrow's log.
- Tokens: keyed, and made for this domain; the same value has another token in another domain.
- Quasi-identifiers: at least {k} persons share each combination that was counted.
- The data remain personal data. Deleting the keys alone does not make them anonymous.
- Rights of the persons in it apply; contact: {contact}
"""
_JA = """\
# 仮名化の領域：{domain}

- データセット：{name}（マニフェスト {digest}）
- 事業者：{controller}
- 利用目的：{purpose}
- 領域の内側：上記の目的のために本データを取り扱う事業者内の者。本データ及び各自の知識のみを有し、エスクロー及びその鍵を有しない。
- 領域の外側：削除情報等を保管するエスクロー及びその管理者、並びにその他の者。
- 削除情報等：元の記述及び置換に用いた情報は、実行 {run} の単位で封印してエスクローに保管する。管理者のみが、記録された目的のために\
開くことができ、開いたことはすべて記録される。
- トークン：鍵を用いて本領域のために作成する。別の領域では同じ値が別のトークンになる。
- 準識別子：計数した組合せごとに {k} 人以上が該当する。
- 本データは引き続き個人データである。鍵の削除のみでは匿名とはならない。
- 本人の権利は引き続き適用される。お問い合わせ：{contact}
"""


def render_domain(source: PaperSource) -> dict[str, str]:
    """Return file name to text. Raises ConfigError in anonymize mode, which has no domain."""
    escrow = source.manifest["escrow"]
    if source.mode != "pseudonymize" or not escrow:
        raise ConfigError(f"{source.name}: only a pseudonymized release has a domain")
    words = {
        "domain": escrow["domain"],
        "run": escrow["run"],
        "name": source.name,
        "digest": source.digest,
        "controller": source.controller,
        "k": (source.manifest["kanon"] or {}).get("k"),
        "contact": source.contact,
    }
    return {
        "domain.ja.md": _JA.format_map({**words, "purpose": source.purpose.ja}),
        "domain.en.md": _EN.format_map({**words, "purpose": source.purpose.en}),
    }
