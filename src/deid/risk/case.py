"""One release beside its source, as the attacks get it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from deid.risk.align import Aligned
from deid.risk.documents import Documents, numbered
from deid.risk.rates import Ints
from deid.treatments import FieldSpec


@dataclass(frozen=True)
class Case:
    """What an assessment knows; an attack is given the parts an attacker would have.

    aligned : the truth: which released talk is which source talk.
    fields  : the declared fields of the release's configuration.
    subject_id : the field that names the data subject.
    record_id  : the field that names the record.
    """

    aligned: Aligned = field(repr=False)
    fields: Mapping[str, FieldSpec]
    subject_id: str
    record_id: str = ""

    @property
    def ids(self) -> tuple[str, str]:
        """The fields that name a person and a record; they describe nobody."""
        return self.subject_id, self.record_id

    @cached_property
    def documents(self) -> Documents:
        """Every message, raw and released, with its author."""
        return self.aligned.documents()

    @cached_property
    def person(self) -> Ints:
        """The number of the person of each pair, as in ``documents``."""
        return numbered([source.subject for _, source in self.aligned.pairs])

    @cached_property
    def unit(self) -> Ints:
        """The number of the pseudonym of each pair, as in ``documents``."""
        return numbered([(talk.subject, source.subject) for talk, source in self.aligned.pairs])
