"""Measure the scan alone, every engine, and Presidio's pattern recognizers beside it in the same process.

    python benchmarks/scan.py [--messages N] [--data DIR] [--write]

Rates are per second of processor time, over generated messages (two in five hold a value), none of them
twice. ``first`` is a scanner's first pass, while ``re`` and RE2 still compile each pattern that may match for
the first time (Hyperscan has built its own); all other rows are read with every pattern compiled, as the
peer's are after its first text. ``later`` reads other messages of the same kind. ``plain`` keeps the messages
that hold nothing, which most chat does. ``real`` is chat that people wrote, with ``--data``: IRC and
RealPersonaChat, four times as many messages, those that no message before equals, behind a reading of every
other one. ``conversation`` is the same chat by conversations, behind every other one too: the scan and what
only a conversation shows (``alone``), then also the values of a whole invented profile each (``known``).
``adversarial`` is the slowest of many texts of 1 MB that repeat one piece, apart for those in which nothing
is found and those that are full of values. ``memory`` is the highest resident set of a process that scans
messages of so many MB, none of them twice. Rates but ``first`` and those of hostile texts are the median of
three passes. ``--write`` puts the figures into ``benchmarks/results/scan.json``.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

import chatlines
import corpus
import declared
import peers
from deid.detect.conversation import widen_all
from deid.detect.known_values import KnownValues
from deid.detect.patterns import ALL
from deid.detect.scan import Engine, Scanner, engines
from deid.detect.scanning.forms import form_of, sieve_of
from deid.types import KnownValue, Span, Turn
from loads import n_bytes
from measure import Measured, Unavailable, Work, measure
from resultfile import RESULTS, Row, document, save

LANGUAGES: tuple[corpus.Language, ...] = ("en", "ja")
BATCH = 256
_PER_SLOW = {"re": 10, "presidio": 100}  # of how many messages a slow detector reads one
_PIECES = (
    # single characters, separators, openings
    "0", "@", ".", "-", " ", "a", "#", "=", "|", "<", "é", "の", "ア", "年", "市", "〇", "\n", "::",
    "://", "[(",
    # what changes when it is normalised
    "e\u0301", "\u0301", "\u200b", "\u200f", "👩\u200d", "ＡＢ", "ｶﾞ", "ﬁ", "٣",
    # numbers and codes
    "0123456789", "0-", "0 ", "1.", "0.0.0.", "99 ", "4111 ", "0000 0000 0000 0000 ", "+1 ", "(0",
    "$1 ",
    "1-1-1",
    "2024-01-", "1/2/", "A1-", "a1", "1a ", "AB12 ", "GB82 WEST ", "aGVsbG8gd29ybGQ0", "一二三", "二十",
    "ぜろ",
    # beginnings of values
    "a-", "a@", "@a.", "a@a.", " dot ", " at ", "http://", "eyJaaaaaaaaa.", "1丁目", "東京都市",
    "京都府京都市",
    "1 Main St ", "Apt ", "1歳", "1月1日", "I'm 34 ", "one ", "abandon ", "x ", "line ",
    # cues
    "電話番号は", "my phone is ", "LINEのID", "password ", "パスワード", "token ", "seed phrase ",
    "カード番号", "cvv ",
    "iban ", "口座", "routing ", "マイナンバー", "免許", "passport ", "plate ", "住所は", "zip ",
    "郵便番号", "認証コード",
    "invite code ", "serial ", "cookie ", "order #", "birthday ", "born ", "生まれ", "id は", "私は",
)  # fmt: skip
_REAL = 4  # times as many messages of real chat, since few of them hold anything
_PASSES = 3  # of which the median counts
_ANY = "x" * 100  # a text that no sieve lets through unread
_MEMORY_MB = (2, 30)
_PROFILES = 120  # invented people, whose values are looked for in turn


def main() -> int:
    arguments = _arguments()
    rows: list[Row] = []
    for row in measured(arguments.messages, arguments.data):
        print(dict(row), flush=True)
        rows.append(row)
    if arguments.write:
        save(RESULTS, document("scan", {"messages": arguments.messages, "seed": 3}, rows))
    return 0


def measured(n_messages: int, data: Path | None) -> Iterator[Row]:
    """Yield one row a language and detector."""
    messages = {language: corpus.generate(language, 2 * n_messages, 3) for language in LANGUAGES}
    texts = {language: _distinct(made) for language, made in messages.items()}
    for language, every in texts.items():
        row = _rate(Scanner().detect, every[: len(every) // 2])
        yield {"name": f"scan/{engines()[0]}/{language}/first", **row}
    _compile()
    for language, every in texts.items():
        plain = _distinct(message for message in messages[language] if not message.gold)
        for engine in engines():
            yield from _scans(language, engine, every, plain)
        yield _peer(language, every[:: _PER_SLOW["presidio"]])
        if data is not None:
            yield from _real(language, n_messages, data)
    yield from _adversarial()
    for megabytes in _MEMORY_MB:
        yield _memory(megabytes)


def _distinct(messages: Iterable[corpus.Message]) -> list[str]:
    return list(dict.fromkeys(message.text for message in messages))


def _scans(language: str, engine: Engine, texts: Sequence[str], plain: Sequence[str]) -> Iterator[Row]:
    detect = Scanner(engine).detect
    step = _PER_SLOW.get(engine, 1)
    half = len(texts) // 2
    detect(texts[:half:step])
    for name, chosen in (("later", texts[half:]), ("plain", plain)):
        yield {"name": f"scan/{engine}/{language}/{name}", **_rate(detect, chosen[::step], _PASSES)}


def _compile() -> None:
    """Compile every pattern, and what refuses texts before it."""
    for index in range(len(ALL)):
        form_of(index)
        sieve_of(index)([0], [_ANY])


def _peer(name: str, texts: Sequence[str]) -> Row:
    """Return the peer's rate; a name begins with the language."""
    language, name = name[:2], f"presidio-patterns/{name}"
    try:
        peer = peers.load(language, "patterns")
    except Unavailable as error:
        return {"name": name, "peer": "presidio", "skipped": str(error)}
    peer.each(texts[:20])
    return {"name": name, "peer": "presidio", **_rate(peer.each, texts, _PASSES)}


def _real(language: corpus.Language, n_messages: int, data: Path) -> Iterator[Row]:
    """Yield the rates on what people wrote, the peer's beside them."""
    chats = _chats(language, _REAL * n_messages, data)
    texts = list(dict.fromkeys(turn.text for turns in chats for turn in turns))
    for engine in engines()[:-1]:
        scanner = Scanner(engine)
        scanner.detect(texts[::2])
        yield {"name": f"scan/{engine}/{language}/real", **_rate(scanner.detect, texts[1::2], _PASSES)}
    scanner = Scanner()
    yield _peer(f"{language}/real", texts[1 :: _PER_SLOW["presidio"]])
    everybody = cycle([person.known for person in declared.people(language, _PROFILES, 1)])
    for name, known in (("alone", [()] * len(chats)), ("known", [next(everybody) for _ in chats])):
        first, later = chats[::2], chats[1::2]
        _converse(scanner, first, known[::2], _said(first))
        converse = partial(_converse, scanner, later, known[1::2])
        yield {"name": f"conversation/{language}/{name}", **_rate(converse, _said(later), _PASSES)}


def _said(chats: Sequence[Sequence[Turn]]) -> list[str]:
    return [turn.text for turns in chats for turn in turns]


def _chats(language: corpus.Language, n_messages: int, data: Path) -> list[list[Turn]]:
    """Return conversations of about so many messages."""
    chats: list[list[Turn]] = []
    left = n_messages
    for carrier in chatlines.carriers(language, data):
        if left <= 0:
            break
        said = zip(carrier.texts, carrier.speakers, strict=True)
        chats.append([Turn(f"[{at}]", text, speaker) for at, (text, speaker) in enumerate(said)])
        left -= len(carrier.texts)
    return chats


def _converse(
    scanner: Scanner,
    chats: Sequence[Sequence[Turn]],
    known: Sequence[Sequence[KnownValue]],
    said: Sequence[str],
) -> None:
    """Read what was said in conversations, each with what is known of its speaker."""
    found = iter(scanner.detect(said))
    talks: list[tuple[Sequence[Turn], list[list[Span]]]] = []
    for turns, values in zip(chats, known, strict=True):
        spans = [next(found) for _ in turns]
        if values:
            more = KnownValues(values).detect([turn.text for turn in turns])
            spans = [a + b for a, b in zip(spans, more, strict=True)]
        talks.append((turns, spans))
    for start in range(0, len(talks), BATCH):
        widen_all(talks[start : start + BATCH], scanner.detect)


def _adversarial() -> Iterator[Row]:
    """Yield the slowest and the median rate of the hostile texts that hold no value, and of those that do."""
    scanner = Scanner()
    rates: dict[str, list[tuple[float, str]]] = {"nothing": [], "values": []}
    for piece in _PIECES:
        text = piece * (1_000_000 // len(piece.encode()))
        kind = "values" if scanner.detect([text[:1000]])[0] else "nothing"
        rates[kind].append((_rate(scanner.detect, [text])["mb_per_s"], repr(piece)))
    every = sorted(rate for kind in rates.values() for rate, _ in kind)
    for kind, found in rates.items():
        slowest, piece = min(found)
        yield {
            "name": f"scan/adversarial/{kind}",
            "texts": len(found),
            "mb_per_s": slowest,
            "piece": piece,
            "median_mb_per_s": sorted(found)[len(found) // 2][0],
            "median_of_all_mb_per_s": every[len(every) // 2],
        }


def _memory(megabytes: int) -> Row:
    measured = measure(partial(_stream, megabytes), repeats=1, warm_up=False)
    return {"name": f"scan/memory/{megabytes}-mb", **_peak(measured)}


def _peak(measured: Measured) -> dict[str, float]:
    return {
        "messages": measured.messages,
        "input_mb": round(measured.n_bytes / 1e6, 1),
        "peak_mb": round(measured.peak_mb, 1),
    }


def _stream(megabytes: int) -> Work:
    """Prepare the scan of messages that are made as they are read."""
    texts = [message.text for language in LANGUAGES for message in corpus.generate(language, 5_000, 3)]
    rounds = math.ceil(megabytes * 1e6 / n_bytes(texts))
    scanner = Scanner()

    def run() -> None:
        for number in range(rounds):
            for start in range(0, len(texts), BATCH):
                scanner.detect([f"{text} {number}" for text in texts[start : start + BATCH]])

    size = sum(n_bytes(f"{text} {number}" for text in texts) for number in range(rounds))
    return Work(run, rounds * len(texts), size)


def _spent(detect: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    detect(texts)
    return max(time.process_time() - start, 1e-9)


def _rate(
    detect: Callable[[Sequence[str]], object], texts: Sequence[str], passes: int = 1
) -> dict[str, float]:
    """Return messages and megabytes per second of processor time, the median of some passes."""
    spent = median(_spent(detect, texts) for _ in range(passes))
    return {
        "messages": len(texts),
        "messages_per_cpu_s": round(len(texts) / spent, 1),
        "mb_per_s": round(n_bytes(texts) / 1e6 / spent, 3),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=int, default=20_000, help="messages a language and pass")
    parser.add_argument("--data", type=Path, help="folder of data sets, for real chat as well")
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
