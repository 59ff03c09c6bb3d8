"""How people, places and organizations are written in Latin letters."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from grammar import LOCATION, ORGANIZATION, PERSON, Generator, Piece
from inventories import People, Places, japanese_people, latin_people, world_places
from reserved import held_out

# Given names that are common words too: what they are, only the context tells.
AMBIGUOUS = (
    "Will Mark May Hope Rose Grace April Bill Jack Art Sunny Faith Chase Drew Pat Rob Sue Gene Frank June "
    "August Summer Autumn Joy Dawn Eve Ivy Lily Daisy Violet Ruby Amber Pearl Jade Crystal Angel Destiny "
    "Harmony Melody Robin Jay Ray Cliff Dale Glen Heath Brook Brooke Stone Rocky Sandy Misty Stormy Rain "
    "River Sky Star Nick Dick Rich Guy Max Miles Skip Chip Buddy Duke Earl King Prince Dean Major Judge "
    "Hunter Fisher Mason Cooper Carter Taylor Tyler Page Paige Wade Lance Buck Colt Ace Blaze Hazel Olive "
    "Basil Ginger Cherry Clay Reed Forest Penny Victor Christian Dolly Kitty Bunny Cat Bo Mo Al Ed Don Ken "
    "Matt Tom Jo Ty Van Les Gay Happy Lucky Justice Honor Patience Prudence Charity Mercy Trinity Genesis"
).split()
NICKNAMES = (
    "Alex Andy Annie Abby Bea Becca Becky Ben Benji Bert Beth Betsy Billy Bob Bobby Cal Cass Charlie Chris "
    "Chrissy Cindy Con Dan Danny Dave Davey Deb Debs Dom Eddie Eli Ellie Em Emmy Fran Freddy Gabe Gabby Geoff "
    "Gus Hal Hank Izzy Jackie Jake Jamie Jen Jenny Jess Jim Jimmy Joey Johnny Jojo Josh Kat Kate Katie Kim "
    "Kris Larry Leo Lexi Liz Lizzie Lou Lulu Mac Maddie Maggie Mandy Manny Meg Mel Mick Mickey Mike Mikey "
    "Millie Minnie Nat Nate Nell Nicky Ollie Paddy Pam Pete Phil Pip Reg Ricky Ron Ronnie Roz Sal Sally Sam "
    "Sammy Shaz Steph Steve Stu Susie Tash Ted Teddy Tess Theo Tim Timmy Tina Tony Tori Trish Val Vicky Viv "
    "Wes Woody Zac Zach Zoe Zed Bibi Coco Dee Deedee Fifi Gigi Kiki Lala Mimi Nana Nono Pippa Titi Vivi"
).split()
GIVEN_OTHER = (
    "Ahmed Ali Amina Fatima Hassan Hussein Ibrahim Khalid Layla Leila Mohammed Muhammad Mustafa Nour Omar "
    "Rania Samira Tariq Yasmin Youssef Zainab Abdullah Bilal Farah Hamza Imran Jamal Karim Nadia Salma Yusuf "
    "Minjun Seojun Jiwoo Seoyeon Hayoon Ji-hoon Min-ji Soo-jin Hye-jin Eun-ji Dong-hyun Sung-min Yuna Jisoo "
    "Xiaoming Wei Jing Ling Hao Yifan Zihan Mei Xin Yuxuan Haoran Siyi Bao Cheng Dongmei Fang Guang Hui Jun "
    "Kwame Kofi Ama Abena Chidi Ngozi Emeka Adaeze Tunde Folake Sipho Thabo Nomsa Lerato Zanele Amara Olu "
    "Arjun Priya Ravi Anjali Deepak Kavita Rahul Sneha Vikram Pooja Sanjay Neha Amit Divya Karthik Lakshmi "
    "Nguyen Linh Huong Tuan Somchai Siriporn Budi Siti Dewi Agus Putri Joko Tane Aroha Keanu Leilani Mahina"
).split()
FAMILY_OTHER = (
    "Ahmed Hassan Hussein Al-Masri Haddad Khoury Mansour Nasser Rahman Saleh Siddiqui Kim Lee Park Choi Jung "
    "Kang Cho Yoon Jang Lim Han Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Mensah Owusu Boateng "
    "Okafor Okonkwo Adeyemi Balogun Nwosu Dlamini Nkosi Ndlovu Mokoena Patel Sharma Singh Gupta Iyer Reddy Nair "
    "Kapoor Mehta Das Banerjee Tran Pham Nguyen Suharto Wijaya Santoso O'Brien O'Neill MacDonald McCarthy "
    "D'Angelo de_la_Cruz van_der_Berg von_Braun Ben-David St._Clair Smith-Jones Lloyd-Webber"
).split()
TITLES = "Mr Mrs Ms Miss Dr Dr. Mr. Mrs. Ms. Prof Prof. Professor Coach Aunt Auntie Uncle Sir Captain Pastor Officer Judge Sister Father Rev.".split()
_ONSETS = "b c d f g h j k l m n p r s t v w y z br ch cl dr fr gr kr ph qu sh st th tr".split()
_VOWELS = "a a a e e i i o o u ai ea ee ia ie io oa ou y".split()
_CODAS = ["", "", "", "l", "n", "n", "r", "s", "th", "x", "ck", "m", "nd", "sh", "v"]
COMPANY_ENDS = (
    (
        "Inc Inc. LLC Ltd Ltd. Corp GmbH Group Labs Systems Solutions Software Holdings Partners Bank Foods Motors "
        "Airlines Media Studios Games Logistics Energy Pharma Health Insurance Consulting Technologies Industries "
        "Records Press Foundation & Co & Sons Brothers Associates"
    )
    .replace("& ", "&_")
    .split()
)
PLACE_ENDS = "Street St Avenue Ave Road Rd Lane Drive Boulevard Square Park Bridge Station Beach Hill Lake River Island Bay Valley Airport Mall Tower Plaza Market".split()


def _spaced(words: list[str]) -> list[str]:
    return [w.replace("_", " ") for w in words if not held_out(w.replace("_", "-"))]


def invented(rng: Random, syllables: int) -> str:
    """Make a pronounceable name that no list holds."""
    while True:
        name = "".join(
            rng.choice(_ONSETS) * (i > 0 or rng.random() < 0.85) + rng.choice(_VOWELS)
            for i in range(syllables)
        )
        name = (name + rng.choice(_CODAS)).capitalize()
        if len(name) > 2 and not held_out(name):
            return name


@dataclass(frozen=True, slots=True)
class Latin:
    """Lists in Latin letters: people by origin, places, and romanized Japanese names."""

    origins: tuple[People, ...]
    favoured: People
    romaji_given: tuple[str, ...]
    romaji_family: tuple[str, ...]
    places: Places
    ambiguous: tuple[str, ...] = tuple(_spaced(AMBIGUOUS))
    nicknames: tuple[str, ...] = tuple(_spaced(NICKNAMES))
    given_other: tuple[str, ...] = tuple(_spaced(GIVEN_OTHER))
    family_other: tuple[str, ...] = tuple(_spaced(FAMILY_OTHER))

    def given(self, rng: Random) -> str:
        """Draw a given name, nickname or invented name, capitalized."""
        return self._pair(rng)[0]

    def family(self, rng: Random) -> str:
        return self._pair(rng)[1]

    def _pair(self, rng: Random) -> tuple[str, str]:
        """Draw a given and a family name, of one origin more often than not."""
        draw = rng.random()
        if draw < 0.15:
            return invented(rng, rng.choice((1, 2, 2, 3))), invented(rng, rng.choice((2, 2, 3)))
        if draw < 0.23:
            return rng.choice(self.romaji_given), rng.choice(self.romaji_family)
        if draw < 0.33:
            return rng.choice(self.given_other), rng.choice(self.family_other)
        people = self.favoured if draw < 0.65 else rng.choice(self.origins)
        given = people.given.draw(rng)
        if draw < 0.39:
            given = rng.choice(self.ambiguous)
        elif draw < 0.46:
            given = rng.choice(self.nicknames)
        return given, (people if rng.random() < 0.8 else self.favoured).family.draw(rng)

    def full(self, rng: Random) -> str:
        """Draw a given and a family name, now and then with a middle name or initials."""
        given, family = self._pair(rng)
        draw = rng.random()
        if draw < 0.05:
            return f"{given[0]}. {family}"
        if draw < 0.07:
            return f"{given} {family[0]}."
        if draw < 0.11:
            return f"{given} {self.given(rng)[0]}. {family}"
        if draw < 0.15:
            return f"{given} {self.given(rng)} {family}"
        return f"{given} {family}"

    def familiar(self, rng: Random) -> str:
        """Write a name as friends do: given name, drawn out, shortened or initials."""
        name = self.given(rng)
        draw = rng.random()
        if draw < 0.05 and name[-1].isalpha():
            return name + name[-1].lower() * rng.randint(1, 4)
        if draw < 0.08 and len(name) > 4:
            return _shortened(name, rng)
        if draw < 0.10:
            return name[0] + self.family(rng)[0]
        return _mistyped(name, rng) if draw < 0.13 else name

    def person(self, rng: Random) -> list[Piece]:
        """Mention one person; a title stands outside of the span."""
        draw = rng.random()
        if draw < 0.52:
            return [Piece(self.familiar(rng), PERSON)]
        if draw < 0.86:
            return [Piece(self.full(rng), PERSON)]
        if draw < 0.92:
            return [Piece(self.family(rng), PERSON)]
        return self.titled(rng)

    def titled(self, rng: Random) -> list[Piece]:
        name = self.family(rng) if rng.random() < 0.75 else self.full(rng)
        return [Piece(rng.choice(TITLES) + " "), Piece(name, PERSON)]

    def city(self, rng: Random) -> str:
        return self.places.cities.draw(rng)

    def location(self, rng: Random) -> str:
        """Draw a city, state, country or an invented street, park or town."""
        draw = rng.random()
        if draw < 0.55:
            return self.city(rng)
        if draw < 0.65:
            return rng.choice(self.places.states)
        if draw < 0.78:
            return rng.choice(self.places.countries)
        if draw < 0.84:
            return f"{self.city(rng)}, {rng.choice(self.places.states)}"
        if draw < 0.90:
            return invented(rng, 2) + rng.choice(
                ("ton", "ville", "burg", "ford", "field", "wick", "", " City")
            )
        return self.street(rng)

    def street(self, rng: Random) -> str:
        return f"{self.family(rng)} {rng.choice(PLACE_ENDS)}"

    def company(self, rng: Random) -> str:
        """Invent a company."""
        draw = rng.random()
        end = rng.choice(COMPANY_ENDS).replace("_", " ")
        if draw < 0.35:
            return f"{self.family(rng)} {end}"
        if draw < 0.65:
            return f"{invented(rng, 2)} {end}"
        if draw < 0.75:
            return f"{self.family(rng)} & {self.family(rng)}"
        if draw < 0.83:
            return "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(rng.choice((3, 3, 4))))
        return invented(rng, rng.choice((2, 3))) + rng.choice(("", "", "ify", "ly", "soft", "tech", "corp"))

    def school(self, rng: Random) -> str:
        name = rng.choice((self.city, self.city, self.family))(rng)
        return rng.choice(
            (
                f"University of {name}", f"{name} University", f"{name} High School", f"{name} High",
                f"{name} College", f"{name} Elementary", f"St. {self.given(rng)}'s School", f"{name} Academy",
                f"{name} Institute of Technology", f"{name} State",
            )
        )  # fmt: skip

    def body(self, rng: Random) -> str:
        """Draw a hospital, club, team, office or other body."""
        name = self.city(rng)
        return rng.choice(
            (
                f"{name} General Hospital", f"{name} Hospital", f"{name} FC", f"{name} United",
                f"{name} City Council", f"{name} Police Department", f"{name} Chamber of Commerce",
                f"{name} Tigers", f"{name} Lions", f"{name} Rangers", f"{name} Symphony Orchestra",
                f"Bank of {name}", f"{name} Times", f"{name} Herald", f"{name} Public Library",
                f"First Baptist Church of {name}", f"Ministry of {rng.choice(('Health', 'Defence', 'Education'))}",
                f"The {invented(rng, 2)}s", f"{self.family(rng)} Foundation",
            )
        )  # fmt: skip


def _shortened(name: str, rng: Random) -> str:
    stem = name[: rng.choice((3, 4))]
    return stem + rng.choice(("y", "ie", "z", "o", "s", ""))


def _mistyped(name: str, rng: Random) -> str:
    """Swap two letters of a name, double one or leave one out."""
    i = rng.randrange(len(name) - 1)
    changed = (
        name[:i] + name[i + 1] + name[i] + name[i + 2 :],
        name[: i + 1] + name[i:],
        name[:i] + name[i + 1 :],
    )
    return rng.choice(changed)


def load(lists: Path) -> Latin:
    """Read all lists in Latin letters."""
    people = latin_people()
    japanese = japanese_people(lists)
    family = [r.capitalize() for _, r in japanese.family_reading.values()]
    given = sorted({r.capitalize() for _, _, r in japanese.common_given})
    return Latin(tuple(people.values()), people["en_US"], tuple(given), tuple(family), world_places(lists))


def _labelled(draw: object, label: str, rng: Random) -> list[Piece]:
    return [Piece(draw(rng), label)]  # type: ignore[operator]


def generators(names: Latin) -> dict[str, Generator]:
    """Make the generators of the slots that templates in Latin letters use.

    P anyone, F a familiar name, N a full name, S a family name, G a plain given
    name, T titled; L any place, C a city, K a country, A a street; O any body or
    company, B a company, U a school, V a hospital, team or office.
    """
    labels = {
        "F": (names.familiar, PERSON), "N": (names.full, PERSON), "S": (names.family, PERSON),
        "G": (names.given, PERSON), "L": (names.location, LOCATION), "C": (names.city, LOCATION),
        "A": (names.street, LOCATION), "B": (names.company, ORGANIZATION), "U": (names.school, ORGANIZATION),
        "V": (names.body, ORGANIZATION),
    }  # fmt: skip
    slots: dict[str, Generator] = {k: partial(_labelled, draw, label) for k, (draw, label) in labels.items()}
    slots["P"] = names.person
    slots["T"] = names.titled
    slots["K"] = lambda rng: [Piece(rng.choice(names.places.countries), LOCATION)]
    return slots
