import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from detect_models import spacy_names, surfaces

from deid.detect import spacy as module
from deid.detect.schemes import ONTONOTES
from deid.detect.spacy import MIRROR, SpacyNames
from deid.errors import DetectorError
from deid.labels import LABELS


def test_names_places_and_organizations() -> None:
    text = "Jessica Marlow moved from Chicago to Berlin to work for Siemens."
    (spans,) = spacy_names().detect([text])
    assert {("Jessica Marlow", "PERSON"), ("Chicago", "LOCATION"), ("Berlin", "LOCATION")} <= set(
        surfaces(text, spans)
    )
    assert spans == sorted(spans)


def test_only_its_language_is_read() -> None:
    assert spacy_names().detect(["田中さんです", "12345", ""]) == [[], [], []]


def test_scores_tell_several_capitals_from_one_word() -> None:
    (spans,) = spacy_names().detect(["I met Jessica Marlow and then jennifer in Berlin"])
    assert {span.score for span in spans} <= {0.85, 0.6}


def test_half_of_a_surrogate_pair_is_read_past() -> None:
    text = "\ud800 Jessica Marlow moved to Berlin \udc00"
    (spans,) = spacy_names().detect([text])
    assert ("Berlin", "LOCATION") in surfaces(text, spans)


def test_a_long_text_is_cut_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_CHARS", 60)
    text = "It rained all day and nobody came to the small shop, but Jessica Marlow did."
    (spans,) = spacy_names().detect([text])
    assert ("Jessica Marlow", "PERSON") in surfaces(text, spans)


def test_a_long_word_is_cut_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_CHARS", 10)
    assert spacy_names().detect(["a" * 35]) is not None


def test_labels_are_ours() -> None:
    used = {label for label in ONTONOTES.values() if label is not None}
    assert used <= LABELS.keys()
    assert spacy_names().labels == used


def test_repr_hides_the_pipeline() -> None:
    assert "nlp" not in repr(spacy_names())


def test_no_such_pipeline() -> None:
    with pytest.raises(DetectorError, match="pipeline `no_such_model` does not load"):
        SpacyNames.load("no_such_model")


def test_none_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(DetectorError, match="no English pipeline"):
        SpacyNames.load()
    with pytest.raises(DetectorError, match=re.escape(MIRROR)):
        module._check_mirror()  # noqa: SLF001


def test_a_mirror_with_other_weights_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / MIRROR / f"{MIRROR}-3.8.0"
    (folder / "ner").mkdir(parents=True)
    (folder / "ner" / "model").write_bytes(b"other")
    spec = SimpleNamespace(origin=str(tmp_path / MIRROR / "__init__.py"))
    monkeypatch.setattr(module, "find_spec", lambda _name: spec)
    with pytest.raises(DetectorError, match="not the pinned file"):
        SpacyNames.load(MIRROR)
