"""The strip *Scale sweep*: one prompt at several scales, side by side."""

from __future__ import annotations

import random

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from backend.adapters.types import Sweep
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.models.adapter_words import usable
from ui.pages.adapters.presenter import AdaptersPresenter
from ui.pages.adapters.sweep_board import SweepBoard
from ui.pages.adapters.sweeping import LEAST_CELLS, MOST_CELLS, Scales, Sweeping, own_scales
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState

_NARROW, _NARROWEST = 780, 640
SEED = 42


def _first_prompt() -> str:
    return tr("Tell me about your day.")


class SweepPanel(QWidget):
    """Signals:
    scales_used: Path and scale of each adapter of the cell whose *Use* was pressed.
    """

    scales_used = Signal(object)

    def __init__(
        self, presenter: AdaptersPresenter, sweeping: Sweeping, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter, self._sweeping = presenter, sweeping
        self._built = False
        self.prompt = QLineEdit()
        self.prompt.setPlaceholderText(tr("What every column is asked"))
        self.prompt.setAccessibleName(tr("Prompt of the sweep"))
        self.prompt.setMaxLength(4_000)
        self.prompt.setMinimumWidth(100)
        self.seed = QLineEdit(str(SEED))
        self.seed.setAccessibleName(tr("Seed"))
        self.seed.setToolTip(tr("The same in every column; empty draws another one"))
        self.seed.setFixedWidth(56)
        self.seed.setValidator(QRegularExpressionValidator("[0-9]{0,9}"))
        self.scales = QComboBox()
        self.scales.setAccessibleName(tr("Scales"))
        for kind in Scales:
            self.scales.addItem(kind.words, kind.value)
        self.scales.setMinimumWidth(96)
        self.own = QLineEdit("0; 0,3; 0,6; 0,9" if fmt.number(0.5, 1)[1] == "," else "0, 0.3, 0.6, 0.9")
        self.own.setAccessibleName(tr("My own scales"))
        self.own.setToolTip(tr("Two to {most} scales from 0 to 2", most=MOST_CELLS))
        self.own.setMinimumWidth(88)
        self.own.setMaximumWidth(130)
        self.own.hide()
        self.run = Button(tr("Start"), icon="play")
        self.board = SweepBoard()
        self.trouble = Banner("bad", "")
        self.trouble.hide()
        self._says = ElidedLabel("", "small", "2")
        self._same = ElidedLabel("", "small", "2")
        self._seed_words = label(tr("Seed"), "small", "2")
        self._scale_words = label(tr("Scales"), "small", "2")
        self._build()
        self._connect()
        self._show_sweep(None)

    def _build(self) -> None:
        bar = QWidget()
        bar.setFixedHeight(theme.size("toolbar") + 4)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("Scale sweep"), "title"))
        row.addSpacing(8)
        row.addWidget(self.prompt, 1)
        for widget in (self._seed_words, self.seed, self._scale_words, self.scales, self.own, self.run):
            row.addWidget(widget)
        self._empty = EmptyState("sliders-vertical", "")
        self._parts = QStackedWidget()
        self._parts.addWidget(self._empty)
        self._parts.addWidget(self.board)
        self.foot = QWidget()
        self.foot.setFixedHeight(theme.size("footer"))
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(24, 0, 24, 0)
        foot.setSpacing(24)
        foot.addWidget(self._says, 1)
        foot.addWidget(self._same)
        trouble = QHBoxLayout()
        trouble.setContentsMargins(24, 0, 16, 0)
        trouble.addWidget(self.trouble)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(trouble)
        layout.addWidget(hairline())
        layout.addWidget(self._parts, 1)
        layout.addWidget(hairline())
        layout.addWidget(self.foot)
        self.setMinimumHeight(180)

    def _connect(self) -> None:
        self.run.clicked.connect(self._turn)
        self.prompt.returnPressed.connect(self._start)
        self.prompt.textChanged.connect(lambda _text: self._look())
        self.own.textChanged.connect(lambda _text: self._look())
        self.scales.currentIndexChanged.connect(lambda _at: self._kind_changed())
        self.board.used.connect(self._use)
        self._sweeping.changed.connect(self._show_sweep)
        self._sweeping.failed.connect(self._failed)
        for signal in (
            self._presenter.rack_changed,
            self._presenter.rack_moved,
            self._presenter.selected_changed,
        ):
            signal.connect(self.refresh)

    # -- what will be asked ---------------------------------------------------------------------------------

    @property
    def kind(self) -> Scales:
        return Scales(self.scales.currentData())

    def suggest(self, prompt: str) -> None:
        """Ask this, unless the person has typed something else."""
        if self.prompt.text().strip() in ("", _first_prompt()):
            self.prompt.setText(prompt)
            self.prompt.setCursorPosition(0)

    def _values(self) -> tuple[float, ...]:
        return own_scales(self.own.text()) if self.kind is Scales.OWN else self.kind.values

    def paths(self) -> tuple[str, ...]:
        """What is swept: the selected adapter, in a grid with the next one of the mixer."""
        presenter = self._presenter
        adapter = presenter.selected
        if adapter is None or not usable(adapter, presenter.found):
            return ()
        first = str(adapter.path)
        if self.kind is not Scales.GRID:
            return (first,)
        others = [strip.path for strip in presenter.rack.strips if strip.path != first]
        return (first, others[0]) if others else ()

    def _kind_changed(self) -> None:
        self.own.setVisible(self.kind is Scales.OWN)
        self._fit()

    def refresh(self) -> None:
        """The adapter, the base or a fader is another."""
        self._show_part()
        self._look()
        self._mark()

    def _concerned(self) -> bool:
        """Whether the sweep is about the base and the adapter that are selected."""
        adapter, sweeping = self._presenter.selected, self._sweeping
        if not self._built or adapter is None or self._presenter.base_id != sweeping.base_id:
            return False
        return sweeping.paths[:1] == (str(adapter.path),)

    def _show_part(self) -> None:
        """The answers, where they are about what is selected; they wait while something else is."""
        shown = self._concerned()
        self._parts.setCurrentWidget(self.board if shown else self._empty)
        self.foot.setVisible(shown)

    def _invitation(self) -> tuple[str, str]:
        """Title and text where no answers are shown."""
        presenter, sweeping = self._presenter, self._sweeping
        if not sweeping.running:
            return tr("How strong should it be?"), self._obstacle() or tr(
                "One prompt is answered at several scales of the adapter, side by side, over one copy "
                "of the model."
            )
        base, name = presenter.shelf.find(sweeping.base_id), presenter.name_of(sweeping.paths[0])
        words = tr(
            "It is about {name} over {model}. Its answers are shown when you select these.",
            name=name,
            model=base.name if base is not None else tr("a model that is gone"),
        )
        return tr("Another sweep is running"), words

    def _obstacle(self) -> str:
        """Why it cannot run, or empty."""
        if self._presenter.selected is None or not usable(self._presenter.selected, self._presenter.found):
            return tr("Select an adapter that fits the base.")
        if not self.paths():
            return tr("A grid needs a second adapter in the mixer.")
        if not LEAST_CELLS <= len(self._values()) <= MOST_CELLS:
            return tr(
                "Type two to {most} scales from 0 to 2, such as {example}.",
                most=MOST_CELLS,
                example="0; 0.5; 1",
            )
        if not self.prompt.text().strip():
            return tr("Type a prompt first.")
        return ""

    def _look(self) -> None:
        running, obstacle = self._sweeping.running, self._obstacle()
        again = self._concerned()
        if not again:
            self._empty.set_text(*self._invitation())
        start = tr("Run again") if again and self.width() >= _NARROW else tr("Start")
        self.run.setText(tr("Stop") if running else start)
        self.run.set_icon("circle-stop" if running else "rotate-ccw" if again else "play")
        self.run.setEnabled(running or not obstacle)
        self.run.setToolTip("" if running else obstacle)
        invalid = self.kind is Scales.OWN and not self._values()
        if self.own.property("invalid") != invalid:
            self.own.setProperty("invalid", invalid)
            self.own.style().unpolish(self.own)
            self.own.style().polish(self.own)

    # -- running --------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        if self._sweeping.running:
            self._sweeping.stop()
        else:
            self._start()

    def _start(self) -> None:
        if self._sweeping.running or self._obstacle():
            return
        self.trouble.hide()
        seed = self.seed.text().strip()
        if not seed.isdigit():
            seed = str(random.randrange(1, 1_000_000))
        paths, values = self.paths(), self._values()
        self._built = True
        self.board.build(values, tuple(self._presenter.name_of(path) for path in paths))
        QWidget.setTabOrder(self.run, self.board.answers)
        self._sweeping.run(self._presenter.base_id, self.prompt.text().strip(), int(seed), paths, values)
        self._mark()

    def _failed(self, error: AppError) -> None:
        self.trouble.set_text(str(error))
        self.trouble.show()
        self._built = False
        self._show_sweep(None)

    def _show_sweep(self, sweep: Sweep | None) -> None:
        self._show_part()
        if sweep is not None:
            self.board.show_sweep(sweep)
        self._say(sweep)
        self._look()

    def _say(self, sweep: Sweep | None) -> None:
        if sweep is None:
            self._says.setText(tr("Preparing …") if self._sweeping.running else "")
            return
        count = len(sweep.cells)
        words = [tr("One model, {count} contexts: weights loaded once", n=count, count=count)]
        if sweep.extra_memory:
            words.append(tr("{size} extra", size=fmt.size(sweep.extra_memory)))
        line = f"{', '.join(words)}."
        if sweep.running:
            ready = sum(cell.finish_reason is not None for cell in sweep.cells)
            line += " " + tr("{ready} of {all} done.", ready=ready, all=count)
        elif sweep.seconds:
            line += " " + tr("Took {seconds} s.", seconds=fmt.number(sweep.seconds, 1))
        self._says.setText(line)
        others = len(self._presenter.rack.strips) > len(self._sweeping.paths)
        seed = sweep.request.seed
        self._same.setText(
            tr("Seed {seed} and the same sampling in every column; other adapters muted", seed=seed)
            if others
            else tr("Seed {seed} and the same sampling in every column", seed=seed)
        )

    # -- what is in use -------------------------------------------------------------------------------------

    def _mark(self) -> None:
        rack, paths = self._presenter.rack, self._sweeping.paths
        scales = {strip.path: strip.scale for strip in rack.strips}
        known = all(path in scales for path in paths) and bool(paths)
        self.board.mark(tuple(scales[path] for path in paths) if known and not rack.bypass else None)

    def _use(self, scales: tuple[float, ...]) -> None:
        self.scales_used.emit(tuple(zip(self._sweeping.paths, scales, strict=True)))

    # -- window ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._sweeping.running:
            self._sweeping.stop()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what a narrow pane has no room for."""
        wide = self.width() >= _NARROW
        self.seed.setVisible(self.width() >= _NARROWEST or self.kind is not Scales.OWN)
        self._seed_words.setVisible(wide)
        self._scale_words.setVisible(wide)
        self._same.setVisible(wide)
        self._look()

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("adapters/prompt", self.prompt.text())
        settings.setValue("adapters/seed", self.seed.text())
        settings.setValue("adapters/scales", self.kind.value)
        settings.setValue("adapters/own", self.own.text())

    def restore_state(self, settings: QSettings) -> None:
        self.prompt.setText(str(settings.value("adapters/prompt", _first_prompt())))
        self.prompt.setCursorPosition(0)
        self.seed.setText(str(settings.value("adapters/seed", SEED)))
        at = self.scales.findData(str(settings.value("adapters/scales", Scales.ONE.value)))
        self.scales.setCurrentIndex(max(at, 0))
        self.own.setText(str(settings.value("adapters/own", self.own.text())))
