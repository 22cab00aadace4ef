"""The Compare page: its toolbar, and the parts that it switches between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from backend.compare.types import Comparison
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.bridge import EventBridge
from ui.links_out import ask_and_open
from ui.pages.compare.board import BoardPresenter, BoardView
from ui.pages.compare.live import LiveView
from ui.pages.compare.overnight import OvernightView
from ui.pages.compare.overnight_presenter import OvernightPresenter
from ui.pages.compare.presenter import ComparePresenter
from ui.pages.compare.words import column_name
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label
from ui.widgets.section import hairline
from ui.widgets.segmented import SegmentedControl
from ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from backend.app import Backend

_MOST_LISTED = 20


class ComparePage(QWidget):
    """Live comparisons. A blind one hides who answers until the vote."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Compare")
        self._shell = shell
        self._started = False
        self._wanted: int | None = None
        self._models: tuple[str, ...] = ()
        self.presenter = ComparePresenter(backend, bridge, self)
        self.live = LiveView(self.presenter, shell)
        self.overnight = OvernightView(OvernightPresenter(backend, bridge, self), self.presenter, shell)
        self.board = BoardView(BoardPresenter(backend, bridge, self), shell)
        self.keep_clear = self.live.ask
        self._build()
        self._connect()

    def _build(self) -> None:
        bar = QWidget()
        bar.setFixedHeight(theme.size("toolbar"))
        self.tabs = SegmentedControl(
            (("live", tr("Live")), ("overnight", tr("Overnight")), ("board", tr("Leaderboard"))),
            tr("Part of the page"),
        )
        self._blind = Toggle(tr("Blind: names stay hidden until you voted"))
        self._blind.setToolTip(tr("Hide the names and shuffle the columns until you voted (Ctrl+Shift+B)"))
        self._add = Button(tr("Add column"), icon="plus")
        self._history = IconButton("history", tr("Comparisons"))
        self._more = IconButton("share", tr("Copy and export"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(label(tr("Compare"), "title"))
        row.addWidget(self.tabs)
        row.addStretch(1)
        self._blind_words = label(tr("Blind"), "small", "2")
        row.addWidget(self._blind_words)
        row.addWidget(self._blind)
        row.addWidget(self._add)
        row.addWidget(self._history)
        row.addWidget(self._more)
        self.parts = QStackedWidget()
        self._parts: dict[object, QWidget] = {
            "live": self.live,
            "overnight": self.overnight,
            "board": self.board,
        }
        for part in self._parts.values():
            self.parts.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(hairline())
        layout.addWidget(self.parts, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.failed.connect(self._failed)
        self.tabs.changed.connect(self._show_part)
        self.live.board_asked.connect(lambda: self.tabs.set_value("board"))
        self.live.link_activated.connect(lambda url: ask_and_open(self._shell, url))
        self.board.live_asked.connect(lambda: self.tabs.set_value("live"))
        self.board.compare_asked.connect(self._compare_pair)
        presenter.comparison_changed.connect(self._show_comparison)
        presenter.models_changed.connect(self._begin_wanted)
        self._blind.clicked.connect(lambda: presenter.set_blind(self._blind.isChecked()))
        self._add.clicked.connect(lambda: self.live.edit_column(None))
        self._history.clicked.connect(self._open_history)
        self._more.clicked.connect(self._open_more)
        for keys, act in (
            ("Ctrl+Shift+B", self._blind.click),
            ("Ctrl+Shift+N", lambda: presenter.begin()),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- what the window asks -------------------------------------------------------------------------------

    def activate(self) -> None:
        """The page came into view."""
        if not self._started:
            self._started = True
            self.presenter.start(self._wanted)
        self.live.ask.input.setFocus()

    def compare(self, model_ids: tuple[str, ...]) -> None:
        """Begin a comparison of these models of the library."""
        self._models = model_ids
        if self.presenter.shelf.models:
            self._begin_wanted()

    def show_comparison(self, comparison_id: int) -> None:
        """Show one comparison; before the page was first shown, when it is."""
        self.tabs.set_value("live")
        if self._started:
            self.presenter.open(comparison_id)
        else:
            self._wanted = comparison_id

    def find(self) -> None:
        """Ctrl+F: the keyboard goes to the prompt; answers are short enough to be read."""
        self.live.ask.input.setFocus()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [*(column.scroll for column in self.live.columns), self.live.ask]

    def save_state(self, settings: QSettings) -> None:
        """Remember which comparison is shown."""
        shown = self.presenter.comparison
        settings.setValue("compare/shown", shown.id if shown is not None else -1)

    def restore_state(self, settings: QSettings) -> None:
        """Take back what `save_state` wrote."""
        shown = settings.value("compare/shown", -1)
        number = int(shown) if str(shown).lstrip("-").isdigit() else -1
        self._wanted = number if number >= 0 else None

    # -- showing --------------------------------------------------------------------------------------------

    def _begin_wanted(self) -> None:
        models, self._models = self._models, ()
        if models:
            self.presenter.begin(models)

    def _show_part(self, part: object) -> None:
        live = part == "live"
        self.parts.setCurrentWidget(self._parts[part])
        if part == "overnight":
            self.overnight.refresh()
        self.board.set_shown(part == "board")
        for widget in (self._blind_words, self._blind, self._add, self._history):
            widget.setVisible(live)
        self._show_comparison()

    def _compare_pair(self, models: tuple[str, ...]) -> None:
        self.tabs.set_value("live")
        self.presenter.begin(models)
        self.presenter.set_blind(True)

    def _show_comparison(self) -> None:
        comparison = self.presenter.comparison
        self._blind.setChecked(comparison is not None and comparison.blind)
        for widget in (self._blind, self._add):
            widget.setEnabled(comparison is not None)
        self._more.setEnabled(comparison is not None or self.tabs.value() != "live")

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))

    def _title_of(self, comparison: Comparison) -> str:
        if comparison.title:
            return comparison.title
        shelf = self.presenter.shelf
        names = [column_name(column, shelf.find(column.model_id)) for column in comparison.columns]
        return tr("{models}", models=" · ".join(dict.fromkeys(names)))

    def _open_history(self) -> None:
        menu = QMenu(self)
        menu.addAction(tr("New comparison"), lambda: self.presenter.begin())
        shown = self.presenter.comparison
        if shown is not None:
            menu.addAction(tr("Delete this comparison"), lambda: self._delete(shown))
        menu.addSeparator()
        for each in self.presenter.comparisons[:_MOST_LISTED]:
            words = f"{self._title_of(each)[:60]}\t{fmt.ago(each.updated)}"
            action = menu.addAction(words, lambda wanted=each.id: self.presenter.open(wanted))
            action.setCheckable(True)
            action.setChecked(shown is not None and each.id == shown.id)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._history.mapToGlobal(self._history.rect().bottomLeft()))

    def _delete(self, comparison: Comparison) -> None:
        def done() -> None:
            self._shell.toast(
                tr("The comparison was deleted."),
                tr("Undo"),
                lambda: self.presenter.restore(comparison.id),
            )

        self.presenter.delete(comparison.id, done)

    def _open_more(self) -> None:
        menu = QMenu(self)
        if self.tabs.value() == "live":
            menu.addAction(tr("Copy this round as Markdown"), self._copy_round)
        self.board.fill_menu(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _copy_round(self) -> None:
        QGuiApplication.clipboard().setText(self.live.copy_text())
        self._shell.toast(tr("The round was copied."))
