"""Words that houses and streets are called by, in English and where English is written.

A name of a place often says so itself: ``Fernhollow``, ``Riverbank``, ``Oakhanger`` end in a word for land or
water, as names of villages and houses have since Old English (Mills, A Dictionary of British Place Names).
"""

import re

KINDS = (
    "street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|parkway|pkwy|highway|hwy|terrace|tce|crescent|cres|mews|alley|drive|court|crt|ct|place|way"
    "|circle|square|sq|close|gardens?|gdns|grove|row|walk|hill|trail|loop|plaza|quay|rise|view|park|path|run|ridge|crossing|point|cove|green|wharf"
    "|commons?|heights|bend|route|estate|parade|pde|esplanade|promenade|causeway|embankment|approach|passage|bypass|brae|wynd|vennel|gait|brow|bank"
    "|fold|croft|garth|dene|dell|mount|meadows?|mead|lea|nook|bottom|chase|drove|gate|hollow|strand|vale|valley|orchard|copse|spinney|paddocks?"
    "|acres?|yard|side|head|end|mill|pines|oaks|elms|firs|larches|willows|beeches|poplars|cedars|limes|laurels|hawthorns|shambles|bridge|springs|glen|moor|shore|beach"
)
HOUSES = (
    "house|cottages?|farm|farmhouse|lodge|bungalow|barn|manor|villas?|hall|grange|rectory|vicarage|parsonage|rectory|croft|mansions?|towers?|apartments?"
    "|apts|flats|residency|residences?|residence|court|mews|hostel|chambers|buildings?|works|tannery|brewery|maltings|granary|stables|steading"
    "|demesne|village|ville|mobile park|caravan park|holiday park|studentenheim|dormitory|dorm|condos?|condominium|ranch|homestead|dairy|forge|smithy|arms|mill"
)
INDIAN = "nagar|colony|layout|enclave|vihar|puram|society|residency|apartments|marg|chowk|gall?i|bagh|wadi|puri|peth?|bazaa?r|mohalla|quarters|estate extension|housing estate|housing scheme"
LANDMARK = (
    r"(?i:(?:,| -)? ?(?:near|nr\.?|behind|beside|opp\.?|opposite|next to|off|above|facing|back of|top of) (?:the )?(?:[a-z'’]{2,16} ){0,3}?"
    rf"(?:temple|mosque|masjid|church|school|tank|pump|station|hospital|market|bank|park|gate|bridge|signal|stop|office|tower|mall|surau|tree|{KINDS})(?![a-z]))"
)
"""What stands by a house, behind its address."""
ENDINGS = (
    "hollow|woods?|fields?|ford|meads?|meadows?|brook|haven|holme?|hurst|leigh|lea|mere|dale|bank|bridge|crofts?|coombe?|combe|cote|cott|dene|grove|hill|shaw|stead"
    "|stone|wick|worth|thorpe|thwaite|acres?|bourne|bury|borough|burgh|crest|fell|fold|garth|glen|haugh|heath|lawns?|lodge|marsh|moor|nook|oaks?|pines|ridge"
    "|rigg|royd|springs|tarn|vale|warren|wharf|wold|hanger|kirk|beck|chester|mill|cove|bower|brae|thorn|fern|rock|cliffe?|rise|view|mount"
)
NAMED = rf"(?:[A-Za-z]{{3,12}}(?:{ENDINGS}))(?![A-Za-z'’-])"
"""A word that ends as names of places do; ``is_place_name`` refuses those that are something else."""

_NO_NAMES = frozenset(
    "instead homestead unmount remount automount dismount amount surmount paramount milestone milestones cornerstone keystone gemstone limestone"
    " sandstone tombstone gravestone touchstone cobblestone rhinestone soapstone brimstone backstone battlefield minefield midfield airfield infield"
    " outfield cornfield downfield hollywood bollywood nollywood firewood plywood hardwood softwood driftwood wildwood uphill downhill anthill molehill"
    " landfill chill windchill treadmill windmill sawmill watermill unfold manifold scaffold twofold threefold fourfold fivefold sixfold tenfold"
    " hundredfold blindfold centerfold afford oxford stanford harvard crawford bedford cloak cloaks soak soaks croak croaks bedrock shamrock punkrock"
    " porridge partridge fridge cartridge abridge powerbank powerbanks databank piggybank foodbank massacre massacres cashmere sunrise enterprise"
    " offsprings handsprings dislodge befell networth pennyworth jetworth clothes cliffhanger coathanger footbridge drawbridge cambridge breakwater"
    " preview review interview overview rearview worldview previews dataview listview webview reviews treeview gridview preview medicine password"
    " moonrise comprise surprise reprise apprise arise prise rise likewise candlewick drumstick rockford stockholm equivale backfield textfield coalfield"
    " vineyards hotmail pumpernickel hawthorn hiphop comprise turnstone yellowstone flintstone rollingstone whetstone bluestone hailstone hailstones"
    " subfield subfields datafields formfield formfields greenfield brownfield snowfield snowfields playfield textfields infields fieldstone shitstorm"
    " blackrock hardrock softrock glamrock sprock sunrock crackerjack smithereens firstborn newborn airborne".split()
)
_MAYBE = re.compile(r"(.*?)(\w)\?(.*)")
_LEAST = 6  # letters of a name in one word


def spelled(words: str) -> frozenset[str]:
    """Return the single words of alternatives in which one letter may be left out: «gardens?»."""
    found: set[str] = set()
    for word in words.split("|"):
        maybe = _MAYBE.fullmatch(word)
        found |= {maybe[1] + maybe[3], maybe[1] + maybe[2] + maybe[3]} if maybe else {word}
    return frozenset(word for word in found if " " not in word)


def is_place_name(word: str) -> bool:
    """Whether a word ends in one for land or water, and is no other word that does."""
    lower = word.lower()
    return len(lower) >= _LEAST and lower not in _NO_NAMES and _ENDS.fullmatch(lower) is not None


_ENDS = re.compile(rf"[a-z]{{2,14}}(?:{ENDINGS})")
