"""The fit ledger as a table: what was predicted for each load, what was measured, and the error."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from enum import IntEnum

from PySide6.QtCore import QObject, QSortFilterProxyModel
from PySide6.QtGui import QColor, QFont, QIcon

from backend.capacity.fit_ledger import DIFFERS
from backend.capacity.lessons import total_of
from backend.capacity.types import FitRun
from backend.files import cell_text
from backend.i18n import tr
from ui import format as fmt
from ui.models.text_table import SORT_ROLE, TextTable
from ui.theme import icons, theme


class Column(IntEnum):
    WHEN = 0
    MODEL = 1
    QUANT = 2
    BACKEND = 3
    CONTEXT = 4
    PREDICTED = 5
    MEASURED = 6
    ERROR = 7
    SPEED_PREDICTED = 8
    SPEED = 9
    SPEED_ERROR = 10


def memory_of(run: FitRun) -> tuple[int | None, int | None]:
    """Predicted and measured bytes; None where there is no telling."""
    both = total_of(run)
    if both is not None:
        return both
    predicted = run.probe or run.formula
    return sum(predicted) if predicted else None, None


def failed(run: FitRun) -> bool:
    """Whether the load failed; a row may also say that the two predictions disagree."""
    return bool(run.cause) and run.cause != DIFFERS


def error_of(predicted: float | None, measured: float | None) -> float | None:
    """How far the measured value lies from the predicted one, as a share of it."""
    return measured / predicted - 1 if predicted and measured is not None else None


def cause_words(cause: str) -> str:
    """Why a load failed, in a word or three."""
    return {
        "engine.memory": tr("out of memory"),
        "engine.context_memory": tr("out of memory"),
        "engine.killed": tr("ended by system"),
        "engine.crashed": tr("crashed"),
        "engine.hung": tr("hung"),
        "engine.unsupported": tr("not supported"),
        "engine.damaged": tr("damaged file"),
        DIFFERS: tr("dry run differs"),
    }.get(cause, tr("failed"))


def signed(share: float | None) -> str:
    """An error with its sign: ``+0.8 %``; a dash where there is none."""
    if share is None:
        return fmt.UNKNOWN
    sign = "" if abs(share) < 0.0005 else "+" if share > 0 else "−"
    return sign + fmt.percent(abs(share), 1)


class FitRunsModel(TextTable[FitRun]):
    """The newest first; rows are matched by their id."""

    right = range(Column.CONTEXT, len(Column))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda run: run.id, len(Column), parent)

    def set_rows(self, rows: tuple[FitRun, ...]) -> None:
        """Take over what the ledger says now."""
        self.merge(rows, newest_first=True)

    def titles(self) -> tuple[str, ...]:
        return (
            tr("When"),
            tr("Model"),
            tr("Quant"),
            tr("On"),
            tr("Context"),
            tr("Predicted"),
            tr("Measured"),
            tr("Error"),
            tr("~ tok/s"),
            tr("Tok/s"),
            tr("Error"),
        )

    def title_tip(self, column: int) -> str | None:
        if column in (Column.SPEED_PREDICTED, Column.SPEED_ERROR):
            return tr("Predicted tokens per second, and how far off that was")
        return None

    def text(self, run: FitRun, column: int) -> str:
        predicted, measured = memory_of(run)
        match column:
            case Column.WHEN:
                return fmt.ago(run.at)
            case Column.MODEL:
                return run.name
            case Column.QUANT:
                return run.quant
            case Column.BACKEND:
                return run.backend
            case Column.CONTEXT:
                return fmt.number(run.run.n_ctx)
            case Column.PREDICTED:
                return f"~{fmt.size(predicted)}" if predicted is not None else fmt.UNKNOWN
            case Column.MEASURED:
                if run.cause:
                    return cause_words(run.cause)
                return fmt.size(measured) if measured is not None else fmt.UNKNOWN
            case Column.ERROR:
                return "" if run.cause else signed(error_of(predicted, measured))
            case Column.SPEED_PREDICTED:
                return f"~{fmt.rate(run.predicted_generation)}" if run.predicted_generation else fmt.UNKNOWN
            case Column.SPEED:
                return fmt.rate(run.measured_generation) if run.measured_generation else fmt.UNKNOWN
            case Column.SPEED_ERROR:
                return signed(error_of(run.predicted_generation, run.measured_generation))

    def icon(self, run: FitRun, column: int) -> QIcon | None:
        wrong = column == Column.MODEL and failed(run)
        return icons.icon("circle-alert", "bad.text", 16) if wrong else None

    def font(self, column: int) -> QFont:
        if column == Column.QUANT:
            return theme.font("code")
        strong = column in (Column.MODEL, Column.MEASURED, Column.SPEED)
        return theme.font("small", weight=500 if strong else None, tabular=column >= Column.CONTEXT)

    def colour(self, run: FitRun, column: int) -> QColor:
        if column == Column.MEASURED and run.cause:
            return theme.color("bad.text" if failed(run) else "text.3")
        return theme.color("text.1" if column in (Column.MODEL, Column.MEASURED, Column.SPEED) else "text.2")

    def tip(self, run: FitRun, column: int) -> str | None:
        match column:
            case Column.WHEN:
                return f"{fmt.date(run.at)}, {fmt.clock(run.at)}"
            case Column.MODEL:
                return tr("{model} on {device}", model=run.name, device=run.backend)
            case Column.CONTEXT:
                return tr(
                    "{count} tokens, {cache} cache, {n} at once",
                    count=fmt.number(run.run.n_ctx),
                    cache=run.run.kv_type.upper(),
                    n=run.run.parallel,
                )
            case Column.PREDICTED:
                lines = []
                if run.probe is not None:
                    lines.append(tr("Engine dry run: {size}", size=fmt.size(sum(run.probe))))
                if run.formula is not None:
                    lines.append(tr("Formula: {size}", size=fmt.size(sum(run.formula))))
                return "\n".join(lines)
            case Column.MEASURED:
                if run.cause == DIFFERS:
                    return tr("The formula and the dry run differ. The model was not loaded then.")
                return run.cause or (
                    tr("The process took {size}", size=fmt.size(run.rss)) if run.rss else None
                )
            case _:
                return None

    def sort_key(self, run: FitRun, column: int) -> object:
        predicted, measured = memory_of(run)
        match column:
            case Column.WHEN:
                return run.at
            case Column.CONTEXT:
                return run.run.n_ctx
            case Column.PREDICTED:
                return float(predicted or 0)  # Qt would take a larger integer for a negative one
            case Column.MEASURED:
                return float(measured or 0)
            case Column.ERROR:
                return abs(error_of(predicted, measured) or 0.0)
            case Column.SPEED_PREDICTED:
                return run.predicted_generation or 0.0
            case Column.SPEED:
                return run.measured_generation or 0.0
            case Column.SPEED_ERROR:
                return abs(error_of(run.predicted_generation, run.measured_generation) or 0.0)
            case _:
                return super().sort_key(run, column)


class FitRunsSorter(QSortFilterProxyModel):
    """Sorts by the numbers, not by their words."""

    def __init__(self, model: FitRunsModel) -> None:
        super().__init__(model)
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)


def ledger_csv(runs: tuple[FitRun, ...]) -> str:
    """The ledger for a spreadsheet: plain numbers, times in UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        (
            "at", "model", "quant", "backend", "n_ctx", "kv_type", "formula_bytes", "probe_bytes",
            "measured_bytes", "rss_bytes", "predicted_generation_tps", "measured_generation_tps",
            "predicted_prompt_tps", "measured_prompt_tps", "cause",
        )
    )  # fmt: skip
    for run in runs:
        writer.writerow(
            (
                datetime.fromtimestamp(run.at, tz=UTC).isoformat(timespec="seconds"),
                cell_text(run.name),
                cell_text(run.quant),
                run.backend,
                run.run.n_ctx,
                run.run.kv_type,
                _sum(run.formula),
                _sum(run.probe),
                _sum(run.measured),
                "" if run.rss is None else run.rss,
                *(
                    "" if value is None else round(value, 3)
                    for value in (
                        run.predicted_generation,
                        run.measured_generation,
                        run.predicted_prompt,
                        run.measured_prompt,
                    )
                ),
                run.cause,
            )
        )
    return out.getvalue()


def _sum(parts: tuple[int, ...] | None) -> int | str:
    return "" if parts is None else sum(parts)
