"""Certificate of destruction as a paper: what an anonymize run destroyed, how, and what it cannot say (PPC Q&A 15-14)."""

from deid.errors import ConfigError
from deid.papers.source import PaperSource

_EN = """\
# Certificate of destruction

- Data set: {name}, manifest {digest}
- Run: {run}, started {started}
- When: {when}
- Escrow: {escrow}

Destroyed:

{destroyed}

Verified: {verified}

Not covered by this certificate:

{not_covered}
"""
_JA = """\
# 削除情報等の廃棄証明書

匿名加工情報の作成に用いた対応表及びパラメータを廃棄したことを証明します（明細は記録のとおり英語で記載します）。

- データセット：{name}（マニフェスト {digest}）
- 実行：{run}（開始 {started}）
- 時期：{when}
- エスクロー：{escrow}

廃棄したもの：

{destroyed}

確認：{verified}

本証明書の対象外：

{not_covered}
"""


def render_destroyed(source: PaperSource) -> dict[str, str]:
    """Return file name to text. Raises ConfigError where nothing was destroyed: in pseudonymize mode."""
    said = source.destruction
    if said is None:
        raise ConfigError(f"{source.name}: a pseudonymized release has no certificate of destruction")
    words = {
        "name": source.name,
        "digest": source.digest,
        "run": said["run"],
        "started": said["run_started"],
        "when": said["when"],
        "escrow": said["escrow"],
        "destroyed": "\n".join(f"- {item['what']}: {item['how']}" for item in said["destroyed"]),
        "verified": "; ".join(
            f"{what}: {'yes' if is_so else 'no'}" for what, is_so in said["verified"].items()
        ),
        "not_covered": "\n".join(f"- {item}" for item in said["not_covered"]),
    }
    return {"destruction.ja.md": _JA.format_map(words), "destruction.en.md": _EN.format_map(words)}
