"""Values that several people of a policy's sample share, and those of the few who are rare on purpose."""

from collections.abc import Mapping

from people import Person

_GENDERS = ("female", "male")

SHARED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "nationality": {"ja": ("Japan",), "en": ("United States", "Canada", "United Kingdom", "Australia")},
    "model": {"both": ("iPhone 14", "Pixel 8", "Galaxy S23", "iPhone 15")},
    "system": {"both": ("iOS 17.5", "Android 14")},
    "network": {"both": ("wifi", "mobile")},
    "goods": {"both": ("Gems 120", "Gems 600", "Monthly membership", "Voice pack Luna")},
    "service": {"both": ("Robot kit A", "Cloud plan S", "Robot kit B", "Cloud plan M")},
    "company": {"both": ("retail", "manufacturing", "logistics", "education")},
    "language": {"ja": ("Japanese",), "en": ("English",)},
    "allergy": {"both": ("none", "shellfish", "nuts", "buckwheat")},
    "food": {"ja": ("肉料理", "魚介", "野菜"), "en": ("Steak", "Oysters", "Vegetables")},
    "serving": {"ja": ("普通盛り", "少なめ"), "en": ("Regular", "Small")},
    "alcohol": {"ja": ("日本酒", "ビール", "なし"), "en": ("Wine", "Beer", "None")},
    "cuisine": {"ja": ("寿司", "天ぷら", "フレンチ"), "en": ("Sushi", "French", "Chinese")},
    "browser": {"both": ("Safari 17.5", "Chrome 129.0", "Edge 128.0")},
    "provider": {"ja": ("docomo", "OCN", "au"), "en": ("Verizon", "Comcast", "BT")},
    "page": {"both": ("search", "shop page", "reservation form", "video stopped")},
    "place": {"ja": ("東京", "大阪", "札幌"), "en": ("New York", "London", "Toronto")},
}
"""Kind → language → values; people of one cell have the same."""

RARE: Mapping[str, tuple[str, ...]] = {
    "nationality": ("Tuvalu", "Bhutan"),
    "model": ("Xperia PRO-I", "Pixel Fold"),
    "system": ("iOS 18.0 beta 3", "Android 15 DP1"),
    "network": ("satellite", "dial-up"),
    "goods": ("Wedding dress for Haru", "Lifetime founder membership"),
    "service": ("Prototype arm X-9", "On-site training for hospitals"),
    "company": ("lighthouse keeping", "falconry"),
    "language": ("Icelandic", "Welsh"),
    "allergy": ("galactose-alpha-1,3-galactose", "sesame oil"),
    "food": ("ふぐの白子", "Durian"),
    "serving": ("Half of a child's portion", "Three portions"),
    "alcohol": ("Absinthe from 1910", "Baijiu"),
    "cuisine": ("Ethiopian", "Georgian"),
    "browser": ("SeaMonkey 2.53", "Safari 9.1"),
    "provider": ("proxy.example.co.jp", "dorm.example.edu"),
    "page": ("page on wheelchair access", "page on halal menus"),
    "place": ("松本市", "飯田市"),
}
"""Kind → values that only people outside of all cells have."""

_RARE_PLACES = ("Okinawa", "Nagano", "Hawaii", "France")


def cell_of(person: Person) -> int | None:
    """Return a number that people of one cell share, None for those who are rare on purpose."""
    if person.region in _RARE_PLACES or person.gender not in _GENDERS or person.age >= 41:
        return None
    return _GENDERS.index(person.gender) + 2 * (person.age // 5)
