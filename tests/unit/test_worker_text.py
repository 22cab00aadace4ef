"""From bytes to text: characters are never split, stop strings never leak, reasoning is told from the
answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.engines.thinking import FAMILIES, THINK, StopStrings, ThinkMarkers, ThinkSplitter, markers_of
from backend.worker.llama.text import AnswerText, Utf8Stream


def cut(data: bytes, places: Sequence[int]) -> list[bytes]:
    marks = sorted({0, len(data), *(p % (len(data) + 1) for p in places)})
    return [data[a:b] for a, b in itertools.pairwise(marks)]


cuts = st.lists(st.integers(0, 10_000), max_size=12)


@given(st.text(), cuts)
def test_characters_arrive_whole(text: str, places: list[int]) -> None:
    stream = Utf8Stream()
    shown = [stream.feed(part) for part in cut(text.encode("utf-8", "replace"), places)]
    assert "".join(shown) == text.encode("utf-8", "replace").decode()
    assert not any("\ufffd" in part for part in shown if "\ufffd" not in text)


def test_a_character_cut_off_at_the_end_is_dropped_and_a_broken_one_replaced() -> None:
    stream = Utf8Stream()
    assert stream.feed(b"a\xf0\x9f") == "a"
    assert stream.feed(b"b") == "\ufffdb"


@given(st.text("ab<", max_size=30), st.lists(st.text("ab<", min_size=1, max_size=4), max_size=3), cuts)
def test_stop_strings_end_the_text_before_them(text: str, stops: list[str], places: list[int]) -> None:
    ends = [at + len(stop) for stop in stops if (at := text.find(stop)) >= 0]
    first = min(ends, default=None)
    parts = cut(text.encode(), places)
    checker = StopStrings(stops)
    shown = ""
    for part in parts:
        shown += checker.feed(part.decode())
        assert not any(stop in shown for stop in stops)
    shown += checker.flush()
    if first is None:
        assert shown == text
        assert not checker.stopped
    else:
        assert checker.stopped
        assert text.startswith(shown)
        assert not any(stop in shown for stop in stops)


def split(parts: Sequence[str], splitter: ThinkSplitter) -> tuple[str, str]:
    pieces = [splitter.feed(part) for part in parts] + [splitter.flush()]
    return "".join(p.text for p in pieces), "".join(p.reasoning for p in pieces)


@pytest.mark.parametrize(
    ("text", "answer", "reasoning"),
    [
        ("<think>\nfirst\n\n</think>\n\nSo: 4", "So: 4", "first"),
        ("<think></think>plain", "plain", ""),
        ("  <think>x", "", "x"),
        ("no <think> here</think>", "no <think> here</think>", ""),
        ("<thin ice", "<thin ice", ""),
        ("<think>a</think>b <think>c</think>", "b <think>c</think>", "a"),
        ("  indented", "  indented", ""),
        ("", "", ""),
    ],
)
@pytest.mark.parametrize("step", [1, 2, 5, 100])
def test_reasoning_is_split_however_the_text_is_cut(
    text: str, answer: str, reasoning: str, step: int
) -> None:
    parts = [text[i : i + step] for i in range(0, len(text), step)]
    assert split(parts, ThinkSplitter()) == (answer, reasoning)


def test_a_template_may_open_the_reasoning_itself() -> None:
    assert split(["ab", "c</thi", "nk>d"], ThinkSplitter(thinking=True)) == ("d", "abc")


@pytest.mark.parametrize("markers", FAMILIES, ids=lambda m: m.open)
def test_every_family_of_markers(markers: ThinkMarkers) -> None:
    text = f"{markers.open}deep thought{markers.close}42"
    assert split(list(text), ThinkSplitter(markers)) == ("42", "deep thought")
    for skip in markers.skip:
        assert split(list(f"{skip}42"), ThinkSplitter(markers)) == ("42", "")


def test_markers_are_chosen_by_the_template() -> None:
    assert markers_of(None) == THINK
    assert markers_of("{% if x %}[THINK]{% endif %}").open == "[THINK]"
    assert markers_of("<|start|>assistant<|channel|>final<|message|>").open.startswith("<|channel|>")


def test_stop_strings_apply_to_the_answer_and_not_to_the_reasoning() -> None:
    text = AnswerText(["\n\n"], THINK, thinking=False)
    pieces = [text.feed(part) for part in (b"<think>a\n\nb</think>", b"one\n", b"\ntwo")]
    assert "".join(p.reasoning for p in pieces) == "a\n\nb"
    assert "".join(p.text for p in pieces) == "one"
    assert text.stopped
    assert text.flush().text == ""
