"""Character and block formats for Markdown, from the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from ui.markdown.blocks import Prose, Rule, Span
from ui.markdown.highlight import Style
from ui.theme import theme

PAD = QTextFormat.Property.UserProperty + 1
"""On the narrow spaces around inline code: drawn, never copied."""
CODE = QTextFormat.Property.UserProperty + 2
"""On inline code and image placeholders: a rounded surface is painted behind."""
HREF = QTextFormat.Property.UserProperty + 3
"""On links and image placeholders: where a click would lead, after a confirmation."""

INDENT = 22
QUOTE = 14
GAP = 10
"""Pixels per list level and per quote level, and between two paragraphs."""

_HEADINGS = {1: "heading", 2: "title", 3: "read", 4: "body", 5: "body", 6: "body"}
_CODE_STYLES: dict[Style, tuple[str, int]] = {
    "keyword": ("text.1", 600),
    "value": ("accent.text", 400),
    "comment": ("text.3", 400),
    "added": ("ok.text", 400),
    "removed": ("bad.text", 400),
}


def role(level: int, base: str) -> str:
    """The step of the type scale for a heading `level`, or `base` for level 0."""
    return _HEADINGS[level] if level else base


def text_format(span: Span, block: Prose | None = None, base: str = "read") -> QTextCharFormat:
    """How `span` looks in `block`. `base` is the type step of plain paragraphs."""
    level = block.level if block is not None else 0
    quoted = block is not None and block.place.quote > 0
    step = role(level, base)
    fmt = QTextCharFormat()
    if span.code:
        fmt.setFont(theme.font("code"))
        fmt.setProperty(CODE, True)
    else:
        font = theme.font(step)
        if level:
            font.setWeight(QFont.Weight.DemiBold)
        if span.bold:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(span.italic)
        font.setStrikeOut(span.strike)
        fmt.setFont(font)
    fmt.setForeground(_ink(span, level, quoted))
    if span.image:
        fmt.setFont(theme.font("small"))
        fmt.setProperty(CODE, True)
        fmt.setProperty(HREF, span.image)
    elif span.href:
        fmt.setProperty(HREF, span.href)
        fmt.setFontUnderline(True)
        fmt.setUnderlineColor(theme.color("accent.line"))
    return fmt


def _ink(span: Span, level: int, quoted: bool) -> QColor:
    if span.image:
        return theme.color("text.2")
    if span.href:
        return theme.color("accent.text")
    return theme.color("text.2" if quoted or level >= 5 else "text.1")


def pad_format(fmt: QTextCharFormat, base: str = "read") -> QTextCharFormat:
    """The format of the narrow space beside code of format `fmt`."""
    pad = QTextCharFormat(fmt)
    pad.setFont(theme.font(base))
    pad.setProperty(PAD, True)
    return pad


def block_format(block: Prose | Rule, *, first: bool, base: str = "read") -> QTextBlockFormat:
    """Margins and line height of `block`; `first` in its document has no space above."""
    fmt = QTextBlockFormat()
    place = block.place
    fmt.setLeftMargin(place.indent * INDENT + place.quote * QUOTE)
    if isinstance(block, Rule):
        fmt.setTopMargin(0 if first else GAP)
        fmt.setLineHeight(9, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return fmt
    if not first:
        fmt.setTopMargin(_gap(block))
    line = theme.line_height(role(block.level, base))
    fmt.setLineHeight(line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return fmt


def _gap(block: Prose) -> int:
    if block.level:
        return 20 if block.level <= 2 else 16
    if block.place.marker:
        return 4
    return 4 if block.tight and block.place.indent else 0 if block.tight else GAP


def code_format(style: Style) -> QTextCharFormat:
    """How one kind of token looks in a code block."""
    token, weight = _CODE_STYLES[style]
    fmt = QTextCharFormat()
    fmt.setForeground(theme.color(token))
    fmt.setFontWeight(weight)
    return fmt
