"""Streamed Markdown ends as one-shot Markdown, however it was cut; closed blocks never change (fault 53)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.support.examples import examples
from ui.markdown import MarkdownView
from ui.markdown.blocks import Block, Code
from ui.markdown.parse import parse
from ui.markdown.stream import StreamingMarkdown

LINES = st.sampled_from(
    [
        "A paragraph with **bold**, *soft* and `code`.",
        "a second line",
        "",
        "",
        "# Heading",
        "===",
        "---",
        "***",
        "- item",
        "- ",
        "  continued",
        "  - nested",
        "    deeper still",
        "* other",
        "1. first",
        "1. again",
        "3) third",
        "   1. inner",
        "    2. odd",
        "> quoted",
        "> - in it",
        ">> twice",
        "```python",
        "def f():",
        "```",
        "~~~",
        "a | b",
        "--- | ---:",
        "1 | 2",
        "[name]: https://example.org",
        "see [name] and [x](https://example.org)",
        "<b>html</b>",
        "![alt](file:///etc/passwd)",
        "\ttab",
        "**open",
        "`open",
    ]
)


def stream(text: str, cuts: list[int]) -> list[Block]:
    shown: list[Block] = []
    streaming = StreamingMarkdown()
    closed = 0
    edges = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    for start, end in pairwise(edges):
        streaming.feed(text[start:end])
        change = streaming.update()
        assert change.start >= closed, "a closed block was touched"
        closed = change.start
        shown[change.start :] = change.blocks
    change = streaming.finish()
    shown[change.start :] = change.blocks
    return shown


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(LINES, max_size=24), st.lists(st.integers(0, 500), max_size=40))
@example(["1. first", "1. again", "1. again", "", "after"], list(range(60)))
@example(["see [name]", "", "[name]: https://example.org"], [3, 9, 20])
@example(["para", "***bold***"], [7, 8, 9])
def test_any_chunking_ends_as_one_shot(lines: list[str], cuts: list[int]) -> None:
    text = "\n".join(lines)
    assert tuple(stream(text, cuts)) == parse(text)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.text(alphabet="ab *_`~[]()!<>#-+1.|\\\n\t>&;", max_size=120),
    st.lists(st.integers(0, 120), max_size=30),
)
def test_any_text_ends_as_one_shot(text: str, cuts: list[int]) -> None:
    assert tuple(stream(text, cuts)) == parse(text)


@pytest.mark.parametrize("unit", ["- item number\n", "1. item\n", "word word word.\n\n"])
def test_only_the_open_block_is_parsed_again(unit: str) -> None:
    streaming = StreamingMarkdown()
    for n in range(200):
        streaming.feed(unit)
        change = streaming.update()
        assert len(change.blocks) <= 2
        assert change.start >= n - 1


def test_a_numbered_list_keeps_counting_across_cuts() -> None:
    shown = stream("".join("1. x\n" for _ in range(12)), list(range(0, 60, 3)))
    assert [block.place.marker for block in shown] == [f"{n}." for n in range(1, 13)]


def test_open_fence_is_already_code() -> None:
    streaming = StreamingMarkdown()
    streaming.feed("```python\nprint(1)")
    assert streaming.update().blocks == (Code("print(1)", "python"),)


def test_a_code_block_that_ends_a_letter_at_a_time_is_coloured_all_the_while(qtbot: QtBot) -> None:
    view, stream = MarkdownView(), StreamingMarkdown()
    qtbot.addWidget(view)
    for letter in "```sql\nSELECT 1;\n```\n\nThat is one.":
        stream.feed(letter)
        view.apply(stream.update())  # a line of two ticks comes, and is gone with the third
    assert isinstance(view.blocks()[0], Code)
