"""A-20: what hardly anybody is: an age of 116, an enormous top-up, a disease with one case, a rare job.

Enforcement Rules of the Act on the Protection of Personal Information, art. 34(4): idiosyncratic descriptions
go, also those of third parties.
"""

from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, MODES, crowd, person, released, run, said


def test_a_grandmother_of_116_is_90_or_over(tmp_path: Path) -> None:
    run(
        tmp_path,
        [*crowd(), person("a", "祖母は116歳です"), person("b", "my grandmother is 116 years old")],
        "anonymize",
    )
    text = said(tmp_path)
    assert "116" not in text
    assert "祖母は90歳以上です" in text
    assert "my grandmother is 90+" in text


def test_what_few_people_are_is_generalized_for_third_parties(tmp_path: Path) -> None:
    told = {
        "a": "my mom is a judge",
        "b": "父は裁判官です",
        "c": "my mom is a nurse",
        "d": "祖母は八丈島に住んでいます",
        "e": "母は大阪に住んでいます",
    }
    run(tmp_path, [*crowd(), *(person(name, text) for name, text in told.items())], "anonymize")
    text = said(tmp_path)
    assert "judge" not in text
    assert "裁判官" not in text
    assert "my mom is a legal, social or cultural professional" in text
    assert "父は法務・社会・文化の専門職です" in text
    assert "my mom is a nurse" in text  # a million people are
    assert "八丈島" not in text
    assert "祖母は東京都に住んでいます" in text
    assert "母は大阪に住んでいます" in text


def test_a_place_nobody_knows_of_is_a_tag(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), person("a", "祖母はクイルヘブン村に住んでいます")], "anonymize")
    assert "クイルヘブン" not in said(tmp_path)


def test_what_enough_people_tell_of_others_stays(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), *(person(f"p{n}", "my mom is a judge") for n in range(5))], "anonymize")
    assert said(tmp_path).count("my mom is a judge") == 2 * 5


def test_a_disease_with_one_case_is_suppressed(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), person("a", "I was diagnosed with schizophrenia last year")], "anonymize")
    assert "schizophrenia" not in said(tmp_path)


def test_an_enormous_top_up_is_in_the_top_band(tmp_path: Path) -> None:
    paid: dict[str, Any] = {"class": "quasi", "treatment": {"bands": 1000, "top": 10000}}
    people = [person(f"p{n}", paid=12_000 if n % 2 else 3_500) for n in range(12)]
    people.append(person("rare", paid=9_800_000))
    run(tmp_path, people, "anonymize", fields={**CONFIG["fields"], "profile.paid": paid})
    bands = [row["profile"]["paid"] for row in released(tmp_path)]
    assert "9800000" not in str(bands)
    assert bands.count("10000+") == 7


@pytest.mark.parametrize("mode", MODES)
def test_a_birthday_is_no_finer_than_the_age(tmp_path: Path, mode: str) -> None:
    people = [person(f"p{n}", f"I was born on March {n + 1}, 1990") for n in range(6)]
    run(tmp_path, [*crowd(), *people, person("one", "I was born in 1931")], mode)
    text = said(tmp_path)
    assert text.count("I was born on 1986-1996") == 2 * 6
    assert "March" not in text
    assert "1931" not in text


@pytest.mark.parametrize("mode", MODES)
def test_an_enormous_top_up_in_text_is_in_the_top_band_with_its_echoes(tmp_path: Path, mode: str) -> None:
    rich = [person(f"p{n}", f"ガチャに{n}80万円課金した") for n in range(1, 7)]
    few = [person(f"q{n}", f"I spent ${n}30 on gems") for n in range(1, 7)]
    asked = person("r", "課金の話", "980万円です", "1万円の靴はどうかな")
    asked["messages"].insert(1, {"role": "assistant", "content": "いくら課金したんですか？"})
    asked["messages"].insert(3, {"role": "assistant", "content": "9,800,000円も！"})
    run(tmp_path, [*crowd(), *rich, *few, asked], mode)
    text = said(tmp_path)
    assert "80万" not in text
    assert "9,800,000" not in text
    assert "30 on gems" not in text
    assert text.count("ガチャに100万円以上課金した") == 2 * 6
    assert "100万円以上です" in text
    assert "100万円以上も！" in text
    assert text.count("1万円の靴はどうかな") == 2  # a price is nobody's


@pytest.mark.parametrize("mode", MODES)
def test_an_amount_that_nobody_else_is_near_is_a_tag(tmp_path: Path, mode: str) -> None:
    run(tmp_path, [*crowd(), person("rare", "¥9,800,000課金しました")], mode)
    assert "9,800,000" not in said(tmp_path)
    assert "[MONEY_1]課金しました" in said(tmp_path)


def test_an_enormous_top_up_of_a_third_party_is_in_the_top_band(tmp_path: Path) -> None:
    run(
        tmp_path,
        [*crowd(), person("a", "弟が980万円課金した"), person("b", "my brother spent $50 on it")],
        "anonymize",
    )
    assert "弟が100万円以上課金した" in said(tmp_path)
    assert "my brother spent $50 on it" in said(tmp_path)
