"""Papers: what has to be said about a release, rendered from its signed manifest, so that the two agree."""

from deid.papers.every import render_papers
from deid.papers.notices import Bilingual, NoticeFacts, pair_items, render_notices
from deid.papers.provided import ProvisionFacts, render_provided
from deid.papers.publication import render_publication
from deid.papers.source import PaperSource, read_source

__all__ = [
    "Bilingual",
    "NoticeFacts",
    "PaperSource",
    "ProvisionFacts",
    "pair_items",
    "read_source",
    "render_notices",
    "render_papers",
    "render_provided",
    "render_publication",
]
