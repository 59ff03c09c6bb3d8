"""One way of writing a declared value, and how it is put into a line of chat."""

from dataclasses import dataclass, field
from random import Random

from slots import Gold

_JOINTS = {"en": (" ", ", ", " - ", "\n"), "ja": ("、", "。", " ", "…", "\n")}
_PARTICLES = ("は", "が", "も", "に", "と", "の", "って", "、", "。", "だよ")


@dataclass(frozen=True, slots=True)
class Written:
    """A way of writing a value.

    label  : label its occurrence should get.
    form   : name of the way: ``name/family``.
    text   : what must be found; ``before`` and ``after`` stand beside it and may be.
    cue    : kind of line that it needs, since it might be something else; empty for any.
    """

    label: str
    form: str
    text: str = field(repr=False)
    before: str = ""
    after: str = ""
    cue: str = ""

    def within(self, frame: str) -> tuple[str, Gold]:
        """Return a frame with ``{}`` filled in, and where the value stands."""
        start = frame.index("{}") + len(self.before)
        whole = f"{self.before}{self.text}{self.after}"
        return frame.replace("{}", whole, 1), Gold(start, start + len(self.text), self.label, self.form)

    def beside(self, line: str, language: str, rng: Random) -> tuple[str, Gold]:
        """Return a line with the value in front of it or behind it."""
        joint = rng.choice(_JOINTS[language])
        if rng.random() < 0.5:
            joint = rng.choice(_PARTICLES) if language == "ja" and rng.random() < 0.5 else joint
            return self.within(f"{{}}{joint}{line.replace('{}', '')}")
        return self.within(f"{line.replace('{}', '')}{joint}{{}}")
