"""Public commitment of Civil Code 1798.140(m)(2), California: not to re-identify, but for tests of the process."""

from deid.papers.source import PaperSource

_EN = """\
# Public commitment

{controller} maintains and uses the data set {name} (manifest {digest}) only in deidentified form, and does not \
attempt to reidentify it, except solely to determine whether its deidentification processes satisfy the law. \
Recipients are bound by contract to the same. Contact: {contact}
"""
_JA = """\
# 再識別を行わないことの公約

{controller}は、データセット {name}（マニフェスト {digest}）を非識別化された形でのみ保有し利用します。非識別化の手法が法令に適合することを\
確かめる場合を除き、再識別を試みません。提供先にも契約により同じ義務を課します。お問い合わせ：{contact}
"""


def render_commitment(source: PaperSource) -> dict[str, str]:
    """Return file name to text."""
    words = {
        "controller": source.controller,
        "name": source.name,
        "digest": source.digest,
        "contact": source.contact,
    }
    return {"commitment.ja.md": _JA.format_map(words), "commitment.en.md": _EN.format_map(words)}
