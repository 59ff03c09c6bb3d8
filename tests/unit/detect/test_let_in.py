"""Secrets of plain words that only the turns round them show."""

from importlib.resources import files
from random import Random

import pytest

from deid.detect.talk.cues import cues_of
from deid.detect.talk.let_in import let_in
from deid.types import Turn
from processor_time import least_seconds


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
        (("whats the wifi password?", "disco nap", "ty"), "disco nap"),
        (("i forgot the wifi password", "disco nap"), "disco nap"),
        (("he has to say the word", "which word", "butterscotch"), "butterscotch"),
        (("which phrase did you set for phone banking?", "seven quiet herons"), "seven quiet herons"),
        (("its on my ipad", "disco nap", "thx in"), "disco nap"),
        (("how do i open it", "kumquat", "thats the laptop, in!", "ok im in"), "kumquat"),
    ],
)
def test_words_before_one_who_is_in_are_a_secret(texts: tuple[str, ...], secret: str) -> None:
    assert ("PASSWORD", secret) in told(*texts)


def test_words_of_a_list_are_a_seed_where_a_wallet_is_spoken_of() -> None:
    words = "velvet hammer index snow cradle pilot quick banana theme lottery fox mirror"
    assert told("read it to me, i'll type it in the wallet", words) == [("SECRET_KEY", words)]
    assert told("read it to me, i'll paint it", words) == []
    assert told("the ledger asks", "purse apple coat scarf river table onion lamp chair bread cloud") != []


@pytest.mark.parametrize(
    "texts",
    [
        ("my wallet was in my bag", "purse apple coat scarf lipstick umbrella phone charger pen gum"),
        (
            "12 words please for spelling homework",
            "apple river scissors pencil giraffe butter thumb biscuit window yoghurt lorry queue",
        ),
        ("two coins for it", "velvet hammer index snow cradle pilot quick banana theme lottery fox"),
    ],
)
def test_words_beside_what_may_be_a_purse_are_no_seed_unless_they_are_of_the_list(
    texts: tuple[str, ...],
) -> None:
    assert told(*texts) == []


def test_time_is_linear_in_the_words_of_a_list() -> None:
    words = (files("deid.detect") / "words" / "seed_en.txt").read_text("utf-8").split()
    words.remove("seed")  # speaks of a wallet
    chosen = Random(4)

    def seconds(size: int) -> float:
        lines = "ipad\n"
        while len(lines) < size:
            lines += " ".join(chosen.sample(words, 12)) + "\n"
        return least_seconds(lambda: told(lines))

    assert seconds(160_000) < 6 * max(seconds(40_000), 0.01)


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
        ("which tablet should i get?", "samsung galaxy", "cheers"),
        ("i forgot my password again", "poor baby", "thanks lol"),
        ("spotify recs?", "arctic monkeys", "works for me, ty"),
        ("do you have wifi", "coffee beans are running out", "thx"),
        ("is the pc on?", "yessir", "ty"),
        ("which network are you on?", "vodafone", "ty"),
        ("what should we watch on disney", "toy story", "thanks"),
        ("the safe is open?", "happy birthday", "thanks"),
        ("the network is slow", "blame brian", "ty"),
        ("need the word for a female horse, give me the word", "mares"),
    ],
)
def test_talk_of_a_way_in_is_none(texts: tuple[str, ...]) -> None:
    assert told(*texts) == []
