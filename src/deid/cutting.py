"""What a configuration with ``release.max_words`` must not hold: all that would join the pieces it cuts.

A conversation is cut into records of their own, so that no id stands for much text of one person. An id, a
token or a list of people that is the same in two pieces would undo that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deid.treatments import FieldSpec, Treatment


@dataclass(frozen=True, slots=True)
class Cut:
    """The parts of a configuration that pieces depend on.

    talk      : path of the list that holds the messages; None where no one list does.
    operators : label → what is done with it in text.
    """

    fields: Mapping[str, FieldSpec]
    record_id: str
    subject_id: str
    talk: str | None
    operators: Mapping[str, Treatment]


def joined_pieces(cut: Cut) -> Iterator[str]:
    """Yield what speaks against cutting, as messages of a configuration's errors."""
    if cut.talk is None:
        yield "needs one list with text, such as `messages[].content`"
    yield from _joined_by_id(cut)
    people = cut.subject_id.rpartition("[].")[0]
    if people and people == cut.talk:
        yield "input.subject_id must stand outside the list of messages"
    yield from _joined_by_token(cut)
    for path, spec in cut.fields.items():
        if spec.cls == "text" and people and path.startswith(f"{people}[]"):
            yield f"`{path}` is text in the list of people; drop it"


def _joined_by_id(cut: Cut) -> Iterator[str]:
    for path, spec in cut.fields.items():
        joins = spec.effective.operator == "reissue" and spec.effective.scope != "conversation"
        if joins and path != cut.record_id:
            yield (
                f"`{path}` would join the pieces of a conversation; give it "
                "{operator: reissue, scope: conversation}, or delete"
            )


def _joined_by_token(cut: Cut) -> Iterator[str]:
    used = {f"fields.{path}": spec.effective for path, spec in cut.fields.items() if path != cut.record_id}
    used |= {f"transform.{label}": treatment for label, treatment in cut.operators.items()}
    for where, treatment in used.items():
        if treatment.operator in ("encrypt", "ff1") or (
            treatment.operator == "token" and treatment.scope != "conversation"
        ):
            yield (
                f"{where}: `{treatment.operator}` would join the pieces of a "
                "conversation; give it {operator: token, scope: conversation}, or delete"
            )
