"""Measure the scan alone, both engines, and Presidio's pattern recognizers beside it in the same process.

    python benchmarks/scan.py [--messages N] [--write]

Rates are per second of processor time, over generated messages (two in five hold a value), none of them
twice. ``first`` is a scanner's first pass, while RE2 still builds its automata; ``later`` reads other
messages of the same kind. ``plain`` keeps the messages that hold nothing, which most chat does.
``adversarial`` is the slowest of many texts of 1 MB that repeat one piece. ``--write`` puts the figures into
``benchmarks/results/scan.json``.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import corpus
import peers
from deid.detect.scan import Engine, Scanner
from loads import n_bytes
from measure import Unavailable
from resultfile import RESULTS, Row, document, save

LANGUAGES: tuple[corpus.Language, ...] = ("en", "ja")
ENGINES: tuple[Engine, ...] = ("re2", "re")
_PER_SLOW = {"re": 10, "presidio": 100}  # of how many messages a slow detector reads one
_PIECES = (
    "0", "@", ".", "a-", "@a.", "a@", " ", "0-", "1.", "A1-", "4111 ", " dot ", "http://", "::", "〇", "市",
    "1丁目", "東京都市", "password ", "カード番号", "eyJaaaaaaaaa.", "1 Main St ", "1歳", "abandon ", "é",
    "\u0301", "\u200b", "99 ",
)  # fmt: skip


def main() -> int:
    arguments = _arguments()
    rows: list[Row] = []
    for row in measured(arguments.messages):
        print(dict(row), flush=True)
        rows.append(row)
    if arguments.write:
        save(RESULTS, document("scan", {"messages": arguments.messages, "seed": 3}, rows))
    return 0


def measured(n_messages: int) -> Iterator[Row]:
    """Yield one row a language and detector."""
    for language in LANGUAGES:
        messages = corpus.generate(language, 2 * n_messages, 3)
        texts = list(dict.fromkeys(message.text for message in messages))
        plain = list(dict.fromkeys(message.text for message in messages if not message.gold))
        for engine in ENGINES:
            yield from _scans(language, engine, texts, plain)
        yield _peer(language, texts[:: _PER_SLOW["presidio"]])
    yield _adversarial()


def _scans(language: str, engine: Engine, texts: Sequence[str], plain: Sequence[str]) -> Iterator[Row]:
    detect = Scanner(engine).detect
    step = _PER_SLOW.get(engine, 1)
    half = len(texts) // 2
    for name, chosen in (("first", texts[:half]), ("later", texts[half:]), ("plain", plain)):
        yield {"name": f"scan/{engine}/{language}/{name}", **_rate(detect, chosen[::step])}


def _peer(language: corpus.Language, texts: Sequence[str]) -> Row:
    name = f"presidio-patterns/{language}"
    try:
        peer = peers.load(language, "patterns")
    except Unavailable as error:
        return {"name": name, "peer": "presidio", "skipped": str(error)}
    peer.each(texts[:20])
    return {"name": name, "peer": "presidio", **_rate(peer.each, texts)}


def _adversarial() -> Row:
    detect = Scanner().detect
    texts = [piece * (1_000_000 // len(piece.encode())) for piece in _PIECES]
    rates = sorted((_rate(detect, [text])["mb_per_s"], repr(text[:12])) for text in texts)
    return {
        "name": "scan/adversarial",
        "mb_per_s": rates[0][0],
        "piece": rates[0][1],
        "median_mb_per_s": rates[len(rates) // 2][0],
    }


def _rate(detect: Callable[[Sequence[str]], object], texts: Sequence[str]) -> dict[str, float]:
    """Return messages and megabytes per second of processor time."""
    start = time.process_time()
    detect(texts)
    spent = max(time.process_time() - start, 1e-9)
    return {
        "messages": len(texts),
        "messages_per_cpu_s": round(len(texts) / spent, 1),
        "mb_per_s": round(n_bytes(texts) / 1e6 / spent, 3),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=int, default=20_000, help="messages a language and pass")
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
