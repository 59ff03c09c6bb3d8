"""The words that names of fields are made of: what a message may repeat of a key that nobody declared.

A key may be somebody's name or handle, and reads like any other word then; so only these are shown. Words
that are names of people too (mark, grace, will) are left out.
"""

import re

_PARTS = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[_-]+|[^\x00-\x7f]+")

_NAMED = """
access account accounts action active activity address addresses age agent alias amount android
annotation annotations anonymous answer answers app apple apps area array at attachment attachments
attribute attributes audio author avatar balance band base billing bio biography birth birthdate
birthday blood body bot brand browser build by call card cards category channel channels chat chats
child children choice choices chosen city class client clipboard code comment comments community
company completion contact contacts content contents context contract conversation conversations
converted cookie cookies count country crash created createdat creation creator credit cuisine
currency custom customer data database dataset date dates day default deleted description details
device devices dialog dialogue digest direct display district document documents domain draft
duration e edited education email emails employer employment encoding end ended entries entry error
event events example examples expires external extra face family favorite favourite feedback female
field fields file filename files finish first firstname flag flags float food format forwarded from
full function functions furigana gender generated goal google group groups handle hash head header
height history hobbies hobby holder home host hours household icon id idfa idfv ids image images in
income index info input inputs inquiry instruction integer interests ip is item items job json kana
kanji key keys kind label labels lang language languages last lastname lat latitude length level
license like likes line link links list lng local locale location log login logs lon longitude mail
male marital media member members memories memory message messages meta metadata middle mobile mode
model modified money month name names nationality network nick nickname note notes null number oaid
object occupation of old opened option options order orders origin original os output owner page
paid parent parents participant participants partner passport password path payment payments person
persona personal phone phones photo picture place places plan plate platform position post postal
prefecture price private prize profile prompt provider public purchase purchases purpose push
quantity query question questions rating raw reaction reactions reason receipt receiver recipient
record records ref reference region registered rejected relation relationship religion reply request
requests reservation response responses result results role roles room salary sample school scope
score screen search secret security seen segment sender sensor sensors sent sentence sentences
sequence server service serving session sessions set settings sex shop signature size sms social
source speaker speakers split start started state station status steps store stream street string
subject summary surname system table tag tags target task telephone text texts thread threads time
times timestamp timezone title to token tokens tool tools topic topics topup topups total training
transcript translation turn turns type types unit updated updatedat uri url urls use user userid
username users utterance utterances uuid value values vendor verified version video violations
visits voice weight work year zip
かな ふりがな カナ ニックネーム フリガナ メール メールアドレス ユーザー 会員番号
会社 住所 備考 内容 名 名前 姓 学校 市区町村 年齢 役割 性別 日付 日時 時刻
本文 氏名 生年月日 発言 発言者 職業 話者 誕生日 趣味 郵便番号 都道府県 電話
電話番号
"""
_WORDS = frozenset(_NAMED.split())


def reads_like_a_field(name: str) -> bool:
    """Return whether a key is made of nothing but words of fields, in snake, kebab or camel case."""
    parts = _PARTS.findall(name)
    words = [part.lower() for part in parts if part.strip("_-") and not part.isdigit()]
    return bool(words) and "".join(parts) == name and _WORDS.issuperset(words)
