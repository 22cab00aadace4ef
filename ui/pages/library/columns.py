"""Which columns the library table shows and how wide: what the person chose, then what there is room for."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from backend.i18n import tr
from ui.pages.library.rows import Column, column_title
from ui.pages.library.words import widest_state_words
from ui.theme import theme

NAME_LEAST = 168
"""Pixels below which the names do not go while another column can be left out."""
WIDTH_LEAST, WIDTH_MOST = 48, 600
STATE_MARK = 40
"""Pixels of the State column beside its words: the mark and the margins."""
DEFAULT = frozenset(Column) - {Column.CONTEXT, Column.ARCHITECTURE, Column.MEMORY}
LEFT_OUT = (
    Column.ARCHITECTURE,
    Column.CONTEXT,
    Column.MEMORY,
    Column.SPEED,
    Column.STORE,
    Column.USED,
    Column.QUANT,
)
"""In this order columns that nobody asked for go where there is no room."""


class Columns(QObject):
    """Owns widths, order of sort and visibility of `table`'s columns; the name takes the rest."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._header: QHeaderView = table.horizontalHeader()
        self._shown: set[Column] = set()
        """Columns that the person asked for; they never go for want of room."""
        self._hidden: set[Column] = set()
        """Columns that the person put away."""
        self._fitting = False
        self._widths: dict[Column, int] = {}
        """What the person dragged columns to."""
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header.setSectionResizeMode(Column.MODEL, QHeaderView.ResizeMode.Fixed)
        self._header.setMinimumSectionSize(WIDTH_LEAST)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(
            lambda place: self.menu().popup(self._header.viewport().mapToGlobal(place))
        )
        self._header.sectionResized.connect(self._resized)

    def _width(self, column: Column) -> int:
        return self._widths.get(column) or _default_width(column)

    def visible(self, column: Column) -> bool:
        return not self._header.isSectionHidden(column)

    def fit(self) -> None:
        """Give every wanted column its width, the name the rest; leave out what has no room."""
        room = self._table.viewport().width()
        wanted = [
            column
            for column in Column
            if column in self._shown or (column in DEFAULT and column not in self._hidden)
        ]
        others = [column for column in wanted if column is not Column.MODEL]
        for column in LEFT_OUT:
            if room - sum(map(self._width, others)) >= NAME_LEAST:
                break
            if column in others and column not in self._shown:
                others.remove(column)
        self._fitting = True
        for column in others:
            self._header.resizeSection(column, self._width(column))
        for column in Column:
            self._header.setSectionHidden(column, column is not Column.MODEL and column not in others)
        name = max(room - sum(map(self._width, others)), NAME_LEAST)
        self._header.resizeSection(Column.MODEL, name)
        self._fitting = False

    def _resized(self, section: int, _old: int, new: int) -> None:
        """The person drags an edge."""
        if self._fitting or not new or section == Column.MODEL:
            return
        self._widths[Column(section)] = new
        others = sum(
            self._header.sectionSize(column)
            for column in Column
            if column is not Column.MODEL and self.visible(column)
        )
        self._fitting = True
        self._header.resizeSection(Column.MODEL, max(self._table.viewport().width() - others, NAME_LEAST))
        self._fitting = False

    def set_shown(self, column: Column, shown: bool) -> None:
        """Bring a column back, even where there is little room, or put it away."""
        (self._shown.add if shown else self._shown.discard)(column)
        (self._hidden.discard if shown else self._hidden.add)(column)
        self.fit()

    def menu(self) -> QMenu:
        """One entry per column, ticked while it is visible."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in Column:
            if column is Column.MODEL:
                continue
            action = QAction(column_title(column), menu)
            action.setCheckable(True)
            action.setChecked(self.visible(column))
            action.triggered.connect(lambda on, column=column: self.set_shown(column, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("Reset the columns"), self.reset)
        return menu

    def add_sorting(self, menu: QMenu) -> None:
        """One entry per column, for those who do not click on headers; the same again turns the order."""
        now, order = self._header.sortIndicatorSection(), self._header.sortIndicatorOrder()
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        for column in Column:
            turned = down if column == now and order is up else up
            action = menu.addAction(column_title(column))
            action.setCheckable(True)
            action.setChecked(column == now)
            action.triggered.connect(
                lambda _on, column=column, turned=turned: self._table.sortByColumn(column, turned)
            )

    def reset(self) -> None:
        """As at the first start."""
        self._shown.clear()
        self._hidden.clear()
        self._widths.clear()
        self.fit()

    # -- remembering

    def saved(self) -> str:
        """What `restore` reads."""
        return json.dumps(
            {
                "shown": sorted(column.name for column in self._shown),
                "hidden": sorted(column.name for column in self._hidden),
                "widths": {column.name: width for column, width in self._widths.items()},
                "sort": Column(self._header.sortIndicatorSection()).name,
                "descending": self._header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder,
            }
        )

    def restore(self, text: str) -> None:
        """Be as `text` says; what it says wrongly stays as it is."""
        try:
            state = json.loads(text)
            self._shown = {Column[name] for name in state["shown"]}
            self._hidden = {Column[name] for name in state["hidden"]} - {Column.MODEL}
            self._widths = {
                Column[name]: min(max(int(width), WIDTH_LEAST), WIDTH_MOST)
                for name, width in state["widths"].items()
            }
            order = Qt.SortOrder.DescendingOrder if state["descending"] else Qt.SortOrder.AscendingOrder
            self._table.sortByColumn(Column[state["sort"]], order)
        except (ValueError, TypeError, KeyError, AttributeError):
            pass
        self.fit()


def _default_width(column: Column) -> int:
    if column is Column.STATE:
        words = QFontMetrics(theme.font("small"))
        return max(map(words.horizontalAdvance, widest_state_words())) + STATE_MARK
    return {
        Column.QUANT: 84,
        Column.SIZE: 76,
        Column.STORE: 116,
        Column.CONTEXT: 84,
        Column.ARCHITECTURE: 104,
        Column.SPEED: 68,
        Column.MEMORY: 80,
        Column.USED: 88,
    }.get(column, NAME_LEAST)
