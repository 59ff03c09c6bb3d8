"""National identifiers of European countries and Brazil."""

from deid.detect.checksums import (
    br_cpf,
    de_tax_id,
    es_nif,
    fr_nir,
    it_fiscal_code,
    nl_bsn,
    pl_pesel,
    se_personal,
    uk_nhs,
    uk_nino,
)
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DIGITS, LEFT, LINK, RIGHT, SERIAL_CUE
from deid.detect.patterns.pattern import Pattern

PATTERNS = (
    Pattern("UK_NINO", "uk.nino", rf"{LEFT}[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?-?[0-9]{{2}} ?-?[0-9]{{2}} ?-?[0-9]{{2}} ?-?[A-D]{RIGHT}",
            accept=uk_nino, score=0.9, source="HMRC NIM39110", needs=DIGITS),
    Pattern("UK_NINO", "uk.nino_cued", rf"(?i:(?<![A-Za-z])(?:national insurance(?: (?:number|no\.?|#))?|nino|ni (?:number|no\.?))){LINK}(?P<v>(?i:[a-z]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[a-d])){RIGHT}",
            score=0.9, source="HMRC NIM39110", needs=DIGITS),
    Pattern("UK_NHS", "uk.nhs", rf"(?<![0-9A-Za-z])(?<![0-9][ -])[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{4}}(?![0-9A-Za-z])(?![ -][0-9])",
            accept=uk_nhs, context=Context(words("nhs|health service"), None, 0.0, before=32), score=1.0, source="NHS Data Dictionary", needs=DIGITS),
    Pattern("UK_NHS", "uk.nhs_cued", rf"(?i:(?<![A-Za-z])nhs(?: (?:number|no\.?|num|#))?){LINK}(?P<v>[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{4}}){RIGHT}",
            score=0.8, source="NHS Data Dictionary", needs=DIGITS),
    Pattern("DE_TAX_ID", "de.tax_id", rf"(?<![0-9A-Za-z])(?<![0-9][ -])[1-9][0-9] ?[0-9]{{3}} ?[0-9]{{3}} ?[0-9]{{3}}(?![0-9A-Za-z])(?![ -][0-9])",
            accept=de_tax_id, context=Context(words("steuer(?:-?id(?:nr|entifikationsnummer)?|nummer)?|idnr|tin|tax|german(?:y)?|finanzamt"), None, 0.0, before=40), score=1.0, source="ISO 7064 mod 11,10", needs=DIGITS),
    Pattern("DE_TAX_ID", "de.tax_id_cued", rf"(?i:(?<![A-Za-z])(?:steuer-?id(?:nr\.?|entifikationsnummer)?|idnr\.?)){LINK}(?P<v>[1-9][0-9] ?[0-9]{{3}} ?[0-9]{{3}} ?[0-9]{{3}}){RIGHT}",
            score=0.8, source="AO 139b", needs=DIGITS),
    Pattern("FR_NIR", "fr.nir", rf"(?<![0-9A-Za-z])(?<![0-9][ .-])[1-478] ?[0-9]{{2}} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{{2}}|2[AB]) ?[0-9]{{3}} ?[0-9]{{3}} ?[0-9]{{2}}(?![0-9A-Za-z])(?![ .-][0-9])",
            accept=fr_nir, score=1.0, source="INSEE", needs=DIGITS),
    Pattern("ES_NIF", "es.dni", rf"{LEFT}(?:[0-9]{{8}}|[0-9]{{2}}\.[0-9]{{3}}\.[0-9]{{3}})[ -]?[A-HJ-NP-TV-Za-hj-np-tv-z]{RIGHT}",
            accept=es_nif, context=Context(words("dni|nif|españa|spain|spanish"), SERIAL_CUE, 0.9), score=1.0, source="Real Decreto 1553/2005", needs=DIGITS),
    Pattern("ES_NIF", "es.nie", rf"{LEFT}[XYZxyz]-?[0-9]{{7}}-?[A-HJ-NP-TV-Za-hj-np-tv-z]{RIGHT}",
            accept=lambda surface: es_nif(surface.upper()), score=1.0, source="Real Decreto 557/2011", needs=DIGITS),
    Pattern("IT_FISCAL_CODE", "it.fiscal_code", rf"(?i:{LEFT}[a-z]{{6}}[0-9lmnp-v]{{2}}[abcdehlmprst][0-9lmnp-v]{{2}}[a-z][0-9lmnp-v]{{3}}[a-z]{RIGHT})",
            accept=it_fiscal_code, score=1.0, source="DM 23 December 1976"),
    Pattern("NL_BSN", "nl.bsn", rf"(?<![0-9A-Za-z])(?<![0-9][ .-])[0-9]{{4}}[ .]?[0-9]{{2}}[ .]?[0-9]{{3}}(?![0-9A-Za-z])(?![ .-][0-9])",
            accept=nl_bsn, context=Context(words("bsn|burgerservicenummer|sofi(?:-?nummer)?|dutch|citizen service"), None, 0.0, before=40), score=1.0, source="BSN 11-proof", needs=DIGITS),
    Pattern("BR_CPF", "br.cpf", rf"(?<![0-9A-Za-z])[0-9]{{3}}\.[0-9]{{3}}\.[0-9]{{3}}[-/ ]?[0-9]{{2}}(?![0-9A-Za-z])",
            accept=br_cpf, score=1.0, source="Receita Federal", needs=DIGITS),
    Pattern("BR_CPF", "br.cpf_cued", rf"(?i:(?<![A-Za-z])cpf){LINK}(?P<v>[0-9]{{3}}[. ]?[0-9]{{3}}[. ]?[0-9]{{3}}[- ]?[0-9]{{2}}){RIGHT}",
            score=0.8, source="Receita Federal", needs=DIGITS),
    Pattern("NATIONAL_ID", "pl.pesel", rf"(?i:(?<![A-Za-z])pesel){LINK}(?P<v>[0-9]{{11}}){RIGHT}", accept=pl_pesel, score=1.0, source="PESEL Act", needs=DIGITS),
    Pattern("NATIONAL_ID", "se.personnummer", rf"(?<![0-9A-Za-z])(?<![0-9]-)(?:19|20)?[0-9]{{2}}[01][0-9][0-3][0-9][-+][0-9]{{4}}(?![0-9A-Za-z])(?!-[0-9])",
            accept=se_personal, context=Context(words("personnummer|swedish|sweden|person(?:al)? (?:number|id)|samordningsnummer"), SERIAL_CUE, 0.4), score=1.0, source="Skatteverket", needs=DIGITS),
    Pattern("NATIONAL_ID", "fi.hetu", rf"{LEFT}[0-3][0-9][01][0-9]{{3}}[-+A][0-9]{{3}}[0-9A-FHJ-NPR-Y]{RIGHT}",
            context=Context(words("hetu|henkilötunnus|finnish|personal identity"), None, 0.0), score=0.9, source="DVV", needs=DIGITS),
)
