"""Between the passes: merging, levels, repeated records, splits and buckets."""

import dataclasses
from collections import Counter
from datetime import date

import numpy as np
import orjson
import pytest
from plan_samples import analysis, config, set_aside, token

from deid.config import Config
from deid.errors import InputError, ReleaseRefused
from deid.pipeline.planning import plan as module
from deid.pipeline.planning.plan import Plan, Planned, make_plan
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.working.analysis import ShardAnalysis, Tally, analysis_from_json, analysis_to_json

TODAY = date(2026, 11, 22)


def planned(*analyses: ShardAnalysis, used: Config | None = None) -> Planned:
    chosen = used or config()
    return make_plan(analyses, chosen, load_telling(chosen, TODAY), split_key=b"key")


def people(**regions: str) -> ShardAnalysis:
    """One record a person, each with a region."""
    return analysis(
        0,
        [(f"r-{name}", (name,)) for name in regions],
        {name: {"profile.region": {region}} for name, region in regions.items()},
    )


def test_people_of_one_class_are_published_as_they_are() -> None:
    made = planned(people(a="Tokyo", b="Tokyo"))
    assert made.plan.columns[:4] == ("profile.age", "profile.region", "text:AGE", "text:LOCATION")
    assert made.plan.published(token("a"), "profile.region", "Tokyo") == "Tokyo"
    assert (made.suppressed, made.dropped_as_suppressed, made.ncp) == (0, 0, 0.0)


def test_nobody_is_published_alone() -> None:
    regions = {"a": "Tokyo", "b": "Tokyo", "c": "Tokyo", "d": "Naha"}
    made = planned(people(**regions))
    classes = Counter(
        made.plan.published(token(name), "profile.region", region)
        for name, region in regions.items()
        if token(name) not in made.plan.dropped
    )
    assert min(classes.values()) >= 2
    assert "Naha" not in classes
    assert made.ncp > 0


def test_a_place_climbs_until_people_share_it() -> None:
    vectors = {"a": {"text:LOCATION": {"Tokyo"}}, "b": {"text:LOCATION": {"Saitama"}}}
    made = planned(analysis(0, [("r1", ("a",)), ("r2", ("b",))], vectors))
    nodes = {
        made.plan.published(token("a"), "text:LOCATION", "Tokyo"),
        made.plan.published(token("b"), "text:LOCATION", "Saitama"),
    }
    assert nodes == {"Kanto"}


def test_values_of_several_shards_are_one_set() -> None:
    first = analysis(
        0,
        [("r1", ("a",)), ("r2", ("b",))],
        {"a": {"profile.region": {"Tokyo"}}, "b": {"profile.region": {"Tokyo", "Osaka"}}},
    )
    second = analysis(1, [("r3", ("a",))], {"a": {"profile.region": {"Osaka"}}})
    made = planned(second, first)
    assert (
        made.vectors[token("a")]
        == made.vectors[token("b")]
        == (
            None,
            "Osaka\x1fTokyo",
            *[None] * 8,
        )
    )


def test_fewer_people_than_k_are_refused() -> None:
    with pytest.raises(ReleaseRefused, match="1 data subjects are fewer than k = 2"):
        planned(people(a="Tokyo"))


def test_an_empty_input_makes_an_empty_plan() -> None:
    made = planned(analysis(0, [], {}))
    assert (made.total, dict(made.plan.splits), made.plan.dropped) == (0, {}, frozenset())


def test_without_columns_nobody_is_too_rare() -> None:
    used = config(
        fields={
            "id": {"class": "linking", "treatment": "reissue"},
            "user": {"class": "linking", "treatment": "reissue"},
            "messages[].content": {"class": "text"},
        },
        kanon={"k": 5, "from_text": False},
    )
    made = planned(analysis(0, [("r1", ("a",))], {"a": {}}), used=used)
    assert made.plan.columns == ()
    assert made.plan.dropped == frozenset()


def test_a_hierarchy_without_a_value_stops_the_run() -> None:
    fields = {**config().model_dump(by_alias=True)["fields"]}
    fields["profile.region"] = {"class": "quasi", "hierarchy": "region-ja"}
    with pytest.raises(InputError, match="not in its hierarchy"):
        planned(people(a="Quillhaven", b="Quillhaven"), used=config(fields=fields))


def test_the_first_record_of_an_id_is_kept_and_its_shard_owns_it() -> None:
    first = analysis(0, [("r1", ("a",)), ("r2", ("b",))], {"a": {}, "b": {}})
    second = analysis(1, [("r1", ("a",)), ("r3", ("b",))], {"a": {}, "b": {}})
    made = planned(second, first)
    assert dict(made.plan.owners) == {token("r1"): 0}
    assert sorted(made.plan.splits) == [token("r1"), token("r2"), token("r3")]
    assert made.total == 4


def test_subjects_whose_records_all_repeat_have_no_vector() -> None:
    first = analysis(0, [("r1", ("a",)), ("r2", ("b",))], {"a": {}, "b": {}})
    second = analysis(1, [("r1", ("c",))], {"c": {"profile.region": {"Naha"}}})
    assert token("c") not in planned(first, second).vectors


def test_no_subject_is_in_two_splits() -> None:
    records = [(f"r{n}", (f"u{n % 8}",)) for n in range(40)]
    made = planned(analysis(0, records, {f"u{n}": {} for n in range(8)}))
    sides: dict[str, set[str]] = {}
    for name, (subject,) in records:
        sides.setdefault(subject, set()).add(made.plan.splits[token(name)][0])
    assert all(len(found) == 1 for found in sides.values())
    assert set.union(*sides.values()) == {"train", "test"}


def test_records_of_dropped_people_get_no_split() -> None:
    made = planned(people(a="Tokyo", b="Tokyo", c="Tokyo", d="Naha"))
    for name in "abcd":
        assert (token(f"r-{name}") in made.plan.splits) is (token(name) not in made.plan.dropped)


def test_a_split_has_as_many_buckets_as_its_records_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUCKET_RECORDS", 3)
    names = [f"{n:04d}" for n in range(20)]
    made = planned(
        analysis(0, [(name, ("a" if n % 2 else "b",)) for n, name in enumerate(names)], {"a": {}, "b": {}})
    )
    counts = Counter(split for split, _ in made.plan.splits.values())
    assert made.plan.buckets == {split: -(-count // 3) for split, count in counts.items()}
    assert all(0 <= bucket < made.plan.buckets[split] for split, bucket in made.plan.splits.values())
    # The bucket is a function of the token's first four characters, so every machine agrees.
    split, bucket = made.plan.splits[token("0007")]
    assert bucket == int(np.frombuffer(b"0007", np.uint32)[0]) % made.plan.buckets[split]


def test_counts_and_types_are_merged() -> None:
    first = analysis(
        0,
        [("r1", ("a",))],
        {"a": {}},
        tally=Tally(1, 2, 30, Counter(PERSON=1)),
        types={"x": {"int"}},
        quarantined=[set_aside("f:1")],
    )
    second = analysis(
        1, [("r2", ("b",))], {"b": {}}, tally=Tally(1, 1, 12, Counter(PERSON=2, AGE=1)), types={"x": {"str"}}
    )
    made = planned(first, second)
    assert (made.tally.records, made.tally.messages, made.tally.characters) == (2, 3, 42)
    assert made.tally.labels == {"PERSON": 3, "AGE": 1}
    assert made.types == {"x": {"int", "str"}}
    assert [item.where for item in made.quarantined] == ["f:1"]
    assert made.total == 3


def test_who_says_more_than_planned_is_silenced_first_and_left_out_then() -> None:
    plan = Plan((), {}, {}, frozenset({"a"}), {})
    first = plan.stricter({"b"})
    assert first.silenced == {"b"}
    assert first.dropped == {"a"}
    assert first.stricter({"b", "c"}).dropped == {"a", "b"}
    assert plan.silenced == frozenset()


def test_the_same_analyses_in_any_order_make_the_same_plan() -> None:
    first = analysis(
        0,
        [("r1", ("a",)), ("r2", ("b",))],
        {"a": {"profile.region": {"Tokyo"}}, "b": {"profile.region": {"Tokyo"}}},
    )
    second = analysis(
        1,
        [("r3", ("c",)), ("r4", ("d",))],
        {"c": {"profile.region": {"Osaka"}}, "d": {"profile.region": {"Osaka"}}},
    )
    assert planned(first, second) == planned(second, first)


def test_repr_shows_no_values() -> None:
    assert "Tokyo" not in repr(planned(people(a="Tokyo", b="Tokyo")))


def test_a_rare_fact_is_left_out_and_not_the_person() -> None:
    told = {"a": "dentist", "b": "nurse", "c": "nurse", "d": "judge"}
    vectors = {name: {"profile.region": {"Tokyo"}, "text:OCCUPATION": {job}} for name, job in told.items()}
    vectors |= {name: {"profile.region": {"Tokyo"}} for name in "ef"}
    made = planned(analysis(0, [(f"r-{name}", (name,)) for name in vectors], vectors))
    seen = {name: made.plan.published(token(name), "text:OCCUPATION", job) for name, job in told.items()}
    assert made.plan.dropped == frozenset()
    assert "dentist" not in seen.values()
    assert "judge" not in seen.values()
    assert all(list(seen.values()).count(node) >= 2 for node in seen.values() if node is not None)
    assert {made.plan.published(token(name), "profile.region", "Tokyo") for name in vectors} == {"Tokyo"}


def test_whose_every_field_is_left_out_joins_those_who_have_none() -> None:
    vectors = {"a": {"profile.region": {"Naha"}}, "b": {}, "c": {}}
    made = planned(analysis(0, [(f"r-{name}", (name,)) for name in vectors], vectors))
    assert made.plan.dropped == frozenset()
    assert made.plan.published(token("a"), "profile.region", "Naha") is None


def test_what_few_tell_of_others_is_generalized() -> None:
    few, many = ("OCCUPATION", "judge"), ("OCCUPATION", "pilot")
    one = dataclasses.replace(
        people(a="Tokyo", b="Tokyo"),
        others={few: {token("a")}, many: {token("a")}, ("OCCUPATION", "nurse"): {token("a")}},
    )
    two = analysis(1, [], {}, others={})
    three = dataclasses.replace(two, others={many: {token("b")}})
    made = planned(one, three)
    assert made.plan.of_other(*few) == "legal, social or cultural professional"
    assert made.plan.of_other(*many) == "pilot"  # two people say it, and k is 2
    assert made.plan.of_other("OCCUPATION", "nurse") == "nurse"


def test_an_analysis_is_kept_whole() -> None:
    one = dataclasses.replace(people(a="Tokyo"), others={("OCCUPATION", "judge"): {token("a")}})
    assert analysis_from_json(orjson.loads(orjson.dumps(analysis_to_json(one)))) == one
