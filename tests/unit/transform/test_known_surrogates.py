"""No surrogate equals a value that is known of a subject, said in the conversation or not."""

from deid.config import load_operators
from deid.sections import TransformConfig
from deid.transform.apply import Transformer
from deid.transform.policy import build_operators
from deid.transform.tokens import ReplacementKey
from deid.types import KnownValue, Span, Turn

KEY = ReplacementKey(bytes(range(32)))
TURN = Turn("messages[0].content", "Glad to meet you")
SPANS = [[Span(0, 4, "PERSON")]]


def _surrogates(known: list[KnownValue]) -> set[str]:
    transformer = Transformer(build_operators(load_operators(TransformConfig(), "anonymize"), KEY), KEY)
    texts = [transformer.transform(f"r{n}", [TURN], SPANS, known=known).texts[0] for n in range(300)]
    return {text.removesuffix(" to meet you") for text in texts}


def test_a_known_name_is_never_drawn() -> None:
    free = sorted(_surrogates([]))
    assert len(free) > 50
    known = [KnownValue("PERSON", f"{name} Quillby") for name in free[::2]]
    assert _surrogates(known).isdisjoint(free[::2])
