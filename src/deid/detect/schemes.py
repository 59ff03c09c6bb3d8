"""What the labels of other people's models are here: every label of a model is either mapped or left out by name.

A label that nobody decided on is an error, so that nothing a model finds is dropped unseen.
"""

from collections.abc import Iterable, Mapping

from deid.errors import ConfigError
from deid.labels import LABELS

Scheme = Mapping[str, str | None]
"""A model's label → ours, or None where it is left out."""

LOCATIONS = (
    "Airport Amusement_Park Archaeological_Place_Other Bay Bridge Canal Car_Stop City "
    "Continental_Region Country County Domestic_Region Facility_Other Geological_Region_Other "
    "GOE_Other GPE_Other Island Lake Location_Other Mountain Museum Park Port Province Region_Other "
    "River Road Sea Spa Sports_Facility Station Theater Tumulus Tunnel Water_Route Worship_Place Zoo"
).split()
ORGANIZATIONS = (
    "Cabinet Company Company_Group Corporation_Other Government International_Organization Military "
    "Organization_Other Political_Organization_Other Political_Party Pro_Sports_Organization "
    "Public_Institution Research_Institute School Show_Organization Sports_Organization_Other"
).split()
# Things, works, events, and what the scan layer finds: dates, amounts, addresses of mail.
_NEITHER = (
    "Academic Age Aircraft Amphibia Animal_Disease Animal_Part Art_Other Astral_Body_Other Award Bird Book "
    "Broadcast_Program Calorie Car Character Class Clothing Color_Other Compound Conference Constellation "
    "Countx_Other Culture Date Day_Of_Week Disease_Other Dish Doctrine_Method_Other Drug Earthquake Element Email "
    "Era Ethnic_Group_Other Event_Other Facility_Part Fish Flora Flora_Part Food_Other Frequency Fungus Game God "
    "ID_Number Incident_Other Insect Intensity Language_Other Latitude_Longtitude Law Line_Other Living_Thing_Other "
    "Living_Thing_Part_Other Magazine Mammal Material Measurement_Other Mineral Mollusc_Arthropod Money Money_Form "
    "Movement Movie Multiplication Music N_Animal N_Country N_Event N_Facility N_Flora N_Location_Other "
    "N_Natural_Object_Other N_Organization N_Person N_Product Name_Other National_Language Natural_Disaster "
    "Natural_Object_Other Natural_Phenomenon_Other Nature_Color Newspaper Numex_Other Occasion_Other Offense "
    "Ordinal_Number Percent Period_Day Period_Month Period_Time Period_Week Period_Year Periodx_Other Phone_Number "
    "Physical_Extent Plan Planet Point Printing_Other Product_Other Railroad Rank Religion Religious_Festival Reptile "
    "Rule_Other School_Age Ship Show Space Spaceship Speed Sport Sports_League Style Temperature Theory Time "
    "Time_Top_Other Timex_Other Title_Other Train Treaty URL Unit_Other Vehicle_Other Volume War Weapon Weight"
).split()
EXTENDED: Scheme = {
    **dict.fromkeys(LOCATIONS, "LOCATION"),
    **dict.fromkeys(ORGANIZATIONS, "ORGANIZATION"),
    **dict.fromkeys(_NEITHER, None),
    "Person": "PERSON",
    "Family": "PERSON",
    "Nationality": "NATIONALITY",
    "Position_Vocation": "OCCUPATION",
    "Postal_Address": "STREET_ADDRESS",
}
"""Sekine's extended named entities (https://sites.google.com/view/extended-named-entity), as GiNZA labels them."""

ONTONOTES: Scheme = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NATIONALITY",
    **dict.fromkeys(
        "CARDINAL DATE EVENT LANGUAGE LAW MONEY ORDINAL PERCENT PRODUCT QUANTITY TIME WORK_OF_ART".split()
    ),
}
"""OntoNotes 5 (LDC2013T19). Dates and numbers are the scan layer's business."""


def scheme_of(labels: Iterable[str], named: Scheme, model: str) -> dict[str, str]:
    """Return our label for each label of a model that is used.

    labels : every label the model may give.
    named  : what the configuration says; empty takes the known scheme that has all of them.

    Raises ConfigError for a label of the model that nothing decides on, one that is named and not the model's,
    or one of ours that there is not.
    """
    own = set(labels)
    scheme = named or next((known for known in (ONTONOTES, EXTENDED) if own <= known.keys()), {})
    open_labels, strange = sorted(own - scheme.keys()), sorted(named.keys() - own)
    if open_labels or strange:
        told = "says nothing of the model's label" if open_labels else "names what is no label of the model:"
        raise ConfigError(
            f"detect.models: {model}: `labels` {told} {', '.join(open_labels or strange)}",
            hint=f"its labels are {', '.join(sorted(own))}; give each one of ours, or null to leave it out",
        )
    unknown = sorted({ours for ours in scheme.values() if ours is not None} - LABELS.keys())
    if unknown:
        raise ConfigError(
            f"detect.models: {model}: unknown label {', '.join(unknown)}", hint="`deid labels` lists them"
        )
    return {theirs: ours for theirs, ours in scheme.items() if ours is not None and theirs in own}
