"""The head of the list: what to search, which filters, in which order."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from backend.hubs.types import SearchQuery, Sort, Source
from backend.i18n import tr
from ui.pages.discover.filters import FilterBar, Filters
from ui.pages.discover.painting import MARK, metrics, paint_source_mark, text_at
from ui.pages.discover.rows import source_name
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel
from ui.widgets.popup_chip import MenuButton
from ui.widgets.search_field import SearchField

TYPING_PAUSE_MS = 350


class SearchControls(QFrame):
    """Typing asks after a short pause; Enter and every choice ask at once.

    Signals:
        asked: Search for `query` now.
        entered: Enter was pressed; the results may have the keyboard.
        moved: An arrow key in the field: up (-1) or down (+1).
        fits_here_changed: Whether to hide what is too big.
        grouped_changed: Whether to fold other uploads of one model.
    """

    asked = Signal()
    entered = Signal()
    moved = Signal(int)
    fits_here_changed = Signal(bool)
    grouped_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "row")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 6)
        layout.setSpacing(8)
        self._prompt = tr("Search, owner/name, a link or ollama:name")
        self.field = SearchField(self._prompt, shortcut="Ctrl F")
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self._enter)
        self.field.moved.connect(self.moved)
        layout.addWidget(self.field)
        self.bar = FilterBar()
        self._asked = self.bar.filters
        self.bar.changed.connect(self._filters_changed)
        layout.addWidget(self.bar)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._status = ElidedLabel("", "small", "2")
        self._status.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line.addWidget(self._status)
        self._clear = Button(tr("Clear filters"), "link", size="small")
        self._clear.clicked.connect(self._clear_filters)
        self._clear.hide()
        line.addWidget(self._clear)
        self._wide = True
        self._legend = SourceLegend()
        line.addWidget(self._legend)
        line.addStretch(1)
        self.sort = SortButton(self.bar)
        line.addWidget(self.sort, 0, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(line)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.ask_now)

    @property
    def query(self) -> SearchQuery:
        """What the controls say."""
        return self.bar.filters.query(self.field.text().strip())

    @property
    def filters(self) -> Filters:
        return self.bar.filters

    def set_filters(self, filters: Filters) -> None:
        """Show the filters of before, without asking."""
        self._asked = filters
        self.bar.set_filters(filters)
        self.sort.show_choice()
        self._show_line()
        self.fits_here_changed.emit(filters.fits_here)
        self.grouped_changed.emit(filters.grouped)

    def _filters_changed(self) -> None:
        before, now = self._asked, self.bar.filters
        self._asked = now
        self.sort.show_choice()
        self._show_line()
        if before.fits_here != now.fits_here:
            self.fits_here_changed.emit(now.fits_here)
        if before.grouped != now.grouped:
            self.grouped_changed.emit(now.grouped)
        if before.query("") != now.query(""):
            self.ask_now()

    def _clear_filters(self) -> None:
        self.field.setFocus()  # before the button that had it goes
        self.bar.clear()

    def _show_line(self) -> None:
        """The way out of the filters takes the place of the legend."""
        narrowed = self.bar.filters.narrowed
        self._clear.setVisible(narrowed)
        self._legend.setVisible(self._wide and not narrowed)

    def set_text(self, text: str) -> None:
        """Put `text` into the field without asking."""
        self.field.setText(text)
        self._typing.stop()

    def set_status(self, text: str) -> None:
        """One quiet line: how many models, or what is going on."""
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def set_wide(self, wide: bool) -> None:
        """Whether there is room for words, and for the source marks of rows, which need explaining."""
        self._wide = wide
        self._show_line()
        self.bar.set_brief(not wide)
        self.field.setPlaceholderText(self._prompt if wide else tr("Search or paste a link"))

    def ask_now(self) -> None:
        """Ask without waiting for a pause in the typing."""
        self._typing.stop()
        self.asked.emit()

    def _enter(self) -> None:
        self.ask_now()
        self.entered.emit()


class SortButton(MenuButton):
    """The order of the list, and whether other uploads are folded."""

    def __init__(self, bar: FilterBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self.show_choice()

    @staticmethod
    def options() -> tuple[tuple[str, str], ...]:
        return (
            (Sort.TRENDING.value, tr("Trending")),
            (Sort.DOWNLOADS.value, tr("Downloads")),
            (Sort.LIKES.value, tr("Likes")),
            (Sort.UPDATED.value, tr("Updated")),
            (Sort.CREATED.value, tr("Newest")),
        )

    def show_choice(self) -> None:
        """Say the order that is in force."""
        word = dict(self.options())[self._bar.filters.sort]
        self.setText(word)
        self.setAccessibleName(tr("Sort by: {order}", order=word))
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Sort by"))
        group = QActionGroup(menu)
        for value, word in self.options():
            action = QAction(word, menu, checkable=True)
            action.setChecked(value == self._bar.filters.sort)
            action.triggered.connect(lambda _on=False, value=value: self._bar.choose(sort=value))
            group.addAction(action)
            menu.addAction(action)
            if action.isChecked():
                menu.setActiveAction(action)
        menu.addSeparator()
        fold = QAction(tr("Fold other uploads of one model"), menu, checkable=True)
        fold.setChecked(self._bar.filters.grouped)
        fold.triggered.connect(lambda on: self._bar.choose(grouped=on))
        menu.addAction(fold)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open(self) -> None:
        self.menu().popup(self.below())


class SourceLegend(QWidget):
    """What H and O mean; left out where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = (Source.HUGGING_FACE, Source.OLLAMA)
        width = sum(MARK + 5 + metrics("small").horizontalAdvance(source_name(s)) for s in self._sources) + 12
        self.setFixedSize(width, 20)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0
        for source in self._sources:
            paint_source_mark(painter, x, 10, source, "text.2")
            box = self.rect().adjusted(x + MARK + 5, 0, 0, 0)
            x += MARK + 5 + text_at(painter, box, source_name(source), "small", "text.2") + 12
