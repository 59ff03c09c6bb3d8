"""Passwords, PINs and passphrases, by the words around them."""

import re

from deid.detect.asides import is_clause, is_placeholder
from deid.detect.patterns.parts import FIELD, GAP, JAPANESE, NOT_COUNTED, RIGHT, STRONG_LINK, TAIL
from deid.detect.patterns.pattern import Pattern

CUE = (
    r"(?i:(?<![A-Za-z])(?:p[a4@][s5$]{1,2} ?w[o0]rds?|passwd|pass?wrd|pass?wor|psswo?rd|pass?owrd|passwrod|pass?wrod|passoword|paswd|pasword|pass ?phrases?|pass ?codes?|pwd|pwds|psw|psswd|network key|wpa2?(?: key)?|wi-?fi key|pword|pw|p/w|psk)(?![A-Za-z]|-[0-9A-Za-z]))"
    r"|パスワード|パスコード|パスフレーズ|パスワ(?=[はが:をの「『はって、 →=])|暗証ワード|暗証コード|ぱすわーど|ﾊﾟｽﾜｰﾄﾞ|密码|密碼|비밀번호|(?i:(?<![A-Za-z])(?:contraseña|mot de passe|passwort|kennwort|wachtwoord|senha|parola d'ordine)(?![A-Za-z]))"
)
# A password ends before the punctuation of its sentence, but may hold any of it.
_VALUE = r"(?P<v>[!-~]{3,63}[!#-&*+/-9<-Z^-z~])(?![!#-&*+/-9<-Z^-z~])"
_QUOTED = r"[\"'「『`“](?P<v>[^\"'「」『』`”\n]{4,64})[\"'」』`”]"
# A word that is a name and its password, as lists of them have it: small letters, a digit, and a sign or capital.
# No colour, no length of a style sheet.
LISTED_WORD = r"(?!#[0-9A-Fa-f]{3,8}(?![0-9A-Za-z]))(?![0-9.]+(?:px|r?em|pt|v[hw])(?![0-9A-Za-z]))(?=[!-~]{0,39}[0-9])(?=[!-~]{0,39}[a-z])(?=[!-~]{0,39}[A-Z!@#$%^&*?])[!-.0-9;-~]{8,40}(?![!-~])"
NOT_LISTED = "(?!(?i:mailto|sips?|xmpp|acct|node|redis|nginx|postgres|mysql|python|alpine|sha[0-9]*|md5|keys?|level|hover|focus|active|dark|sm|md|lg|xl|image|version|tag):)"
"""Schemes of addresses, images and states that stand before a colon as a name does."""
LISTED = r"[A-Za-z0-9_.@+-]:[!-.0-9;-~]{8}"
_NOT_PASSWORDS = frozenset(
    "wrong incorrect invalid required correct right weak strong expired changed reset forgotten forgot secure safe same"
    " different saved stored encrypted hashed not the a an my your his her their this that it on in at for to too very so"
    " still now here there please protected needed missing empty blank manager protection policy field hint strength"
    " generator prompt login account email user username secret hidden easy hard long short good bad better like also"
    " only just always never set being been something anything everything nothing unknown optional visible case working"
    " work works locked leaked compromised stolen exposed unique random simple complicated complex written sent going"
    " what which when where why how because and or but if with from by about none null true false string it's that's i'm don't didn't can't isn't wasn't what's there's let's"
    " tell pass ask run forget nobody everyone out-of-date up-to-date case-sensitive auto-generated tomorrow today yours through over along away around across left right remember garbage rubbish trash public private standard default".split()
)


# What stands where a password will: «{{ secret }}», «<your password>», «$DB_PASS», «os.environ["X"]», «getpass()».
_WRITTEN_FOR = re.compile(
    r"change[-_]?(?:me|it|this)[0-9]{0,3}\Z|:?\?(?:unset|required|missing|(?:is |must be |not )+set|error)\Z|getpass\.|(?:placeholder|minlength|maxlength|autocomplete|pattern|title)=|\{{1,2} ?[A-Za-z0-9_. |-]*\}{0,2}[;,]?\Z|<[^<>]*>?|\$\{|\$\(|\$[A-Za-z_][A-Za-z0-9_]*[;,]?\Z"
    r"|[a-z]+(?:_[Pp]|P)assword\Z|password(?:_[a-z]+|[A-Z][a-z]+)\Z|[A-Za-z_][A-Za-z0-9_.]*(?:\((?:[^()0-9]*(?:\)[^0-9]*)?|[\"'][^\"']*[\"']\)?[;,]?)\Z|\[['\"][A-Za-z0-9_.-]*['\"]?\]?[;,]?\Z)|(?:process\.env|os|this|self|config|settings)\.[A-Za-z_.]+\Z"
)


_MODEL = re.compile(
    "(?:galaxy|iphone|ipad|note|pixel|combo|menu|windows|win|office|android|ios|level|stage|episode|season|figure|building|floor)[0-9]{1,2}"
)


def _is_password(surface: str) -> bool:
    bare = surface.strip(".,!?;:'\"").lower()
    placeholder = (
        is_placeholder(surface)
        or _WRITTEN_FOR.match(surface) is not None
        or re.fullmatch("[0-9]+(?:st|nd|rd|th|am|pm)|[0-9]{1,2}:[0-9]{2}(?:am|pm)?", bare) is not None
        or _MODEL.fullmatch(bare) is not None
    )
    path = "://" in surface or surface.startswith(("./", "../"))
    return bare not in _NOT_PASSWORDS and not path and len(set(surface)) > 1 and not placeholder


def _looks_random(surface: str) -> bool:
    """Accept what nobody writes as a word: digits, symbols or capitals inside."""
    inner = surface.rstrip(".,!?")
    mixed = re.search(r"[0-9]|[A-Za-z][-._]?[A-Za-z]+[-._][A-Za-z]+[-._][A-Za-z]", inner) or re.search(
        r"[A-Za-z][!@#$%^&*_+=][A-Za-z0-9]", inner
    )
    return _is_password(surface) and (mixed is not None or re.search("[a-z][A-Z]", inner) is not None)


def _is_mixed(surface: str) -> bool:
    """Accept what is no account's name either: small letters, capitals and digits in eight signs or more."""
    kinds = ("[a-z]", "[A-Z!@#$%^&*?+=]", "[0-9]")
    return (
        len(surface) > 7
        and all(re.search(kind, surface) for kind in kinds)
        and re.search("@[A-Za-z]|/", surface) is None
    )


def _is_plain_word(surface: str) -> bool:
    """Refuse what is said of a password: that it is expired, hopeless, terrible."""
    said = "(?:ing|ed|ful|less|able|ible|ous|ant|ent|ive|ish|est|ly|en|ory|ary)$|^un|^hack"
    return _is_password(surface) and re.search(said, surface.lower()) is None


PATTERNS = (
    Pattern(
        "PASSWORD",
        "password.strong_link",
        rf"(?:{CUE})(?: thing)?(?: (?:for|to|of|on)(?: (?:my|the|his|her|our|your))? [A-Za-z-]{{2,16}}){{0,2}}(?:{STRONG_LINK}| (?:ist|est|es|è|é|é a|e) ){_VALUE}",
        accept=_looks_random,
        score=0.9,
        trigger=CUE,
    ),
    Pattern(
        "PASSWORD",
        "password.colon",
        rf"(?:{CUE}|(?i:(?<![A-Za-z])pass(?![A-Za-z]))|(?<![ァ-ヺー])パス)(?:[ ]?(?:\([^)\n]{{1,16}}\)|番号))? {{0,2}}(?:[:=]|=>|->|→|は:) {{0,2}}(?!(?i:password|passwd|pwd|pass)[,)])[\"'「`]?{_VALUE}",
        accept=_is_password,
        score=0.9,
    ),
    Pattern(
        "PASSWORD",
        "password.japanese",
        rf"(?:パスワード|パスコード|パスフレーズ|(?<![A-Za-z])(?i:pass|pw)(?=[ はがを:「『])|(?<![ァ-ヺー])パス(?=[はがを:「『]))(?:の|って|、)?(?:は|が|を|:)?[ 「『\"']{{0,2}}{_VALUE}(?=[」』\"'。、 ]?(?:です|だ|で|に|を|と|」|』|っ|ね|よ|。|、|\n|$|な|の|が|は))",
        accept=_is_password,
        score=0.9,
    ),
    Pattern(
        "PASSWORD",
        "password.quoted",
        rf"(?:{CUE})[\"']?{STRONG_LINK}{_QUOTED}",
        accept=_is_password,
        score=0.9,
    ),
    Pattern(
        "PASSWORD",
        "password.adjacent",
        rf"(?:{CUE})(?: ?[-–/] ?| {{1,2}}){_VALUE}",
        accept=_looks_random,
        score=0.7,
    ),
    Pattern(
        "PASSWORD",
        "password.near",
        rf"(?:{CUE}|(?i:(?<![A-Za-z])pass(?![A-Za-z]))|(?<![ァ-ヺー])パスワ?(?![ァ-ヺー])){GAP}(?<![!-~])(?=[!-~]{{0,62}}[0-9])(?=[!-~]{{0,62}}[A-Za-z]){_VALUE}",
        accept=_is_password,
        score=0.7,
        digits=1,
    ),
    Pattern(
        "PASSWORD",
        "password.before_cue",
        # «Guest13472: it asks for the password» calls somebody.
        rf"(?<![!-~])(?!(?<![^\n])[A-Za-z][A-Za-z0-9_|^-]{{2,30}}: )(?!802\.1)(?=[!-~]{{0,62}}(?:[0-9]|[a-z][A-Z]))(?=[!-~]{{0,62}}[A-Za-z]){_VALUE},?{TAIL}(?:{CUE}|(?i:pass(?![A-Za-z]))|(?<![ァ-ヺー])パスワ?(?![ァ-ヺー]))",
        accept=lambda surface: _looks_random(surface) and (len(surface) > 7 or not surface.isalpha()),
        score=0.7,
        trigger=rf"{CUE}|(?i:pass)|パス",
    ),
    Pattern(
        "PASSWORD",
        "password.field",
        rf"(?:{CUE}|(?i:(?<![A-Za-z])pass(?![A-Za-z]))|(?<![ァ-ヺー])パスワ?(?![ァ-ヺー])){FIELD}(?P<v>[!#-&(-+./-9;=?-_a-{{}}~-]{{3,63}}[!#-&*+/-9=?-Z^_a-z~-])(?=[\"'<>|`,;)\]]|[^!-~]|$)",
        accept=_looks_random,
        score=0.8,
    ),
    Pattern(
        "PASSWORD",
        "password.login",
        rf"(?:(?i:(?<![A-Za-z])(?:creds?|credentials|log ?in|log-in|sign ?in)(?: (?:details|info))?(?![A-Za-z]))|ログイン(?:情報)?){STRONG_LINK}{_VALUE}",
        accept=lambda surface: _is_mixed(surface) and _is_password(surface),
        score=0.7,
        trigger="(?i:cred|log ?in|log-in|sign ?in)|ログイン",
    ),
    Pattern(
        "PASSWORD",
        "password.pair",
        r"(?i:(?<![A-Za-z])(?:id|user(?:name)?|login|e?mail) ?[/&と・] ?(?:pw|pwd|pass(?:word)?|パスワード|パス)|IDとパス(?:ワード)?)[ :=はが→]{1,4}[!-.0-~]{2,64} ?[/、,|とand]{1,4} ?(?P<v>[!-~]{3,63}[0-9A-Za-z!#$%&*])",
        score=0.9,
    ),
    Pattern(
        "PASSWORD",
        "password.pin",
        rf"(?:(?i:(?<![A-Za-z])(?:pin(?: ?(?:code|number|no\.?|番号))?|(?:pass|unlock|safe|lock|alarm|vault|phone|garage|gate|door|lock ?box|key ?pad|parking|locker|key ?safe|entry|lobby) ?code|combination|combo(?=(?: is|:)? [0-9]{{1,2}}-)))(?![A-Za-z])|暗証(?:番号)?(?:[0-9一二三四六八]{{1,2}}[桁けた]{{1,2}})?|ダイヤルロックの?(?:番号)?|金庫の?番号|(?:オートロック|キーボックス|ロッカー|郵便受け|ポスト|宅配ボックス|鍵|南京錠)の?(?:暗証)?番号|(?:オートロック|キーボックス|宅配ボックス|南京錠)(?=[はが:])|ロック解除(?=[はが:])|PINコード|ピンコード|ロック(?:解除)?(?:番号|コード))(?: for [a-z ]{{2,16}})?{GAP}[*]?(?P<v>[0-9]{{4,8}}#?|[0-9]{{1,2}}(?:-[0-9]{{1,2}}){{2,3}}){RIGHT}{NOT_COUNTED}",
        score=0.9,
        digits=3,
    ),
    Pattern(
        "PASSWORD",
        "password.in_url",
        r"://[^ \t\r\n/:@]{1,64}:(?P<v>[^ \t\r\n/@]{1,64})@[A-Za-z0-9.-]{1,253}",
        score=1.0,
        source="RFC 3986 3.2.1",
        trigger="://[^ /@]+@",
    ),
    Pattern(
        "PASSWORD",
        "password.command",
        r"(?:--password[= ]|(?<![!-~])-p(?=[!-~]{0,40}[0-9!@#$%])|(?i:(?:db|mysql|postgres|redis|admin|root|smtp|user)_?pass(?:word|wd)?) ?[=:] ?)[\"']?(?P<v>[!-~]{4,63}[0-9A-Za-z!#$%&*])",
        accept=_is_password,
        score=0.9,
    ),
    Pattern(
        "PASSWORD",
        "password.listed",
        rf"(?<![!-,/-~-]){NOT_LISTED}[A-Za-z_][A-Za-z0-9_.@+-]{{2,60}}:(?P<v>{LISTED_WORD})",
        score=0.7,
        trigger=LISTED,
    ),
    Pattern(
        "PASSWORD",
        "password.network",
        r"(?i:(?<![A-Za-z])(?:wi-?fi|ssid))[ :=]{1,3}[!-.0-~]{1,32} ?/ ?(?P<v>[!-~]{3,62}[0-9A-Za-z!#$%&*])",
        accept=_looks_random,
        score=0.8,
    ),
    Pattern(
        "PASSWORD",
        "password.used_as",
        rf"(?i:(?<![A-Za-z])(?:use|used|set|type|enter|try|put)) (?P<v>[!-~]{{3,62}}[0-9A-Za-z!#$%&*]) (?:as|for) (?:(?:the|my|your|a|our|her|his) )?(?:[a-z-]{{2,12}} )?(?:{CUE})",
        accept=_looks_random,
        score=0.8,
        trigger=rf" (?:as|for) (?:[a-z]+ )?(?:[a-z-]+ )?(?:{CUE})",
    ),
    Pattern(
        "PASSWORD",
        "password.security_answer",
        r"(?i:(?<![A-Za-z])(?:security (?:question )?answer|answer to (?:my|the|your) security question)(?: is|:)|mother['’]?s maiden name(?: is|:| was|(?= (?-i:[A-Z])))|memorable (?:word|place|name)(?: is|:| was)?) ?[\"']?(?P<v>[A-Za-z0-9][A-Za-z0-9'’-]{1,24})",
        accept=_is_password,
        score=0.8,
    ),
    Pattern(
        "PASSWORD",
        "password.security_answer_ja",
        rf"秘密の(?:質問|合言葉)の?(?:答え|回答)?(?:は|:|が)[ 「『]{{0,2}}(?P<v>[{JAPANESE}A-Za-z0-9]{{2,16}}?)(?:[」』。、!? \n]|です|だよ|だった|$)",
        accept=lambda surface: not is_clause(surface),
        score=0.7,
    ),
    Pattern(
        "PASSWORD",
        "password.security_answer_quoted",
        rf"秘密の(?:質問|合言葉)の?(?:答え|回答)?(?:は|:|が) ?[「『](?P<v>[{JAPANESE}A-Za-z0-9 、。!?]{{1,24}})[」』]",
        score=0.7,
        trigger="秘密の(?:質問|合言葉)の?(?:答え|回答)?(?:は|:|が) ?[「『]",
    ),
    Pattern(
        "PASSWORD",
        "password.quoted_adjacent",
        rf"(?:{CUE}) {{0,2}}{_QUOTED}",
        accept=_looks_random,
        score=0.8,
    ),
    Pattern(
        "PASSWORD",
        "password.login_pair",
        r"(?i:(?<![A-Za-z])(?:log(?:ged)? ?in|sign ?in|creds?|credentials|account)(?: with| as| using| is| are)?)[ :]{1,3}[!-.0-9;-~]{2,40} ?[/|] ?(?P<v>[!-~]{4,62}[0-9A-Za-z!#$%&*])",
        accept=_looks_random,
        score=0.7,
    ),
    Pattern(
        "PASSWORD",
        "password.mine_plain",
        r"(?i:(?<![A-Za-z])(?:my|our|his|her|their|wi-?fi|router|netflix|i?cloud|laptop|admin|root)(?:(?: [a-z]{2,12}){0,2} (?:password|passwd|passphrase|pwd|pw)| pass)(?: is|['’]s|:) (?:just |literally |still )?(?P<v>[a-z]{6,24})(?=[.!,]?(?:$|\n| ?[^ -~]| (?:lol|btw|haha|ok|dont|don't|thx|thanks|pls|please)(?![a-z]))))",
        accept=_is_plain_word,
        score=0.7,
        trigger="(?i:(?:password|passwd|passphrase|pass|pwd|pw)(?: is|['’]s|:) [a-z][a-z])",
    ),
)
