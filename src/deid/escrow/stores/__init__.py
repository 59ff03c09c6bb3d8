"""Where sealed records are kept; the only place that speaks SQL."""
