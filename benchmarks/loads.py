"""What the throughput benchmark reads: JSON lines of one language, and the pipeline that reads them.

Generated: conversations of the bundled sample's generator and single messages of ``corpus.py``, half of
the messages each, the latter twelve to a record. A message that came before is left out: templates repeat
more than people do, and deid reads equal texts once. Real: RealPersonaChat (Japanese) or SynthPAI
(English), as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

import convert_real_persona_chat
import convert_synthpai
import corpus
import sample
from deid.config import Config, load_config
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record
from deid.ingest.shards import find_inputs, plan_shards, read_shard
from deid.pipeline.working.reading import open_record

LANGUAGES: tuple[corpus.Language, ...] = ("en", "ja")
_PER_RECORD = 12
_SOURCES = {
    "en": ("synthpai", convert_synthpai.convert),
    "ja": ("real-persona-chat", convert_real_persona_chat.convert),
}


@dataclass(frozen=True, slots=True)
class Load:
    """Records of one language on disk.

    source   : ``generated``, or the data set.
    pipeline : name of the configuration that reads them.
    path     : a file, or a folder of files.
    n_peer   : messages that a peer gets, evenly spaced.
    """

    language: str
    source: str
    pipeline: str
    path: Path
    n_peer: int

    def config(self, changes: Mapping[str, object] | None = None) -> Config:
        """Return the configuration, some top-level keys replaced."""
        return load_config(self.pipeline, changes)

    def records(self) -> Iterator[Record]:
        """Yield the records as pass A reads them."""
        config = self.config()
        tree = compile_fields(config.fields)
        for shard in plan_shards(find_inputs([self.path])):
            for raw in read_shard(shard):
                record = open_record(raw, config, tree)
                if isinstance(record, Record):
                    yield record

    def texts(self) -> list[str]:
        """Return the text of every message."""
        return [turn.text for record in self.records() for turn in record.turns]


def n_bytes(texts: Iterable[str]) -> int:
    """Return the size of texts in UTF-8."""
    return sum(len(text.encode()) for text in texts)


def distinct(texts: Sequence[str]) -> float:
    """Return the share of texts that no text before them equals."""
    return round(len(set(texts)) / len(texts), 4)


def evenly(items: Sequence[str], n: int) -> list[str]:
    """Return ``n`` items evenly spaced over all, or all when there are fewer."""
    if n >= len(items):
        return list(items)
    return [items[index * len(items) // n] for index in range(n)]


def make_load(
    language: corpus.Language, folder: Path, *, messages: int, n_peer: int, data: Path | None
) -> Load:
    """Write about ``messages`` messages of a language into ``folder``."""
    path = folder / f"{language}.jsonl"
    pipeline, convert = _SOURCES[language]
    if data is None:
        records = generated(language, messages)
        load = Load(language, "generated", "demo", path, n_peer)
    else:
        records = _up_to(messages, convert(data))
        load = Load(language, pipeline, pipeline, path, n_peer)
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return load


def generated(language: corpus.Language, messages: int, seed: int = 11) -> Iterator[Mapping[str, object]]:
    """Yield records of half chat and half single messages, none of them twice."""
    seen: set[str] = set()
    chats = (
        made.record
        for made in sample.generate(seed, conversations=messages)
        if _is_japanese(made.record) == (language == "ja")
    )
    yield from _up_to(messages // 2, _distinct(chats, seen))
    yield from _up_to(messages - messages // 2, _distinct(_singles(language, messages, seed), seen))


def _singles(language: corpus.Language, messages: int, seed: int) -> Iterator[Mapping[str, object]]:
    made = corpus.generate(language, 2 * messages, seed)
    for start in range(0, len(made), _PER_RECORD):
        texts = [message.text for message in made[start : start + _PER_RECORD]]
        yield {
            "conversation_id": f"corpus-{start:06}",
            "user_id": f"writer-{start:06}",
            "messages": [{"role": "user", "content": text} for text in texts],
        }


def _distinct(records: Iterable[Mapping[str, object]], seen: set[str]) -> Iterator[Mapping[str, object]]:
    """Yield the records with their new messages; one that has none is left out."""
    for record in records:
        kept = []
        for message in messages_of(record):
            if message["content"] not in seen:
                seen.add(message["content"])
                kept.append(message)
        if kept:
            yield {**record, "messages": kept}


def messages_of(record: Mapping[str, object]) -> list[dict[str, str]]:
    """Return the messages of a record."""
    messages = record["messages"]
    return messages if isinstance(messages, list) else []


def _is_japanese(record: Mapping[str, object]) -> bool:
    profile = record["profile"]
    return isinstance(profile, Mapping) and "kana" in profile


def _up_to(messages: int, records: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    """Yield records until they hold at least ``messages`` messages."""
    count = 0
    for record in records:
        if count >= messages:
            return
        count += len(messages_of(record))
        yield record
