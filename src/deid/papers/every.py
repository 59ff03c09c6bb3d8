"""All papers that a release has by itself, without anybody to give it to."""

from deid.papers.assessment import render_assessment
from deid.papers.commitment import render_commitment
from deid.papers.destroyed import render_destroyed
from deid.papers.domain import render_domain
from deid.papers.publication import render_publication
from deid.papers.source import PaperSource


def render_papers(source: PaperSource) -> dict[str, str]:
    """Return file name to text: notices and risk report; with them certificate and commitment, or the domain."""
    own = (
        {**render_destroyed(source), **render_commitment(source)}
        if source.mode == "anonymize"
        else render_domain(source)
    )
    return {**render_publication(source), **render_assessment(source), **own}
