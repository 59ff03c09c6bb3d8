from deid.report.attacks import attacks
from deid.risk.attack import AttackResult
from deid.risk.rates import exactly, of_counts


def _risk(raw: int) -> dict[str, object]:
    found = AttackResult(
        "L2 author linkage", "fusion", "linkability", 300, of_counts(30, 300), exactly(0.003), exactly(0.003),
        raw=of_counts(raw, 300), tails={0.1: of_counts(3, 30)}, notes={"split": "random"},
    )  # fmt: skip
    return {"assessment": {"people": 300, "documents": 4000, "results": [found.to_json()]}}


def test_what_an_attack_achieved_stands_with_its_company() -> None:
    page = attacks(_risk(90)).text
    for told in ("L2 author linkage", "fusion, random", "0.100 (0.071 to 0.139)", "0.300", "4,000 messages"):
        assert told in page
    assert "unsound" not in page


def test_an_unsound_attack_says_so() -> None:
    assert "unsound: it fails on raw text" in attacks(_risk(1)).text


def test_no_attack_is_no_comfort() -> None:
    assert "No attack was made" in attacks({"gate": "internal", "checks": []}).text
