"""The left pane: for which base, the adapters on this disk, and those in the garden."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.pages.adapters.garden import Garden
from ui.pages.adapters.presenter import AdaptersPresenter
from ui.pages.adapters.rows import ROW_ROLE, DiskRow, HubRow, RowList, RowListView
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.model_picker import ModelButton
from ui.widgets.search_field import SearchField
from ui.widgets.section import hairline

_NEAR_END = 120


class _Heading(QWidget):
    """A small title and a number at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        self._count = label("", "caption", "3", tabular=True)
        layout.addWidget(label(title, "caption", "2", weight=500))
        layout.addStretch(1)
        layout.addWidget(self._count)
        self.setFixedHeight(28)

    def set_count(self, text: str) -> None:
        self._count.setText(text)


class ListSide(QWidget):
    """Signals:
    add_asked: Choose a file or folder to add.
    acted: An `Adapter` was double clicked, or Enter was pressed on it.
    hub_chosen: The `HubModel` that is selected, or None while an adapter of this disk is.
    menu_asked: The `Adapter` and the place, in global coordinates.
    find_more_asked: *Find more models* in the list of bases.
    """

    add_asked = Signal()
    acted = Signal(object)
    hub_chosen = Signal(object)
    menu_asked = Signal(object, QPoint)
    find_more_asked = Signal()

    def __init__(self, presenter: AdaptersPresenter, garden: Garden, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._garden = presenter, garden
        self._refilling = False
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.base = ModelButton()
        self._add = IconButton("folder-plus", tr("Add an adapter file or folder"))
        self._again = IconButton("refresh-cw", tr("Look at the disk again"))
        self._disk_head = _Heading(tr("On this disk"))
        self.disk = RowListView(RowList(self), tr("Adapters on this disk"))
        self._none = label(tr("Nothing yet."), "small", "3", wrap=True)
        self._none.setContentsMargins(20, 4, 20, 8)
        self._none.hide()
        self._hub_head = _Heading(tr("On Hugging Face"))
        self.search = SearchField(tr("Adapters for this model"))
        self.hub = RowListView(RowList(self), tr("Adapters on Hugging Face"))
        self._says = label("", "small", "3", wrap=True)
        self._says.setContentsMargins(20, 8, 20, 8)
        self._says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._trouble = Banner("bad", "", tr("Try again"))
        self._trouble.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QWidget()
        head.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(label(tr("Adapters"), "title"), 1)
        row.addWidget(self._again)
        row.addWidget(self._add)
        picker = QVBoxLayout()
        picker.setContentsMargins(16, 8, 16, 12)
        picker.setSpacing(4)
        picker.addWidget(label(tr("for this base model"), "caption", "2"))
        picker.addWidget(self.base)
        field = QHBoxLayout()
        field.setContentsMargins(16, 0, 16, 8)
        field.addWidget(self.search)
        trouble = QHBoxLayout()
        trouble.setContentsMargins(16, 0, 16, 0)
        trouble.addWidget(self._trouble)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hairline())
        layout.addLayout(picker)
        layout.addWidget(self._disk_head)
        layout.addWidget(self._none)
        self.disk.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout.addWidget(self.disk, 3)
        layout.addSpacing(8)
        layout.addWidget(self._hub_head)
        layout.addLayout(field)
        layout.addLayout(trouble)
        layout.addWidget(self._says)
        layout.addWidget(self.hub, 2)
        self._spare = QWidget()
        self._spare.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout.addWidget(self._spare)

    def _connect(self) -> None:
        presenter, garden = self._presenter, self._garden
        presenter.bases_changed.connect(self._show_base)
        presenter.base_changed.connect(self._base_changed)
        presenter.rows_changed.connect(self._show_rows)
        presenter.selected_changed.connect(self._show_selected)
        garden.changed.connect(self._show_garden)
        garden.searching.connect(self._show_searching)
        garden.trouble.connect(self._show_trouble)
        self.base.chosen.connect(presenter.choose_base)
        self.base.more_asked.connect(self.find_more_asked)
        self._add.clicked.connect(self.add_asked)
        self._again.clicked.connect(presenter.refresh)
        self.search.textChanged.connect(garden.set_text)
        self.search.returnPressed.connect(garden.search)
        self.search.moved.connect(lambda _step: self.hub.setFocus())
        self._trouble.acted.connect(garden.search)
        self.disk.selectionModel().currentChanged.connect(lambda *_: self._disk_chosen())
        self.disk.activated.connect(lambda _index: self._act())
        self.disk.clicked.connect(lambda _index: self._disk_chosen())
        self.disk.customContextMenuRequested.connect(self._menu)
        self.hub.selectionModel().currentChanged.connect(lambda *_: self._hub_chosen())
        self.hub.clicked.connect(lambda _index: self._hub_chosen())
        self.hub.activated.connect(lambda _index: self._download())
        self.hub.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- showing --------------------------------------------------------------------------------------------

    def _show_base(self) -> None:
        presenter = self._presenter
        self.base.set_models(presenter.bases)
        base = presenter.base
        self.base.show_model(base.name if base is not None else "", presenter.base_note())

    def _base_changed(self) -> None:
        self._show_base()
        base = self._presenter.base
        words = tr("Adapters for {model}", model=base.name) if base is not None else tr("Adapters")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self._garden.set_base(self._presenter.base_id)

    def _show_rows(self, reordered: bool) -> None:
        rows = self._presenter.rows()
        model = self.disk.rows
        self._refilling = True
        if reordered and [row.key for row in rows] != [row.key for row in model.rows]:
            model.show_others(rows)
        else:
            model.merge(rows)
        self._refilling = False
        self._disk_head.set_count(fmt.number(len(rows)))
        self._none.setVisible(not rows and self._presenter.read_once)
        self.disk.setMaximumHeight(self.disk.sizeHint().height())
        self._show_selected()

    def _show_selected(self) -> None:
        self._refilling = True
        if not isinstance(self.hub.current(), HubRow):
            self.disk.choose(self._presenter.selected_id)
        self._refilling = False

    def _show_garden(self, others: bool) -> None:
        rows = self._garden.rows
        self._refilling = True
        current = self.hub.current()
        if others and [row.key for row in rows] != [row.key for row in self.hub.rows.rows]:
            self.hub.rows.show_others(rows)
        else:
            self.hub.rows.merge(rows)
        self._refilling = False
        count = fmt.number(len(rows))
        self._hub_head.set_count(f"{count}+" if self._garden.more else count if rows else "")
        self.hub.setVisible(bool(rows))
        self.hub.setMaximumHeight(self.hub.sizeHint().height())
        self._say("" if rows else tr("No adapter was found for this model."))
        after = self.hub.current()
        if isinstance(after, HubRow):
            self.hub_chosen.emit(after)
        elif current is not None:
            self.hub_chosen.emit(None)

    def _show_searching(self, searching: bool) -> None:
        if searching and not self.hub.rows.rows:
            self._trouble.hide()
            self._say(tr("Searching …"))

    def _show_trouble(self, error: AppError | None) -> None:
        offline = error is not None and error.code == "net.offline"
        self._trouble.setVisible(error is not None and not offline)
        if offline:
            self._say(tr("You are offline. Adapters on Hugging Face are shown once you are not."))
        elif error is not None:
            self._trouble.set_text(error.title)
            self._say("")

    def _say(self, words: str) -> None:
        self._says.setText(words)
        self._says.setVisible(bool(words))

    # -- what the person does -------------------------------------------------------------------------------

    def _disk_chosen(self) -> None:
        row = self.disk.current()
        if self._refilling or not isinstance(row, DiskRow):
            return
        self._refilling = True
        self.hub.choose("")
        self._refilling = False
        self.hub_chosen.emit(None)
        self._presenter.select(row.adapter.id)

    def _hub_chosen(self) -> None:
        row = self.hub.current()
        if self._refilling or not isinstance(row, HubRow):
            return
        self._refilling = True
        self.disk.choose("")
        self._refilling = False
        self.hub_chosen.emit(row)

    def leave_garden(self) -> None:
        """Select what is selected on this disk."""
        self._refilling = True
        self.hub.choose("")
        self._refilling = False
        self._show_selected()

    def _act(self) -> None:
        row = self.disk.current()
        if isinstance(row, DiskRow):
            self.acted.emit(row.adapter)

    def _download(self) -> None:
        row = self.hub.current()
        if isinstance(row, HubRow) and not row.here:
            self._garden.download(row.model)

    def _menu(self, place: QPoint) -> None:
        row = self.disk.indexAt(place).data(ROW_ROLE)
        if isinstance(row, DiskRow):
            self.menu_asked.emit(row.adapter, self.disk.viewport().mapToGlobal(place))

    def _scrolled(self, value: int) -> None:
        if value >= self.hub.verticalScrollBar().maximum() - _NEAR_END:
            self._garden.next_page()
