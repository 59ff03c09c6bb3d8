from functools import cache

import numpy as np
import pytest

from deid.detect.detector import DefaultDetector
from deid.detect.models import model_digests
from deid.detect.tagger.pair import RULES, Pair, Rule, pooled
from deid.detect.tagger.pieces import PieceTagger
from deid.detect.tagger.tagger import NameTagger
from deid.detect.tagger.units import words
from deid.sections import DetectConfig

EVEN = Rule(0.1, 0.5, 0.15, 0.15)


@cache
def pair() -> Pair:
    return Pair.load("en", PieceTagger.load())


def shares(*named: float) -> np.ndarray:
    """Return probabilities of units that are a person's name with the given ones."""
    rows = np.zeros((len(named), 7), np.float32)
    rows[:, 1] = named
    rows[:, 0] = 1 - rows[:, 1]
    return rows


def test_a_low_power_lets_either_rule_a_name_out_and_a_high_one_in() -> None:
    whole, small = shares(0.9, 0.9, 0.2), shares(0.9, 0.001, 0.2)
    low, high = (pooled(whole, small, EVEN._replace(power=power)) for power in (0.1, 1.0))
    assert low.sum(-1) == pytest.approx(1)
    assert low[:, 1] == pytest.approx([0.9, 0.135, 0.2], abs=0.01)
    assert high[:, 1] == pytest.approx([0.9, 0.45, 0.2], abs=0.01)


def test_certain_taggers_give_numbers() -> None:
    for rule in RULES.values():
        both = pooled(shares(1.0, 0.0, 1.0), shares(0.0, 0.0, 1.0), rule)
        assert np.isfinite(both).all()
        assert both[1:, 1] == pytest.approx([0, 1])


def test_a_rule_weighs_the_transformer() -> None:
    whole, small = shares(0.9), shares(0.1)
    towards = [pooled(whole, small, EVEN._replace(weight=weight))[0, 1] for weight in (0.0, 0.3, 0.6, 1.0)]
    assert towards == sorted(towards)
    assert towards[0] == pytest.approx(0.1, abs=0.01)
    assert towards[-1] == pytest.approx(0.9, abs=0.01)


def test_what_the_small_tagger_judges_is_what_it_finds_names_by() -> None:
    tagger = NameTagger.load("en")
    texts = [
        words(text) for text in ("I met Jessica Marlow in Berlin yesterday", "", "ok " * 400 + "Jessica")
    ]
    for own, judged, spans in zip(texts, tagger.judged(texts), tagger.detect(texts), strict=True):
        assert judged.shares.shape == (len(own.keys), 7)
        named = np.flatnonzero(judged.shares[:, 0] < 1 - judged.least).tolist()
        inside = [any(s.start <= start < s.end for s in spans) for start in own.starts]
        assert named == np.flatnonzero(inside).tolist()


def test_names_and_places_of_both() -> None:
    text = "I met Jessica Marlow in Berlin yesterday"
    found = pair().detect([words(text), words(""), words("ok brb")])
    assert [[(text[s.start : s.end], s.label) for s in spans] for spans in found] == [
        [("Jessica Marlow", "PERSON"), ("Berlin", "LOCATION")],
        [],
        [],
    ]
    assert pair().labels == {"PERSON", "LOCATION", "ORGANIZATION"}


def test_a_text_is_read_by_itself() -> None:
    texts = [words(text) for text in ("zorblat said hi to the wug", "tell mei we land at 6")]
    together, alone = pair().detect(texts), [pair().detect([text])[0] for text in texts]
    places = [[[(s.start, s.end, s.label) for s in spans] for spans in found] for found in (together, alone)]
    assert places[0] == places[1]


def test_the_accurate_mode_asks_both() -> None:
    assert RULES.keys() == {"en", "ja"}
    names = model_digests(("en", "ja"), DetectConfig(use="accurate"))
    for name in ("names-accurate", "names-en", "names-ja"):
        assert f"{name}/manifest.json" in names
    (spans,) = DefaultDetector.default(use="accurate").detect(["田中さんと Jessica Marlow が来た"])
    assert {span.source for span in spans if span.label == "PERSON"} >= {"names-accurate"}
