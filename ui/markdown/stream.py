"""Markdown that grows at its end: only what is still open is parsed again.

A top-level block is closed once a later one has begun on a *complete* line; CommonMark looks no further back.
Lists can be long, so a list is cut at its items too: what is drawn of an item does not depend on later ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it.token import Token

from ui.markdown.blocks import Block
from ui.markdown.parse import blocks_of, tokens


@dataclass(frozen=True, slots=True)
class Change:
    """Keep the first `start` blocks of what is shown, and put `blocks` after them."""

    start: int
    blocks: tuple[Block, ...]


class StreamingMarkdown:
    """Feed text as it comes, and ask for the change when it is time to draw.

    At every moment the blocks are the same as those of `parse(text)`, except that links to a definition
    further down (``[text][name]`` … ``[name]: url``) only resolve in `finish`.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._tail = ""
        self._closed = 0
        self._list: tuple[str, int] | None = None
        self._references = False
        self._length = 0

    @property
    def length(self) -> int:
        """Characters fed so far."""
        return self._length

    @property
    def text(self) -> str:
        """All text fed so far."""
        return "".join(self._parts)

    def feed(self, text: str) -> None:
        """Append `text`; cheap."""
        text = text.replace("\r", "")
        self._parts.append(text)
        self._tail += text
        self._length += len(text)

    def update(self) -> Change:
        """Parse what is open and say what to draw."""
        start = self._closed
        complete = self._tail.rfind("\n") + 1
        closed: tuple[Block, ...] = ()
        if complete and (cut := self._cut(self._tail[:complete])):
            closed = self._blocks(self._tail[: cut.offset], carry=self._list)
            self._tail = self._tail[cut.offset :]
            self._list = cut.carry
            self._closed += len(closed)
        return Change(start, closed + self._blocks(self._tail, carry=self._list))

    def finish(self) -> Change:
        """The last change. Everything is parsed again only if the text defines reference links."""
        if not self._references:
            return self.update()
        self._closed = 0
        return Change(0, blocks_of(tokens(self.text)))

    def _blocks(self, text: str, carry: tuple[str, int] | None) -> tuple[Block, ...]:
        env: dict[str, object] = {}
        found = tokens(text, env)
        self._references = self._references or bool(env.get("references"))
        number = None
        if carry and found and found[0].type == "ordered_list_open" and found[0].markup == carry[0]:
            number = carry[1]
        return blocks_of(found, first_number=number)

    def _cut(self, text: str) -> _Cut | None:
        """Where `text`, made of complete lines, can be cut: where its last block or list item starts."""
        found = tokens(text)
        opened = [token for token in found if token.level == 0 and token.nesting >= 0 and token.map]
        if not opened:
            return None
        last = opened[-1]
        line = last.map[0]  # type: ignore[index]
        carry = None
        if last.type in ("ordered_list_open", "bullet_list_open"):
            line, carry = self._cut_list(text, found, last, is_first=last is opened[0])
        return _Cut(_line_offset(text, line), carry) if line > 0 else None

    def _cut_list(
        self, text: str, found: list[Token], last: Token, *, is_first: bool
    ) -> tuple[int, tuple[str, int] | None]:
        items = [t for t in found[found.index(last) :] if t.type == "list_item_open" and t.level == 1]
        lines = text.split("\n")
        usable = 0
        for index, item in enumerate(items):
            start = lines[item.map[0]]  # type: ignore[index]
            if len(start) - len(start.lstrip(" ")) <= 3 and "\t" not in start[:4]:
                usable = index
        line = items[usable].map[0]  # type: ignore[index]
        if last.type != "ordered_list_open":
            return line, None
        start_at = last.attrGet("start")
        number = int(start_at) if start_at is not None else 1
        if is_first and self._list and self._list[0] == last.markup:
            number = self._list[1]
        return line, (last.markup, number + usable)


@dataclass(frozen=True, slots=True)
class _Cut:
    offset: int
    carry: tuple[str, int] | None


def _line_offset(text: str, line: int) -> int:
    offset = 0
    for _ in range(line):
        offset = text.index("\n", offset) + 1
    return offset
