"""M1 with a scorer and X1 with a language model: a model that memorised tells, one that did not is chance."""

import http.client
import http.server
import json
import statistics
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from deid.errors import ConfigError, InputError
from deid.risk import scorers
from deid.risk.align import Aligned
from deid.risk.attacks import language_model, own_model
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.endpoint import Endpoint
from deid.risk.proxy import Proxy

pytest.importorskip("scipy")

_WORDS = ["river", "stone", "garden", "window", "letter", "morning", "kitchen", "paper", "silver", "corner"]
_PEOPLE = 60
_REASON = "yearly review"


def _case(*, town_said: bool = True, splits: Sequence[str] = ("train", "test")) -> Case:
    """Every second person is in the training split; everybody is from one of two towns."""
    rng, pairs = np.random.default_rng(5), []
    for n in range(_PEOPLE):
        town = ("Quillhaven", "Norwick")[n // 2 % 2]
        said = " ".join(rng.choice(_WORDS, 12)) + f" zor{n}vath"
        raw = f"{said} in {town}"
        talk = Talk(f"u{n}", f"r{n}", (raw if town_said else said,), {}, {}, splits[n % len(splits)])
        pairs.append((talk, Talk(f"p{n}", f"s{n}", (raw,), {"profile.town": town})))
    return Case(Aligned(pairs, np.arange(_PEOPLE), _PEOPLE), {}, "user_id")


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


def _memorised(texts: Sequence[str]) -> Sequence[float]:
    """A model trained on the training split."""
    pairs = _case().aligned.pairs
    model = Proxy([text for talk, _ in pairs if talk.split == "train" for text in talk.texts])
    return [float(score) for score in model.scores(texts)]


def test_a_model_that_memorised_tells_its_members() -> None:
    """Positive control."""
    (found,) = own_model.attack(_memorised)(_case(), _rng())
    assert found.attack == "M1 membership"
    assert found.attacker == "own model"
    assert found.released.low > 0.7
    assert found.released.trials == 40  # twenty of thirty others, ten kept for comparison


def test_a_model_that_saw_nobody_is_chance() -> None:
    """Negative control."""
    noise = np.random.default_rng(8)
    (found,) = own_model.attack(lambda texts: [float(noise.random()) for _ in texts])(_case(), _rng())
    assert found.released.low < 0.5 < found.released.high
    assert found.excess.low == 0


def test_without_people_outside_the_training_split_nothing_is_asked() -> None:
    asked: list[str] = []

    def scorer(texts: Sequence[str]) -> Sequence[float]:
        asked.extend(texts)
        return [0.0 for _ in texts]

    with pytest.raises(InputError, match="60 people are in the training split and 0 in the others alone"):
        own_model.attack(scorer)(_case(splits=("train",)), _rng())
    assert not asked


@pytest.mark.parametrize("name", ["no.such.module:f", "json:nothing", "json", "json:", ":f", "math:pi"])
def test_a_scorer_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="no such scorer"):
        scorers.imported(name)


def test_a_scorer_is_named_by_its_module() -> None:
    assert scorers.imported("statistics:mean") is statistics.mean  # type: ignore[comparison-overlap]


def _fails(_: Sequence[str]) -> Sequence[float]:
    raise ValueError("secret words of a text")


@pytest.mark.parametrize(
    ("scorer", "told"),
    [
        (_fails, "the scorer failed: ValueError"),
        (lambda _: [1.0], "1 scores for 2 texts"),
        (lambda _: [1.0, float("nan")], "2 scores for 2 texts"),
        (lambda _: ["a", "b"], "the scorer failed: ValueError"),
    ],
)
def test_a_scorer_that_fails_says_so_without_a_text(
    scorer: Callable[[Sequence[str]], Sequence[float]], told: str
) -> None:
    with pytest.raises(InputError, match=told) as error:
        scorers.scores(scorer, ["secret words", "others"])
    assert "secret" not in str(error.value)


_COMMAND = (
    "import json,sys\nfor line in sys.stdin: print(json.dumps({'score': -len(json.loads(line)['text'])}))"
)


def test_a_command_scores() -> None:
    scorer = scorers.commanded([sys.executable, "-c", _COMMAND])
    assert scorers.scores(scorer, ["ab", "line\nbreak"]).tolist() == [-2, -10]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([sys.executable, "-c", "raise SystemExit(3)"], "exit code 3"),
        (["/no/such/command"], "cannot be run"),
        ([sys.executable, "-c", "print('words')"], "the scorer failed: JSONDecodeError"),
    ],
)
def test_a_command_that_fails_is_named(words: Sequence[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        scorers.scores(scorers.commanded(words), ["a"])
    with pytest.raises(ConfigError, match="empty"):
        scorers.commanded([])


def test_a_command_of_no_words_or_half_a_quotation_is_refused() -> None:
    with pytest.raises(ConfigError, match="empty"):
        scorers.commanded("")
    with pytest.raises(ConfigError, match="quotation"):
        scorers.commanded("score 'my model")


@pytest.mark.parametrize("body", ["raise RuntimeError('secret words')", "def score(:"])
def test_a_scorer_whose_module_does_not_load_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    (tmp_path / "unloadable_scorer.py").write_text(body)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConfigError, match="unloadable_scorer:score: the module cannot be loaded") as error:
        scorers.imported("unloadable_scorer:score")
    assert "secret" not in str(error.value)


class _Fake(http.server.BaseHTTPRequestHandler):
    """Answers with the first town that stands in the text, else with the first on offer."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))  # type: ignore[attr-defined]
        prompt = body["messages"][0]["content"]
        text = prompt.partition("\n\n")[2]
        said = "Norwick" if "Norwick" in text else "Quillhaven" if "Quillhaven" in text else "no idea"
        answer, status = self.server.answers(said)  # type: ignore[attr-defined]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _completion(said: str) -> tuple[bytes, int]:
    return json.dumps({"choices": [{"message": {"content": f" {said}.\n"}}]}).encode(), 200


@pytest.fixture
def server() -> Iterator[http.server.HTTPServer]:
    with http.server.HTTPServer(("127.0.0.1", 0), _Fake) as found:
        found.asked, found.answers = [], _completion  # type: ignore[attr-defined]
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def _endpoint(server: http.server.HTTPServer, **more: str) -> Endpoint:
    return Endpoint(f"http://127.0.0.1:{server.server_port}/v1/", "tiny", _REASON, **more)


def test_a_model_reads_a_town_that_stands_in_the_release(server: http.server.HTTPServer) -> None:
    """Positive control; the originals are asked about too, for the model is on this machine."""
    (found,) = language_model.attack(_endpoint(server, key="abc"))(_case(), _rng())
    assert found.attack == "X1 language model: profile.town"
    assert found.released.value == 1
    assert found.raw is not None
    assert found.raw.value == 1
    assert found.sound
    path, token, body = server.asked[0]  # type: ignore[attr-defined]
    assert (path, token, body["model"], body["temperature"]) == (
        "/v1/chat/completions", "Bearer abc", "tiny", 0,
    )  # fmt: skip
    assert len(server.asked) == 2 * 50  # type: ignore[attr-defined]


def test_a_model_finds_no_town_where_none_is_left(server: http.server.HTTPServer) -> None:
    """Negative control: an answer that is none of the values names nothing."""
    (found,) = language_model.attack(_endpoint(server))(_case(town_said=False), _rng())
    assert found.released.value == 0
    assert found.excess.low == 0
    assert found.sound


@pytest.mark.parametrize(
    ("answer", "told"),
    [((b"{}", 500), "HTTP 500"), ((b"words", 200), "not a chat completion"), ((b"{}", 200), "not a chat")],
)
def test_an_endpoint_that_fails_is_named(
    server: http.server.HTTPServer, answer: tuple[bytes, int], told: str
) -> None:
    server.answers = lambda _: answer  # type: ignore[attr-defined]
    with pytest.raises(InputError, match=told):
        _endpoint(server).ask("hello")


def test_an_endpoint_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError("secret words")

    monkeypatch.setattr(http.client.HTTPConnection, "connect", refuse)
    with pytest.raises(InputError, match=r"^language model: ConnectionRefusedError$"):
        Endpoint("http://127.0.0.1:1/v1", "tiny", _REASON).ask("hello")


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_sent_without_a_reason(server: http.server.HTTPServer, reason: str) -> None:
    with pytest.raises(InputError, match="--authorised-assessment"):
        Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "tiny", reason)
    assert server.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://models.example/v1", "not HTTPS"),
        ("http://localhost.example/v1", "not HTTPS"),
        ("ftp://localhost/v1", "is none"),
        ("localhost:8000", "is none"),
        ("http://[::1/v1", "is none"),
        ("http://localhost:port/v1", "is none"),
        ("http://localhost:1/v 1", "is none"),
        ("http://localhost:1/v①", "is none"),
        ("", "is none"),
    ],
)
def test_text_goes_out_by_https_alone(url: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Endpoint(url, "tiny", _REASON)
    assert not Endpoint("https://models.example/v1", "tiny", _REASON).is_local
    assert Endpoint("http://[::1]:8000/v1", "tiny", _REASON).is_local


@pytest.mark.parametrize("key", ["abc\ndef", "ab①c"])
def test_a_key_of_several_lines_is_refused_unshown(key: str) -> None:
    with pytest.raises(InputError, match="bearer token") as error:
        Endpoint("https://models.example/v1", "tiny", _REASON, key)
    assert "ab" not in str(error.value)


def test_a_key_is_not_shown() -> None:
    assert "abc" not in repr(Endpoint("https://models.example/v1", "tiny", _REASON, "abc"))
