"""A forgiving HTML tokenizer for pages of strangers: linear time, bounded, and never an exception.

The one of the standard library takes quadratic time for some broken pages; this one only knows as much HTML
as the library pages need.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_MOST_CHARACTERS = 3_000_000
_MOST_TOKENS = 100_000
_MOST_STRAY = 5_000
"""So many ``<`` that begin no tag end the page: real ones have none."""
_LONGEST_TAG = 8192

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40}+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_RAW = frozenset(("script", "style", "svg", "noscript", "template"))
"""Elements whose content is nothing to read."""
_RAW_TEXT = frozenset(("textarea", "title"))
"""Elements whose content is text, whatever it looks like."""
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True, slots=True)
class Start:
    """An element begins."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_void(self) -> bool:
        """Whether it has neither content nor an end."""
        return self.name in _VOID


@dataclass(frozen=True, slots=True)
class End:
    """An element ends."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags, entities resolved, spaces as they are."""

    text: str


Token = Start | End | Text


def tokens(page: str) -> Iterator[Token]:
    """The tokens of `page` in order; comments, scripts, styles and pictures are left out."""
    page = page[:_MOST_CHARACTERS]
    lowered: str | None = None
    at = count = stray = 0
    while at < len(page) and count < _MOST_TOKENS:
        begin = page.find("<", at)
        if begin < 0:
            begin = len(page)
        if begin > at:
            count += 1
            yield Text(html.unescape(page[at:begin]))
            at = begin
            continue
        if page.startswith(("<!--", "<!", "<?"), at):
            close = "-->" if page.startswith("<!--", at) else ">"
            end = page.find(close, at + 2)
            at = len(page) if end < 0 else end + len(close)
            count += 1
            continue
        match = _TAG.match(page, at, min(len(page), at + _LONGEST_TAG))
        if match is None:
            stray += 1
            if stray > _MOST_STRAY:
                return
            at += 1  # a bare <, such as in «a < b»
            continue
        at = match.end()
        count += 1
        name = match[2].lower()
        if match[1]:
            yield End(name)
            continue
        if name in _RAW or name in _RAW_TEXT:
            if lowered is None:
                lowered = _ascii_lower(page)
            end = lowered.find(f"</{name}", at)
            content = page[at : end if end >= 0 else len(page)]
            if name in _RAW_TEXT:
                yield Start(name, _attributes(match[3]))
                yield Text(html.unescape(content))
            at = len(page) if end < 0 else end
            continue
        yield Start(name, _attributes(match[3]))


def squeezed(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def _ascii_lower(text: str) -> str:
    """Lower case without a change of length, which `str.lower` would make with some letters."""
    return text.translate(_LOWER)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
