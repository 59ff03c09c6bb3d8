"""How people, places and organizations are written in Japanese chat."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import latin
from grammar import LOCATION, ORGANIZATION, PERSON, Generator, Piece
from inventories import Japanese, JapanesePlaces, japanese_people, japanese_places, katakana
from reserved import held_out

FRIENDLY = ("さん さん さん さん ちゃん ちゃん くん くん 君 様 さま 氏 先輩 っち たん ぴょん 殿 ちん").split()
FORMAL = (
    "さん さん さん さん 先生 先生 部長 課長 社長 主任 係長 店長 先輩 教授 選手 監督 氏 様 くん 君 師匠 院長 校長 次長 "
    "専務 常務 会長 議員 首相 大臣 知事 市長 記者 コーチ マネージャー 博士 士長 リーダー 被告 容疑者"
).split()
FOREIGN_GIVEN = (
    "アダム アレックス アンナ アンディ アンドレア イワン ウィリアム エイミー エマ エミリー エリック エリザベス オリバー "
    "オリビア カーラ カルロス キャサリン クリス クリスティーナ クレア ケイト ケビン サミュエル サラ サンドラ ジェイコブ "
    "ジェームズ ジェシカ ジェニファー ジャック ジャン ジュリア ジョージ ジョン ジョセフ スティーブ ソフィア ダニエル "
    "チャールズ デイビッド ディエゴ トーマス トム ナタリー ニコラス ハンス ピーター フェリペ フランク ブライアン ベン "
    "ヘレン ポール マーク マイケル マリア マルコ ミゲル メアリー モニカ ラファエル リアム リサ ルーカス ルイーズ レオ "
    "レイチェル ロバート アフメド モハメド ファティマ アリ ハッサン プリヤ ラジ ミンジュン ジウ スジン ヨンホ グエン リン "
    "メイ ジェイ ニーナ ターニャ イリーナ オルガ セルゲイ ピエール フランソワ ハインリヒ ヨハン アストリッド"
).split()
FOREIGN_FAMILY = (
    "アンダーソン イグナチオ ウィルソン ウォーカー エドワーズ エバンス オブライエン ガルシア カーター キム クラーク グリーン "
    "ゴンザレス サントス シュミット ジョーンズ ジョンソン シルバ スコット スミス ターナー チェン テイラー デュポン ナカムラ "
    "ニコルソン ハリス パク パチーノ パテル ヒル フィッシャー フェルナンデス ブラウン ベイカー ホワイト マルティネス ミラー "
    "ムーア モリス ヤング ラッセル リー ルイス ルソー ロドリゲス ロッシ ロペス ワトソン ワン アブドラ カーン シン ナイール "
    "オカフォー イワノフ ペトロフ ノヴァク コワルスキ ミュラー ワーグナー ハンセン ニールセン マクドナルド オニール"
).split()
_MORAE = (
    "ア イ エ オ カ キ ク コ サ シ ス セ タ チ テ ト ナ ニ ネ ノ ハ ヒ フ マ ミ メ モ ヤ ユ ラ リ ル レ ロ ワ ガ ギ グ ゴ ザ "
    "ジ ダ デ ド バ ビ ブ ベ ボ パ ピ ジェ シャ チェ フィ ファ ヴィ ティ ディ キャ"
).split()
SMALL = frozenset("ゃゅょっぁぃぅぇぉー")
COMPANY_HEADS = (
    "日本 東京 大阪 中央 第一 東洋 太平 北海 九州 三和 大和 共栄 協和 富士 旭 日新 昭和 平和 丸一 双葉 光洋 新生 みらい "
    "あおぞら ひまわり さくら つばさ かがやき 東邦 西部 南海 関東 信越 瀬戸内 アクア ネオ グローバル サン スター ライフ"
).split()
COMPANY_CORES = (
    "商事 電機 工業 建設 製薬 食品 物産 運輸 証券 銀行 不動産 製作所 化学 産業 通信 出版 印刷 自動車 鉄道 航空 保険 水産 "
    "精機 システム ソフト フーズ ホーム エナジー ホールディングス デザイン コーポレーション サービス テック 設計 ガス 観光"
).split()


def _kept(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if not held_out(n)))


def _first_morae(reading: str, count: int) -> str:
    """Take the first morae of a reading, small kana with the kana before them."""
    end = 0
    for _ in range(count):
        end += 1
        while end < len(reading) and reading[end] in SMALL:
            end += 1
    return reading[:end]


@dataclass(frozen=True, slots=True)
class Names:
    """Lists for Japanese lines; ``western`` serves names in Latin letters."""

    people: Japanese
    places: JapanesePlaces
    western: latin.Latin
    foreign_given: tuple[str, ...] = _kept(FOREIGN_GIVEN)
    foreign_family: tuple[str, ...] = _kept(FOREIGN_FAMILY)

    def family(self, rng: Random) -> str:
        """Draw a family name in kanji, at times in kana."""
        kanji = self.people.family.draw(rng)
        draw = rng.random()
        if draw < 0.92:
            return kanji
        reading = self.people.family_reading[kanji][0]
        return reading if draw < 0.96 else katakana(reading)

    def _given_row(self, rng: Random) -> tuple[str, str, str]:
        return rng.choice(self.people.common_given if rng.random() < 0.6 else self.people.given)

    def given(self, rng: Random) -> str:
        """Draw a given name in kanji, hiragana, katakana or, seldom, Latin letters."""
        kanji, reading, romaji = self._given_row(rng)
        draw = rng.random()
        if draw < 0.50:
            return kanji
        if draw < 0.74:
            return reading
        return katakana(reading) if draw < 0.96 else romaji.capitalize()

    def full(self, rng: Random) -> str:
        """Family and given name, together or with a blank."""
        family, (kanji, reading, romaji) = self.people.family.draw(rng), self._given_row(rng)
        draw = rng.random()
        given = kanji if draw < 0.80 else reading if draw < 0.92 else katakana(reading)
        if draw > 0.97:
            return f"{romaji.capitalize()} {self.people.family_reading[family][1].capitalize()}"
        if draw > 0.95:
            return self.people.family_reading[family][0] + rng.choice(("", " ", "　")) + reading
        return family + rng.choice(("", "", "", " ", "　")) + given

    def foreign(self, rng: Random) -> str:
        """Draw a name from abroad in katakana."""
        draw = rng.random()
        given = self._katakana_name(rng) if draw < 0.3 else rng.choice(self.foreign_given)
        if rng.random() < 0.5:
            return given
        family = self._katakana_name(rng) if draw < 0.3 else rng.choice(self.foreign_family)
        return given + rng.choice(("・", "・", "・", "＝", " ", "")) + family

    def _katakana_name(self, rng: Random) -> str:
        while True:
            name = "".join(rng.choice(_MORAE) for _ in range(rng.choice((2, 2, 3))))
            name = (
                name[:2]
                + rng.choice(("", "", "ー"))
                + name[2:]
                + rng.choice(("", "ン", "ス", "ー", "ル", "ッド"))
            )
            if "ーー" not in name and not held_out(name):
                return name

    def nickname(self, rng: Random) -> list[Piece]:
        """Draw a pet name out of a reading; ちゃん and くん stand outside, っくん within."""
        reading = self._given_row(rng)[1] if rng.random() < 0.8 else self.family_reading(rng)
        stem = _first_morae(reading, rng.choice((1, 2, 2)))
        draw = rng.random()
        if draw < 0.25:
            end = rng.choice(
                ("っくん", "っち", "っぴ", "っしー", "っきー", "りん", "ぽん", "ぴ", "ぴー", "のすけ", "坊")
            )
            return [Piece(stem + end, PERSON)]
        if draw < 0.40:
            return [Piece((stem + "ー").replace("ーー", "ー"), PERSON)]
        if rng.random() < 0.3:
            stem = katakana(stem)
        if len(stem) < 3 and rng.random() < 0.4:
            stem = (stem + "ー").replace("ーー", "ー")
        return [
            Piece(stem, PERSON),
            Piece(rng.choice(("ちゃん", "ちゃん", "ちゃん", "くん", "さん", "たん", "様", "姉", "兄"))),
        ]

    def family_reading(self, rng: Random) -> str:
        return self.people.family_reading[self.people.family.draw(rng)][0]

    def romaji(self, rng: Random) -> str:
        """Draw a given name in Latin letters, Japanese or from abroad."""
        name = self._given_row(rng)[2].capitalize() if rng.random() < 0.6 else self.western.given(rng)
        return name.lower() if rng.random() < 0.3 else name

    def called(self, rng: Random) -> list[Piece]:
        """Call somebody as speech does: a name and mostly an honorific."""
        draw = rng.random()
        if draw < 0.12:
            return self.nickname(rng)
        for share, name, honorifics in (
            (0.48, self.family, FORMAL),
            (0.74, self.given, FRIENDLY),
            (0.80, self.foreign, ("さん", "くん", "ちゃん", "先生", "氏", "")),
            (0.84, self.romaji, ("さん", "ちゃん", "くん", "")),
            (0.92, self.given, ("",)),
        ):
            if draw < share:
                return [Piece(name(rng), PERSON), Piece(rng.choice(honorifics))]
        return [
            Piece(self.full(rng), PERSON),
            Piece(rng.choice(("さん", "氏", "様", "先生", "くん", "選手"))),
        ]

    def bare(self, rng: Random) -> str:
        """Draw a name without an honorific."""
        draw = rng.random()
        if draw < 0.34:
            return self.given(rng)
        if draw < 0.60:
            return self.full(rng)
        if draw < 0.82:
            return self.family(rng)
        return self.foreign(rng) if draw < 0.94 else self.romaji(rng)

    def person(self, rng: Random) -> list[Piece]:
        """Draw any mention of one person."""
        return self.called(rng) if rng.random() < 0.68 else [Piece(self.bare(rng), PERSON)]

    def city(self, rng: Random) -> str:
        """Draw a municipality as people call it: whole, or without 市, 区 or 町."""
        name = rng.choice(self.places.cities)
        if "郡" in name[1:-1] and rng.random() < 0.9:
            name = name[name.index("郡", 1) + 1 :] or name
        return name[:-1] if len(name) > 2 and name[-1] == "市" and rng.random() < 0.5 else name

    def location(self, rng: Random) -> str:
        """Draw a place in Japan or abroad."""
        draw = rng.random()
        if draw < 0.22:
            name = rng.choice(self.places.prefectures)
            return name if name == "北海道" or rng.random() < 0.5 else name[:-1]
        if draw < 0.50:
            return self.city(rng)
        if draw < 0.66:
            return rng.choice(self.places.quarters)
        if draw < 0.74:
            return rng.choice(self.places.quarters) + rng.choice(
                ("駅", "駅", "駅前", "公園", "神社", "インター", "川", "山")
            )
        if draw < 0.96:
            return self.western.places.katakana.draw(rng)
        return rng.choice(self.places.prefectures) + rng.choice(self.places.cities)

    def company(self, rng: Random) -> str:
        """Draw an invented company."""
        draw = rng.random()
        head = (
            rng.choice(COMPANY_HEADS)
            if draw < 0.4
            else self.family(rng)
            if draw < 0.7
            else self._katakana_name(rng)
        )
        core = rng.choice(COMPANY_CORES)
        draw = rng.random()
        if draw < 0.25:
            return f"株式会社{head}{core}"
        if draw < 0.40:
            return f"{head}{core}株式会社"
        return (
            rng.choice(("合同会社", "有限会社", "（株）", "医療法人", "NPO法人")) + head + core
            if draw < 0.5
            else head + core
        )

    def school(self, rng: Random) -> str:
        place = rng.choice((self.city, self.family))(rng).removesuffix("市")
        if rng.random() < 0.3:
            place = rng.choice(self.places.prefectures)[:-1] + place
        return place + rng.choice(
            (
                "大学",
                "大",
                "高校",
                "高等学校",
                "中学校",
                "中学",
                "小学校",
                "小",
                "学園",
                "女子大",
                "幼稚園",
                "保育園",
                "工業大学",
                "専門学校",
            )
        )

    def body(self, rng: Random) -> str:
        """Draw a hospital, office, team or club."""
        if rng.random() < 0.4:
            return rng.choice(self.places.offices)
        place = rng.choice((self.city, self.family))(rng)
        return place + rng.choice(
            (
                "病院", "総合病院", "クリニック", "市役所", "警察署", "消防署", "図書館", "信用金庫", "銀行", "新聞社", "放送",
                "商工会", "歯科", "医院", "FC", "クラブ", "商店街組合", "県警", "テレビ", "劇団", "交響楽団", "法律事務所",
            )
        )  # fmt: skip


def _labelled(draw: Callable[[Random], str], label: str, rng: Random) -> list[Piece]:
    return [Piece(draw(rng), label)]


def generators(names: Names) -> dict[str, Generator]:
    """Make the generators of the slots that Japanese templates use.

    P anyone, Q a name with its honorific, R a name without one, N a full name,
    S a family name, G a given name, X a name from abroad, I a nickname; L a place,
    C a municipality, K a place abroad; B a company, U a school, V another body.
    """
    labels: dict[str, tuple[Callable[[Random], str], str]] = {
        "R": (names.bare, PERSON), "N": (names.full, PERSON), "S": (names.family, PERSON),
        "G": (names.given, PERSON), "X": (names.foreign, PERSON), "L": (names.location, LOCATION),
        "C": (names.city, LOCATION), "K": (names.western.places.katakana.draw, LOCATION),
        "B": (names.company, ORGANIZATION), "U": (names.school, ORGANIZATION), "V": (names.body, ORGANIZATION),
    }  # fmt: skip
    slots: dict[str, Generator] = {k: partial(_labelled, draw, label) for k, (draw, label) in labels.items()}
    slots.update({"P": names.person, "Q": names.called, "I": names.nickname})
    return slots


def load(lists: Path) -> Names:
    """Read all lists for Japanese."""
    return Names(japanese_people(lists), japanese_places(lists), latin.load(lists))
