"""RealPersonaChat to records of ``configs/pipelines/real-persona-chat.yaml``, one a dialogue.

    python benchmarks/convert_real_persona_chat.py --data DIR -o real-persona-chat.jsonl.gz

Terms: CC BY-SA 4.0; its authors ask users not to try to identify the speakers.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from inputs import read_lines, read_object, run_converter

_FOLDER = "real-persona-chat"
_NO_TIME = "NaT"  # how the data set writes a missing time


def convert(data: Path) -> Iterator[dict[str, object]]:
    """Yield the records; only the interlocutors' table is held in memory."""
    speakers = read_object(data / _FOLDER / "interlocutors.json.gz")
    for dialogue in read_lines(data / _FOLDER / "dialogues.jsonl.xz"):
        yield _record(dialogue, speakers)


def _record(dialogue: Mapping[str, Any], speakers: Mapping[str, Any]) -> dict[str, object]:
    ids = dialogue["interlocutors"]
    roles = dict(zip(ids, ("user", "assistant"), strict=True))
    return {
        "conversation_id": f"rpc-{dialogue['dialogue_id']}",
        "participants": [{"user_id": name, "profile": _profile(name, speakers[name])} for name in ids],
        "messages": [
            {"role": roles[speaker], "speaker": speaker, "content": text} | _time(time)
            for speaker, text, time in dialogue["utterances"]
        ],
    }


def _time(time: str) -> dict[str, str]:
    return {} if time == _NO_TIME else {"time": time}


def _profile(name: str, speaker: Mapping[str, Any]) -> dict[str, object]:
    known = speaker["demographic_information"]
    return {
        "handle": f"<{name}>",
        "gender": known["gender"],
        "age": known["age"],
        "education": known["education"],
        "employment_status": known["employment_status"],
        "region": known["region_of_residence"],
        "persona": speaker["persona"],
    }


if __name__ == "__main__":
    sys.exit(run_converter("convert RealPersonaChat to chat records", convert))
