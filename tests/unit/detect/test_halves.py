"""Values told in two turns, each half announced."""

import pytest

from deid.detect.talk.cues import cues_of
from deid.detect.talk.halves import halves
from deid.types import Turn


def told(*lines: str) -> list[tuple[int, str, str]]:
    turns = [Turn(f"[{n}]", line[2:], "AB".index(line[0])) for n, line in enumerate(lines)]
    (cues,) = cues_of([turns])
    return [(at, turns[at].text[s.start : s.end], s.label) for at, s in halves(turns, cues.parts)]


@pytest.mark.parametrize(
    ("lines", "first", "then", "label"),
    [
        (("A 前半POFH", "B ほい", "A うしろ\nLQLN", "B 入室でけた"), "POFH", "LQLN", "SHARE_CODE"),
        (
            ("A ファイル開ける鍵な、前半がkinok", "B メモった", "A つづけてo767!"),
            "kinok",
            "o767!",
            "PASSWORD",
        ),
        (
            ("A はじめがvd0724", "B はい", "A あとが7622qy、在留カードの"),
            "vd0724",
            "7622qy",
            "JP_RESIDENCE_CARD",
        ),
        (
            ("A 最初はitsotte", "B うん", "A そのあとrquokka、つなげて検索して"),
            "itsotte",
            "rquokka",
            "USERNAME",
        ),
        (("A 予約番号ね、最初がＫＴ８", "B はい", "A 残りは9921Xです"), "ＫＴ８", "9921X", "ACCOUNT_ID"),
    ],
)
def test_halves_that_are_announced_are_one_value(
    lines: tuple[str, ...], first: str, then: str, label: str
) -> None:
    assert told(*lines) == [(0, first, label), (2, then, label)]


@pytest.mark.parametrize(
    "lines",
    [
        ("A 最初はPython", "B うん", "A 次はRust"),  # nothing says what the whole is
        ("A 前半POFH", "B うしろLQLN", "B 入室でけた"),  # another speaker
        ("A 前半は3000", "B うん", "A 後半は4000", "B 参加費?"),  # numbers are joined elsewhere
        ("A 前半は寝てた", "B 部屋で?", "A 後半はABCD戦"),
        ("A 最初iPhoneだ", "B へえ", "A 次Pixelだよ、開くやつ"),
        ("A はじめPythonで", "B うん", "A つぎRustです 鍵は型"),
        ("A 前半Netflixで", "B ほい", "A 後半Huluで、合わせて2時間"),
        ("A 最初はExcelで", "B はい", "A 次はWordです、番号つけて"),
        ("A POFH", "B ほい", "A うしろLQLN", "B 入室でけた"),  # the first is not announced
        ("A 前半POFH", "B a", "A b", "B c", "A d", "B e", "A うしろLQLN、部屋の"),  # too far
    ],
)
def test_what_is_not_announced_as_two_halves_stays(lines: tuple[str, ...]) -> None:
    assert told(*lines) == []
