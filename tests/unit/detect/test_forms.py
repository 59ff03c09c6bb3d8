"""Patterns ready to run: the same whether they are compiled here or made of what was kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deid.detect import compiled, forms
from deid.detect.opcodes import Opcodes, works, written
from deid.detect.patterns import ALL
from deid.detect.searching import quick
from deid.detect.sieves import necessary


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder in which something is kept, and forget what was read before."""
    monkeypatch.setattr(compiled, "_BESIDE", tmp_path / "__pycache__")
    monkeypatch.setattr(compiled, "_HERE", tmp_path)
    monkeypatch.setattr(compiled, "_CODE", "c0de")
    monkeypatch.setattr(compiled, "code", lambda: "c0de")
    of_forms = (forms.form_of, forms.sieve_of, forms._kept, forms._quick_cue)  # noqa: SLF001
    for cached in of_forms:
        cached.cache_clear()
    yield tmp_path
    for cached in of_forms:
        cached.cache_clear()


def test_every_pattern_comes_back_as_re_compiles_it(fresh: Path) -> None:
    for _ in range(2):  # made, then read
        forms._kept.cache_clear()  # noqa: SLF001
        kept = forms._kept()  # noqa: SLF001
        assert kept is not None
        for number, pattern in enumerate(ALL[::7]):
            regex = re.compile(quick(pattern.regex), re.ASCII)
            assert kept[number * 7] == (regex, necessary(pattern.regex)), pattern.name
            assert kept[number * 7][0].groupindex == regex.groupindex
    assert len([*fresh.glob("__pycache__/*/*")]) == 1


def test_forms_are_the_same_where_nothing_is_kept(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = range(0, len(ALL), 7)
    kept = [forms.form_of(number) for number in some]
    forms.form_of.cache_clear()
    forms._quick_cue.cache_clear()  # noqa: SLF001
    monkeypatch.setattr(forms, "_kept", lambda: None)
    assert [forms.form_of(number) for number in some] == kept
    assert fresh.exists()


def test_a_folder_that_cannot_be_written_to_is_not_filled(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(forms, "_written", lambda: pytest.fail("made in vain"))
    assert forms._kept() is None  # noqa: SLF001
    assert forms.form_of(0).regex == re.compile(quick(ALL[0].regex), re.ASCII)
    assert fresh.exists()


def test_an_interpreter_without_opcodes_keeps_none(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "works", lambda: False)
    assert forms._kept() is None  # noqa: SLF001
    assert not [*fresh.iterdir()]


def test_opcodes_of_this_interpreter_work() -> None:
    works.cache_clear()
    assert works()


def test_opcodes_that_are_none_are_refused() -> None:
    content = written([("a{2,3}b", int(re.ASCII), "")])
    head, _, code = content.rpartition(b"\n")
    with pytest.raises((RuntimeError, ValueError)):
        Opcodes(b"\n".join([head, b"\xff" * len(code)]))[0]


@pytest.mark.parametrize("error", [ImportError, AttributeError, TypeError, RuntimeError])
def test_what_another_interpreter_lacks_is_told(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> None:
        raise error

    monkeypatch.setattr("deid.detect.opcodes._module", missing)
    works.cache_clear()
    assert not works()
    works.cache_clear()
