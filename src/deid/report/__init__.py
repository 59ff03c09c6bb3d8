"""The report that goes with a release: one self-contained page."""

from deid.report.html import ReportDocuments, render

__all__ = ["ReportDocuments", "render"]
