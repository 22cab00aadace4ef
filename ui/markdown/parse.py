"""Markdown (CommonMark, tables, strikethrough) to blocks. Pure Python, for any thread, never makes HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from backend.i18n import tr
from ui.markdown import links
from ui.markdown.blocks import MAX_INDENT, Align, Block, Cell, Code, Place, Prose, Rule, Span, Table

MAX_INLINE = 8_000
"""A paragraph with more characters keeps its marks: inline parsing of hostile text is quadratic."""
PIECE = 4_000
"""Such a paragraph is drawn in pieces of this size, so that a growing one is not laid out anew as a whole."""

_UNBROKEN = re.compile(r"\S{400,}")
_BREAK_EVERY = 64
SOFT_BREAK = "\N{ZERO WIDTH SPACE}"
"""Put into unbroken runs, because the layout of one long word takes time that grows with its square."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(
    r"""(?P<code>(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"""
    r"""|</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?=[\s/>])(?:"[^"]*"|'[^']*'|[^'"<>])*)>"""
)
_SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BLOCK_TAGS = ("p", "div", "summary", "details", "li", "tr", "table", "h1", "h2", "h3", "h4")
_TASK = re.compile(r"\[([ xX])\] ")
_BULLETS = ("•", "◦", "▪")


def tokens(text: str, env: dict[str, object] | None = None) -> list[Token]:
    """The tokens of `text`; too long inline content stays unparsed. `env` collects reference links."""
    return _PARSER.parse(text, {} if env is None else env)


def parse(text: str, *, card: bool = False) -> tuple[Block, ...]:
    """The blocks of `text`.

    Args:
        card: For model cards: the YAML front matter goes, and raw HTML is stripped to its text. Elsewhere raw
            HTML is shown as it stands, because an answer about HTML is about its tags.
    """
    text = text.replace("\r", "")
    return blocks_of(tokens(prepare_card(text) if card else text))


def prepare_card(text: str) -> str:
    """The Markdown of a model card without its front matter and its HTML."""
    return strip_html(_FRONT_MATTER.sub("", text.replace("\r", ""), count=1))


def blocks_of(found: Sequence[Token], *, first_number: int | None = None) -> tuple[Block, ...]:
    """Flatten `found`. `first_number` replaces the number of an ordered list at the very start."""
    return tuple(_Flattener(found, first_number).run())


def plain_blocks(text: str) -> tuple[Prose, ...]:
    """What a person typed, line by line and without interpretation."""
    blocks: list[Prose] = []
    for line in text.replace("\r", "").split("\n"):
        blocks += _pieces(line, Place(), tight=True)
    return tuple(blocks)


def _pieces(text: str, place: Place, *, tight: bool = False) -> Iterator[Prose]:
    for at in range(0, max(len(text), 1), PIECE):
        here = place if at == 0 else replace(place, marker="")
        yield Prose((Span(soften(text[at : at + PIECE])),), here, tight=tight or at > 0)


def soften(text: str) -> str:
    """`text` with places to break in runs without any."""
    return _UNBROKEN.sub(lambda run: _soften_run(run.group()), text)


def _soften_run(run: str) -> str:
    return SOFT_BREAK.join(run[at : at + _BREAK_EVERY] for at in range(0, len(run), _BREAK_EVERY))


def strip_html(text: str) -> str:
    """`text` without HTML outside of code; images become Markdown images, which are not loaded either."""
    out: list[str] = []
    fence = ""
    prose: list[str] = []
    for line in text.split("\n"):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence:
            out.append(line)
            if mark and mark.group(1).startswith(fence) and line.strip() == mark.group(1):
                fence = ""
        elif mark:
            out.append(_strip_prose("\n".join(prose)))
            prose = []
            fence = mark.group(1)
            out.append(line)
        else:
            prose.append(line)
    out.append(_strip_prose("\n".join(prose)))
    return "\n".join(out)


def _strip_prose(text: str) -> str:
    return _TAG.sub(_replace_tag, _SILENT.sub("", _COMMENT.sub("", text)))


def _replace_tag(tag: re.Match[str]) -> str:
    if tag.group("code"):
        return tag.group()
    name = tag.group("name").lower()
    if name == "img":
        found = {
            m.group(1).lower(): m.group(2) or m.group(3) or "" for m in _ATTRIBUTE.finditer(tag.group("rest"))
        }
        alt = re.sub(r"[\[\]\n]", " ", found.get("alt", ""))
        return f"![{alt}](<{found.get('src', '')}>)"
    return "  \n" if name == "br" else "\n\n" if name in _BLOCK_TAGS else ""


def _build() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    # `_spans` decides about destinations; a refused link then shows its text instead of its marks.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.core.ruler.before("inline", "long_paragraphs", _leave_long_ones)
    return parser


def _leave_long_ones(state) -> None:  # type: ignore[no-untyped-def]
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MAX_INLINE:
            token.type = "plain"


_PARSER = _build()


@dataclass(slots=True)
class _List:
    ordered: bool
    next_number: int
    delimiter: str
    depth: int


@dataclass(slots=True)
class _Flattener:
    """Walks the tokens once with the stacks of open lists and quotes."""

    found: Sequence[Token]
    first_number: int | None
    lists: list[_List] = field(default_factory=list)
    quote: int = 0
    marker: str = ""
    at: int = 0

    def run(self) -> Iterator[Block]:
        while self.at < len(self.found):
            token = self.found[self.at]
            self.at += 1
            match token.type:
                case "bullet_list_open":
                    self.lists.append(_List(False, 0, "", len(self.lists)))
                case "ordered_list_open":
                    self._open_ordered(token)
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    self._open_item()
                case "list_item_close":
                    if self.marker:  # an empty item still shows its marker
                        yield Prose((), self._place(), tight=True)
                case "blockquote_open":
                    self.quote += 1
                case "blockquote_close":
                    self.quote -= 1
                case "paragraph_open" if self.found[self.at].type == "plain":
                    yield from _pieces(self.found[self.at].content, self._place())
                    self.at += 2
                case "paragraph_open":
                    yield self._prose(0, tight=token.hidden)
                case "heading_open":
                    yield self._prose(int(token.tag[1]), tight=False)
                case "hr":
                    yield Rule(self._place())
                case "fence" | "code_block":
                    yield code_block(token, self._place())
                case "table_open":
                    yield self._table()

    def _open_ordered(self, token: Token) -> None:
        start = token.attrGet("start")
        number = int(start) if start is not None else 1
        if self.first_number is not None and not self.lists and self.at == 1:
            number = self.first_number
        self.lists.append(_List(True, number, token.markup, len(self.lists)))

    def _open_item(self) -> None:
        current = self.lists[-1]
        if current.ordered:
            self.marker = f"{current.next_number}{current.delimiter}"
            current.next_number += 1
        else:
            self.marker = _BULLETS[min(current.depth, len(_BULLETS) - 1)]

    def _place(self) -> Place:
        marker, self.marker = self.marker, ""
        return Place(min(len(self.lists), MAX_INDENT), min(self.quote, MAX_INDENT), marker)

    def _prose(self, level: int, *, tight: bool) -> Prose:
        spans = _spans(self.found[self.at])
        self.at += 2  # the inline token and the closing one
        place = self._place()
        if place.marker and spans and (task := _TASK.match(spans[0].text)):
            spans = (replace(spans[0], text=spans[0].text[task.end() :]), *spans[1:])
            place = replace(place, marker="☑" if task.group(1) != " " else "☐")
        return Prose(spans, place, level, tight or bool(self.lists))

    def _table(self) -> Table:
        rows: list[tuple[Cell, ...]] = []
        cells: list[Cell] = []
        aligns: list[Align] = []
        while (token := self.found[self.at]).type != "table_close":
            self.at += 1
            if token.type in ("th_open", "td_open"):
                if not rows:
                    aligns.append(_align(str(token.attrGet("style") or "")))
                cells.append(_spans(self.found[self.at]))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self.at += 1
        return Table(rows[0], tuple(rows[1:]), tuple(aligns), self._place())


def _align(style: str) -> Align:
    return "right" if style.endswith("right") else "center" if style.endswith("center") else "left"


def code_block(token: Token, place: Place) -> Code:
    """The block of a ``fence`` or ``code_block`` token."""
    language = token.info.strip().split(maxsplit=1)[0].lower() if token.info.strip() else ""
    return Code(token.content.removesuffix("\n"), links.without_direction(language)[:40], place)


def _spans(token: Token) -> tuple[Span, ...]:
    if token.type == "plain":
        return (Span(soften(token.content[:MAX_INLINE])),)
    out: list[Span] = []
    style = Span("")
    for child in token.children or ():
        match child.type:
            case "strong_open":
                style = replace(style, bold=True)
            case "strong_close":
                style = replace(style, bold=False)
            case "em_open":
                style = replace(style, italic=True)
            case "em_close":
                style = replace(style, italic=False)
            case "s_open":
                style = replace(style, strike=True)
            case "s_close":
                style = replace(style, strike=False)
            case "link_open":
                link = links.check(str(child.attrGet("href") or ""))
                style = replace(style, href=link.url if link else "")
            case "link_close":
                style = replace(style, href="")
            case "image":
                _add(out, _image(child, style))
            case "softbreak":
                _add(out, replace(style, text=" "))
            case "hardbreak":
                _add(out, replace(style, text="\n"))
            case "code_inline":
                _add(out, replace(style, text=soften(links.mark_direction(child.content)), code=True))
            case _:
                _add(out, replace(style, text=soften(child.content)))
    return tuple(out)


def _image(token: Token, style: Span) -> Span:
    source = str(token.attrGet("src") or "")
    alt = links.without_direction(token.content).strip()[:200]
    where = links.origin(source)
    name = tr("Image: {alt}", alt=alt) if alt else tr("Image")
    return replace(style, text=f"{name} ({where})" if where else name, href="", image=source[: links.MAX_URL])


def _add(out: list[Span], span: Span) -> None:
    """Append `span`, joined to the one before it if they look alike."""
    if span.href:
        span = replace(span, text=links.without_direction(span.text))
    if not span.text:
        return
    if out and not span.image and replace(out[-1], text="") == replace(span, text=""):
        out[-1] = replace(out[-1], text=out[-1].text + span.text)
    else:
        out.append(span)
