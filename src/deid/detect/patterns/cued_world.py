"""Numbers of further countries beside the names their people call them by.

The names come from the offices' own pages; what is written is only counted, as people leave digits out of
their groups and put the country before them. A short name that is a word as well must be in capitals.
"""

from deid.detect.patterns.cued_ids import APART, Form, count, patterns_of

_LAND = r"(?:[A-Z]{2}[ .-]?)?"  # the country before a number: PL 856-734-62-15
_EUROPE = (
    r"(?-i:UTR)|unique taxpayer reference|steuer-?(?:nummer|nr\.?)|st\.?-?nr\.?|ust-?id(?:nr\.?|-nr\.?)?|umsatzsteuer-?id(?:entifikationsnummer|nr\.?)?|betriebsst[äa]tten-?nummer|bsnr|arzt-?(?:nummer|nr\.?)|lanr|num[ée]ro fiscal|(?-i:SIREN|SIRET|SPI)"
    r"|num[ée]ro de tva|(?-i:TVA)|partita iva|p\.? ?iva|organisationsnummer|org\.?-?(?:nr|nummer)|onderwijsnummer|(?-i:NIP)|(?-i:REGON)|(?-i:CPR)(?:-?(?:nummer|nr\.?))?|f[øo]dselsnummer|sozialversicherungsnummer"
    r"|(?-i:SVNR|NIF|NISS|NUSS)|cart[ãa]o de cidad[ãa]o|kennitala|isikukood|asmens kodas|personas kods|(?-i:AMKA|AFM|RNTRC|EDRPOU)|(?-i:INN|SNILS)|ИНН|инн|СНИЛС|снилс|rodn[eé] [cč][ií]slo"
    r"|ad[óo]sz[áa]m|taj ?sz[áa]m|swedish (?:id|number)(?: code)?|(?:mitt |min )?(?:pnr|pers\.?nr|personnr)|vat (?:number|no\.?|id|reg(?:istration)?(?: no\.?| number)?)"
)
# Normalised text has the Thai vowel «am» as two characters.
_THAI = "เลขประจ\u0e4d\u0e32ตัวประชาชน|เลขบัตรประชาชน|บัตรประชาชน|รหัสปชช"
_ASIA = (
    rf"{_THAI}|"
    r"사업자 ?등록 ?번호|(?-i:BRN)|business registration|법인 ?등록 ?번호|法人番号|統一編號|统一编号|(?-i:MyKad)|(?-i:NIK)|nomor induk kependudukan|(?-i:MST)|mã số thuế"
    r"|(?-i:CCCD|CMND)|căn cước(?: công dân)?|teudat zehut|mispar zehut|israeli id|תעודת זהות|(?-i:CNIC)|thai (?:national )?id|(?-i:TNIN)"
    r"|tin|t\.i\.n\.|umid|gsis|philhealth|philsys|(?-i:SSS)|emirates id|iqama|civil id|(?:aadhaa?r )?(?-i:VID)|(?-i:UAN)|tax id(?:entification)?(?: number)?|voter(?: card)?"
)
_AMERICAS_AFRICA = (
    r"(?-i:CNPJ|CUIT|CUIL|RUT|RUN|NIT|DNI|RIF|RUC|PIS|NSS|CPF/CNPJ)|c[ée]dula(?: de ciudadan[ií]a| de identidad)?|t[íi]tulo (?:de eleitor|eleitoral)|(?-i:BN|PHN|OHIP|RAMQ)|personal health (?:number|no\.?)"
    r"|health card|npi|national provider(?: id(?:entifier)?)?|provider id(?:entifier)?|atin|nin|bvn|nimc|sars|income tax|tax (?:number|reference|registration)|traffic register|vat|south african id|(?:rsa|sa) id|(?-i:TCKN)|(?:tc|t\.c\.) kimlik|t[üu]rk(?:ish)? (?:kimlik|id)|kimlik (?:no|numaras[ıi])"
    r"|(?-i:IRD|ARBN|CRN|USI)|abn|acn|australian (?:business|company)|permanent resident|refugee(?: id)?|ghana card|huduma|(?-i:NHI)"
)

_FORMS: tuple[Form, ...] = (
    ("NATIONAL_ID", "europe.id", 8, _EUROPE, rf"{_LAND}{count(8, 14)}(?:{APART}[A-Za-z]{{1,2}}[0-9]{{0,2}})?(?![A-Za-z])", "national registers"),
    ("NATIONAL_ID", "asia.id", 8, _ASIA, rf"{_LAND}{count(8, 16)}(?![A-Za-z])", "national registers"),
    ("NATIONAL_ID", "beyond.id", 8, _AMERICAS_AFRICA, rf"{_LAND}(?:[VEJPG]-?)?{count(8, 14)}(?:{APART}[0-9Kk]|{APART}[A-Z]{{2}}{APART}[0-9]{{4}})?(?![A-Za-z])", "national registers"),
    ("NATIONAL_ID", "us.medicare", 5, r"mbi|(?-i:HICN?)|medicare(?: (?:id|beneficiary|card))?|beneficiary(?: id)?",
     r"(?i:[1-9][a-z][a-z0-9][0-9]-?[a-z][a-z0-9][0-9]-?[a-z]{2}[0-9]{2})", "CMS"),
    ("NATIONAL_ID", "us.dea", 7, r"(?-i:DEA)|dea (?:number|no\.?|registration)|prescriber", r"(?i:[a-z][a-z9])-?[0-9]{7}", "21 CFR 1301"),
    ("NATIONAL_ID", "us.preparer", 8, r"(?-i:PTIN)|preparer tax", r"[Pp]-?[0-9]{8}", "IRS"),
    ("NATIONAL_ID", "in.voter", 7, r"voter(?: id)?(?: card)?|(?-i:EPIC)|elector(?:al)?(?: photo)?|vote", r"(?i:[a-z]{3})[/ ]?[0-9]{7}", "Election Commission of India"),
    ("NATIONAL_ID", "in.business", 6, r"(?-i:GSTIN|GST)|gstin|gst (?:registration|number|no\.?)", r"[0-9]{2} ?(?i:[a-z]{5}) ?[0-9]{4} ?(?i:[a-z]) ?(?i:[0-9a-z]) ?(?i:z) ?(?i:[0-9a-z])", "GST Act 2017"),
    ("NATIONAL_ID", "sg.entity", 4, r"uen|(?:unique )?entity number", r"(?i:[0-9]{8,9}[a-z]|[rst][0-9]{2}[a-z]{2}[0-9]{4}[a-z])", "ACRA"),
    ("NATIONAL_ID", "es.business", 7, r"(?-i:CIF|NIF)", r"(?:ES[ -]?)?(?i:[a-hj-np-suvw])-?[0-9]{7,8}-?(?i:[a-j])?", "Orden EHA/451/2008"),
    ("ES_NIF", "es.nif_short", 7, r"dni|nif|documento nacional de identidad", rf"{count(7, 8)}{APART}(?i:[a-z])(?![A-Za-z])", "Real Decreto 1553/2005"),
    ("BANK_ACCOUNT", "es.account", 20, r"(?-i:CCC)|c[óo]digo (?:de )?cuenta(?: (?:de )?cliente)?|n[úu]mero de cuenta", count(20), "Banco de España"),
    ("NATIONAL_ID", "mx.rfc", 6, r"(?-i:RFC)|registro federal", r"(?i:[a-zñ&]{3,4})[ -]?[0-9]{6}[ -]?(?i:[0-9a-z]{3})", "SAT"),
    ("NATIONAL_ID", "za.company", 12, r"cipc|company reg(?:istration)?|close corporation|enterprise number", r"(?:18|19|20)[0-9]{2}/[0-9]{6}/[0-9]{2}", "CIPC"),
    ("NATIONAL_ID", "world.my_id", 13, r"(?:my|his|her|their|smart) id", count(13), "Identification Act 68 of 1997"),
    ("ACCOUNT_ID", "us.care", 6, r"prescription|pharmacy|authori[sz]ation|pre-?auth(?:orization)?|referral|claim", r"(?:RX|PA|REF|INF|CLM|AUTH)[#-]?[0-9]{6,12}", "NCPDP, payers' forms"),
    ("NATIONAL_ID", "cn.entity", 0, r"统一社会信用代码|(?-i:USCC)|unified social credit", r"[0-9A-Z](?: ?[0-9A-Z]){17}", "GB 32100-2015"),
    ("NATIONAL_ID", "nl.btw", 7, r"btw(?:-?(?:nummer|nr\.?|id))?", r"(?:NL ?)?[0-9]{7,9}B[0-9]{2}", "Belastingdienst"),
    ("NATIONAL_ID", "pt.card", 8, r"cart[ãa]o de cidad[ãa]o|(?-i:CC|BI)", r"[0-9]{8} ?[0-9] ?(?i:[a-z]{2}) ?[0-9]", "Lei 7/2007"),
    ("NATIONAL_ID", "de.pension", 10, r"(?-i:RVNR|SVNR)|rentenversicherungsnummer|sozialversicherungs(?:nummer|nr\.?|ausweis)|versicherungsnummer", r"[0-9]{2} ?[0-9]{6} ?(?i:[a-z]) ?[0-9]{3}", "SGB VI section 147"),
    ("NATIONAL_ID", "de.health", 9, r"(?-i:KVNR|KVN)|egk(?:-?nummer)?|krankenkasse|krankenversichert(?:en)?nummer|versichertennummer|krankenversicherungsnummer", r"(?i:[a-z]) ?[0-9]{9}", "SGB V section 290"),
    ("NATIONAL_ID", "de.identity_card", 1, r"personal-?ausweis|(?-i:Perso)|ausweis-?(?:nummer|nr\.?)?|reisedokument", r"(?i:[a-z])(?=[0-9A-Za-z]{0,4}[0-9])[0-9A-Za-z]{7}[0-9]", "PAuswG"),
    ("PASSPORT", "world.passport_names", 2, r"pass-?(?:nr\.?|nummer)|reisepass|n[úu]mero de pasaporte|pasaporte|passaporto|passeport|паспорт|여권(?:번호)?", r"(?i:[a-z]{1,3})[0-9][0-9A-Za-z]{3,6}[0-9]", "ICAO Doc 9303"),
    ("NATIONAL_ID", "it.identity_card", 5, r"carta d['’]identit[àa]|carta di identit[àa]|(?-i:CIE)|documento d['’]identit[àa]", r"(?i:[a-z]{2}) ?[0-9]{5}(?i:[a-z]{2})|(?i:[a-z]{2}) ?[0-9]{7}|[0-9]{7}(?i:[a-z]{2})", "Ministero dell'Interno"),
    ("DRIVER_LICENSE", "world.driver", 1, r"f[üu]hrerschein-?(?:nummer|nr\.?)|fahrerlaubnis(?:nummer)?|patente(?: di guida)?|permiso de conducir|prawo jazdy|k[öo]rkort|ajokortti|f[øo]rerkort|carta de condu[çc][ãa]o|(?-i:CNH)|s[üu]r[üu]c[üu] belgesi|운전면허(?:번호|증)?|驾(?:驶|照)(?:证)?号?|駕照(?:號碼)?",
     r"(?i:u1[0-9a-z]{7}[a-z])|(?i:[a-z]{0,2})[0-9](?:[ -]?[0-9]){6,12}(?i:[a-z])?", "national authorities"),
)  # fmt: skip

PATTERNS = tuple(patterns_of(_FORMS))
