"""A question that is put again and again: read in linear time, and without going deeper each time."""

from functools import partial

from deid.detect.detector import DefaultDetector
from deid.types import Turn
from processor_time import least_seconds

MOST_SECONDS = 5.0


def test_a_question_put_again_many_times_is_linear() -> None:
    detector = DefaultDetector.default(("en",), use="fast")
    detector.detect_conversation(["what is your phone number?", "555 0142"])
    for waits in ("go on", "again please", "ok go on"):
        talk = [Turn("a", "what is your phone number?", 0), Turn("b", "hmm", 1)]
        talk += [Turn(f"a{n}", waits, 0) for n in range(2_000)]
        assert least_seconds(partial(detector.detect_conversation, talk), times=1) < MOST_SECONDS


def test_a_question_put_once_more_is_answered() -> None:
    detector = DefaultDetector.default(("en",), use="fast")
    talk = [
        Turn("1", "what is your phone number?", 0),
        Turn("2", "hmm why", 1),
        Turn("3", "please type it", 0),
        Turn("4", "5550142", 1),
    ]
    *_, last = detector.detect_conversation(talk)
    assert [(span.start, span.end) for span in last] == [(0, 7)]
