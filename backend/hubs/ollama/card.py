"""The text about a model on its library page, as Markdown."""

from __future__ import annotations

import re

from backend.hubs.ollama.markup import End, Start, Text, squeezed, tokens

CARD_LIMIT = 1_000_000
_BLOCKS = frozenset(("p", "div", "section", "ul", "ol", "table", "tr", "blockquote", "pre", "article"))
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


def readme(page: str) -> str:
    """The author's text: its source, where the page carries it, else the shown text in simple Markdown; empty
    where there is neither. Never raises."""
    source = _source(page)
    return (source or _shown(page))[:CARD_LIMIT].strip()


def _source(page: str) -> str:
    wanted = False
    for token in tokens(page):
        if isinstance(token, Start):
            identity = {token.attributes.get(name, "").lower() for name in ("id", "name")}
            wanted = token.name == "textarea" and bool(identity & {"editor", "markdown", "readme"})
        elif isinstance(token, Text) and wanted:
            return token.text
    return ""


def _shown(page: str) -> str:
    """From the element named readme (or display) to the footer, without links and pictures."""
    out: list[str] = []
    inside = False
    code = False
    size = 0
    for token in tokens(page):
        match token:
            case Start(name, attributes):
                if attributes.get("id", "").lower() in ("readme", "display"):
                    inside = True
                elif name in ("footer", "textarea"):
                    inside = False
                elif not inside:
                    continue
                elif name in _HEADINGS:
                    out.append(f"\n\n{_HEADINGS[name]} ")
                elif name == "li":
                    out.append("\n- ")
                elif name == "br":
                    out.append("\n")
                elif name == "pre":
                    code = True
                    out.append("\n\n```\n")
                elif name in _BLOCKS:
                    out.append("\n\n")
            case End(name):
                if inside and name == "pre" and code:
                    code = False
                    out.append("\n```\n\n")
                elif inside and (name in _HEADINGS or name in _BLOCKS):
                    out.append("\n\n")
            case Text(text):
                if inside and size < CARD_LIMIT:
                    piece = (
                        text.replace("```", "'''") if code else f"{squeezed(text)} " if text.strip() else ""
                    )
                    size += len(piece)
                    out.append(piece)
    lines = "".join(out).split("\n")
    blank = False
    kept: list[str] = []
    for line in lines:
        if line.strip() or not blank:
            kept.append(line.rstrip())
        blank = not line.strip()
    return re.sub(r"\A\s*#+ readme\b", "", "\n".join(kept), flags=re.IGNORECASE)
