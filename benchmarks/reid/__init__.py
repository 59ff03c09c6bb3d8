"""Re-identification measured: a corpus of synthetic authors, treatments of it, and what attacks achieve.

A new treatment is one small file with ``NAME`` and ``treat``, listed in ``treatments.py``.
"""
