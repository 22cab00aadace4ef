"""A text in portions ends as the text at once, and no portion is more than a moment's work."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.examples import examples
from ui.markdown import feed
from ui.markdown.blocks import Block
from ui.markdown.feed import Feed
from ui.markdown.parse import parse, plain_blocks

LINES = st.sampled_from(
    [
        "Some **words** here",
        "",
        "",
        "- item",
        "1. x",
        "> q",
        "# H",
        "```",
        "code",
        "| a | b |",
        "|---|---|",
        "y" * 90,
    ]
)


def shown(source: Feed) -> list[Block]:
    blocks: list[Block] = []
    while (change := source.next()) is not None:
        blocks[change.start :] = change.blocks
    assert source.done
    return blocks


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from([7, 60, 8_000]))
def test_portions_make_up_the_text(lines: list[str], piece: int) -> None:
    text = "\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "PIECE", piece)
        assert tuple(shown(Feed(text))) == parse(text)
    assert tuple(shown(Feed(text, plain=True))) == plain_blocks(text)


def test_a_long_line_grows_without_taking_back_what_is_shown() -> None:
    source, length = Feed("x" * 100_000), 0
    while (change := source.next()) is not None:
        assert change.start >= length - 1
        assert len(change.blocks) <= 2
        length = change.start + len(change.blocks)
    assert length == len(parse("x" * 100_000))
