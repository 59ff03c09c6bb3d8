"""Between the passes: who generalizes what, which records stay, and how strict the run has become."""
