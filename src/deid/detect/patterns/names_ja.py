"""What Japanese text calls the numbers of persons of other countries: transcriptions, and the country with the kind.

A foreign number is either called by its own name in kana (アーダール, メディケア) or described: the country, and
what the number is for (豪州の納税者番号, 税番号(ドイツ)). Both are put together here from parts, so that a kind of
number known for one country is known for all.
"""

_TAX = "税(?:務|金)?(?:識別|登録)?(?:番号|ナンバー|ID|コード)|納税者?(?:識別|登録)?(?:番号|ナンバー|ID)|タックス ?(?:ID|アイディー|ナンバー|コード)|TIN"
_IDENTITY = (
    "身分証(?:明書)?(?:の?(?:番号|ナンバー))?|国民(?:ID|識別|登録|身分|個人)?(?:番号|ナンバー|カード|ID)|個人(?:識別|登録)?(?:番号|ナンバー)"
    "|ID(?:カード)?(?:の?(?:番号|ナンバー))?|アイディー|住民(?:登録)?(?:番号|ナンバー|ID)|市民(?:サービス|登録)?(?:番号|ナンバー)|外国人(?:登録|身分)?番号"
)
_SOCIAL = "社会(?:保障|保険)(?:番号|ナンバー|カード)?|国民保険(?:番号|ナンバー)?|保険(?:者)?番号|年金番号"
_HEALTH = "国民保健(?:サービス)?(?:番号|ナンバー)?|健康保険(?:証|カード)?(?:の?番号)?|医療(?:保険)?(?:番号|カード)|患者番号"

_US, _UK, _AU = (
    "米国|アメリカ|米|US",
    "英国|イギリス|英|ロンドン",
    "豪州|オーストラリア|豪|シドニー|メルボルン",
)


def _of(countries: str, kinds: str) -> str:
    """Return an expression for a number of a kind of a country, in either order."""
    return rf"(?:{countries})(?:人)?(?:の|で|政府の?)?[^0-9A-Za-z\n、。]{{0,8}}?(?:{kinds})|(?:{kinds}) ?\((?:{countries})\)"


JAPANESE: dict[str, str] = {
    "us.ssn": rf"ソーシャル(?:番号|ナンバー|セキュリティー?)|ソシャール|エスエスエヌ|W-?9|{_of(_US, _SOCIAL)}",
    "us.itin": rf"アイティン|アイテン番号|アイティーアイエヌ|(?-i:TIN)|W-?8(?:BEN)?|{_of(_US, _TAX)}",
    "ca.sin": rf"ソーシャル ?・?インシュ[アラ]ー?ランス(?:ナンバー|番号)?|ソーシャルインシュランス(?:ナンバー|番号)?|シン(?:ナンバー|番号)|service canada|(?<![a-z.])sin(?==)|{_of('カナダ|加', _SOCIAL)}",
    "uk.nhs": rf"エヌエイチエス|{_of(_UK, _HEALTH)}|国民保健サービス(?:番号)?",
    "uk.nino": rf"ナショナル ?・?インシュアランス(?:ナンバー|番号)?|(?-i:NI)(?:ナンバー|番号|(?=\)))|ニーノ|国民保険番号|{_of(_UK, _SOCIAL)}|payroll",
    "de.tax_id": rf"シュトイヤー ?・?(?:ID|アイディー|ナンバー)|税務識別番号|{_of('ドイツ|独', _TAX)}",
    "fr.nir": rf"セキュリテ ?・?ソシアル|セキュ(?:の?番号)|カルト ?・?ヴィタル|カルトビタル|{_of('フランス|仏|パリ', f'{_SOCIAL}|{_HEALTH}')}",
    "es.nif": rf"エヌ(?:アイ)?イー(?:番号)|外国人番号|{_of('スペイン|西|バルセロナ|マドリード', f'{_IDENTITY}|{_TAX}')}",
    "it.fiscal_code": rf"コー?ディチェ ?・?フィスカーレ|税務コード|(?-i:CF)|{_of('イタリア|伊', f'{_TAX}|税コード')}",
    "nl.bsn": rf"ビーエスエヌ|市民サービス番号|{_of('オランダ|蘭', f'{_IDENTITY}|{_TAX}|{_SOCIAL}')}",
    "br.cpf": rf"セー?ペーエフ|シーピーエフ|個人納税者登録|{_of('ブラジル|伯', f'{_TAX}|{_IDENTITY}')}",
    "pl.pesel": f"ペセル|{_of('ポーランド', _IDENTITY)}",
    "world.id": (
        "(?<![A-Za-z])pesel|パーソナル ?・?ナンバー|パーソンナンバー|ナショナルID|国民(?:登録)?(?:ID|番号|カード)(?:の?番号)?|(?:母国|自国|本国|祖国|国元|国)の(?:国民)?(?:身分証(?:明書)?|ID(?:カード)?|番号)(?:の?番号)?|"
        + _of(
            "スウェーデン|ノルウェー|デンマーク|フィンランド|スイス|タイ|マレーシア|トルコ|アイルランド|ベトナム|フィリピン|インドネシア|ネパール|ミャンマー|ロシア|ウクライナ|メキシコ|ペルー|エストニア|チェコ|ベルギー",
            f"{_IDENTITY}|{_TAX}|{_SOCIAL}|(?-i:IC)(?:番号|カード)?",
        )
    ),
    "in.aadhaar": f"アー?ダー?[ルハ]ー?ル?|アド?ハー?ル?(?=カード|番号|ナンバー|[はがの:(])|アドハール|{_of('インド', _IDENTITY)}",
    "in.pan": f"パンカード|{_of('インド', f'{_TAX}|(?-i:PAN)')}",
    "kr.rrn": _of("韓国", _IDENTITY),
    "cn.resident_id": _of("中国|中華人民共和国", _IDENTITY),
    "tw.id": _of("台湾", f"{_IDENTITY}|健保カード"),
    "sg.nric": f"(?-i:IC)(?:番号|ナンバー)|(?-i:FIN)(?:番号|ナンバー)?|{_of('シンガポール|星', _IDENTITY)}",
    "au.tfn": rf"タックス ?・?ファイル(?: ?・?(?:ナンバー|番号))?|ティーエフエヌ|{_of(_AU, _TAX)}",
    "au.medicare": rf"メディケア(?:カード)?|めでぃけあ(?:カード)?|{_of(_AU, _HEALTH)}",
    "jp.my_number": "マイナンバ|マイナ(?:ポータル|保険証)?|まいな(?:んばー?)?|通知カード|裏面?の?12(?:桁|けた)",
    "jp.driver_license": "免許(?:証)?(?:の?(?:ナンバー|番号))|原付の?免許|普通免許|ゴールド免許|自動車免許",
    "jp.residence_card": "ビザの?カード|資格外活動|在(?:留)?カ(?:ード)?(?:番号|の?番号|No)?|入管|特別永住者?証?",
    "jp.pension": "ねんきん|厚生年金|国民年金",
    "jp.resident_code": "住民票[^0-9\n。]{0,6}11(?:桁|けた|ケタ)|住民票(?:の|に(?:載って|のって|書いて)(?:い?る|ある))?(?:コード|番号|数字)|住民コード|住基",
}
"""Name of a family's row → more names, as an expression."""
