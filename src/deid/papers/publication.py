"""Publication statement and recipient notice of a release, from its manifest (P-1, P-2, P-3, P-5)."""

from deid.papers.notices import Bilingual, NoticeFacts, render_notices
from deid.papers.source import PaperSource


def render_publication(source: PaperSource, *, method: Bilingual | None = None) -> dict[str, str]:
    """Return file name to text, the items being the manifest's.

    method : how it will be provided to third parties; then the statement announces that too.

    Raises ConfigError for a method in pseudonymize mode (APPI art. 41(6)).
    """
    facts = NoticeFacts(
        mode=source.mode,
        items=source.items,
        created=source.created.isoformat(),
        contact=source.contact,
        method=method,
        purpose=source.purpose if source.mode == "pseudonymize" else None,
    )
    return {path.removeprefix("notices/"): text for path, text in render_notices(facts).items()}
