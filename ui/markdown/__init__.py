"""Markdown of answers and model cards: no HTML, drawn with the theme, nothing fetched, nothing followed.

`MarkdownView` shows a text; `StreamingMarkdown` lets one grow. See `links.check` for what may become a link.
"""

from ui.markdown.links import Link
from ui.markdown.links import check as check_link
from ui.markdown.parse import parse
from ui.markdown.stream import Change, StreamingMarkdown
from ui.markdown.view import MarkdownView

__all__ = ["Change", "Link", "MarkdownView", "StreamingMarkdown", "check_link", "parse"]
