"""The vocabulary of labels: what each means, which class it is in, and where the definition comes from.

A class decides treatment: no policy may keep ``direct``, ``code``, ``property``, ``secret``, ``linking``
or ``media``, and no surface of class ``secret`` is ever escrowed. Names are Presidio's where it has one.
"""

from dataclasses import dataclass
from enum import StrEnum


class LabelClass(StrEnum):
    """Classes of ARCHITECTURE section 4, in the order the resolver prefers them."""

    SECRET = "secret"  # noqa: S105
    MEDIA = "media"
    CODE = "code"
    PROPERTY = "property"
    DIRECT = "direct"
    LINKING = "linking"
    SENSITIVE = "sensitive"
    QUASI = "quasi"


@dataclass(frozen=True, slots=True)
class Label:
    """One entity label.

    escrowed : whether its surface may be sealed as deleted information in pseudonymize mode.
    """

    name: str
    cls: LabelClass
    definition: str
    source: str
    escrowed: bool = True


_SCHEME = "deid"
_APPI_IIC = "APPI art. 2(2), Cabinet Order art. 1"
_ROWS: tuple[tuple[str, LabelClass, str, str], ...] = (
    ("PERSON", LabelClass.DIRECT, "name or nickname of a person, in part or whole", "Presidio"),
    ("USERNAME", LabelClass.DIRECT, "handle or account name on a service", _SCHEME),
    ("EMAIL_ADDRESS", LabelClass.DIRECT, "e-mail address, obfuscated forms included", "RFC 5322"),
    ("PHONE_NUMBER", LabelClass.DIRECT, "telephone number", "ITU-T E.164"),
    ("STREET_ADDRESS", LabelClass.DIRECT, "address down to the block, street or building", _SCHEME),
    ("POSTAL_CODE", LabelClass.DIRECT, "postal code", "UPU S42"),
    ("URL", LabelClass.DIRECT, "address of a page or resource", "RFC 3986"),
    ("JP_MY_NUMBER", LabelClass.CODE, "Japanese Individual Number, 12 digits", _APPI_IIC),
    ("JP_DRIVER_LICENSE", LabelClass.CODE, "Japanese driver's licence number, 12 digits", _APPI_IIC),
    ("JP_RESIDENCE_CARD", LabelClass.CODE, "Japanese residence card number", _APPI_IIC),
    ("JP_PENSION_NUMBER", LabelClass.CODE, "Japanese basic pension number, 4-6 digits", _APPI_IIC),
    ("JP_RESIDENT_CODE", LabelClass.CODE, "Japanese resident record code, 11 digits", _APPI_IIC),
    ("JP_HEALTH_INSURANCE", LabelClass.CODE, "Japanese health insurance symbol and number", _APPI_IIC),
    ("PASSPORT", LabelClass.CODE, "passport number of any country", "ICAO Doc 9303"),
    ("DRIVER_LICENSE", LabelClass.CODE, "driver's licence number of another country", "Presidio"),
    ("US_SSN", LabelClass.CODE, "United States social security number", "20 CFR 422.103"),
    ("US_ITIN", LabelClass.CODE, "United States taxpayer number", "26 CFR 301.6109-1"),
    ("UK_NHS", LabelClass.CODE, "NHS number, mod 11", "NHS Data Dictionary"),
    ("UK_NINO", LabelClass.CODE, "UK National Insurance number", "HMRC NIM39110"),
    ("IN_AADHAAR", LabelClass.CODE, "Aadhaar number, Verhoeff", "UIDAI"),
    ("IN_PAN", LabelClass.CODE, "Indian permanent account number", "Income-tax Rules 114"),
    ("KR_RRN", LabelClass.CODE, "Korean resident registration number", "Presidio"),
    ("CN_RESIDENT_ID", LabelClass.CODE, "Chinese resident identity number", "GB 11643-1999"),
    ("TW_ID", LabelClass.CODE, "Taiwanese national identification number", "Presidio"),
    ("SG_NRIC", LabelClass.CODE, "Singapore NRIC or FIN", "Presidio"),
    ("AU_TFN", LabelClass.CODE, "Australian tax file number", "Presidio"),
    ("AU_MEDICARE", LabelClass.CODE, "Australian Medicare number", "Presidio"),
    ("CA_SIN", LabelClass.CODE, "Canadian social insurance number, Luhn", "Service Canada"),
    ("DE_TAX_ID", LabelClass.CODE, "German tax identification number", "ISO 7064 mod 11,10"),
    ("FR_NIR", LabelClass.CODE, "French social security number, mod 97", "INSEE"),
    ("ES_NIF", LabelClass.CODE, "Spanish DNI, NIF or NIE", "Presidio"),
    ("IT_FISCAL_CODE", LabelClass.CODE, "Italian codice fiscale", "Presidio"),
    ("NL_BSN", LabelClass.CODE, "Dutch citizen service number, 11-proof", "BSN"),
    ("BR_CPF", LabelClass.CODE, "Brazilian CPF number", "Receita Federal"),
    ("NATIONAL_ID", LabelClass.CODE, "national identifier of another country", _SCHEME),
    ("CREDIT_CARD", LabelClass.PROPERTY, "payment card number, Luhn", "ISO/IEC 7812-1"),
    ("CARD_SECURITY_CODE", LabelClass.PROPERTY, "card verification value", "PCI DSS 3"),
    ("BANK_ACCOUNT", LabelClass.PROPERTY, "bank account number", _SCHEME),
    ("IBAN_CODE", LabelClass.PROPERTY, "international bank account number, mod 97", "ISO 13616"),
    ("CRYPTO", LabelClass.PROPERTY, "cryptocurrency address", "Presidio"),
    ("PASSWORD", LabelClass.SECRET, "password or passphrase", _SCHEME),
    ("SECRET_KEY", LabelClass.SECRET, "API key, token, private key or seed phrase", _SCHEME),
    ("ONE_TIME_CODE", LabelClass.SECRET, "one-time or verification code", _SCHEME),
    ("SHARE_CODE", LabelClass.SECRET, "invitation or sharing code", _SCHEME),
    ("DEVICE_ID", LabelClass.LINKING, "identifier of a device", _SCHEME),
    ("AD_ID", LabelClass.LINKING, "advertising identifier", _SCHEME),
    ("COOKIE_ID", LabelClass.LINKING, "cookie or anonymous identifier", _SCHEME),
    ("IP_ADDRESS", LabelClass.LINKING, "IPv4 or IPv6 address", "RFC 791, RFC 4291"),
    ("MAC_ADDRESS", LabelClass.LINKING, "network interface address", "IEEE 802"),
    ("ACCOUNT_ID", LabelClass.LINKING, "member, order or contract number", _SCHEME),
    ("LICENSE_PLATE", LabelClass.LINKING, "vehicle registration plate", _SCHEME),
    ("AGE", LabelClass.QUASI, "age of a person", _SCHEME),
    ("DATE_OF_BIRTH", LabelClass.QUASI, "date of birth", _SCHEME),
    ("DATE_TIME", LabelClass.QUASI, "date or time that places an event", "Presidio"),
    ("LOCATION", LabelClass.QUASI, "place: country, region, town, landmark", "Presidio"),
    ("COORDINATE", LabelClass.QUASI, "latitude and longitude", "ISO 6709"),
    ("ORGANIZATION", LabelClass.QUASI, "company, school or other body", "Presidio"),
    ("OCCUPATION", LabelClass.QUASI, "job or profession", _SCHEME),
    ("EDUCATION", LabelClass.QUASI, "school, degree or grade", _SCHEME),
    ("NATIONALITY", LabelClass.QUASI, "nationality", "APPI guideline on 2(3)"),
    ("LANGUAGE", LabelClass.QUASI, "language a person speaks", _SCHEME),
    ("FAMILY", LabelClass.QUASI, "family relation or situation", _SCHEME),
    ("MONEY", LabelClass.QUASI, "amount that a person pays, earns, has or owes", "OntoNotes"),
    ("RARE_WORD", LabelClass.QUASI, "word that fewer people use than the configuration asks", _SCHEME),
    ("PERSONAL_WORD", LabelClass.QUASI, "word whose use keeps to few people", _SCHEME),
    ("STYLE", LabelClass.QUASI, "mark, case or spelling that the configuration evens out", _SCHEME),
    ("HEALTH", LabelClass.SENSITIVE, "medical history, condition, treatment", "APPI 2(3), GDPR 9"),
    ("SEXUALITY", LabelClass.SENSITIVE, "sex life or orientation", "GDPR 9"),
    ("ETHNICITY", LabelClass.SENSITIVE, "race or ethnic origin", "APPI 2(3), GDPR 9"),
    ("BELIEF", LabelClass.SENSITIVE, "creed, religion, philosophy", "APPI 2(3), GDPR 9"),
    ("POLITICS", LabelClass.SENSITIVE, "political opinion", "GDPR 9"),
    ("UNION", LabelClass.SENSITIVE, "trade-union membership", "GDPR 9"),
    ("CRIMINAL", LabelClass.SENSITIVE, "criminal record or procedure", "APPI 2(3), GDPR 10"),
    ("VICTIM", LabelClass.SENSITIVE, "fact of having been a crime victim", "APPI 2(3)"),
    ("SOCIAL_STATUS", LabelClass.SENSITIVE, "social status by birth", "APPI 2(3)"),
    ("MEDIA", LabelClass.MEDIA, "embedded picture, sound or file payload", "RFC 2397"),
)

# REQUIREMENTS 3.2: card data are deleted in both modes and never escrowed, like secrets.
_NEVER_ESCROWED = frozenset({"CREDIT_CARD", "CARD_SECURITY_CODE"})

LABELS: dict[str, Label] = {
    name: Label(name, cls, definition, source, cls is not LabelClass.SECRET and name not in _NEVER_ESCROWED)
    for name, cls, definition, source in _ROWS
}

IDENTIFIERS = frozenset(
    {LabelClass.SECRET, LabelClass.CODE, LabelClass.PROPERTY, LabelClass.DIRECT, LabelClass.LINKING}
)
"""Classes of values each of which leads to one person, account or device as it is written."""

CLASS_PRIORITY: dict[LabelClass, int] = {cls: rank for rank, cls in enumerate(LabelClass)}


def class_of(label: str) -> LabelClass:
    """Return the class of a known label; KeyError for an unknown one."""
    return LABELS[label].cls
