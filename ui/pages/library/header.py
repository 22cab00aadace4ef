"""The head of the library: what is there in all, the filter, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.library.arranged import Grouping
from ui.pages.library.words import Tab
from ui.theme import icons, theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import SegmentedControl

SQUARE = 32
"""Width of a button without words."""
NARROW = 720
"""Below this width the buttons lose their words."""


class LibraryHeader(QFrame):
    """Emits what the person wants; the page does it.

    Signals:
        wants_newer: Whether to look for newer weights whenever the library is opened.
    """

    filtered = Signal()
    verify_all = Signal()
    add_folder = Signal()
    import_files = Signal()
    convert = Signal()
    look_again = Signal()
    check_newer = Signal()
    wants_newer = Signal(bool)
    compare = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self.setMinimumWidth(1)  # it makes itself narrow, but only once it is
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 9, 24, 9)
        line.setSpacing(8)
        line.addWidget(label(title, "title"))
        self._count = ElidedLabel(tr("Looking …"), "small", "2")
        self._count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self._count, 1)
        self.filter = SearchField(tr("Filter"), shortcut="Ctrl F")
        self.filter.setMaximumWidth(200)
        self.filter.setMinimumWidth(120)
        self.filter.textChanged.connect(lambda _text: self.filtered.emit())
        line.addWidget(self.filter, 1)
        self._verify = Button(tr("Verify all"), icon="shield-check")
        self._verify.setToolTip(tr("Read every file and compare it with its checksum"))
        self._verify.clicked.connect(self.verify_all)
        line.addWidget(self._verify)
        self._add = Button(tr("Add folder"), icon="folder-plus")
        self._add.setMenu(self._add_menu())
        line.addWidget(self._add)
        self._scan = IconButton("refresh-cw", tr("Look again"), outlined=True)
        self._scan.clicked.connect(self.look_again)
        line.addWidget(self._scan)
        more = IconButton("ellipsis", tr("More"), outlined=True)
        more.setMenu(self._more_menu())
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        line.addWidget(more)
        theme.changed.connect(self._tint)
        self._tint()

    def _add_menu(self) -> QMenu:
        menu = QMenu(self)
        self._add_folder = menu.addAction(tr("Add a folder …"), self.add_folder.emit)
        self._import = menu.addAction(tr("Import GGUF files …"), self.import_files.emit)
        self._convert = menu.addAction(tr("Convert a folder …"), self.convert.emit)
        menu.setToolTipsVisible(True)
        self._add_folder.setToolTip(tr("Show the models of a folder here and watch it; nothing is copied"))
        self._import.setToolTip(tr("Show single files here; they stay where they are"))
        self._convert.setToolTip(tr("Make a GGUF file of a folder with safetensors, as the hub has them"))
        return menu

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        self._newer = menu.addAction(tr("Check for newer weights"), self.check_newer.emit)
        self._on_open = QAction(tr("Look for newer weights when I open the Library"), menu)
        self._on_open.setCheckable(True)
        self._on_open.triggered.connect(self.wants_newer)
        menu.addAction(self._on_open)
        menu.addSeparator()
        self._compare = menu.addAction(tr("Compare what looks the same"), self.compare.emit)
        return menu

    def _tint(self) -> None:
        for action, name in (
            (self._add_folder, "folder-plus"),
            (self._import, "file"),
            (self._convert, "package"),
            (self._newer, "download"),
            (self._compare, "copy"),
        ):
            action.setIcon(icons.icon(name))

    def set_count(self, models: int, size: int) -> None:
        self._count.setText(tr("{n} models", n=models) + f", {fmt.size(size)}")

    def set_scanning(self, on: bool) -> None:
        self._scan.setEnabled(not on)
        self._scan.set_text(tr("Looking …") if on else tr("Look again"))

    def set_checking(self, on: bool) -> None:
        """The gardens are being asked for newer weights."""
        self._newer.setEnabled(not on)
        self._newer.setText(tr("Checking for newer weights …") if on else tr("Check for newer weights"))

    def set_can_compare(self, on: bool) -> None:
        """Whether anything looks the same and was not compared."""
        self._compare.setEnabled(on)

    def set_wants_newer(self, on: bool) -> None:
        self._on_open.setChecked(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        for button, words, icon in (
            (self._verify, tr("Verify all"), "shield-check"),
            (self._add, tr("Add folder"), "folder-plus"),
        ):
            button.setText("" if narrow else words)
            button.setAccessibleName(words)
            button.set_icon(icon)
            button.setFixedWidth(SQUARE if narrow else button.sizeHint().width())
            if narrow and not button.toolTip():
                button.setToolTip(words)


class TabsBar(QFrame):
    """Which kind of models, and how they are grouped.

    Signals:
        tab_changed: A `Tab`.
        grouping_changed: A `Grouping`.
        columns_asked: The button of the column menu was pressed.
    """

    tab_changed = Signal(object)
    grouping_changed = Signal(object)
    columns_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "topline")
        self.setMinimumWidth(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 8, 24, 4)
        line.setSpacing(8)
        self.tabs = SegmentedControl(
            (
                (Tab.ALL, tr("All")),
                (Tab.CHAT, tr("Chat")),
                (Tab.EMBEDDING, tr("Embedding")),
                (Tab.ADAPTER, tr("Adapters")),
                (Tab.PROJECTOR, tr("Projectors")),
            ),
            tr("Kind of model"),
        )
        self.tabs.changed.connect(self.tab_changed)
        line.addWidget(self.tabs)
        line.addStretch(1)
        self._words = label(tr("Group by"), "small", "2")
        line.addWidget(self._words)
        self.grouping = QComboBox()
        self.grouping.setProperty("controlSize", "small")
        self.grouping.setAccessibleName(tr("Group by"))
        self.grouping.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, words in (
            (Grouping.NONE, tr("None")),
            (Grouping.STORE, tr("Store")),
            (Grouping.NAME, tr("Name")),
            (Grouping.ARCHITECTURE, tr("Architecture")),
        ):
            self.grouping.addItem(words, value)
        self.grouping.currentIndexChanged.connect(
            lambda _place: self.grouping_changed.emit(self.current_grouping)
        )
        line.addWidget(self.grouping)
        columns = IconButton("columns-3", tr("Columns"), size="small")
        columns.clicked.connect(self.columns_asked)
        line.addWidget(columns)
        self.columns_button = columns

    @property
    def current_grouping(self) -> Grouping:
        return Grouping(self.grouping.currentData())  # Qt gives a string back

    def set_grouping(self, grouping: Grouping) -> None:
        self.grouping.setCurrentIndex(list(Grouping).index(grouping))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        taken = 48 + 3 * 8 + self.tabs.sizeHint().width() + self.columns_button.sizeHint().width()
        rest = self.width() - taken - self.grouping.sizeHint().width()
        self.grouping.setVisible(rest >= 0)  # the menu of the columns has it, too
        self._words.setVisible(rest >= self._words.sizeHint().width() + 8)
