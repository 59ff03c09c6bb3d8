"""Configuration: what is accepted, what is refused, and in which words."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from deid.config import Config, hierarchy_file, load_config, load_operators
from deid.errors import ConfigError
from deid.labels import LABELS, LabelClass
from deid.policies import load_policy
from deid.treatments import Treatment, check_operators
from deid.yamlfile import config_folder

GOOD: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user"},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
        "age": {"class": "quasi", "treatment": {"bands": 5, "top": 90}},
        "text": {"class": "text"},
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """Return GOOD with one key set, ``a/b`` being key b of a; None takes it away."""
    result = copy.deepcopy(GOOD)
    *above, last = path.split("/")
    into = result
    for part in above:
        into = into.setdefault(part, {})
    if value is None:
        del into[last]
    else:
        into[last] = value
    return result


def load(folder: Path, value: object, **overrides: object) -> Config:
    path = folder / "c.yaml"
    path.write_text(value if isinstance(value, str) else yaml.safe_dump(value), encoding="utf-8")
    return load_config(path, overrides)


def refusal(folder: Path, value: object, **overrides: object) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, value, **overrides)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{folder / 'c.yaml'}").lstrip(": ")


def test_only_four_keys_are_required_and_the_rest_is_safe(tmp_path: Path) -> None:
    config = load(tmp_path, GOOD)
    assert (config.kanon.k, config.kanon.from_text, config.kanon.method) == (5, True, "local")
    assert (config.input.max_quarantined, config.input.max_text) == (0.001, 1_000_000)
    assert (config.detect.use, config.risk.gate, config.escrow) == ("default", "internal", None)
    assert config.release.splits == {"train": 0.9, "validation": 0.05, "test": 0.05}


@pytest.mark.parametrize("key", ["version", "mode", "input", "fields", "input/record_id", "input/subject_id"])
def test_a_required_key_is_missed(tmp_path: Path, key: str) -> None:
    assert refusal(tmp_path, changed(key, None)) == f"{key.replace('/', '.')}: missing"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("version", 2, "version: input should be 1"),
        ("mode", "hide", "mode: input should be 'anonymize' or 'pseudonymize'"),
        ("colour", "red", "colour: unknown key"),
        ("kanon/K", 5, "kanon.K: unknown key"),
        ("kanon/k", 1, "kanon.k: input should be greater than or equal to 2"),
        ("kanon/suppression", 1.5, "kanon.suppression: input should be less than or equal to 1"),
        ("kanon/sensitive", ["height"], "kanon.sensitive: `height` is not a declared field"),
        ("kanon/sensitive", ["age"], "kanon.sensitive: `age` is a quasi-identifier already"),
        ("kanon/l", 2, "kanon: l and t need `sensitive`"),
        ("kanon/t", 0.2, "kanon: l and t need `sensitive`"),
        ("input/languages", ["fr"], "input.languages.0: input should be 'en', 'ja', 'zh' or 'ko'"),
        ("input/record_id", "number", "input.record_id: `number` is not a declared field"),
        ("input/speaker_id", "age", "fields: `age` is input.speaker_id: give it class linking"),
        ("fields/a..b", {"class": "keep"}, "fields: `a..b` is not a path"),
        ("fields/a[0]", {"class": "keep"}, "fields: `a[0]` is not a path"),
        ("fields/[]", {"class": "keep"}, "fields: `[]` is not a path"),
        ("fields/age/class", "age", "fields.age.class: input should be 'keep'"),
        ("fields/text/treatment", "tag", "fields.text: class `text` takes no treatment"),
        ("fields/text/hierarchy", "age-band", "fields.text: only a quasi-identifier has a hierarchy"),
        ("fields/age/hierarchy", "ages", "fields.age: no hierarchy `ages`"),
        ("fields/name", {"class": "direct", "treatment": "keep"}, "fields.name: class `direct` cannot have"),
        ("fields/name", {"class": "code", "treatment": {"top": 9}}, "fields.name: class `code` cannot have"),
        ("fields/pin", {"class": "secret", "treatment": "tag"}, "fields.pin: class `secret` is always"),
        ("fields/pic", {"class": "media", "treatment": "surrogate"}, "fields.pic: class `media` is always"),
        ("fields/name", {"class": "direct", "known_value": "NAME"}, "fields.name.known_value: unknown label"),
        ("fields/age/treatment", {"bands": 1}, "fields.age.treatment.bands: input should be greater"),
        ("fields/age/treatment", "bands", "fields.age.treatment: `bands` needs its value"),
        ("fields/age/treatment", {"round": 5}, "fields.age.treatment: name an operator: keep, delete"),
        ("fields/age/treatment", {"coarsen": "day", "top": 9}, "fields.age.treatment: `coarsen` stands"),
        ("transform", {"PRESON": "tag"}, "transform.operators: unknown label `PRESON`"),
        ("transform", {"PERSON": "keep"}, "transform.operators: PERSON: class `direct` cannot be kept"),
        ("transform", {"PERSON": "reissue"}, "transform.operators: PERSON: `reissue` is for fields"),
        ("transform", {"PASSWORD": "surrogate"}, "transform.operators: PASSWORD: class `secret` can only be"),
        ("release/name", "../up", "release.name: string should match pattern"),
        ("release/splits", {"train": 0.5}, "release.splits: the shares of the splits must add up to 1"),
        ("release/splits", {"train": 1.5, "test": -0.5}, "release.splits: each split needs a share above 0"),
        ("release/splits", {"dev": 1.0}, "release.splits.dev.[key]: input should be 'train'"),
        ("escrow", {"url": "/x/escrow.db", "keys": "local:k"}, "escrow.url: must start with sqlite:///"),
        ("escrow", {"url": "sqlite:///x", "keys": "k"}, "escrow.keys: must start with local:"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_carried_out(tmp_path: Path, key: str, value: object, message: str) -> None:
    assert refusal(tmp_path, changed(key, value)).startswith(message)


def test_every_problem_is_told(tmp_path: Path) -> None:
    value = changed("kanon/k", 0) | {"colour": "red"}
    told = refusal(tmp_path, value)
    assert "kanon.k: input should be" in told
    assert "; colour: unknown key" in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a mapping of keys"),
        ("- a\n", "must be a mapping of keys"),
        ("a: 1\nb: 2\na: 3\n", "3: not valid YAML: key `a` given twice"),
        ("a:\n  b: 1\n  b: 1\n", "3: not valid YAML: key `b` given twice"),
        ("a: [1\n", "2: not valid YAML: "),
        ("a: 1\n? [b]\n: 2\n", "2: not valid YAML: a key must be one plain value"),
        ("a: 1\n? {b: 1}\n: 2\n", "2: not valid YAML: a key must be one plain value"),
        ("a: !!python/object/apply:os.getcwd []\n", "1: not valid YAML: could not determine a constructor"),
        ("a: \x07\n", "not valid YAML"),
        ("a: 2026-13-45\n", "not valid YAML"),
        ("a: !!int b\n", "not valid YAML"),
        (f"a: {'[' * 3000}\n", "not valid YAML"),
    ],
)
def test_what_is_no_configuration(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path, text).startswith(message)


def test_equal_keys_of_different_mappings_are_fine(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).fields["id"] == load(tmp_path, GOOD).fields["user"]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot read: UnicodeDecodeError"):
        load_config(tmp_path / "c.yaml")
    with pytest.raises(ConfigError, match="no such configuration"):
        load_config(tmp_path)
    with pytest.raises(ConfigError, match="no such configuration") as caught:
        load_config("nobody")
    assert "demo" in caught.value.hint


def test_overrides_replace_whole_keys(tmp_path: Path) -> None:
    escrow = {"url": "sqlite:///x/escrow.db", "keys": "local:k/escrow.pub"}
    config = load(tmp_path, GOOD, mode="pseudonymize", escrow=escrow)
    assert config.mode == "pseudonymize"
    assert config.escrow is not None
    assert config.escrow.domain == "default"
    assert refusal(tmp_path, GOOD, mode="pseudonymize") == "pseudonymize mode needs an escrow"


def test_what_differs_in_one_mode(tmp_path: Path) -> None:
    own = {"fields": {"text": {"class": "drop"}}, "kanon": {"k": 7}}
    value = {**GOOD, "modes": {"anonymize": own}}
    config = load(tmp_path, value)
    assert (config.fields["text"].cls, config.fields["age"].cls, config.kanon.k) == ("drop", "quasi", 7)
    escrow = {"url": "sqlite:///x/escrow.db", "keys": "local:k/escrow.pub"}
    config = load(tmp_path, value, mode="pseudonymize", escrow=escrow)
    assert (config.fields["text"].cls, config.kanon.k) == ("text", 5)


def test_the_command_line_is_heard_before_what_differs_in_one_mode(tmp_path: Path) -> None:
    """Else what is deleted would be sealed in another escrow than was asked for."""
    asked, written = ({"url": f"sqlite:///{x}/escrow.db", "keys": f"local:{x}/escrow.pub"} for x in "ab")
    value = {**GOOD, "modes": {"pseudonymize": {"escrow": written}}}
    config = load(tmp_path, value, mode="pseudonymize", escrow=asked)
    assert config.escrow is not None
    assert config.escrow.url == asked["url"]


@pytest.mark.parametrize("mode", [["anonymize"], {"anonymize": 1}, 5, None])
def test_a_mode_of_another_kind(tmp_path: Path, mode: object) -> None:
    assert refusal(tmp_path, {**GOOD, "mode": mode}).startswith("mode: input should be 'anonymize'")


@pytest.mark.parametrize("modes", [["anonymize"], {"both": {}}, {"anonymize": {"mode": "pseudonymize"}}])
def test_what_cannot_differ_in_one_mode(tmp_path: Path, modes: object) -> None:
    assert refusal(tmp_path, {**GOOD, "modes": modes}).startswith("modes: must")


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("tag", {"operator": "tag"}),
        ({"bands": 5}, {"operator": "bands", "bands": 5}),
        ({"bands": 5, "top": 90}, {"operator": "bands", "bands": 5, "top": 90}),
        ({"top": 90}, {"operator": "top", "top": 90}),
        ({"coarsen": "month"}, {"operator": "coarsen", "coarsen": "month"}),
    ],
)
def test_a_treatment_in_short(short: object, whole: dict[str, object]) -> None:
    assert Treatment.model_validate(short) == Treatment.model_validate(whole)


@pytest.mark.parametrize(
    ("cls", "operator"),
    [("keep", "keep"), ("quasi", "keep"), ("text", "keep"), ("drop", "delete"), ("direct", "delete"),
     ("sensitive", "delete"), ("linking", "delete"), ("secret", "delete"), ("media", "delete")],
)  # fmt: skip
def test_the_treatment_of_a_class_without_one(tmp_path: Path, cls: str, operator: str) -> None:
    assert load(tmp_path, changed("fields/x", {"class": cls})).fields["x"].effective.operator == operator


@pytest.mark.parametrize("mode", ["anonymize", "pseudonymize"])
def test_shipped_operators_cover_every_label_and_let_nothing_through(mode: str) -> None:
    table = load_operators(Config.model_validate(GOOD).transform, mode)
    assert table.keys() == LABELS.keys()
    kept = {label for label, treatment in table.items() if treatment.operator == "keep"}
    assert all(LABELS[label].cls is LabelClass.QUASI for label in kept)


def test_operators_of_a_configuration_replace_single_ones(tmp_path: Path) -> None:
    config = load(tmp_path, changed("transform", {"use": "pseudonymize-default", "URL": "delete"}))
    table = load_operators(config.transform, "anonymize")
    assert (table["URL"].operator, table["PERSON"].operator) == ("delete", "tag")


def test_a_table_without_every_label_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "half.yaml").write_text("PERSON: tag\n")
    monkeypatch.setattr("deid.config.config_folder", lambda *parts: tmp_path / parts[-1])
    config = Config.model_validate(changed("transform", {"use": "half"}))
    with pytest.raises(ConfigError, match=r"half\.yaml: no operator for ACCOUNT_ID, AD_ID, AGE, .*, VICTIM$"):
        load_operators(config.transform, "anonymize")


def test_check_operators_passes_what_is_allowed() -> None:
    check_operators({"AGE": Treatment(operator="keep"), "PASSWORD": Treatment(operator="delete")})


def test_policies_and_hierarchies_by_name(tmp_path: Path) -> None:
    assert load_policy("omigo").purposes["model-training"].modes == ("anonymize",)
    with pytest.raises(ConfigError, match="no policy `nobody`"):
        load_policy("nobody")
    own = tmp_path / "own.csv"
    own.write_text("a;*\n")
    assert hierarchy_file(str(own)) == own
    assert hierarchy_file("gender") == config_folder("hierarchies", "gender.csv")
    with pytest.raises(ConfigError, match="no hierarchy"):
        hierarchy_file(str(tmp_path / "nowhere.csv"))


def test_a_configuration_cannot_be_changed(tmp_path: Path) -> None:
    config = load(tmp_path, GOOD)
    with pytest.raises(ValueError, match="frozen"):
        config.mode = "pseudonymize"


# --- tokens, scopes, moved dates ----------------------------------------------------------------------

ESCROW = {"url": "sqlite:///e/e.db", "keys": "local:k/escrow.pub"}


def keyed(treatment: object, *, label: str = "PERSON", **escrow: str) -> dict[str, Any]:
    """Return GOOD in mode pseudonymize with one operator."""
    return {
        **GOOD,
        "mode": "pseudonymize",
        "escrow": {**ESCROW, **escrow},
        "transform": {label: treatment},
    }


@pytest.mark.parametrize(
    "treatment",
    ["token", {"operator": "token", "scope": "release"}, {"operator": "token", "scope": "conversation"}],
)
def test_tokens_of_the_run_need_no_key_file(tmp_path: Path, treatment: object) -> None:
    assert load(tmp_path, keyed(treatment)).transform.operators["PERSON"].operator == "token"
    assert load(tmp_path, {**keyed(treatment), "mode": "anonymize"}).mode == "anonymize"


LASTING: tuple[object, ...] = (
    "encrypt",
    "ff1",
    {"operator": "token", "scope": "dataset"},
    {"operator": "token", "scope": "global"},
)


@pytest.mark.parametrize("treatment", LASTING)
def test_what_outlives_a_run_needs_its_key_and_mode(tmp_path: Path, treatment: object) -> None:
    assert load(tmp_path, keyed(treatment, tokens="k/tokens.key")).escrow is not None
    assert "needs `escrow.tokens`" in refusal(tmp_path, keyed(treatment))
    anonymous = {**keyed(treatment, tokens="k/tokens.key"), "mode": "anonymize"}
    assert "outlives the run" in refusal(tmp_path, anonymous)


def test_an_id_of_a_wider_scope_is_refused_likewise(tmp_path: Path) -> None:
    wide = {"operator": "reissue", "scope": "global"}
    assert "fields.user: nothing that outlives" in refusal(tmp_path, changed("fields/user/treatment", wide))


def test_a_record_id_holds_for_its_release(tmp_path: Path) -> None:
    for scope in ("conversation", "dataset", "global"):
        value = changed("fields/id/treatment", {"operator": "reissue", "scope": scope})
        assert "its scope is the release" in refusal(tmp_path, value)
    load(tmp_path, changed("fields/user/treatment", {"operator": "reissue", "scope": "conversation"}))


@pytest.mark.parametrize(
    ("treatment", "words"),
    [
        ({"operator": "surrogate", "scope": "release"}, "`scope` is for token and reissue"),
        ({"operator": "token", "scope": "person"}, "scope"),
        ({"shift": 0}, "greater than or equal to 1"),
        ({"shift": 6, "weekday": True}, "`weekday` needs `shift` of at least 7"),
        ({"coarsen": "day", "shift": 3}, "`shift` stands alone"),
        ("shift", "needs its value"),
    ],
)
def test_treatments_that_cannot_be(tmp_path: Path, treatment: object, words: str) -> None:
    assert words in refusal(tmp_path, keyed(treatment, label="DATE_TIME"))


@pytest.mark.parametrize("cls", ["code", "quasi", "sensitive"])
def test_numbers_for_numbers_are_for_few_classes(tmp_path: Path, cls: str) -> None:
    value = changed("fields/user", {"class": cls, "treatment": "ff1"})
    assert f"class `{cls}` cannot have treatment `ff1`" in refusal(tmp_path, value)


@pytest.mark.parametrize("operator", ["token", "encrypt", "ff1"])
@pytest.mark.parametrize("label", ["PASSWORD", "MEDIA", "CREDIT_CARD"])
def test_what_is_kept_nowhere_has_no_token(tmp_path: Path, label: str, operator: str) -> None:
    assert "can only be tagged or deleted" in refusal(
        tmp_path, keyed(operator, label=label, tokens="k/tokens.key")
    )
