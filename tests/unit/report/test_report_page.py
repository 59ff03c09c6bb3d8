from html.parser import HTMLParser
from typing import Any

import pytest
from report_samples import documents

from deid.report.html import render
from deid.types import Json

VOID = {"meta", "br"}


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.problems: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str | None] = []
        self.words: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(text)
        self.close()
        self.problems += [f"open: {tag}" for tag in self.stack]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.problems.append(f"closed: {tag}")

    def handle_data(self, data: str) -> None:
        if self.stack[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "|".join(self.words)


def page(**changes: Any) -> Page:
    return Page(render(documents(**changes)))


def test_well_formed_and_self_contained() -> None:
    text = render(documents())
    parsed = Page(text)
    assert parsed.problems == []
    assert len(parsed.ids) == len(set(parsed.ids))
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(parsed.tags)
    assert not any(
        name in ("src", "href", "style") or name.startswith("on") for _, name, _ in parsed.attributes
    )
    assert "url(" not in text
    assert "@import" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_the_same_documents_give_the_same_page() -> None:
    assert render(documents()) == render(documents())


def test_verdict_of_a_pass() -> None:
    text = page().text
    assert "Passed the internal gate" in text
    assert "All 2 checks hold." in text


def failing(**changes: Any) -> Json:
    first = {"name": "k", "threshold": 5, "value": 3, "passed": False, "source": "D-7", "bound": "min"}
    return {"gate": "public", "checks": [{**first, **changes}, *documents().risk["checks"]]}


def test_verdict_of_a_refusal_names_what_failed() -> None:
    text = page(risk=failing()).text
    assert "Refused by the public gate" in text
    assert "k: 3, required ≥ 5" in text
    assert "Passed" not in text


def test_each_check_has_its_own_result() -> None:
    gates = page(risk=failing()).text.partition("Gates")[2].partition("What was found")[0]
    assert gates.count("✕ fail") == 1
    assert gates.count("✓ pass") == 2
    assert gates.index("✕ fail") < gates.index("✓ pass")


def test_k_table_before_and_after() -> None:
    text = page().text.partition("k-anonymity")[2]
    assert "k: smallest class, in persons|1|5|" in text
    assert "highest prosecutor risk (1 / k)|1|0.2|" in text
    assert "1|25.0%|0.0%|" in text
    assert "20|0.0%|" not in text
    assert "10–24|50.0%|66.7%|" in text


@pytest.mark.parametrize("passed", [None, 0, "yes", 1])
def test_only_true_is_a_pass(passed: object) -> None:
    assert "Refused" in page(risk=failing(passed=passed)).text


def test_a_value_that_could_not_be_computed() -> None:
    assert "k: not computed, required ≥ 5" in page(risk=failing(value=None)).text


@pytest.mark.parametrize("risk", [{}, {"gate": "internal", "checks": []}])
def test_no_check_is_no_pass(risk: Json) -> None:
    assert "Refused: no gate was checked" in page(risk=risk).text


def test_every_document_is_on_the_page() -> None:
    text = page().text
    for words in (
        "chat-ja",
        "not shown anonymous",
        "omigo",
        "1,234",
        "Rule 31",
        "limit ≥ 5",
        "EMAIL_ADDRESS",
        "352",
        "names",
        "ja",
        "invalid JSON",
        "escaped: 7",
        "profile.age, text:LOCATION",
        "0.1832",
        "l_distinct: profile.plan",
        "CREDIT_CARD",
        "tell the card scheme",
        "Singling out",
        "Linkability",
        "Inference",
        "8,123",
        "9" * 64,
    ):
        assert words in text, words


def test_labels_are_sorted_by_count() -> None:
    text = page().text
    assert text.index("PERSON") < text.index("AGE") < text.index("EMAIL_ADDRESS")


def test_rescan_lists_only_what_was_found() -> None:
    residual = page().text.partition("Residual rescan")[2].partition("Set aside")[0]
    assert "LOCATION" in residual
    assert "EMAIL_ADDRESS" not in residual


def test_rescan_without_findings_and_no_rescan() -> None:
    detection = documents().detection
    assert "The rescan found nothing." in page(detection={**detection, "residual": {}}).text
    del detection["residual"]
    assert "No rescan was made." in page(detection=detection).text


def test_empty_documents_still_make_a_page() -> None:
    parsed = page(manifest={}, detection={}, kanon={}, risk={}, incidents={})
    assert parsed.problems == []
    for words in ("k-anonymity was not computed.", "No span was found.", "No record was set aside.", "None."):
        assert words in parsed.text, words


def test_a_label_of_no_vocabulary() -> None:
    assert "unknown" in page(detection={"spans": {"ODD": 1}}).text


EVIL = '<script>alert("x")</script>&\'"'


def poisoned(value: Any) -> Any:
    if isinstance(value, dict):
        return {EVIL + key if key not in KEEP else key: poisoned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item) for item in value]
    return value + EVIL if isinstance(value, str) else value


KEEP = {
    *(
        "name",
        "mode",
        "class",
        "appi",
        "gdpr",
        "purpose",
        "created",
        "tool",
        "policy",
        "files",
        "path",
        "rows",
    ),
    *("bytes", "sha256", "spans", "classes", "sources", "languages", "quarantined", "residual", "columns"),
    *("method", "before", "after", "histogram", "measures", "gate", "checks", "threshold", "value", "passed"),
    *(
        "source",
        "incidents",
        "label",
        "count",
        "records",
        "meaning",
        "k",
        "k_required",
        "subjects",
        "uniques",
    ),
}


def test_everything_is_escaped() -> None:
    """Every text and every label of every document carries markup; none of it becomes markup."""
    clean = documents()
    names = ("manifest", "detection", "kanon", "risk", "incidents")
    text = render(documents(**{name: poisoned(getattr(clean, name)) for name in names}))
    parsed = Page(text)
    assert parsed.problems == []
    assert "script" not in parsed.tags
    assert parsed.text.count("alert(") > 30
    assert not any("alert" in (value or "") for _, _, value in parsed.attributes)


def test_repr_shows_no_document() -> None:
    assert "chat-ja" not in repr(documents())
