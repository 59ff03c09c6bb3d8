"""Nouns that turns above named, behind which a turn is read."""

import pytest

from deid.detect.scan import Scanner
from deid.detect.talk.carried import carried
from deid.detect.talk.cues import cues_of
from deid.types import Turn

SCANNER = Scanner()


def read(*lines: str) -> list[tuple[int, str, str]]:
    """Return what is found in lines such as «A 番号をどうぞ»: the turn, the value, its label."""
    turns = [Turn(f"[{n}]", line[2:], "AB".index(line[0])) for n, line in enumerate(lines)]
    spans = SCANNER.detect([turn.text for turn in turns])
    held = cues_of([turns])[0]
    told = {one[1:] for one in carried([(turns, spans, held.marks, held.names)], SCANNER.detect)}
    return sorted({(index, turns[index].text[s.start : s.end], s.label) for index, s in told})


@pytest.mark.parametrize(
    ("lines", "value", "label"),
    [
        (
            (
                "A 学籍番号をどうぞ",
                "B いま電車です",
                "A 着いてからで大丈夫です。科目は?",
                "B 統計学です。出せました、M42-88080",
            ),
            "M42-88080",
            "ACCOUNT_ID",
        ),
        (
            ("A 確認コードをお送りしました。", "B まだ来ない", "A お待ちください。", "B きた 205886"),
            "205886",
            "ONE_TIME_CODE",
        ),
        (("A 会議のパスコードくださーい", "B Kaigi-4417"), "Kaigi-4417", "PASSWORD"),
        (
            ("B 年金番号ってどこに書いてあるの", "A 手帳か通知書", "B あった 3517-845765"),
            "3517-845765",
            "JP_PENSION_NUMBER",
        ),
        (
            ("A 保険の見積もり、免許の番号いるって", "B 7799-1211-1210 ゴールドです"),
            "7799-1211-1210",
            "JP_DRIVER_LICENSE",
        ),
        (
            ("A 在留カードはお持ちですか", "B はい", "A 番号をお願いします", "B bb10403158fp"),
            "bb10403158fp",
            "JP_RESIDENCE_CARD",
        ),
        (
            ("B LINEのIDってこれで検索できる?", "A できるよ、いってみ", "B sora_mame-9"),
            "sora_mame-9",
            "USERNAME",
        ),
        (
            ("A 新しいパスワードを入力してください", "B hotaru22", "A 記号を含めてください", "B Hotaru!2207"),
            "Hotaru!2207",
            "PASSWORD",
        ),
        (("A オートロックどうやって開けるん", "B 3382 押して呼出"), "3382", "PASSWORD"),
    ],
)
def test_what_is_named_some_turns_above_is_found(lines: tuple[str, ...], value: str, label: str) -> None:
    assert (len(lines) - 1, value, label) in read(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("A 部屋何番やっけ", "B 3階のはず", "A 15時集合な", "B 1500円持ってく"),
        ("A カード切れた", "B 2026年までじゃないの", "B ポイント3倍デーは20日"),
        ("A 番号札をお取りください", "B 何番まで", "A 35番です"),
        ("A ナイスパスだったね", "B 富樫選手なんか170センチないらしい"),
        ("A 配信でよく見る", "B DAZN契約して観てます"),
        ("A 動画見た?", "B 見た、12分50秒のとこやばい"),
        ("A the room number?", "B 3 seconds"),
        (
            "B 会員番号は前に言いました",
            "A 本日のご用件は",
            "B 4人前で",
            "A お時間は",
            "B 18時",
            "A コースは",
            "B A-2",
        ),
    ],
)
def test_counts_and_names_of_things_are_no_values(lines: tuple[str, ...]) -> None:
    assert read(*lines) == []
