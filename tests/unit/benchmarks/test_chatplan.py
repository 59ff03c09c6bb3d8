"""The invented analyses of the plan's benchmark are what pass A stores."""

import chatplan


def test_a_small_data_set_is_planned() -> None:
    row = chatplan.measure(400)
    assert row["conversations"] == 400
    assert 300 < int(str(row["people"])) <= 400
