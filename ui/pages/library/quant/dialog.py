"""The quant lab: which types to make of a model, what each would lose, and what was measured."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.pages.library.dialogs.parts import scrolled
from ui.pages.library.quant import plan
from ui.pages.library.quant.chart_pane import ChartPane
from ui.pages.library.quant.footer import Footer
from ui.pages.library.quant.legend import Legend
from ui.pages.library.quant.meaning import about
from ui.pages.library.quant.options import Options
from ui.pages.library.quant.plan import Choices, Forecasts, Tally, TypeRow, Workbench
from ui.pages.library.quant.presenter import QuantPresenter, import_chart
from ui.pages.library.quant.rows import TypeProxy, TypeTable
from ui.pages.library.quant.table import TypeView
from ui.pages.library.words import store_name
from ui.theme import icons, theme
from ui.theme.focus import FocusRing
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.segmented import SegmentedControl

LEAST = QSize(960, 640)
WIDE = 1_120
"""From this width on the chart has its place beside the table, below that under it."""
NARROW_OPTIONS = 468
"""Pixels of the options where they share the width with the chart."""
SIDE = 505
"""Pixels of the right side."""
FEW = 12
"""As many types are shown at once without choosing among them first."""


class QuantDialog(QDialog):
    """Nothing is made before the button is pressed; then it closes, and the jobs drawer goes on.

    Args:
        size: What the person chose the last time; None for what the design says. The window limits both.

    Signals:
        started: A run began: how many types it makes, and how many it measures.
    """

    started = Signal(int, int)

    def __init__(
        self, presenter: QuantPresenter, parent: QWidget | None = None, size: QSize | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        presenter.setParent(self)
        self._bench: Workbench | None = None
        self._forecasts: Forecasts = {}
        self._types: tuple[str, ...] = ()
        self._choices = Choices()
        self._tally = Tally()
        self._many = False
        """Whether there were so many types once that only the usual ones were shown at first."""
        self.setWindowTitle(tr("Quantize {name}", name=presenter.model.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumSize(LEAST)
        self._build()
        self._connect()
        self._ring = FocusRing(self)
        room = parent.window().size() if parent is not None else QSize(1440, 900)
        wanted = size or QSize(
            theme.size("pane.quantize.dialog.width"), theme.size("pane.quantize.dialog.height")
        )
        self._opened = wanted.boundedTo((room - QSize(48, 48)).expandedTo(LEAST)).expandedTo(LEAST)
        self.resize(self._opened)
        presenter.load()
        tasks.run(import_chart, self._add_chart, owner=self)

    def chosen_size(self) -> QSize | None:
        """What the person resized it to; None where it is as it opened."""
        return self.size() if self.size() != self._opened else None

    # -- building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        self._problem = Banner("bad", "")
        self._problem.hide()
        layout.addWidget(self._problem)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._left = self._table_side()
        self._chart = ChartPane()
        self._options = Options()
        self._side = QFrame()
        self._side.setProperty("surface", "lab.side")
        side = QVBoxLayout(self._side)
        side.setSpacing(12)
        self._side_layout = side
        self._scroll: QScrollArea = scrolled(self._options)
        side.addWidget(self._chart, 1)
        side.addWidget(self._scroll)
        self._body.addWidget(self._left, 1)
        self._body.addWidget(self._side)
        layout.addLayout(self._body, 1)
        self.footer = Footer()
        layout.addWidget(self.footer)

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("surface", "header")
        head.setFixedHeight(64)
        line = QHBoxLayout(head)
        line.setContentsMargins(24, 0, 16, 0)
        line.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        self._title = ElidedLabel(self.windowTitle(), "title", weight=600)
        self._title.setFont(theme.font("title"))
        self._source = ElidedLabel("", "small", "2")
        words.addWidget(self._title)
        words.addWidget(self._source)
        words.addStretch(1)
        line.addLayout(words, 1)
        self._more = IconButton("ellipsis", tr("More"))
        self._more.clicked.connect(self._open_menu)
        close = IconButton("x", tr("Close (Esc)"))
        close.clicked.connect(self.reject)
        line.addWidget(self._more)
        line.addWidget(close)
        return head

    def _table_side(self) -> QWidget:
        left = QFrame()
        left.setProperty("surface", "window")
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 10, 16, 6)
        self.groups = SegmentedControl(
            (("", tr("All types")), ("usual", tr("Usual")), ("small", tr("Small"))), tr("Types to show")
        )
        bar.addWidget(self.groups)
        bar.addStretch(1)
        bar.addWidget(Legend())
        layout.addLayout(bar)
        self.rows = TypeTable(self._presenter.n_ctx, self)
        self._proxy = TypeProxy(self.rows, self)
        self.table = TypeView(self.rows, self._proxy)
        layout.addWidget(self.table, 1_000)
        about = QVBoxLayout()
        about.setContentsMargins(24, 8, 24, 10)
        about.setSpacing(2)
        self._meaning = label("", "small", "2", wrap=True)
        self._meaning.setTextFormat(Qt.TextFormat.RichText)
        self._meaning.setMinimumHeight(2 * theme.line_height("small"))
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._cure = Button(tr("Use an importance matrix"), "link")
        self._cure.clicked.connect(self._options_use_matrix)
        about.addWidget(self._meaning)
        about.addWidget(self._cure)
        about.addStretch(1)
        layout.addLayout(about)
        layout.addStretch(1)  # only what the rows do not take
        self._cure.hide()
        return left

    def _options_use_matrix(self) -> None:
        self._options.use_matrix()
        self.table.setFocus()

    def _connect(self) -> None:
        presenter, table, chart = self._presenter, self.table, self._chart
        presenter.bench_ready.connect(self._show_bench)
        presenter.forecast_ready.connect(self._show_forecasts)
        presenter.estimated.connect(self._show_seconds)
        presenter.started.connect(self._started)
        presenter.exported.connect(lambda path: self._say("ok", tr("Saved as {path}", path=str(path))))
        presenter.matrix_begun.connect(
            lambda: self._say("info", tr("The importance matrix is being computed. Then it is offered here."))
        )
        presenter.failed.connect(lambda error: self._say("bad", str(error)))
        presenter.refused.connect(self._refused)
        self.rows.ticked.connect(self._ticked)
        table.current_changed.connect(self._show_current)
        table.hover_changed.connect(chart.set_hovered)
        chart.picked.connect(self._pick)
        chart.hover_changed.connect(table.set_hovered)
        chart.toggled.connect(self._toggle)
        self.groups.changed.connect(self._group_changed)
        self._options.changed.connect(self._changed)
        self._options.resized.connect(self._fit_options)
        self.footer.cancelled.connect(self.reject)
        self.footer.confirmed.connect(self._confirm)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, activated=self._confirm)

    def _add_chart(self, _none: None) -> None:
        from ui.pages.library.quant.chart import LossChart

        self._chart.set_chart(LossChart())

    # -- what is known

    def _show_bench(self, bench: Workbench) -> None:
        first, self._bench = self._bench is None, bench
        model = bench.model
        facts = [bench.original, fmt.size(model.size), store_name(model.store)]
        if model.verified:
            facts.append(tr("SHA-256 verified"))
        self._source.setText(tr("from {facts}", facts=", ".join(facts)))
        self._options.set_bench(bench)
        self._fit_options()
        if not self._many and len(bench.rows) > FEW:
            self._many = True
            self.groups.set_value("usual")
        self._changed()
        if first:
            self.table.setFocus()

    def _show_forecasts(self, forecasts: Forecasts) -> None:
        self._forecasts = forecasts
        self._show()

    def _show_seconds(self, seconds: float | None) -> None:
        self.footer.set_seconds(seconds)
        self._options.set_measuring(seconds)

    def _refused(self, error: AppError) -> None:
        if self._bench is None:
            self.footer.go.setEnabled(False)
        self._say("bad", str(error))

    def _say(self, kind: str, words: str) -> None:
        self._problem.set_kind(kind)
        self._problem.set_text(words)
        self._problem.show()

    # -- choosing

    def _changed(self) -> None:
        """Something was ticked, here or among the options."""
        self._choices = self._options.choices(self._types)
        if self._bench is not None and self._bench.complete:
            self._presenter.forecast(self._choices)
        self._show()

    def _show(self) -> None:
        bench = self._bench
        if bench is None:
            return
        self.rows.measure = self._choices.measure
        rows = plan.table(bench, self._choices, self._forecasts)
        current, more = self.table.current(), len(rows) != len(self.rows.rows)
        self.rows.set_rows(rows)
        if more:  # the row that got the focus at first is the original, which nothing is chosen of
            known = current not in ("", bench.original)
            self.table.select(current if known else _first_choice(self._proxy.shown()))
        self.table.fit_height()
        self._tally = plan.tally(bench, self._choices, rows)
        self.footer.show_tally(bench, self._choices, self._tally)
        chosen = bool(self._tally.make or self._tally.measure)
        self._presenter.estimate(plan.request(bench, self._choices, self._tally) if chosen else None)
        self._chart.set_rows(self._proxy.shown(), bench.original)
        self._show_current(self.table.current())

    def _ticked(self, name: str, on: bool) -> None:
        self._types = (*self._types, name) if on else tuple(each for each in self._types if each != name)
        self._changed()

    def _toggle(self, name: str) -> None:
        row = self.rows.row(name)
        if row is not None and self.rows.can_tick(row):
            self._ticked(name, not row.checked)

    def _group_changed(self, group: object) -> None:
        self._proxy.set_group(str(group))
        if self._bench is not None:
            self.table.fit_height()
            self._chart.set_rows(self._proxy.shown(), self._bench.original)

    def _pick(self, name: str) -> None:
        self.table.select(name)

    def _show_current(self, name: str) -> None:
        self._chart.set_current(name)
        row = self.rows.row(name)
        self._meaning.setText(about(row) if row is not None else "")
        self._cure.setVisible(row is not None and row.cure)

    # -- acting

    def _confirm(self) -> None:
        if self._bench is not None and self._tally.possible and self.footer.go.isEnabled():
            self.footer.go.setEnabled(False)
            self._presenter.start(plan.request(self._bench, self._choices, self._tally))

    def _started(self, _activity: str) -> None:
        tally = self._tally
        self.accept()
        self.started.emit(len(tally.make), len(tally.measure))

    def _open_menu(self) -> None:
        self.menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def menu(self) -> QMenu:
        """What can be done beside making files."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for kind, words in (
            ("csv", tr("Export as a table (CSV) …")),
            ("json", tr("Export as JSON …")),
            ("md", tr("Export as Markdown …")),
        ):
            icon = icons.icon("upload", "text.2")
            menu.addAction(icon, words, lambda kind=kind: self._export(kind))
        menu.addSeparator()
        text = self._options.matrix_text
        compute = menu.addAction(
            icons.icon("layers", "text.2"),
            tr("Compute the importance matrix now"),
            lambda: text is not None and self._presenter.compute_matrix(text, self._choices.tokens),
        )
        compute.setEnabled(text is not None)
        return menu

    def _export(self, kind: str) -> None:
        name = f"{self._presenter.model.name}-quant-lab.{kind}"
        chosen, _filter = QFileDialog.getSaveFileName(self, tr("Export"), str(Path.home() / name))
        if chosen:
            self.export(Path(chosen), kind)

    def export(self, path: Path, kind: str) -> None:
        """Write the rows to `path`."""
        self._presenter.export(path, kind)  # type: ignore[arg-type]

    # -- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(beside if wide else below)
        self._side_layout.setDirection(below if wide else beside)
        self._side.setFixedWidth(SIDE if wide else self.width())
        self._side_layout.setContentsMargins(16 if wide else 24, 12, 16, 12)
        self._chart.set_legend_shown(wide)
        self.table.set_roomy(wide)
        self._meaning.setMinimumHeight((2 if wide else 1) * theme.line_height("small"))
        self._fit_options()

    def _fit_options(self) -> None:
        """Beside the table the options take their height, up to half; under it, they share the width."""
        if self.width() >= WIDE:
            self._side.setMinimumHeight(0)
            self._side.setMaximumHeight(16_777_215)
            height = self._options.layout().totalHeightForWidth(SIDE - 32)
            most = max((self.height() - 128) * 55 // 100, 120)
            self._scroll.setMaximumWidth(16_777_215)
            self._scroll.setFixedHeight(min(max(height, self._options.sizeHint().height()), most))
        else:
            self._side.setFixedHeight(max((self.height() - 128) * 45 // 100, 220))
            self._scroll.setMinimumHeight(0)
            self._scroll.setMaximumHeight(16_777_215)
            self._scroll.setFixedWidth(NARROW_OPTIONS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # only Ctrl+Enter begins the work
        else:
            super().keyPressEvent(event)


def _first_choice(rows: tuple[TypeRow, ...]) -> str:
    """The row to begin with: the usual one, else the first that can be made."""
    names = [row.name for row in rows if not row.original]
    return "Q4_K_M" if "Q4_K_M" in names else names[0] if names else ""
