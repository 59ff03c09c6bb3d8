"""What people tell about themselves in text, as columns of their vector: values, generalizations, words.

A date of birth tells an age. A kind of fact counts when ``kanon.facts`` names it and its operator lets
something of it through; a kind that is named and whose operator does not is taken out of the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from deid.config import Config, hierarchy_file, load_operators
from deid.detect.stated.births import age_at
from deid.kanon.hierarchies import load_hierarchy
from deid.pipeline.quasi.amounts import amount_chain, amount_class, amount_words, is_enormous
from deid.pipeline.quasi.bodies import employer_chain, school_chain
from deid.pipeline.quasi.places import Places, load_places
from deid.pipeline.quasi.wording import age_words, birth_words, body_words, job_words, people_words
from deid.transform.ages import parse_range, range_text, widen
from deid.transform.script import Language
from deid.treatments import Treatment
from deid.types import Fact
from deid.yamlfile import config_folder

TEXT = "text:"
_LETS_THROUGH = ("keep", "bands", "top", "coarsen")
# Widths of bands over the one that the operator writes, and the open band that they end in.
_AGE_WIDTHS, _AGE_TOP = (10, 20, 40), 80
_OTHERS = ("LOCATION", "OCCUPATION", "MONEY")

Chain = tuple[str, ...]
"""A value's generalizations, without '*'."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How stated facts are counted and written.

    kinds     : facts that are counted or taken out; ``through`` are those whose operator lets them through.
    age       : what becomes of ages in any case.
    today     : day on which ages are reckoned.
    jobs      : occupation, or group of them, to its groups; ``countries`` likewise.
    few       : occupations that few people have, by ``configs/population``.
    """

    kinds: frozenset[str]
    through: frozenset[str]
    places: Places = field(repr=False)
    age: Treatment
    today: date
    jobs: Mapping[str, Chain] = field(repr=False)
    countries: Mapping[str, Chain] = field(repr=False)
    few: frozenset[str] = field(repr=False)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order; a date of birth has none of its own."""
        through = self.through - {"DATE_OF_BIRTH"}
        if "DATE_OF_BIRTH" in self.through:
            through |= {"AGE"}
        return [TEXT + kind for kind in _ORDER if kind in through]

    def told(self, fact: Fact) -> tuple[str, str] | None:
        """Return the column and the value of a speaker's own fact; None when it counts in no column."""
        if fact.whose != "speaker" or fact.kind not in self.through:
            return None
        if fact.kind == "DATE_OF_BIRTH":
            years = age_at(fact.value, self.today)
            return None if years is None else (TEXT + "AGE", age_base(years, self.age))
        value = self._base(fact)
        if fact.aspect == "only":
            value = next((node for node in self.chain(TEXT + fact.kind, value) if node != value), value)
        return TEXT + fact.kind, value

    def of_other(self, fact: Fact) -> tuple[str, str] | None:
        """Return the kind and the value of a fact of others; None when it is left to its operator."""
        if fact.whose == "speaker" or fact.kind not in self.through.intersection(_OTHERS):
            return None
        return fact.kind, fact.value

    def is_few(self, kind: str, value: str) -> bool:
        """Return whether few people are so described; a place that is not known is small."""
        if kind == "OCCUPATION":
            return value in self.few
        if kind == "MONEY":
            return is_enormous(value)
        return value not in self.places or value in self.places.small

    def commoner(self, kind: str, value: str) -> str | None:
        """Return the least general node over a value that describes more than few, if there is one."""
        above = (amount_class(value),) if kind == "MONEY" else self.chain(TEXT + kind, value)
        return next((node for node in above if node != value and not self.is_few(kind, node)), None)

    def chain(self, column: str, value: str) -> Chain:
        """Return the generalizations of a value of a column, without '*'."""
        trees = {"LOCATION": self.places.chains, "OCCUPATION": self.jobs, "NATIONALITY": self.countries}
        kind = column.removeprefix(TEXT)
        if kind in trees:
            return trees[kind].get(value, ())
        if kind == "AGE":
            return _age_chain(value, self.age.bands or 1)
        if kind == "EDUCATION":
            return school_chain(value)
        if kind == "MONEY":
            return amount_chain(value)
        return employer_chain(value) if kind == "ORGANIZATION" else ()

    def words(self, fact: Fact, node: str, language: Language) -> str | None:
        """Return what stands in the text for a fact whose published node is known.

        None leaves the words, or the operator's result, as they are: they say no more than the node.
        """
        if fact.kind == "DATE_OF_BIRTH":
            return birth_words(node, self.today, language)
        if fact.kind == "LOCATION":
            return self.places.name(node, language) if node in self.places else None
        if node == (age_base(fact.value, self.age) if fact.kind == "AGE" else fact.value):
            return None
        if fact.kind == "NATIONALITY":
            return people_words(node, self.places.name(node, "ja"), language)
        words = {"AGE": age_words, "OCCUPATION": job_words, "MONEY": amount_words}
        return words.get(fact.kind, body_words)(node, language)

    def _base(self, fact: Fact) -> str:
        """Return a fact's value as it counts at its finest."""
        if fact.kind == "AGE":
            return age_base(fact.value, self.age)
        return amount_class(fact.value) if fact.kind == "MONEY" else fact.value


_ORDER = (
    "AGE", "LOCATION", "OCCUPATION", "ORGANIZATION", "EDUCATION", "NATIONALITY", "LANGUAGE", "FAMILY",
    "MONEY",
)  # fmt: skip


def load_telling(config: Config, today: date, places: Places | None = None) -> Telling:
    """Read the shipped hierarchies of facts. Raises ConfigError when a label has no operator."""
    operators = load_operators(config.transform, config.mode)
    kinds = frozenset(config.kanon.facts) if config.kanon.from_text else frozenset()
    return Telling(
        kinds,
        frozenset(kind for kind in kinds if operators[kind].operator in _LETS_THROUGH),
        load_places() if places is None else places,
        operators["AGE"],
        today,
        _tree("stated-occupation", 1),
        _tree("country", 2),
        _few(),
    )


def age_base(value: str, operator: Treatment) -> str:
    """Return a stated age as the operator for ages in text publishes it."""
    years = int(value) if value.isdigit() else None
    if years is not None and operator.top is not None and years >= operator.top:
        return f"{operator.top}+"
    numbers = None if operator.bands is None else parse_range(value)
    return value if numbers is None else range_text(widen(numbers, operator.bands or 1, operator.top))


def _age_chain(value: str, width: int) -> Chain:
    numbers = parse_range(value)
    if numbers is None:
        return ()
    wider = [wide for wide in _AGE_WIDTHS if wide > width]
    return tuple(range_text(widen(numbers, wide, _AGE_TOP if wide > 10 else None)) for wide in wider)


def _tree(name: str, first: int) -> dict[str, Chain]:
    """Return value → its nodes from level ``first`` on, and each node → those over it."""
    chains: dict[str, Chain] = {}
    for chain in load_hierarchy(hierarchy_file(name)).chains:
        above = chain[first:-1]
        chains.setdefault(chain[0], above)
        for level, node in enumerate(above):
            chains.setdefault(node, above[level + 1 :])
    return chains


def _few() -> frozenset[str]:
    path = config_folder("population", "occupation.csv")
    return frozenset(line.partition(";")[0] for line in path.read_text(encoding="utf-8").splitlines())
