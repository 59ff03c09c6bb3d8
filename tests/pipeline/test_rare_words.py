"""Words that few people use, in a whole run: gone from the release, and restored by the custodian alone."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pipeline_inputs import write_config, write_inputs

import deid
from deid.pipeline import run

OWN = "snufflepuss"
SHARED = "curry"


def inputs(folder: Path) -> list[Path]:
    paths = write_inputs(folder, files=3, people=30, each=1)
    first = json.loads(paths[0].read_text(encoding="utf-8").splitlines()[0])
    first["messages"][0]["content"] += f" my {OWN} says 土鍋猫亭 hello"
    rest = paths[0].read_text(encoding="utf-8").splitlines()[1:]
    paths[0].write_text("\n".join([json.dumps(first), *rest]) + "\n", encoding="utf-8")
    return paths


def texts(release: Path) -> list[str]:
    rows: list[dict[str, Any]] = [
        row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()
    ]
    return [message["content"] for row in rows for message in row["messages"]]


def pipeline(folder: Path, **changes: object) -> deid.Pipeline:
    return deid.Pipeline.load(write_config(folder, transform={"rare_words": 3}, **changes))


def test_what_one_person_says_alone_is_replaced(tmp_path: Path) -> None:
    result = pipeline(tmp_path).run(inputs(tmp_path), out=tmp_path / "out", workers=2)
    released = texts(tmp_path / "out")
    assert not any(OWN in text for text in released)
    assert sum("[RARE_WORD]" in text for text in released) >= 1
    assert sum(SHARED in text for text in released) == len(released) // 4
    told = json.loads((tmp_path / "out" / "report" / "detection.json").read_text(encoding="utf-8"))
    assert told["rare_words"] == sum(text.count("[RARE_WORD]") for text in released)
    assert OWN not in json.dumps(result.manifest)


def test_what_keeps_to_few_people_is_replaced_and_the_rest_is_evened_out(tmp_path: Path) -> None:
    files = write_inputs(tmp_path, files=2, people=20, each=2)
    lines = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    owner = lines[0]["user_id"]
    for line in lines:
        line["messages"][0]["content"] += f"!!! my {OWN}" if line["user_id"] == owner else "!!! my curry"
    files[0].write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    options = {"personal_words": 0.05, "style": "tidy"}
    used = deid.Pipeline.load(write_config(tmp_path, transform=options))
    used.run(files[:1], out=tmp_path / "out", workers=2)
    released = texts(tmp_path / "out")
    assert not any(OWN in text or "!!" in text for text in released)
    his = sum(line["user_id"] == owner for line in lines)
    assert sum(text.endswith(" My [PERSONAL_WORD]") for text in released) == his
    told = json.loads((tmp_path / "out" / "report" / "detection.json").read_text(encoding="utf-8"))
    assert told["personal_words"] == sum(text.count("[PERSONAL_WORD]") for text in released)


def test_without_the_option_it_stays(tmp_path: Path) -> None:
    deid.Pipeline.load(write_config(tmp_path)).run(inputs(tmp_path), out=tmp_path / "out")
    assert any(OWN in text for text in texts(tmp_path / "out"))


def test_a_run_killed_between_the_passes_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    files, key = inputs(tmp_path), tmp_path / "keys" / "operator"
    with monkeypatch.context() as patch:
        patch.setattr(run, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline(tmp_path).run(files, out=tmp_path / "out", operator_key=key)
    pipeline(tmp_path).run(files, out=tmp_path / "out", operator_key=key, resume=True)
    assert not any(OWN in text for text in texts(tmp_path / "out"))


def test_personal_words_become_others_that_five_people_use(tmp_path: Path) -> None:
    files = write_inputs(tmp_path, files=2, people=24, each=3)
    lines = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    users = sorted({line["user_id"] for line in lines})
    hobbies = ("bouldering", "knitting", "fishing", "painting")
    own = {user: hobbies[n % 4] for n, user in enumerate(users[1:21])} | {users[0]: OWN}
    for line in lines:
        line["messages"][0]["content"] += f" so {own.get(line['user_id'], 'fine')}"
    files[0].write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    options = {"personal_words": 0.15, "PERSONAL_WORD": "surrogate", "style": "tidy"}
    used = deid.Pipeline.load(write_config(tmp_path, transform=options))
    used.run(files[:1], out=tmp_path / "out", workers=2)
    released = texts(tmp_path / "out")
    assert not any(OWN in text for text in released)
    assert not any("@mail.example" in text or "090-1234" in text for text in released)
    assert all(sum(hobby in text for text in released) > 0 for hobby in hobbies)
    told = json.loads((tmp_path / "out" / "report" / "detection.json").read_text(encoding="utf-8"))
    assert told["personal_words"] >= 45
