"""One repository: its files with what each needs here, its card, and what else its base has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from backend.capacity.types import Disk, Machine, Pretend
from backend.errors import AppError
from backend.hubs.types import HubModel, RepoDetail, SameWeights, SearchPage, Source
from backend.i18n import tr
from ui.pages.discover.about import AboutPage
from ui.pages.discover.detail_header import DetailHeader
from ui.pages.discover.detail_presenter import DetailPresenter, Opened, Related
from ui.pages.discover.files import FileRow
from ui.pages.discover.files_page import FilesPage
from ui.pages.discover.here import Here
from ui.pages.discover.related import RelatedPage
from ui.pages.discover.result_delegate import ResultDelegate
from ui.pages.discover.rows import source_name
from ui.pages.discover.texts import seen, store_words
from ui.widgets.labels import ElidedLabel
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState, ErrorState

NARROW = 720
_RELATED = {2: Related.VARIANTS, 3: Related.ADAPTERS}
"""Tabs with lists."""


class DetailPane(QWidget):
    """Right side of the page; shows nothing, a repository, or why it could not be read.

    What is opened from a tab can be left again with Back.

    Signals:
        want_fit: A `HubModel` in one of the lists came into view without a pill.
    """

    chat = Signal(str)  # library id
    open_jobs = Signal()
    open_link = Signal(str)
    add_token = Signal()
    run_changed = Signal(object)  # RunConfig
    want_fit = Signal(object)
    pretend = Signal(object)  # Pretend, or None
    more_machines = Signal()

    def __init__(
        self,
        presenter: DetailPresenter,
        here: Here,
        same_of: Callable[[str], tuple[SameWeights, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._same_of = same_of
        self._here = here
        self._detail: RepoDetail | None = None
        self._row: HubModel | None = None
        self._history: list[tuple[HubModel, str]] = []
        self._choice = ""
        self._same: tuple[SameWeights, ...] = ()
        self._disks: dict[Source, Disk] = {}
        self._narrow = False
        self._counts: dict[int, str] = {}
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self, contentsMargins=QMargins())
        layout.addWidget(self._stack)
        self._empty = EmptyState(
            "compass",
            tr("Choose a model"),
            tr("Its files appear here, with what each of them needs on this machine."),
        )
        self._stack.addWidget(self._empty)
        self._error = ErrorState()
        self._error.retry.connect(self._retry)
        self._stack.addWidget(self._error)
        self._stack.addWidget(self._content())
        back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._go_back)
        self._connect(presenter, here)

    def _connect(self, presenter: DetailPresenter, here: Here) -> None:
        presenter.detail_ready.connect(self._show_detail)
        presenter.detail_failed.connect(self._show_error)
        presenter.download_failed.connect(self._show_download_error)
        presenter.files.completed.connect(self._files.complete)
        presenter.files.fit_ready.connect(self._files.set_fit)
        presenter.files.failed.connect(self._files.set_problem)
        presenter.planner.planned.connect(self._files.plan.show_plan)
        presenter.planner.longest.connect(self._files.show_longest)
        presenter.card_ready.connect(self._show_card)
        presenter.card_failed.connect(self._about.fail)
        presenter.related_ready.connect(self._show_related)
        presenter.related_failed.connect(lambda kind, error: self._related[kind].fail(error))
        presenter.token_known.connect(self._token_known)
        here.jobs_changed.connect(self._refresh_states)
        here.library_changed.connect(self._refresh_states)
        here.machine_ready.connect(self._show_machine)

    # -- construction

    def _content(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page, contentsMargins=QMargins(), spacing=0)
        self._header = DetailHeader()
        self._header.acted.connect(self._act_on_current)
        self._header.site_wanted.connect(self._open_site)
        self._header.token_wanted.connect(self.add_token)
        self._header.back.connect(self._go_back)
        self._header.same_wanted.connect(self._open_same)
        layout.addWidget(self._header)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(tr("Part of the page"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        for words in self._tab_words():
            self._tabs.addTab(words)
        self._tabs.currentChanged.connect(self._tab_changed)
        tab_row = QHBoxLayout()
        tab_row.setContentsMargins(22, 0, 16, 0)
        tab_row.addWidget(self._tabs, 1)
        layout.addLayout(tab_row)
        layout.addWidget(hairline())
        self._body = QStackedWidget()
        self._files = FilesPage()
        self._files.act.connect(self._act)
        self._files.current_changed.connect(self._show_action)
        self._files.run_changed.connect(self.run_changed)
        self._files.context_wished.connect(self._presenter.planner.wish)
        self._files.pretend.connect(self.pretend)
        self._files.more_machines.connect(self.more_machines)
        self._files.wished.connect(self._presenter.files.wish)
        self._about = AboutPage()
        self._about.wanted.connect(self._presenter.load_card)
        self._about.link_activated.connect(self.open_link)
        self._body.addWidget(self._files)
        self._body.addWidget(self._about)
        self._related = {kind: self._related_page(place, kind) for place, kind in _RELATED.items()}
        layout.addWidget(self._body, 1)
        layout.addWidget(self._footer())
        return page

    def _tab_words(self) -> tuple[str, ...]:
        adapters = tr("Adapters") if self._narrow else tr("Adapters for this base")
        return tr("Files"), tr("About"), tr("Other uploads"), adapters

    def _related_page(self, place: int, kind: Related) -> RelatedPage:
        pills = kind is Related.VARIANTS
        page = RelatedPage(kind, ResultDelegate(self.want_fit.emit, pills=pills, ground="bg.window", pad=24))
        page.wanted.connect(lambda: self._presenter.load_related(kind))
        page.opened.connect(self._open_from_here)
        page.counted.connect(lambda count: self._count(place, count))
        self._body.addWidget(page)
        return page

    def _footer(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "footer")
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(16)
        layout.addWidget(ElidedLabel(tr("~ predicted from the file's header"), "small", "2"), 1)
        self._store = ElidedLabel("", "small", "2")
        self._store.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._store, 1)
        return frame

    # -- which repository

    @property
    def current(self) -> HubModel | None:
        """What is open."""
        return self._row

    def related_list(self, kind: Related) -> RelatedPage:
        return self._related[kind]

    def show_model(self, model: HubModel, choice: str = "") -> None:
        """Open a row of the list; `choice` names the file or tag to select."""
        self._history.clear()
        self._open(model, choice)

    def _open_from_here(self, model: HubModel, choice: str = "") -> None:
        """Open something that a tab or a link of the open repository leads to."""
        if self._row is not None:
            self._history.append((self._row, self._choice))
        self._open(model, choice)
        self.focus_files()

    def _go_back(self) -> None:
        if self._history:
            self._open(*self._history.pop())
            self.focus_files()

    def _open(self, model: HubModel, choice: str) -> None:
        """Ask for the files of `model`; its name and facts are shown at once."""
        self._row, self._choice, self._detail = model, choice, None
        self._same = self._same_of(model.key)
        self._header.show_model(model)
        self._header.set_back(bool(self._history))
        self._header.set_gated(model.gated)  # now, so that nothing moves when the files arrive
        self._header.set_failure("")
        self._header.set_note("")
        self._header.show_file(None, listed=False)
        self._files.clear(tr("Reading the list of files …"))
        self._show_same_line()
        self._tabs.setCurrentIndex(0)
        self._count(0, "")
        self._about.forget()
        for page in self._related.values():
            page.forget(model.key)
        self._show_store()
        self._stack.setCurrentIndex(2)
        self._presenter.open(model, choice)

    def focus_files(self) -> None:
        """Give the keyboard to the files, where Enter downloads or chats."""
        self._tabs.setCurrentIndex(0)
        self._files.table.setFocus()

    def refresh_access(self) -> None:
        """The page came into view again: a token may have been given meanwhile."""
        if self._row is not None and self._row.gated:
            self._presenter.ask_token()

    def _token_known(self, there: bool) -> None:
        self._header.set_token(there)
        if there and self._files.forget_problems():
            self._presenter.set_run(self._presenter.run)

    def clear(self) -> None:
        """Show that nothing is open."""
        self._row = None
        self._detail = None
        self._history.clear()
        self._presenter.close()
        self._stack.setCurrentIndex(0)

    def _show_detail(self, opened: Opened) -> None:
        detail = opened.detail
        if self._row is None:
            return
        self._detail = detail
        self._row = detail.model
        self._header.show_model(detail.model)
        self._header.set_gated(detail.model.gated)
        self.refresh_access()
        notes = []
        if opened.missing:
            notes.append(tr("There is no file {name} here.", name=opened.missing))
        if detail.cached_at is not None:
            garden = source_name(detail.model.source)
            notes.append(seen(detail.cached_at, offline=self._presenter.offline, garden=garden))
        self._header.set_note(" ".join(notes))
        self._count(0, str(self._files.show_files(opened)))
        self._refresh_states()

    def _show_error(self, key: str, error: AppError) -> None:
        if self._row is not None and key == self._row.key:
            self._error.set_error(error)
            self._stack.setCurrentIndex(1)

    def _retry(self) -> None:
        if self._row is not None:
            self._open(self._row, self._choice)

    # -- same weights elsewhere

    def show_same(self, key: str, same: tuple[SameWeights, ...]) -> None:
        """Where else the weights of the model `key` can be had, as far as is known."""
        if self._row is not None and key == self._row.key:
            self._same = same
            self._show_same_line()

    def _show_same_line(self) -> None:
        """The other garden's name of the selected file, else of another one of this repository."""
        model = self._row
        if model is None:
            return
        others = [each for each in self._same if each.source is not model.source]
        titles = {row.quant.files[0].sha256: row.title for row in self._files.rows}
        current = self._files.current()
        selected = current.quant.files[0].sha256 if current is not None else None
        same = next((each for each in others if each.sha256 == selected), next(iter(others), None))
        of = "" if same is None or same.sha256 == selected else titles.get(same.sha256, "")
        self._header.set_same(model, same, of)

    def _open_same(self, same: SameWeights) -> None:
        owner, _, name = same.id.rpartition("/")
        self._open_from_here(HubModel(same.id, same.source, owner, name, has_gguf=True), same.choice)

    # -- the selected file

    def _show_action(self) -> None:
        current = self._files.current()
        self._presenter.files.select(current.quant.name if current is not None else "")
        if current is not None and current.fit is not None:
            self._presenter.planner.look_at(current.quant, current.fit)
        projector = self._files.projector
        extra = projector.size if projector is not None else 0
        self._show_same_line()
        self._header.show_file(current, extra, listed=self._detail is not None)

    def _refresh_states(self) -> None:
        detail = self._detail
        if detail is None:
            return

        def state(row: FileRow) -> FileRow:
            job = self._here.job_for(detail.model, row.quant)
            return replace(row, job=job, local=self._here.local_copy(detail.model, row.quant) is not None)

        self._files.update_rows(state)

    def _act_on_current(self) -> None:
        row = self._files.current()
        if row is not None:
            self._act(row)

    def _act(self, row: FileRow) -> None:
        if self._detail is None:
            return
        local = self._here.local_copy(self._detail.model, row.quant)
        if local is not None:
            self.chat.emit(local.id)
        elif row.downloading:
            self.open_jobs.emit()
        else:
            self._header.set_failure("")
            self._presenter.download(self._detail, row.quant, self._files.projector)

    def _show_download_error(self, key: str, error: AppError) -> None:
        """A download that could not even start, for want of space or network."""
        if self._detail is not None and key == self._detail.model.key:
            self._header.set_failure(str(error))

    def show_pretended(self, wish: Pretend | None) -> None:
        """The predictions are for `wish` from now on; None is this machine."""
        self._files.show_pretended(wish)

    def _show_machine(self, machine: Machine, disks: dict[Source, Disk]) -> None:
        self._disks = disks
        self._files.set_machine(machine)
        self._show_store()

    def _show_store(self) -> None:
        source = self._row.source if self._row is not None else Source.HUGGING_FACE
        self._store.setText(store_words(source, self._disks.get(source), brief=self._narrow))

    # -- tabs

    def _tab_changed(self, place: int) -> None:
        self._body.setCurrentIndex(place)
        if place == 1 and self._detail is not None:
            self._about.load()
        if place in _RELATED and self._row is not None:
            self._related[_RELATED[place]].load()

    def _count(self, place: int, count: str) -> None:
        self._counts[place] = count
        words = self._tab_words()[place]
        self._tabs.setTabText(place, f"{words}  {count}" if count else words)

    def _show_card(self, key: str, text: str) -> None:
        if self._detail is not None and key == self._detail.model.key:
            self._about.show_card(text)

    def _show_related(self, kind: Related, page: SearchPage, first: bool) -> None:
        self._related[kind].add(page, first)

    def _open_site(self) -> None:
        if self._row is not None:
            self.open_link.emit(site_of(self._row))

    def set_narrow(self, narrow: bool) -> None:
        """Hide what a small window has no room for."""
        self._narrow = narrow
        self._show_store()
        self._header.set_narrow(narrow)
        for place, count in self._counts.items():
            self._count(place, count)
        self._files.set_narrow(narrow)


def site_of(model: HubModel) -> str:
    """The model's page on the web."""
    if model.source is Source.OLLAMA:
        return f"https://ollama.com/{model.id if '/' in model.id else f'library/{model.id}'}"
    return f"https://huggingface.co/{model.id}"
