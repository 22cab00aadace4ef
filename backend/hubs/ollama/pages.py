"""What the library pages of Ollama say. They are made for people and change without notice, so nothing is
taken for granted: cards are recognised by where their links lead and by what their texts look like. The
``x-test-…`` attributes that the pages used to have are believed where they are there."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from backend.hubs.ollama.markup import End, Start, Text, squeezed, tokens
from backend.hubs.ollama.names import LIBRARY, is_model_id, is_part, is_tag

CAPABILITIES = ("tools", "vision", "thinking", "embedding", "cloud", "audio", "image", "code")
"""Words of the chips that say what a model can do."""

_MOST_CARDS = 500
_MOST_TAGS = 2000
_MOST_CHIPS = 40
_SUMMARY = 400

_NOT_OWNERS = frozenset(
    (
        *("api", "assets", "blog", "cloud", "connect", "contact", "discord", "docs", "download", "events"),
        *("explore", "help", "install", "integrations", "jobs", "legal", "login", "models", "new", "news"),
        *("organizations", "pricing", "privacy", "public", "search", "settings", "signin", "signout"),
        *("signup", "static", "terms", "turbo", "u", "upgrade", "v2"),
    )
)
"""First parts of addresses that look like a user's and are not."""

_SIZE = re.compile(r"e?\d{1,5}(?:\.\d{1,3})?(?:x\d{1,4}(?:\.\d{1,3})?)?[bmt]")
"""Chips are in small letters; a count of pulls (``4.2M``), a context (``1M``) or bytes are not."""
_STATISTIC = re.compile(r"(?:pulls|downloads|tags)\b", re.IGNORECASE)
_PULLS = re.compile(r"(\d[\d.,]{0,15})\s?([KMBT]?)\+?\s?(?:pulls|downloads)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d[\d.,]{0,15})\s?([KMBT]?)", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:(\d{1,4}|an?|about an?)\s(second|minute|hour|day|week|month|year)s?\sago|(yesterday|just now))\b",
    re.IGNORECASE,
)
_TOOLTIP = re.compile(r"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2}) ([AP])M UTC")
_BYTES = re.compile(r"(?<![\w.])(\d{1,5}(?:\.\d{1,3})?)\s?([KMGT]B)\b", re.IGNORECASE)
_WINDOW = re.compile(r"(?<![\w.])(\d{1,5}(?:\.\d{1,2})?)\s?([KM]?)\s(?:token\s)?context\b", re.IGNORECASE)
_CELL = re.compile(r"(\d{1,5}(?:\.\d{1,2})?)([KM])")
_DIGEST = re.compile(r"(?<![\w-])[0-9a-f]{12}(?![\w-])")
_USAGE = re.compile(r"\b(?:low|medium|high|extra high) usage\b", re.IGNORECASE)
"""What stands in place of a size where a model runs on Ollama's own computers."""
_NEXT = re.compile(r"[?&]page=(\d{1,5})(?!\d)")
_NOTHING = re.compile(
    r"\b(?:no|0|zero)\s[\w ]{0,30}(?:found|match|result|model)|nothing (?:was )?found", re.I
)

_MULTIPLES = {"": 1.0, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "month": 30,
    "year": 365,
}


@dataclass(frozen=True, slots=True)
class Card:
    """One model of a result page.

    Attributes:
        name: ``name`` or ``user/name``.
        sizes: As written: ``8b``, ``8x7b``, ``e4b``.
        updated: About; pages write «3 weeks ago».
    """

    name: str
    summary: str = ""
    capabilities: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    pulls: int | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A result page.

    Attributes:
        following: Number of the next page; None at the end.
        understood: Whether no cards means that there are none; else the page could not be read.
    """

    cards: tuple[Card, ...]
    following: int | None
    understood: bool


@dataclass(frozen=True, slots=True)
class TagRow:
    """One row of the page of tags; what it does not say is None, 0 or empty.

    Attributes:
        kind: ``cloud`` or ``mlx`` where the row says so, whatever the tag is called.
    """

    tag: str
    size: int = 0
    context_length: int | None = None
    digest: str = ""
    updated: datetime | None = None
    kind: str = ""


@dataclass(slots=True)
class _Piece:
    """A text, the element it stands in, and the marks of that element."""

    text: str
    element: str
    marks: frozenset[str]


@dataclass(slots=True)
class _Draft:
    """What was gathered of one card."""

    name: str = ""
    pieces: list[_Piece] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    marked: bool = False


def list_page(page: str, page_number: int, now: datetime) -> ListPage:
    """Read a result page, or what the site loads when one scrolls. Never raises."""
    cards: dict[str, Card] = {}
    following: int | None = None
    words: list[str] = []
    drafts = 0
    for item in _drafts(page):
        match item:
            case _Draft():
                drafts += 1
                card = _card(item, now)
                if card is not None:
                    cards.setdefault(card.name, card)
                if drafts >= _MOST_CARDS:
                    break
            case int():
                if following is None and item > page_number:
                    following = item
            case str():
                if len(words) < 400:
                    words.append(item)
    if cards:
        return ListPage(tuple(cards.values()), following, True)
    nothing = bool(_NOTHING.search(" ".join(words)[:20_000]))
    return ListPage((), None, nothing or not page.strip())


def model_page(page: str, name: str, now: datetime) -> Card:
    """What the page of one model says of it, up to the author's own text; an empty card where nothing is
    understood. Never raises."""
    draft = _Draft(name)
    described = ""
    element, marks = "", frozenset[str]()
    for token in tokens(page):
        match token:
            case Start(element, attributes):
                identity = attributes.get("id", "").lower()
                if element == "textarea" or identity in ("readme", "display", "editor"):
                    break
                if (title := attributes.get("title", "")) and len(draft.titles) < 20:
                    draft.titles.append(title[:300])
                if element == "meta" and attributes.get("name", "").lower() == "description":
                    described = squeezed(attributes.get("content", ""))[:_SUMMARY]
                marks = frozenset(n for n in (*attributes, identity) if n.startswith(("x-test-", "summary")))
                target = _target(attributes.get("href", ""))
                if target is not None and target[1]:
                    element = "tag"  # the first of the list of tags: not of the model as such
            case End():
                element, marks = "", frozenset()
            case Text(text):
                if (text := squeezed(text[:4000])) and element != "tag" and len(draft.pieces) < 400:
                    draft.pieces.append(_Piece(text, element, marks))
    card = _card(draft, now)
    if card is None:
        return Card(name, described)
    shown = next((p.text for p in draft.pieces if any("summary" in mark for mark in p.marks)), "")
    return replace(card, summary=(shown or card.summary or described)[:_SUMMARY])


def tag_rows(page: str, name: str, now: datetime) -> tuple[TagRow, ...]:
    """The tags that a page of the model `name` lists, in its order. Never raises."""
    texts: dict[str, list[str]] = {}
    current: str | None = None
    for token in tokens(page):
        match token:
            case Start(element, attributes):
                if element in ("footer", "h2") and current is not None and texts:
                    current = None
                target = _target(attributes.get("href", ""))
                if target is not None and target[0] == name and target[1]:
                    current = target[1]
                    if len(texts) < _MOST_TAGS:
                        texts.setdefault(current, [])
            case Text(text) if current in texts:
                if (text := squeezed(text[:1000])) and len(texts[current]) < 40:
                    texts[current].append(text)
            case _:
                pass
    return tuple(_tag_row(tag, pieces, name, now) for tag, pieces in texts.items())


def _tag_row(tag: str, pieces: list[str], name: str, now: datetime) -> TagRow:
    own = (tag, f"{name}:{tag}")
    line = " ".join(piece for piece in pieces if piece not in own)[:4000]
    for mine in own[::-1]:
        line = line.replace(mine, " ")
    size = _BYTES.search(line)
    window = _WINDOW.search(line)
    if window is None:
        window = next((m for piece in pieces if (m := _CELL.fullmatch(piece))), None)
    digest = _DIGEST.search(line)
    words = {piece.lower() for piece in pieces}
    cloud = size is None and ("cloud" in words or _USAGE.search(line))
    return TagRow(
        tag,
        size=round(float(size[1]) * {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}[size[2][0].upper()])
        if size
        else 0,
        context_length=_context(window) if window else None,
        digest=digest[0] if digest else "",
        updated=_age(line, now),
        kind="cloud" if cloud else "mlx" if "mlx" in words else "",
    )


def _context(match: re.Match[str]) -> int | None:
    # The site's K is 1024: it writes 128K for 131072.
    tokens_ = round(float(match[1]) * {"": 1, "K": 1024, "M": 1024 * 1024}[match[2].upper()])
    return tokens_ or None


def _drafts(page: str) -> Iterator[_Draft | int | str]:
    """Cards of a list, numbers of next pages, and every text outside of scripts, as they come."""
    draft: _Draft | None = None
    closing = ""  # the element whose end closes the draft
    elements: list[tuple[str, frozenset[str]]] = []
    for token in tokens(page):
        match token:
            case Start(element, attributes):
                marks = frozenset(n for n in attributes if n.startswith("x-test-"))
                more = attributes.get("hx-get", "")
                if more and (found := _NEXT.search(more[:2000])):
                    yield int(found[1])
                target = _target(attributes.get("href", "")) if element == "a" else None
                if element == "li":
                    if draft is not None:
                        yield draft
                    draft, closing = _Draft(marked="x-test-model" in marks), "li"
                elif target is not None and draft is None:
                    draft, closing = _Draft(), "a"
                if draft is not None:
                    if target is not None and not target[1] and not draft.name:
                        draft.name = target[0]
                    draft.marked |= bool(marks)
                    if (title := attributes.get("title", "")) and len(draft.titles) < 20:
                        draft.titles.append(title[:300])
                if not token.is_void:
                    elements.append((element, marks))
                    del elements[:-40]
            case End(element):
                if any(name == element for name, _ in elements):
                    while elements and elements.pop()[0] != element:
                        pass
                if draft is not None and element == closing:
                    yield draft
                    draft = None
            case Text(text):
                if not (text := squeezed(text[:4000])):
                    continue
                yield text
                if draft is not None and len(draft.pieces) < 200:
                    inner, marks = elements[-1] if elements else ("", frozenset())
                    if any(name == "p" for name, _ in elements):
                        inner = "p" if inner != "span" else inner
                    draft.pieces.append(_Piece(text, inner, marks))
    if draft is not None:
        yield draft


def _card(draft: _Draft, now: datetime) -> Card | None:
    """The card, if the draft is one: it links to a model and says something about it."""
    if not is_model_id(draft.name):
        return None
    line = " ".join(piece.text for piece in draft.pieces)[:8000]
    sizes: dict[str, None] = {}
    capabilities: dict[str, None] = {}
    for index, piece in enumerate(draft.pieces):
        text = piece.text.lower()
        if len(text) > 40 or len(sizes) + len(capabilities) >= _MOST_CHIPS:
            continue
        behind = draft.pieces[index + 1].text if index + 1 < len(draft.pieces) else ""
        if "x-test-size" in piece.marks or (_SIZE.fullmatch(piece.text) and not _STATISTIC.match(behind)):
            sizes[text] = None
        elif "x-test-capability" in piece.marks or text in CAPABILITIES:
            capabilities[text] = None
    pulls = next(
        (
            _count(m)
            for p in draft.pieces
            if "x-test-pull-count" in p.marks and (m := _NUMBER.fullmatch(p.text))
        ),
        None,
    )
    if pulls is None and (found := _PULLS.search(line)):
        pulls = _count(found)
    updated = next((d for title in draft.titles if (d := _tooltip(title))), None) or _age(line, now)
    if not (draft.marked or sizes or capabilities or pulls is not None or updated is not None):
        return None
    return Card(
        draft.name,
        _summary(draft),
        tuple(capabilities),
        tuple(sizes),
        pulls,
        updated,
    )


def _summary(draft: _Draft) -> str:
    """The sentence about the model: the longest paragraph that is no number, chip or name."""
    texts = [
        piece
        for piece in draft.pieces
        if len(piece.text) > 12
        and piece.text != draft.name
        and not _AGE.search(piece.text)
        and not _PULLS.search(piece.text)
    ]
    paragraphs = [piece.text for piece in texts if piece.element == "p"]
    longest = max(paragraphs or [p.text for p in texts if " " in p.text], key=len, default="")
    return longest if len(longest) <= _SUMMARY else f"{longest[: _SUMMARY - 1]}…"


@functools.lru_cache(maxsize=512)
def _target(href: str) -> tuple[str, str] | None:
    """Model and tag (or empty) that an address leads to; None where it leads elsewhere."""
    if not href or len(href) > 400:
        return None
    path = re.sub(r"^https?://(?:www\.)?ollama\.(?:com|ai)(?=/)", "", href.strip())
    if not path.startswith("/") or path.startswith("//"):
        return None
    parts = unquote(re.split("[?#]", path[1:], maxsplit=1)[0]).rstrip("/").split("/")
    if len(parts) != 2 or parts[0].lower() in _NOT_OWNERS or not is_part(parts[0]):
        return None
    model, _, tag = parts[1].partition(":")
    if not is_part(model) or (tag and not is_tag(tag)):
        return None
    return (model if parts[0] == LIBRARY else f"{parts[0]}/{model}"), tag


def _count(match: re.Match[str]) -> int | None:
    try:
        value = float(match[1].replace(",", "")) * _MULTIPLES[match[2].upper()]
    except ValueError:
        return None
    return round(value) if value < 2**62 else None


def _tooltip(text: str) -> datetime | None:
    """«Aug 14, 2026 4:54 PM UTC»."""
    match = _TOOLTIP.search(text)
    if match is None or match[1] not in _MONTHS:
        return None
    hour = int(match[4]) % 12 + (12 if match[6] == "P" else 0)
    try:
        return datetime(
            int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]), hour, int(match[5]), tzinfo=UTC
        )
    except ValueError:
        return None


def _age(text: str, now: datetime) -> datetime | None:
    """«3 weeks ago», about."""
    match = _AGE.search(text)
    if match is None:
        return None
    if match[3]:
        return now - timedelta(days=match[3].lower() == "yesterday")
    count = int(match[1]) if match[1].isdigit() else 1
    try:
        return now - timedelta(days=count * _DAYS[match[2].lower()])
    except OverflowError:
        return None
