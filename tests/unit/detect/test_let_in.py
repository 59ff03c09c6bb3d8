"""Secrets of plain words that only the turns round them show."""

import pytest

from deid.detect.talk.cues import cues_of
from deid.detect.talk.let_in import let_in
from deid.types import Turn


def told(*texts: str) -> list[tuple[str, str]]:
    """Return the secrets of turns by two speakers in turn, with their labels."""
    turns = [Turn(f"[{at}]", text, at % 2) for at, text in enumerate(texts)]
    (cues,) = cues_of([turns])
    return [(span.label, turns[at].text[span.start : span.end]) for at, span in let_in(turns, cues.ways)]


@pytest.mark.parametrize(
    ("texts", "secret"),
    [
        (("yo the aux laptop", "its locked?", "yh", "disco nap", "u saved us"), "disco nap"),
        (("neighbours wifi still same?", "borrowasugar", "connected"), "borrowasugar"),
        (("whats the passphrase", "slow boats win"), "slow boats win"),
        (("hey can i get on ur netflix", "changed it", "to?", "soggyconfetti"), "soggyconfetti"),
        (("the tablet again", "pickle parade", "im in"), "pickle parade"),
        (("what was it again", "haddock? it takes it, im on the wifi"), "haddock"),
        (("how do i open it", "kumquat", "thats the laptop, in!", "ok im in"), "kumquat"),
    ],
)
def test_words_before_one_who_is_in_are_a_secret(texts: tuple[str, ...], secret: str) -> None:
    assert ("PASSWORD", secret) in told(*texts)


def test_words_of_a_list_are_a_seed_where_a_wallet_is_spoken_of() -> None:
    words = "velvet hammer index snow cradle pilot quick banana theme lottery fox mirror"
    assert told("read it to me, i'll type it in the wallet", words) == [("SECRET_KEY", words)]
    assert told("read it to me, i'll paint it", words) == []


@pytest.mark.parametrize(
    "texts",
    [
        ("is your wifi locked?", "nope", "ok"),
        ("whats the password", "dunno mate"),
        ("whats the password", "check the sticker"),
        ("whats the password", "hang tight"),
        ("whats the password", "it expired"),
        ("my laptop is slow", "restart it", "works now"),
        ("my laptop is slow", "new battery"),
        ("the wifi is down", "router", "works now"),
        ("how do i unlock it", "fingerprint reader"),
        ("how was the trip", "disco nap", "u saved us"),
        ("can you log in", "silverrocker, you logged in with ssh?"),
        ("how do i get on the wifi", "thoreauputic, ty"),
        ("the safe is open", "good morning", "thanks"),
    ],
)
def test_talk_of_a_way_in_is_none(texts: tuple[str, ...]) -> None:
    assert told(*texts) == []
