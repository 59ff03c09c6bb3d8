"""The keys under which replacements are made, by how far they reach.

============  ================  ===================================================================
scope         key               one value has one token in
============  ================  ===================================================================
conversation  the run's         one record
release       the run's         one release: the key goes when it is published
dataset       the domain's      every release of one name
global        the domain's      everything that is made under the domain's key
============  ================  ===================================================================

    domain's key = HMAC-SHA256(HKDF-Expand(key of the file, "deid/replacement/v1|domain"), domain)

Whoever holds the domain's key can test guesses on what was made under it, and open what ``encrypt`` made.
"""

from dataclasses import dataclass, field

from deid.errors import ConfigError
from deid.transform.tokens import ReplacementKey
from deid.treatments import Scope


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one run.

    run     : the run's own.
    lasting : the domain's, None where nothing is made that outlives the run.
    dataset : name of the data set.
    """

    run: ReplacementKey = field(repr=False)
    lasting: ReplacementKey | None = field(default=None, repr=False)
    dataset: str = ""

    def token(self, kind: str, value: str, *, scope: Scope, conversation: str) -> str:
        """Return 20 characters of ``a-z2-7`` for a value of a kind; ConfigError without the key it needs."""
        match scope:
            case "conversation":
                return self.run.token(kind, value, scope=f"conversation|{conversation}")
            case "release":
                return self.run.token(kind, value)
            case "dataset":
                return self.domain.token(kind, value, scope=f"dataset|{self.dataset}")
            case "global":
                return self.domain.token(kind, value, scope="global")

    @property
    def domain(self) -> ReplacementKey:
        """The domain's key; ConfigError where there is none."""
        if self.lasting is None:
            raise ConfigError("no key of the domain", hint="give `escrow.tokens`, in mode pseudonymize")
        return self.lasting


def domain_key(secret: bytes, domain: str) -> ReplacementKey:
    """Return the key of a domain from the 32 bytes of its file."""
    return ReplacementKey(ReplacementKey(secret).digest("domain", domain))
