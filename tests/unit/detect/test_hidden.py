"""Values in base64, and wallet seeds, found without a pattern of their own."""

import base64

import pytest

from deid.detect.hidden import HiddenValues
from deid.detect.scan import Scanner

HIDDEN = HiddenValues(Scanner())
# BIP 39 test vectors, entropy of 16, 24 and 32 bytes.
TWELVE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
EIGHTEEN = (
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor"
    " acoustic avoid letter always"
)
TWENTY_FOUR = (
    "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen"
    " patrol group space point ten exist slush involve unfold"
)
SEEDS = (TWELVE, EIGHTEEN, TWENTY_FOUR)


def found(text: str) -> list[tuple[str, str]]:
    return [(span.label, text[span.start : span.end]) for span in HIDDEN.detect([text])[0]]


def wrap(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_is_a_detector() -> None:
    assert HIDDEN.name == "hidden"
    assert "SECRET_KEY" in HIDDEN.labels


@pytest.mark.parametrize(
    ("inner", "label"),
    [
        ("contact me: jane.walker87@example.com", "EMAIL_ADDRESS"),
        ("電話は090-1234-5678です", "PHONE_NUMBER"),
        ("742 Evergreen Terrace, Springfield, IL 62704", "STREET_ADDRESS"),
        ("mail jane@example.com, password: hunter2", "PASSWORD"),
    ],
)
def test_wrapped_value(inner: str, label: str) -> None:
    run = wrap(inner)
    assert found(f"decode this: {run} ok?") == [(label, run)]
    assert found(f"「{run}」") == [(label, run)]


def test_url_safe_alphabet_without_padding() -> None:
    run = base64.urlsafe_b64encode("電話は090-1234-5678です>>?".encode()).decode().rstrip("=")
    assert found(run) == [("PHONE_NUMBER", run)]


@pytest.mark.parametrize(
    "text",
    [
        wrap("hello, how are you today?"),
        wrap("it was in May 2019, in Osaka"),
        "internationalization andLocalizationOfThings",
        "/usr/share/doc/python3/Examples/README",
        "commit 9f8e7d6c5b4a39281706f5e4d3c2b1a0ffeeddcc",
        wrap("jane@example.com") + "x",
        "",
    ],
)
def test_nothing_hidden(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("ok ", " thanks"), ("これ→", "です"), ("the words:\n", "\n")]
)
def test_seed(seed: str, before: str, after: str) -> None:
    assert found(before + seed + after) == [("SECRET_KEY", seed)]


def test_seed_in_capitals_and_numbered() -> None:
    words = TWELVE.split()
    numbered = "\n".join(f"{number}. {word}" for number, word in enumerate(words, 1))
    assert found(TWELVE.upper()) == [("SECRET_KEY", TWELVE.upper())]
    assert found(numbered) == [("SECRET_KEY", numbered[3:])]


@pytest.mark.parametrize(
    "text",
    [
        TWELVE.replace("yellow", "zoo"),
        TWELVE.replace("winner", "winners"),
        "apple banana cherry dragon eagle forest grape honey island jungle kettle lemon",
        "abandon abandon abandon",
    ],
)
def test_no_seed(text: str) -> None:
    assert found(text) == []


def test_a_stretch_of_listed_words_goes_whole() -> None:
    assert found(f"this phrase {TWENTY_FOUR} the end") == [("SECRET_KEY", f"this phrase {TWENTY_FOUR}")]


def test_alone_and_in_a_batch() -> None:
    texts = ["nothing", wrap("jane.walker@example.com"), TWENTY_FOUR, ""]
    assert HIDDEN.detect(texts) == [HIDDEN.detect([text])[0] for text in texts]
