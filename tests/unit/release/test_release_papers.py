import json
from typing import Any

import pytest
import yaml
from release_samples import ABOUT, manifest

from deid.errors import ConfigError
from deid.papers.notices import Bilingual, NoticeFacts, pair_items, render_notices
from deid.release.about import About
from deid.release.card import render_card
from deid.release.croissant import croissant
from deid.release.provenance import provenance
from deid.release.writer import DataFile
from deid.types import Json

FILES = (
    DataFile("data/train-00000-of-00002.parquet", 900, "1" * 64, 10),
    DataFile("data/train-00001-of-00002.parquet", 200, "2" * 64, 11),
    DataFile("data/validation-00000-of-00001.parquet", 0, "3" * 64, 12),
    DataFile("data/test-00000-of-00001.parquet", 50, "4" * 64, 13),
)


def front_matter(card: str) -> tuple[Json, str]:
    _, text, body = card.split("---\n", 2)
    return yaml.safe_load(text), body


def test_front_matter_names_the_splits_that_have_records() -> None:
    front, _ = front_matter(render_card(manifest(), FILES, ABOUT))
    assert front["configs"] == [
        {
            "config_name": "default",
            "data_files": [
                {"split": "train", "path": "data/train-*.parquet"},
                {"split": "test", "path": "data/test-*.parquet"},
            ],
        }
    ]
    assert front["size_categories"] == ["1K<n<10K"]
    assert front["language"] == ["ja", "en"]


def test_front_matter_of_json_lines() -> None:
    files = (DataFile("data/train-00000-of-00001.jsonl.zst", 5, "1" * 64, 1),)
    front, _ = front_matter(render_card(manifest(), files, ABOUT))
    assert front["configs"][0]["data_files"] == [{"split": "train", "path": "data/train-*.jsonl.zst"}]
    assert front["size_categories"] == ["n<1K"]


def test_the_card_says_what_it_must() -> None:
    _, body = front_matter(render_card(manifest(), FILES, ABOUT))
    for words in (
        "# sample",
        "not shown anonymous",
        "| records in train | 1100 |",
        "| spans: PERSON | 10 |",
        "k = 5, counted in data subjects",
        "Detector: scan 1.",
        "nicknames of one letter",
        "Identifying a person, or trying to",
        "privacy@example.org",
        "匿名加工情報です",
        "anonymously processed information",
    ):
        assert words in body, words


def test_the_card_of_a_pseudonymized_release_promises_no_anonymity() -> None:
    _, body = front_matter(render_card(manifest(mode="pseudonymize", kanon=None), FILES, ABOUT))
    assert "仮名加工情報" in body
    assert "still personal data" in body
    assert "k was not computed" in body
    assert "This data set is anonymously" not in body


def test_the_card_states_terms_and_issuer_or_that_there_are_none() -> None:
    about = About(description="d", contact="c", languages=("en",), license="research only")
    _, body = front_matter(render_card(manifest(), FILES, about))
    assert "| terms | research only |" in body
    assert "| issuer | not stated |" in body


def test_a_failed_check_is_told_on_the_card() -> None:
    gate = {"name": "k", "threshold": 5, "value": 3, "passed": False, "source": "D-7"}
    _, body = front_matter(render_card(manifest(gates=[gate]), FILES, ABOUT))
    assert "| k (D-7) | 3, threshold 5: **failed** |" in body


@pytest.mark.parametrize(
    ("rows", "size"),
    [(999, "n<1K"), (1000, "1K<n<10K"), (9_999_999, "1M<n<10M"), (10**9, "100M<n<1B")],
)
def test_size_category(rows: int, size: str) -> None:
    files = (DataFile("data/train-00000-of-00001.parquet", rows, "1" * 64, 1),)
    front, _ = front_matter(render_card(manifest(), files, ABOUT))
    assert front["size_categories"] == [size]


def test_a_value_cannot_break_out_of_its_cell() -> None:
    _, body = front_matter(render_card(manifest(purpose="a|b\n## c"), FILES, ABOUT))
    assert "| purpose | a\\|b ## c |" in body


def test_provenance_has_the_22_fields_and_null_for_the_unknown() -> None:
    value = provenance(manifest(previous={"created": "2025-01-01T00:00:00Z"}), FILES, ABOUT)
    assert [len(value[part]) for part in ("source", "provenance", "use")] == [6, 8, 8]
    assert value["source"]["dataset_title"] == "sample"
    assert value["provenance"]["previous_version_date"] == "2025-01-01T00:00:00Z"
    assert value["provenance"]["data_format"] == ["application/vnd.apache.parquet"]
    assert value["use"]["consent_documentation_location"] is None
    assert value["use"]["license_to_use"] is None
    assert json.loads(json.dumps(value)) == value


def test_croissant_lists_each_file_with_its_digest() -> None:
    value = croissant(manifest(), FILES, ABOUT)
    assert value["@type"] == "sc:Dataset"
    assert value["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert [(f["contentUrl"], f["sha256"]) for f in value["distribution"]] == [
        (item.path, item.sha256) for item in FILES
    ]
    assert "license" not in value
    assert value["creator"]["name"] == "Example K.K."


def test_croissant_with_terms_and_without_issuer() -> None:
    about = About(description="d", contact="c", languages=("en",), license="https://example.org/terms")
    value = croissant(manifest(), FILES, about)
    assert value["license"] == "https://example.org/terms"
    assert "creator" not in value


def facts(**changes: Any) -> NoticeFacts:
    values: dict[str, Any] = {
        "mode": "anonymize",
        "items": pair_items(["端末情報", "会話の本文"], ["device information", "text of conversations"]),
        "created": "2026-01-31",
        "contact": "privacy@example.org",
    }
    return NoticeFacts(**{**values, **changes})


def test_notices_of_an_anonymized_release() -> None:
    notices = render_notices(facts())
    assert sorted(notices) == [
        "notices/publication.en.md",
        "notices/publication.ja.md",
        "notices/recipient.en.md",
        "notices/recipient.ja.md",
    ]
    assert "項目：端末情報、会話の本文" in notices["notices/publication.ja.md"]
    assert "device information; text of conversations." in notices["notices/publication.en.md"]
    assert "2026-01-31" in notices["notices/publication.en.md"]
    assert "本データは匿名加工情報です。" in notices["notices/recipient.ja.md"]
    assert "prohibited" in notices["notices/recipient.en.md"]
    assert "第三者に提供します" not in notices["notices/publication.ja.md"]


def test_provision_adds_its_method_in_both_languages() -> None:
    method = Bilingual("暗号化したファイルをサーバーに置く方法", "encrypted file on a server")
    notices = render_notices(facts(method=method))
    assert "提供の方法：暗号化したファイル" in notices["notices/publication.ja.md"]
    assert "Method of provision: encrypted file" in notices["notices/publication.en.md"]


def test_notices_of_a_pseudonymized_release() -> None:
    notices = render_notices(facts(mode="pseudonymize", purpose=Bilingual("統計の作成", "statistics")))
    assert "利用目的：統計の作成" in notices["notices/publication.ja.md"]
    assert "Purpose of use: statistics" in notices["notices/recipient.en.md"]
    assert not any("匿名加工情報" in text or "anonymously" in text for text in notices.values())


def test_values_are_not_read_as_templates() -> None:
    assert "{items}" in render_notices(facts(contact="{items}"))["notices/publication.en.md"]


@pytest.mark.parametrize(
    ("ja", "en", "words"),
    [
        (["a"] * 5, ["b"] * 4, "5 items in Japanese and 4 in English"),
        ([], [], "blank, or there is none"),
        (["a", " "], ["b", "c"], "blank, or there is none"),
    ],
)
def test_items_that_differ_between_languages(ja: list[str], en: list[str], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        pair_items(ja, en)
    assert words in str(caught.value)


def test_pseudonymized_information_is_not_provided() -> None:
    both = Bilingual("x", "y")
    with pytest.raises(ConfigError, match="not provided to third parties"):
        render_notices(facts(mode="pseudonymize", purpose=both, method=both))
    with pytest.raises(ConfigError, match="needs a purpose"):
        render_notices(facts(mode="pseudonymize"))
