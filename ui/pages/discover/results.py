"""The list of search results: pages appended, other uploads folded under their base, same weights as one
card, fit pills filled in as they become known. A line that is shown never changes its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from enum import IntEnum
from itertools import islice

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from backend.capacity.types import Fit
from backend.hubs.nature import nature_of
from backend.hubs.types import HubModel, SameWeights, Source
from ui.pages.discover.entries import Card, Group, Span, models_of, order_of
from ui.pages.discover.rows import Row, RowKind, base_of, owner, spoken

Index = QModelIndex | QPersistentModelIndex
OWNERS = 12
"""Names that the line of a fold may need at most; there is no room for more."""


class Role(IntEnum):
    """What the delegate and the view ask for."""

    ROW = Qt.ItemDataRole.UserRole + 1
    MODEL = Qt.ItemDataRole.UserRole + 2
    FIT = Qt.ItemDataRole.UserRole + 3


class ResultsModel(QAbstractListModel):
    """Lines in the order in which the gardens gave them.

    Lines that come into the middle (a fold under an earlier card) are held back while their place is in
    `visible`, the span of lines that the person looks at; `settle` inserts them later.
    """

    def __init__(self, parent: QObject | None = None, *, grouped: bool = True) -> None:
        super().__init__(parent)
        self._grouped = grouped
        self._entries: list[Card | Group] = []
        self._cards: dict[str, Card] = {}
        self._groups: dict[str, Group] = {}
        self._waiting: dict[int, Group] = {}
        self._number = 0
        self._count = 0
        self._fits: dict[str, Fit] = {}
        self._same: dict[str, tuple[SameWeights, ...]] = {}
        self._local: frozenset[str] = frozenset()

    # -- reading

    @property
    def count(self) -> int:
        """Models, folded ones too; those with the same weights count once."""
        return self._count

    @property
    def grouped(self) -> bool:
        return self._grouped

    @property
    def waits(self) -> bool:
        """Whether there are lines for `settle` to insert."""
        return bool(self._waiting)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._row(self._entries[index.row()])
        match role:
            case Role.ROW:
                return row
            case Role.MODEL:
                return None if row.kind is RowKind.FOLD else row.model
            case Role.FIT:
                return row.fit
            case Qt.ItemDataRole.DisplayRole:
                return "" if row.kind is RowKind.FOLD else row.model.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row)
        return None

    def _row(self, entry: Card | Group) -> Row:
        if entry.row is None:
            entry.row = self._card_row(entry) if isinstance(entry, Card) else self._fold_row(entry)
        return entry.row

    def _card_row(self, card: Card) -> Row:
        model = card.model
        keys = [model.key, *(partner.key for partner in card.partners)]
        sources = {model.source: None} | {partner.source: None for partner in card.partners}
        for key in keys:
            sources |= {same.source: None for same in self._same.get(key, ())}
        return Row(
            RowKind.CARD if card.leads else RowKind.MEMBER,
            model,
            nature_of(model),
            tuple(sources),
            next((self._fits[key] for key in keys if key in self._fits), None),
            any(key in self._local for key in keys),
            card.bundled,
        )

    def _fold_row(self, group: Group) -> Row:
        assert group.leader is not None
        first = self._row(group.leader)
        owners = dict.fromkeys(owner(card.model) for card in group.members)
        return Row(
            RowKind.FOLD,
            first.model,
            first.nature,
            first.sources,
            first.fit,
            count=len(group.members),
            owners=tuple(islice(owners, OWNERS)),
            open=group.open,
        )

    def place_of(self, key: str) -> int | None:
        """The line of the model with this key, or of the card that it was merged into; None while folded."""
        card = self._cards.get(key)
        return None if card is None or not self._has_line(card) else self._line(card)

    def _has_line(self, card: Card) -> bool:
        return card.leads or card.place <= card.group.shown

    def _line(self, entry: Card | Group) -> int:
        return bisect_left(self._entries, entry.order, key=order_of)

    def partners(self, key: str) -> tuple[HubModel, ...]:
        """The models of other gardens that share the card of this one."""
        card = self._cards.get(key)
        if card is None:
            return ()
        return tuple(model for model in (card.model, *card.partners) if model.key != key)

    # -- pages

    def clear(self) -> None:
        """Forget all lines, for a new question."""
        if self._entries:
            self.beginRemoveRows(QModelIndex(), 0, len(self._entries) - 1)
            self._entries.clear()
            self.endRemoveRows()
        self._cards.clear()
        self._groups.clear()
        self._waiting.clear()
        self._count = 0

    def append(
        self,
        models: Iterable[HubModel],
        *,
        bundled: frozenset[Source] = frozenset(),
        visible: Span | None = None,
    ) -> None:
        """Add a page; a model that an earlier page already brought is left out.

        Args:
            bundled: Gardens whose rows are from the list that comes with the app.
            visible: First and last line that the person sees.
        """
        fresh: list[Card] = []
        grown: dict[int, Group] = {}
        for model in models:
            key = model.key
            if key in self._cards:
                continue
            partner = self._partner(model)
            if partner is not None:
                partner.partners.append(model)
                self._cards[key] = partner
                self._touch(partner)
                continue
            card = self._join(model, model.source in bundled)
            self._cards[key] = card
            self._count += 1
            if card.leads:
                fresh.append(card)
            else:
                grown[card.group.number] = card.group
        self._add(fresh)
        for group in grown.values():
            if group.folded:
                self._touch(group)
            if not group.complete:
                self._waiting[group.number] = group
        self.settle(visible)

    def _join(self, model: HubModel, bundled: bool) -> Card:
        base = base_of(model) if self._grouped else model.key
        group = self._groups.get(base)
        if group is not None:
            card = Card(model, group, len(group.members) + 1, bundled)
            group.members.append(card)
            return card
        self._number += 1
        group = self._groups[base] = Group(self._number, base)
        group.leader = Card(model, group, -1, bundled)
        return group.leader

    def _add(self, cards: list[Card]) -> None:
        """Append cards that lead a group, each with its fold if it has one already."""
        entries: list[Card | Group] = []
        for card in cards:
            entries.append(card)
            if card.group.members:
                card.group.folded = True
                entries.append(card.group)
        if entries:
            start = len(self._entries)
            self.beginInsertRows(QModelIndex(), start, start + len(entries) - 1)
            self._entries.extend(entries)
            self.endInsertRows()

    def settle(self, visible: Span | None = None) -> None:
        """Insert the lines that wait, except those that would push away what is in view."""
        for group in tuple(self._waiting.values()):
            place = self._place_of_more(group)
            pushes = visible is not None and visible[0] < place <= visible[1]
            if not pushes or place == len(self._entries):
                self._complete(group)

    def _place_of_more(self, group: Group) -> int:
        """Where the next line of `group` belongs."""
        return self._line(group) + (1 + group.shown if group.folded else 0)

    def _complete(self, group: Group) -> None:
        """Insert the lines that `group` lacks."""
        self._waiting.pop(group.number, None)
        if not group.folded:
            place = self._place_of_more(group)
            group.folded = True
            self._insert(place, [group])
        if group.open:
            self._insert(self._place_of_more(group), group.members[group.shown :])
            group.shown = len(group.members)

    def _insert(self, place: int, entries: list[Card] | list[Group]) -> None:
        if entries:
            self.beginInsertRows(QModelIndex(), place, place + len(entries) - 1)
            self._entries[place:place] = entries
            self.endInsertRows()

    def _remove(self, place: int, count: int) -> None:
        if count:
            self.beginRemoveRows(QModelIndex(), place, place + count - 1)
            del self._entries[place : place + count]
            self.endRemoveRows()

    # -- groups

    def set_grouped(self, on: bool) -> None:
        """Fold other uploads under their base, or show every upload as a line of its own."""
        if on == self._grouped:
            return
        self._grouped = on
        cards = {id(card): card for card in self._cards.values()}
        bundled = frozenset(card.model.source for card in cards.values() if card.bundled)
        models = [model for card in cards.values() for model in (card.model, *card.partners)]
        self.clear()
        self.append(models, bundled=bundled)

    def fold_of(self, line: int) -> int | None:
        """The line of the fold that `line` belongs to; None where there is none."""
        group = self._group_at(line)
        return self._line(group) if group.folded else None

    def set_open(self, line: int, on: bool) -> None:
        """Unfold or fold the group of a line."""
        group = self._group_at(line)
        if not group.folded or group.open == on:
            return
        place = self._line(group)
        group.open = on
        self._waiting.pop(group.number, None)
        if on:
            group.shown = len(group.members)
            self._insert(place + 1, group.members)
        else:
            shown, group.shown = group.shown, 0
            self._remove(place + 1, shown)
        self._touch(group)

    def _group_at(self, line: int) -> Group:
        entry = self._entries[line]
        return entry.group if isinstance(entry, Card) else entry

    # -- same weights

    def set_same(self, key: str, same: tuple[SameWeights, ...], *, keep: str = "") -> None:
        """`same` is known of the model `key`: mark it, and make one card of two that are both in the list.

        Args:
            keep: Key of the model whose line stays where it is: the one that is open.
        """
        if same == self._same.get(key, ()):
            return
        self._same[key] = same
        card = self._cards.get(key)
        if card is None:
            return
        self._touch(card)
        other = self._partner(card.model)
        if other is None or other is card or not card.leads:
            return
        stays, goes = sorted((card, other), key=lambda each: (each.model.key != keep, each.order))
        self._merge(stays, goes)

    def _partner(self, model: HubModel) -> Card | None:
        """The card of another garden that has the same weights as `model` and a line of its own."""
        for same in self._same.get(model.key, ()):
            card = self._cards.get(f"{same.source.value}:{same.id}")
            if card is not None and card.leads:
                gardens = {each.source for each in models_of(card)}
                if model.source not in gardens:
                    return card
        return None

    def _merge(self, stays: Card, goes: Card) -> None:
        """Take the line of `goes`, and what is folded under it, into the card `stays`."""
        group = goes.group
        self._waiting.pop(group.number, None)
        self._remove(self._line(goes), 1 + group.folded + group.shown)
        group.folded, group.open, group.shown = False, False, 0
        self._count -= 1
        for model in models_of(goes):
            stays.partners.append(model)
            self._cards[model.key] = stays
        if group.members:
            # Models of one garden have bases of that garden, so only one of both groups has others in it.
            target = stays.group
            for member in group.members:
                target.members.append(member)
                member.group, member.place = target, len(target.members)
            group.members = []
            self._complete(target)  # at once, even in view: its lines were there a moment ago
            self._touch(target)
        self._groups[group.base] = stays.group
        self._touch(stays)

    # -- what becomes known of a line

    def set_fit(self, key: str, fit: Fit) -> None:
        self._fits[key] = fit
        self._touch_key(key)

    def forget_fits(self) -> None:
        """The run settings changed: every pill is predicted again."""
        self._fits.clear()
        for entry in self._entries:
            entry.row = None
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def set_local(self, keys: frozenset[str]) -> None:
        """Mark the models of which a file is on this disk."""
        changed = keys ^ self._local
        self._local = keys
        for key in changed:
            self._touch_key(key)

    def _touch_key(self, key: str) -> None:
        card = self._cards.get(key)
        if card is not None:
            self._touch(card)

    def _touch(self, entry: Card | Group) -> None:
        """Something of a line changed; its fold, which follows it, may have changed too."""
        entry.row = None
        if isinstance(entry, Card):
            if not self._has_line(entry):
                return
            if entry.leads and entry.group.folded:
                self._touch(entry.group)
        line = self._line(entry)
        if line < len(self._entries) and self._entries[line] is entry:
            index = self.index(line)
            self.dataChanged.emit(index, index)
