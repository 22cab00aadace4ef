"""What the result list is made of: cards, and the groups of uploads that have one base."""

from __future__ import annotations

from backend.hubs.types import HubModel
from ui.pages.discover.rows import Row

Span = tuple[int, int]


class Card:
    """A model of the list. `place` is -1 for the first of its group, else 1, 2, … among the others."""

    __slots__ = ("bundled", "group", "model", "partners", "place", "row")

    def __init__(self, model: HubModel, group: Group, place: int, bundled: bool) -> None:
        self.model, self.group, self.place, self.bundled = model, group, place, bundled
        self.partners: list[HubModel] = []
        self.row: Row | None = None

    @property
    def order(self) -> Span:
        return self.group.number, self.place

    @property
    def leads(self) -> bool:
        return self.place < 0


class Group:
    """The uploads of one base. The group itself is the entry of its fold."""

    __slots__ = ("base", "folded", "leader", "members", "number", "open", "row", "shown")

    def __init__(self, number: int, base: str) -> None:
        self.number, self.base = number, base
        self.leader: Card | None = None
        self.members: list[Card] = []
        self.folded = False
        """Whether the line of the fold is in the list."""
        self.open = False
        self.shown = 0
        """How many of the members have a line."""
        self.row: Row | None = None

    @property
    def order(self) -> Span:
        return self.number, 0

    @property
    def complete(self) -> bool:
        """Whether the list shows everything of it that it should."""
        return not self.members or (self.folded and (not self.open or self.shown == len(self.members)))


def order_of(entry: Card | Group) -> Span:
    return entry.order


def models_of(card: Card) -> tuple[HubModel, ...]:
    return (card.model, *card.partners)
