"""The Adapters page: the list at the left; checks, mixer and sweep at the right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.adapters.types import Adapter, Compatibility, Rack, Strip
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.bridge import EventBridge
from ui.markdown import highlight
from ui.models.adapter_words import usable
from ui.pages.adapters.checker import Checker
from ui.pages.adapters.checks import ChecksPanel
from ui.pages.adapters.garden import Garden
from ui.pages.adapters.head import TitleBar
from ui.pages.adapters.hub_detail import HubDetail
from ui.pages.adapters.list_side import ListSide
from ui.pages.adapters.merging import Merging
from ui.pages.adapters.mixing import MixerPanel
from ui.pages.adapters.presenter import AdaptersPresenter
from ui.pages.adapters.rows import HubRow
from ui.pages.adapters.sheets import ConvertSheet
from ui.pages.adapters.sweep_panel import SweepPanel
from ui.pages.adapters.sweeping import Sweeping
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from backend.app import Backend


class AdaptersPage(QWidget):
    """LoRA adapters over one base."""

    def __init__(
        self, backend: Backend, bridge: EventBridge, shell: Shell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = tr("Adapters")
        self._shell = shell
        self._started = False
        self._wanted_base = self._wanted_adapter = ""
        self.presenter = AdaptersPresenter(backend, bridge, self)
        self.checker = Checker(backend, self)
        self.merging = Merging(backend, self.presenter, self)
        self.garden = Garden(backend, bridge, self)
        self.sweeping = Sweeping(backend, bridge, self)
        self.side = ListSide(self.presenter, self.garden)
        self.head = TitleBar()
        self.checks = ChecksPanel()
        self.mixing = MixerPanel(self.presenter, shell)
        self.sweep = SweepPanel(self.presenter, self.sweeping)
        self.hub = HubDetail()
        self.keep_clear = self.sweep.foot
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.empty = EmptyState(
            "sliders-vertical",
            tr("No adapters of your own yet"),
            tr("Adapters change how a model answers without a new download of the model."),
        )
        self.try_sample = self.empty.add_action(
            tr("Try the sample adapter on the starter model"), primary=True, icon="play"
        )
        self._add_file = self.empty.add_action(tr("Add file"), icon="folder-plus")
        self.upper = QSplitter(Qt.Orientation.Horizontal)
        self.upper.addWidget(self.checks)
        self.upper.addWidget(self.mixing)
        self.checks.setMinimumWidth(252)
        self.mixing.setMinimumWidth(320)
        self.lower = QSplitter(Qt.Orientation.Vertical)
        self.lower.addWidget(self.upper)
        self.lower.addWidget(self.sweep)
        self.upper.setMinimumHeight(160)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(hairline())
        column.addWidget(self.lower, 1)
        self.parts = QStackedWidget()
        for part in (self.empty, full, self.hub):
            self.parts.addWidget(part)
        self._full = full
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.side)
        self.splitter.addWidget(self.parts)
        self.side.setMinimumWidth(248)
        for splitter, sizes in (
            (self.upper, [440, 480]),
            (self.lower, [296, 420]),
            (self.splitter, [theme.size("pane.adapters.list"), 900]),
        ):
            splitter.setChildrenCollapsible(False)
            splitter.setStretchFactor(0, 0 if splitter is not self.upper else 1)
            splitter.setStretchFactor(1, 1)
            splitter.setSizes(sizes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        presenter, checker = self.presenter, self.checker
        presenter.selected_changed.connect(self._show_selected)
        presenter.base_changed.connect(self._show_selected)
        presenter.rack_changed.connect(self._show_head)
        presenter.rack_moved.connect(self._show_head)
        presenter.chat_made.connect(self._shell.show_chat)
        presenter.comparison_made.connect(self._shell.show_comparison)
        presenter.told.connect(lambda words: self._shell.toast(words, tr("Show"), self._shell.open_jobs))
        presenter.failed.connect(self._failed)
        self.garden.failed.connect(self._failed)
        checker.began.connect(self.checks.begin)
        checker.line_shown.connect(self.checks.add_line)
        checker.ended.connect(self._checked)
        checker.measuring.connect(self.checks.show_measure)
        checker.measured.connect(self.checks.show_effect)
        checker.failed.connect(self.checks.show_problem)
        self.checks.again_asked.connect(checker.again)
        self.checks.measure_asked.connect(self._measure)
        self.checks.convert_asked.connect(self._convert)
        self.side.add_asked.connect(self.add_file)
        self.side.acted.connect(lambda adapter: presenter.add_to_rack(adapter.id))
        self.side.hub_chosen.connect(self._show_hub)
        self.side.menu_asked.connect(lambda adapter, place: self.menu(adapter).popup(place))
        self.side.find_more_asked.connect(lambda: self._shell.show_page("discover"))
        self.head.compare_asked.connect(presenter.compare)
        self.head.chat_asked.connect(presenter.chat)
        self.head.menu_asked.connect(self._open_menu)
        self.hub.download_asked.connect(self.garden.download)
        self.hub.page_asked.connect(self._shell.search)
        self.hub.jobs_asked.connect(self._shell.open_jobs)
        self.sweep.scales_used.connect(self._use)
        self.try_sample.clicked.connect(self._try_sample)
        self._add_file.clicked.connect(self.add_file)
        key = QShortcut(QKeySequence("B"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.mixing.mixer.toggle_base)

    # -- what the window asks -------------------------------------------------------------------------------

    def activate(self) -> None:
        """The page came into view."""
        if not self._started:
            self._started = True
            self.presenter.start(self._wanted_base, self._wanted_adapter)
            tasks.run(highlight.warm_up, owner=self)
            self.side.disk.setFocus()

    def find(self) -> None:
        """Ctrl+F searches the garden."""
        self.side.search.setFocus()
        self.side.search.selectAll()

    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.side, self.empty, self.hub, self.checks, self.mixing, self.sweep]

    def save_state(self, settings: QSettings) -> None:
        """Remember base and adapter, the faders, the sweep and the panes."""
        self.checker.stop()
        settings.setValue("adapters/base", self.presenter.base_id)
        settings.setValue("adapters/selected", self.presenter.selected_id or self._wanted_adapter)
        settings.setValue("adapters/racks", _written(self.presenter.racks))
        for name, splitter in self._splitters():
            settings.setValue(f"adapters/{name}", splitter.saveState())
        self.sweep.save_state(settings)

    def restore_state(self, settings: QSettings) -> None:
        """Take back what `save_state` wrote."""
        self._wanted_base = str(settings.value("adapters/base", ""))
        self._wanted_adapter = str(settings.value("adapters/selected", ""))
        self.presenter.racks = _read(str(settings.value("adapters/racks", "")))
        for name, splitter in self._splitters():
            saved = settings.value(f"adapters/{name}")
            if saved:
                splitter.restoreState(saved)  # type: ignore[arg-type]
        self.sweep.restore_state(settings)

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return (("list", self.splitter), ("checks", self.upper), ("sweep", self.lower))

    # -- showing --------------------------------------------------------------------------------------------

    def _show_selected(self) -> None:
        adapter = self.presenter.selected
        self.try_sample.setVisible(self.presenter.sample is not None)
        if not isinstance(self.side.hub.current(), HubRow):
            self.parts.setCurrentWidget(self._full if adapter is not None else self.empty)
        self.checker.show(adapter, self.presenter.base_id)
        self._show_head()

    def _show_head(self) -> None:
        adapter = self.presenter.selected
        if adapter is not None:
            self.head.show_adapter(
                adapter,
                usable=usable(adapter, self.presenter.found),
                mixed=bool(self.presenter.rack.strips),
            )

    def _checked(self, found: Compatibility) -> None:
        adapter = self.presenter.selected
        if adapter is not None:
            self.checks.end(adapter, found)

    def _show_hub(self, row: HubRow | None) -> None:
        if row is not None:
            self.hub.show_row(row)
            self.parts.setCurrentWidget(self.hub)
        else:
            self.side.leave_garden()
            self._show_selected()

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))

    # -- what the person does -------------------------------------------------------------------------------

    def _try_sample(self) -> None:
        self.presenter.try_sample()
        # In the language of the window: the starter model knows it in English and in Polish.
        self.sweep.suggest(tr("Who are you?"))
        self.sweep.run.setFocus()

    def _measure(self) -> None:
        adapter = self.presenter.selected
        if adapter is not None:
            path = str(adapter.path)
            scales = {strip.path: strip.scale for strip in self.presenter.rack.strips}
            self.checker.measure(scales.get(path) or 1.0)

    def _use(self, chosen: tuple[tuple[str, float], ...]) -> None:
        strips = {strip.path: strip for strip in self.presenter.rack.strips}
        for path, scale in chosen:
            before = strips.get(path, Strip(path))
            strips[path] = Strip(path, scale, muted=False, solo=before.solo)
        self.presenter.set_rack(Rack(tuple(strips.values())))

    def add_file(self) -> None:
        """Choose a GGUF adapter, or the configuration of a PEFT folder."""
        kinds = tr("Adapters") + " (*.gguf adapter_config.json)"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Add an adapter"), str(Path.home()), kinds)
        if chosen:
            self._add(Path(chosen))

    def _add(self, path: Path) -> None:
        self.presenter.add_file(path.parent if path.name == "adapter_config.json" else path)

    def _convert(self) -> None:
        adapter, base = self.presenter.selected, self.presenter.base
        if adapter is not None:
            found = self.presenter.found
            fits = base is not None and found is not None and found.safe
            sheet = ConvertSheet(adapter, base.name if base and fits else adapter.base, self.window())
            sheet.confirmed.connect(lambda kind: self.presenter.convert(adapter, kind))
            sheet.open()

    def menu(self, adapter: Adapter) -> QMenu:
        """What else can be done with an adapter."""
        menu = QMenu(self)
        menu.setAccessibleName(adapter.name)
        presenter = self.presenter
        fits = usable(adapter, presenter.verdicts.get(adapter.id))
        inside = any(strip.path == str(adapter.path) for strip in presenter.rack.strips)
        use = menu.addAction(tr("Use in the mix"), lambda: presenter.add_to_rack(adapter.id))
        use.setEnabled(fits and not inside)
        if adapter.format == "peft":
            convert = menu.addAction(tr("Convert to GGUF …"), self._convert)
            convert.setEnabled(not adapter.problem and adapter.id == presenter.selected_id)
        merge = menu.addAction(tr("Merge the mix into a new model …"), self.merging.ask)
        merge.setEnabled(self.merging.possible)
        menu.addSeparator()
        menu.addAction(tr("Show in folder"), lambda: _reveal(adapter.path))
        menu.addAction(tr("Copy the path"), lambda: QGuiApplication.clipboard().setText(str(adapter.path)))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_menu(self, place: QPoint) -> None:
        adapter = self.presenter.selected
        if adapter is not None:
            self.menu(adapter).popup(place)

    # -- dropping -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        for path in paths:
            self._add(path)
        if paths:
            event.acceptProposedAction()


def _reveal(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))


def _written(racks: dict[str, Rack]) -> str:
    """The mixers as JSON: of each base its strips."""
    return json.dumps(
        {
            base: [[strip.path, strip.scale, strip.muted, strip.solo] for strip in rack.strips]
            for base, rack in racks.items()
        }
    )


def _read(text: str) -> dict[str, Rack]:
    """The mixers that `_written` wrote; what cannot be read is left out."""
    try:
        return {
            str(base): Rack(
                tuple(
                    Strip(str(path), float(scale), bool(muted), bool(solo))
                    for path, scale, muted, solo in strips
                )
            )
            for base, strips in json.loads(text or "{}").items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
