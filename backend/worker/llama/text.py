"""From token bytes to text: whole characters only, stop strings held back, reasoning split from the
answer.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from backend.engines.thinking import Pieces, StopStrings, ThinkMarkers, ThinkSplitter


class Utf8Stream:
    """Decodes bytes that may be cut anywhere; gives out whole characters, U+FFFD for bytes that are not
    UTF-8.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes) -> str:
        """Return the characters that `data` completes. An unfinished character at the very end is dropped."""
        return self._decoder.decode(data)


class AnswerText:
    """The whole way of one answer's bytes: UTF-8, reasoning split, stop strings on the visible part."""

    def __init__(
        self, stops: Sequence[str], markers: ThinkMarkers, *, thinking: bool, answering: bool = False
    ) -> None:
        self._utf8 = Utf8Stream()
        self._splitter = ThinkSplitter(markers, thinking=thinking, answering=answering)
        self._stops = StopStrings(stops)

    @property
    def thinking(self) -> bool:
        return self._splitter.thinking

    @property
    def stopped(self) -> bool:
        return self._stops.stopped

    @property
    def holding(self) -> bool:
        """Whether text is held back that may turn out not to be shown."""
        return self._splitter.holding or self._stops.holding

    def feed(self, data: bytes) -> Pieces:
        text = self._utf8.feed(data)
        if not text:
            return Pieces("", "")
        pieces = self._splitter.feed(text)
        return Pieces(self._stops.feed(pieces.text), pieces.reasoning) if pieces.text else pieces

    def flush(self) -> Pieces:
        if self.stopped:
            return Pieces("", "")
        pieces = self._splitter.flush()
        return Pieces(self._stops.feed(pieces.text) + self._stops.flush(), pieces.reasoning)
