"""One list of the rows of two gardens, page by page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backend.errors import AppError
from backend.hubs.types import GardenTrouble, HubModel, SearchPage, Sort, Source

Fetch = Callable[[str | None], SearchPage]
"""Gives the page of one garden at a cursor of its own; None is the first."""

_MOST_PAGES = 3
"""Pages of one garden that one page of ours may take."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far one garden has been shown: its page at `cursor`, and how many rows of it are used up."""

    cursor: str | None = None
    used: int = 0


def encode(places: Mapping[Source, Place]) -> str | None:
    """The opaque cursor of what comes next; None where nothing does."""
    if not places:
        return None
    return json.dumps({source.value: [p.cursor, p.used] for source, p in sorted(places.items())})


def decode(cursor: str, sources: frozenset[Source]) -> dict[Source, Place]:
    """What `encode` was given.

    Raises:
        ValueError: `cursor` is not one of ours.
    """
    data = json.loads(cursor)
    places: dict[Source, Place] = {}
    for source in sources:
        match data.get(source.value) if isinstance(data, dict) else None:
            case [str() | None as inner, int(used)] if not isinstance(used, bool) and 0 <= used < 10_000:
                places[source] = Place(inner, used)
            case None:
                pass
            case _:
                raise ValueError("not a cursor of this catalogue")
    if not places:
        raise ValueError("not a cursor of this catalogue")
    return places


@dataclass(slots=True)
class _Side:
    """One garden while a page is put together."""

    source: Source
    fetch: Fetch
    place: Place
    rows: tuple[HubModel, ...] = ()
    following: str | None = None
    pages: int = 0
    open: bool = True
    blocked: bool = False
    error: AppError | None = None
    cached_at: list[float] = field(default_factory=list)
    troubles: list[GardenTrouble] = field(default_factory=list)

    def head(self) -> HubModel | None:
        """The next row; None where there is none now: at the end, or after enough pages."""
        while self.open:
            if self.pages and self.place.used < len(self.rows):
                return self.rows[self.place.used]
            if self.pages:
                if self.following is None:
                    self.open = False
                    return None
                self.place = Place(self.following)
            if self.pages >= _MOST_PAGES:
                self.blocked = True
                return None
            self._load()
        return None

    def take(self) -> HubModel:
        row = self.rows[self.place.used]
        self.place = Place(self.place.cursor, self.place.used + 1)
        return row

    @property
    def rest(self) -> Place | None:
        """Where the next page of ours begins in this garden; None at its end."""
        if not self.open:
            return None
        if self.pages and self.place.used >= len(self.rows) and not self.blocked:
            return Place(self.following) if self.following is not None else None
        return self.place

    def _load(self) -> None:
        self.pages += 1
        try:
            page = self.fetch(self.place.cursor)
        except AppError as error:
            self.error, self.open = error, False
            self.troubles.append(GardenTrouble(self.source, error))
            return
        self.rows, self.following = page.rows, page.next_cursor
        self.troubles += page.troubles
        if page.cached_at is not None:
            self.cached_at.append(page.cached_at)


def merged(
    fetches: Mapping[Source, Fetch], places: Mapping[Source, Place], sort: Sort, limit: int
) -> SearchPage:
    """The next `limit` rows of several gardens in one order.

    By numbers where both have them (downloads, dates), else in turns; each garden keeps its own order.

    Raises:
        AppError: No garden could be read.
    """
    sides = [_Side(source, fetches[source], place) for source, place in places.items()]
    rows: dict[str, HubModel] = {}
    last: _Side | None = None
    while len(rows) < limit:
        ready = [side for side in sides if side.head() is not None]
        if any(side.blocked for side in sides) or not ready:
            break
        side = _next(ready, sort, last)
        row = side.take()
        rows.setdefault(row.key, row)
        last = side
    failed = [side.error for side in sides if side.error is not None]
    if failed and len(failed) == len(sides) and not rows:
        raise failed[0]
    rests = {side.source: rest for side in sides if (rest := side.rest) is not None}
    cached = [moment for side in sides for moment in side.cached_at]
    troubles = tuple(dict.fromkeys(trouble for side in sides for trouble in side.troubles))
    return SearchPage(tuple(rows.values()), encode(rests), min(cached, default=None), troubles)


def _next(ready: list[_Side], sort: Sort, last: _Side | None) -> _Side:
    """The garden whose row comes next. Where there is nothing to compare, they take turns."""
    if len(ready) == 1:
        return ready[0]
    keys = [_key(side.head(), sort) for side in ready]
    known = [key for key in keys if key is not None]
    if len(known) == len(ready):
        return ready[keys.index(max(known))]
    return next(side for side in ready if side is not last)


def _key(row: HubModel | None, sort: Sort) -> float | None:
    if row is None:
        return None
    match sort:
        case Sort.DOWNLOADS:
            return row.downloads
        case Sort.UPDATED:
            return _moment(row.updated)
        case Sort.CREATED:
            return _moment(row.created or row.updated)
        case Sort.TRENDING | Sort.LIKES:
            return None  # one of the gardens has no such number


def _moment(date: datetime | None) -> float | None:
    return date.timestamp() if date is not None else None
