"""What reads each language: names, what words tell, and odd values; a model is loaded where it is asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from deid.detect.odd.houses import HouseNames
from deid.detect.odd.japanese import JapaneseValues
from deid.detect.odd.values import OddValues
from deid.detect.sensitive import SensitiveContent
from deid.detect.tells.told import ToldValues
from deid.errors import ConfigError, expect
from deid.sections import DetectConfig
from deid.types import Detector

if TYPE_CHECKING:
    from deid.detect.tagger.pieces import PieceTagger
    from deid.detect.tagger.units import UnitTagger
    from deid.detect.tagger.vectors import UnitVectors

Odd: TypeAlias = OddValues | JapaneseValues | HouseNames | ToldValues
"""What reads texts once all others have, for what they leave."""
LANGUAGES = ("en", "ja")
TRANSFORMED = ("zh", "ko")
"""Languages whose names the transformer of ``accurate`` alone reads, beside the taggers of ``default``."""


def check(languages: Sequence[str], use: str) -> None:
    """Raise ConfigError where a language is unknown, or one that the use finds no names in."""
    expect("languages", languages, "a list of them", Iterable)
    unknown = [language for language in languages if language not in (*LANGUAGES, *TRANSFORMED)]
    if unknown or not languages:
        raise ConfigError(
            f"no detectors for {unknown or 'no language'}",
            hint=f"languages: {', '.join((*LANGUAGES, *TRANSFORMED))}",
        )
    if use == "fast" and _transformed(languages):
        raise ConfigError(
            "detect.use: fast finds no names in Chinese and Korean", hint="use default or accurate"
        )


def _transformed(languages: Sequence[str]) -> bool:
    return not set(TRANSFORMED).isdisjoint(languages)


def odd_of(languages: Sequence[str], names: Iterable[Detector]) -> Iterator[Odd]:
    """Yield what finds the odd values, houses and told words that nothing else finds.

    names : what finds names; told words are read with the tagger of English ones, where there is one.
    """
    if "en" in languages:
        values = OddValues.load()
        yield HouseNames(values.lexicon)
        yield values
        tagged: Iterator[UnitVectors | None] = (getattr(member, "vectors", None) for member in names)
        vectors = next(filter(None, tagged), None)
        if vectors is not None:
            yield ToldValues.load(vectors)
    if "ja" in languages:
        yield JapaneseValues.load()


def sensitive_of(languages: Sequence[str]) -> Iterator[Detector]:
    """Yield what finds sensitive words."""
    listed = [language for language in languages if language in LANGUAGES]
    if listed:
        yield SensitiveContent(listed)


def names_of(languages: Sequence[str], config: DetectConfig) -> Iterator[Detector]:
    """Yield what finds names; DetectorError when a model is missing."""
    whole = _transformer(config, languages)
    tagger = _tagger(config, whole)
    beyond = whole if config.use == "accurate" or _transformed(languages) else None
    if "ja" in languages:
        from deid.detect.names.japanese import JapaneseNames  # noqa: PLC0415 - loads a dictionary

        yield JapaneseNames.load(tagger("ja"), with_chinese=beyond is None)
    if "en" in languages:
        from deid.detect.names.english import EnglishNames  # noqa: PLC0415 - the lists

        yield EnglishNames.load(tagger("en"))
    if beyond is not None:
        from deid.detect.names.chinese_korean import ChineseKoreanNames  # noqa: PLC0415

        yield ChineseKoreanNames(beyond)


def _transformer(config: DetectConfig, languages: Sequence[str]) -> "PieceTagger | None":
    """Return the accurate tagger, one for all that ask for it; None where nothing does."""
    if config.use != "accurate" and not config.second_reading and not _transformed(languages):
        return None
    from deid.detect.tagger.pieces import PieceTagger  # noqa: PLC0415 - an extra

    return PieceTagger.load()


def _tagger(config: DetectConfig, whole: "PieceTagger | None") -> Callable[[str], "UnitTagger | None"]:
    """Return what loads the tagger of a language; the runtime comes with it alone."""
    if config.use == "fast":
        return lambda _: None
    if config.use == "accurate" and whole is not None:
        from deid.detect.tagger.pair import Pair  # noqa: PLC0415

        return lambda language: Pair.load(language, whole)
    if config.second_reading and whole is not None:
        from deid.detect.tagger.cascade import Cascade  # noqa: PLC0415

        return lambda language: Cascade.load(language, whole, config.second_reading)
    from deid.detect.tagger.tagger import NameTagger  # noqa: PLC0415

    return NameTagger.load
