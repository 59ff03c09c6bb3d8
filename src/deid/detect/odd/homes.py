"""Words of addresses and of those who speak of them, for ``houses``."""

import re

from deid.detect.patterns import address_words
from deid.detect.patterns.address_words import spelled

UNITS = frozenset(
    "flat apt apartment unit villa plot lot hostel room rm house hno qtr quarter berth mooring pitch caravan cabin trailer studio bedsit maisonette"
    " penthouse suite bungalow zimmer condo purok block blk tower floor phase sector street zone wing stage building bldg level cluster site staircase"
    " number no nr km estate close road box delivery rr hc lane cross main stand".split()
)
WEAK_UNITS = frozenset(
    "room rm floor phase sector street zone wing stage building level site number no nr km box delivery road close lane cross main stand studio block tower suite".split()
)
_NO_HOUSES = frozenset(
    "apartment apts arms building buildings condo condominium hall mansion residence studentenheim tower villa works".split()
)
_NO_KINDS = frozenset(
    "apartments approach bazaar bazar beach beeches bend bottom circle commons croft crossing drove estate gali garden hawthorns head loop mead mews mill mohalla"
    " moor passage pet peth pkwy point quarters residency run shambles shore side valley wadi".split()
)
"""Words of houses and of streets that in a mere run of words are as often units, or something else."""
HOUSES = (spelled(address_words.HOUSES) - _NO_HOUSES) | set(
    "gatehouse lighthouse manse pinnacle schoolhouse".split()
)
KINDS = (spelled(address_words.KINDS) | spelled(address_words.INDIAN)) - _NO_KINDS | set(
    "building cross expressway extension office".split()
)
DIRECTIONS = frozenset("n s e w ne nw se sw north south east west".split())
BY = frozenset("off opp opposite behind near".split())
ARTICLES = frozenset("the of na an de la old upper lower nether great little over".split())
SAINTS = frozenset({"st", "mt"})
LOOSE = ARTICLES | SAINTS | {"fort"}
"""Small words within a name."""
LETTERED = frozenset("flat apt apartment unit block blk tower wing house lot plot villa".split())
"""Units that a letter may name."""
SAID = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
NUMBER = re.compile(
    r"#?[0-9]{1,5}[a-z]?(?:[/-][0-9]{1,4}[a-z]?){0,3}|#?[a-z]-?[0-9]{1,4}(?:/[0-9]{1,3})?|[0-9][a-z][0-9]|[0-9]{1,2}/f|[0-9]{1,2}(?:-[0-9]{1,4}){1,3}/[a-z]"
)
NO_NUMBER = re.compile(r"(?:19|20)[0-9]{2}|[0-9]+[kmxgspv]|[0-9]-[0-9]|v[0-9]+|[0-9]{1,2}:[0-9]{2}")
TO = re.compile(
    r"(?:^|[^a-z])(?:at|from|to|outside|opposite|behind|into|inside|in|by|of|is|its|it['’]s|was|im|i['’]m|we['’]re|round|off|past|says|for|between|called)[ :]{1,2}\Z",
    re.IGNORECASE,
)
CUE = re.compile(
    r"(?:^|[^a-z])(?:(?:live|lives|lived|living|stay|stays|stayed|staying|reside|resides|residing|born|grew up|rent|renting)(?: (?:at|in|on|off|over))?(?: at)?|(?:address|house|home|place|flat|property)(?: is| was|:|['’]s)(?: (?:now|at|called|named))*"
    r"|address|(?:moved?|moving|come|came|went|going|go|get|send|sent|ship|shipped|deliver|delivered|delivery|post|posted|bring|take|taken|drop|dropped|coming|called|mail|mail goes|goes|driver|taxi|cab|ambulance|courier|visit|visit us|visits)(?: (?:it|me|us|him|her|them|that|this|the [a-z]+|a [a-z]+|[a-z]+))?(?: (?:off|over|round|out|up|back|down))?(?: (?:to|at|for|from))"
    r"|(?:pick|picked|collect|collected|collection)(?: (?:it|me|us|him|her|them))?(?: up)?(?: (?:from|at))?|(?:tenants?|owners?|occupier|resident|keys|letters?|parcels?|package|post|mail|deposit|rent|lease|boiler|leak|roof|fence|fire|party)(?: (?:at|of|for|to|is at|is in|was at|in|on))|(?:i|we|she|he|they)['’]?(?:m|re|s| am| are| is| was| were)? (?:still |now |up |over |down )?(?:at|in)|knock(?:ed|ing)? (?:at|on)|next door at)[ :]{1,2}\Z",
    re.IGNORECASE,
)
"""What leads to an address at once."""
CALLED = re.compile(
    r"(?:^|[^a-z])(?:(?:live|lives|lived|living|resid(?:e|es|ing)) at|my (?:postal |home |full )?address(?:['’]s| is|:)|(?:house|cottage|farm|bungalow|home|place)(?:['’]s| is)? (?:called|named|name(?:['’]s| is)?)|house is)[ :]{1,2}\Z",
    re.IGNORECASE,
)
"""What says the name of a house."""
HOMES = frozenset(
    "parcel parcels package packages deliver delivers delivered delivery deliveries delivering courier driver drop dropped pick picked collect collected collection collecting"
    " post posted postman postie letter letters envelope mail live lives lived living stay stays stayed staying move moved moving rent rents rented renting rental tenant tenants"
    " tenancy landlord landlady lease letting lettings flat apartment house home address door doorbell bell buzz buzzer gate key keys neighbour neighbours neighbor neighbors"
    " lodger flatmate roommate boiler plumber electrician meter leak heating removal removals van sofa couch fridge wardrobe mattress ambulance burgled burglary burglar taxi cab"
    " uber satnav street road lane upstairs downstairs stairs lift elevator porch garden driveway bin bins council property premises viewing mortgage deposit carer nurse bedroom"
    " bedrooms kitchen airbnb caravan cottage farm knock knocked knocking ring rings nan nans mum mums mom moms grandma grandad gran caretaker warden concierge corner born"
    " reside resides residing residence visit visited visits parked parking send sent ship shipped bring near behind opposite opp shop expressway plot villa block room lot unit"
    " estate lodge hostel tower grew goes walk walked rider pizza takeaway grocery groceries cleaner gardener builder roof fence flood flooded bus stop map gps pin directions".split()
)
"""Words of those who speak of a house."""

KIND_OF = {
    word: kind
    for kind, words in (("s", LOOSE), ("b", BY), ("d", DIRECTIONS), ("k", KINDS), ("h", HOUSES), ("u", UNITS))
    for word in words
}
KIND_OF |= dict.fromkeys(("called", "named", "name"), "")
"""What a word is: a unit before a house, a house before a street."""
