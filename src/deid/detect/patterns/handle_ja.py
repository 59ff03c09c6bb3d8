"""Handles in Japanese: names and words said to be one's own somewhere."""

import re

from deid.detect.context import Context
from deid.detect.patterns.handle import MARKED, is_marked, is_value
from deid.detect.patterns.parts import HIRAGANA, JAPANESE, KANJI, KATAKANA
from deid.detect.patterns.pattern import Pattern


def _is_japanese_name(surface: str) -> bool:
    """Refuse a clause ("既に使われています"), a rule of names and a refusal."""
    clause = re.search(
        "文字(?:以上|以内|まで|の)|^[0-9]+(?:文字|桁)|^先着|^お?(?:分|わ)かり|^ご存[じ知]|[をにが]|(?:ます|ません|した|てた|った|たい|ない|ください|って|ている|てる)$",
        surface,
    )
    return clause is None and surface not in {
        "それ",
        "これ",
        "ない",
        "秘密",
        "内緒",
        "なし",
        "教えない",
        "同じ",
        "本名",
    }


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.japanese",
        rf"(?<![A-Za-z0-9{JAPANESE}])@(?P<v>[{KANJI}{KATAKANA}{HIRAGANA}]{{1,8}}?)(?:さん|ちゃん|くん|君|様|さま|氏)",
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_cued",
        r"(?:ハンドルネーム|ハンドル名|ユーザー?名|ユーザーネーム|ニックネーム|表示名|キャラ(?:クター)?名|プレイヤー名|ゲーム内の名前|コテハン|ハンネ|垢名|アカウント名|(?<![A-Za-z])HN|スクリーンネーム)(?:(?:は|:|が|って) ?[「『\"]?|[「『\"])"
        rf"(?P<v>[{JAPANESE}A-Za-z0-9_☆★]{{1,16}}?)(?:[」』\"\n。、!]|です|だよ|で(?=[、。す])|っていう|という|と申|$)",
        accept=_is_japanese_name,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_latin",
        r"(?:(?<![A-Za-z])(?i:id)|アイディー|垢名?|アカ名|アカウント(?:名)?|フレンド|フレ申請|ユーザー(?:名|ネーム)|プレイヤー名|キャラ名|ハンドルネーム|ゲーマータグ)(?:は|が|って|[:=→「]| (?=[A-Za-z])){1,2}[ 「]{0,2}(?P<v>[A-Za-z][A-Za-z0-9_.-]{4,30}[A-Za-z0-9_])(?! ?[A-Za-z0-9_@]|[.][A-Za-z])",
        accept=is_value,
        context=Context(re.compile("[ぁ-ゖァ-ヺ一-鿿]"), None, 0.0, before=24, after=12),
        score=0.7,
        trigger=r"(?:(?i:id)|アイディー|垢|アカ名|アカウント|フレンド|フレ申請|ユーザー|プレイヤー名|キャラ名|ハンドルネーム|ゲーマータグ)(?:名|ネーム)?(?:は|が|って|[:=→「]| [A-Za-z])",
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_account",
        rf"(?:[裏本表副サブ趣味別鍵病]{{1,3}}(?:垢|アカ(?:ウント)?)|垢名?|アカ名|キャラ名|プレイヤー名|ユーザー(?:名|ネーム)|ログイン名|アカウント名|(?:マイページ|ログイン|エントリー|アカウント|ユーザー|プレイヤー|メンバー|[Pp]ay[Pp]ay|ペイペイ)[ の]?(?:ID|アイディー))(?:は|が|って|です|「|[ :、→=]){{0,4}}{MARKED}",
        accept=is_marked,
        score=0.7,
    ),
)
