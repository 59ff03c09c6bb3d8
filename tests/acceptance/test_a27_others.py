"""A-27: people whom the user names are replaced, each as one; the same words as common nouns are kept."""

from pathlib import Path

from acceptance_session import talk

COMMON = ("森の中で光を見た", "さくらが咲いた", "I hope it rains. Hope is all we have")
NAMED = ("担任の佐藤先生に怒られた", "my friend Keiko Mori called", "then Keiko Mori came by")


def test_names_go_and_common_nouns_stay(tmp_path: Path) -> None:
    told = talk(tmp_path, "anonymize", *NAMED, *COMMON)
    assert tuple(told[3:]) == COMMON
    assert not any(name in " ".join(told) for name in ("佐藤", "Keiko", "Mori "))
    friend = told[1].removeprefix("my friend ").removesuffix(" called")
    assert told[2] == f"then {friend} came by"
