"""Painting of the two lists of the Discover page: result rows of two lines, and the table of files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backend.capacity.types import Fit
from backend.downloads.types import DownloadState
from backend.gguf.names import quant_meaning
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.files import Column, FileRow, FilesModel
from ui.pages.discover.files import Role as FileRole
from ui.pages.discover.results import Role
from ui.theme import icons, theme
from ui.widgets.fit_pill import fit_pill_width, paint_fit_pill
from ui.widgets.labels import number_width, paint_number

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 56
FILE_ROW_HEIGHT = 44
PAD = 16


def row_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Fill a row by its state: accent tint only where the list has the focus, as the tokens ask."""
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        active = bool(state & QStyle.StateFlag.State_HasFocus) or _has_focus(option.widget)
        painter.fillRect(option.rect, theme.color("bg.selected" if active else "bg.selected.idle"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, theme.color("bg.hover"))


def _has_focus(widget: QWidget | None) -> bool:
    return widget is not None and widget.hasFocus()


def hairline(painter: QPainter, rect: QRect) -> None:
    painter.setPen(QPen(theme.color("line.hair"), 0))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def row_font(role: str) -> QFont:
    """The font of `text_at`: figures of equal width in small text, semibold for ``body.strong``."""
    name, _, strong = role.partition(".")
    return theme.font(name, weight=600 if strong else None, tabular=name == "small")


def text_at(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: str,
    token: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Draw one line in the `row_font` of `role`, elided; returns its width in pixels."""
    font = row_font(role)
    painter.setFont(font)
    painter.setPen(theme.color(token))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)


class ResultDelegate(QStyledItemDelegate):
    """Two lines: name, marks and fit pill; owner, size, downloads, likes, age and predicted speed."""

    def __init__(self, wish: Callable[[HubModel], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish = wish

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: HubModel = index.data(Role.MODEL)
        fit: Fit | None = index.data(Role.FIT)
        if fit is None:
            self._wish(model)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row_background(painter, option)
        hairline(painter, option.rect)
        area = option.rect.adjusted(PAD, 8, -PAD, -8)
        top = QRect(area.left(), area.top(), area.width(), 20)
        bottom = QRect(area.left(), area.bottom() - 19, area.width(), 20)
        wide = area.width() >= 360

        pill = fit_pill_width(fit, number=wide) if model.has_gguf else 0
        if model.has_gguf:
            paint_fit_pill(
                painter, QRect(area.right() - pill + 1, area.top() - 1, pill, 22), fit, number=wide
            )
        else:
            pill = self._no_gguf(painter, top)
        self._name(painter, top.adjusted(0, 0, -pill - 12, 0), model, bool(index.data(Role.LOCAL)))

        speed = 0
        if fit is not None and fit.tokens_per_second:
            value = fmt.number(fit.tokens_per_second, 0)
            paint_number(painter, bottom, value, tr("tok/s"), predicted=True)
            speed = number_width(value, tr("tok/s"), True) + 12
        self._facts(painter, bottom.adjusted(0, 0, -speed, 0), model, wide)
        painter.restore()

    def _no_gguf(self, painter: QPainter, rect: QRect) -> int:
        return text_at(painter, rect, tr("no GGUF files"), "small", "text.3", Qt.AlignmentFlag.AlignRight)

    def _name(self, painter: QPainter, rect: QRect, model: HubModel, local: bool) -> None:
        marks = [("lock", "text.3")] if model.gated else []
        if local:
            marks.append(("check", "ok.mark"))
        used = text_at(painter, rect.adjusted(0, 0, -20 * len(marks), 0), model.name, "body.strong", "text.1")
        x = rect.left() + used + 8
        for name, token in marks:
            icons.paint(painter, name, QRectF(QRect(x, rect.center().y() - 7, 14, 14)), token)
            x += 20

    def _facts(self, painter: QPainter, rect: QRect, model: HubModel, wide: bool) -> None:
        who = model.owner
        if model.parameters:
            who += f" · {fmt.count(model.parameters)}"
        x = rect.left() + text_at(painter, rect, who, "small", "text.2") + 12
        facts: list[tuple[str, str]] = []
        if model.downloads is not None:
            facts.append(("arrow-down", fmt.count(model.downloads)))
        if wide and model.likes is not None:
            facts.append(("heart", fmt.count(model.likes)))
        metrics = QFontMetrics(theme.font("small", tabular=True))
        for name, text in facts:
            width = metrics.horizontalAdvance(text)
            if x + 16 + width > rect.right():
                return
            icons.paint(painter, name, QRectF(QRect(x, rect.center().y() - 6, 12, 12)), "text.3")
            text_at(painter, QRect(x + 16, rect.top(), width + 2, rect.height()), text, "small", "text.2")
            x += 16 + width + 12
        when = model.updated or model.created
        if wide and when is not None:
            age = fmt.ago(when.timestamp())
            if x + metrics.horizontalAdvance(age) <= rect.right():
                text_at(
                    painter, QRect(x, rect.top(), rect.right() - x, rect.height()), age, "small", "text.3"
                )


class FileDelegate(QStyledItemDelegate):
    """One cell of the files table. A row shares its background, the Memory column one scale."""

    def __init__(self, free: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = free

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, FILE_ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FileRow = index.data(FileRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            active = _has_focus(option.widget) or row.recommended
            painter.fillRect(option.rect, theme.color("bg.selected" if active else "bg.selected.idle"))
        elif row.recommended:
            painter.fillRect(option.rect, theme.color("accent.tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.color("bg.hover"))
        hairline(painter, option.rect)
        rect = option.rect.adjusted(24 if index.column() == 0 else 8, 4, -8, -4)
        match Column(index.column()):
            case Column.QUANT:
                self._quant(painter, rect, row)
            case Column.SIZE:
                text_at(
                    painter,
                    rect,
                    fmt.size(row.quant.size),
                    "body.strong",
                    "text.1",
                    Qt.AlignmentFlag.AlignRight,
                )
            case Column.BITS:
                text_at(painter, rect, index.data(), "small", "text.2", Qt.AlignmentFlag.AlignRight)
            case Column.FIT:
                width = min(fit_pill_width(row.fit), rect.width())
                paint_fit_pill(painter, QRect(rect.left(), rect.center().y() - 10, width, 22), row.fit)
            case Column.MEMORY:
                model = index.model()
                if isinstance(model, FilesModel):
                    self._memory(painter, option.rect, row, model.scale())
            case Column.SPEED:
                if row.fit is not None and row.fit.tokens_per_second:
                    paint_number(painter, rect, fmt.number(row.fit.tokens_per_second, 0), predicted=True)
            case Column.ACTION:
                self._action(painter, rect, row, bool(state & QStyle.StateFlag.State_MouseOver))
        painter.restore()

    def _quant(self, painter: QPainter, rect: QRect, row: FileRow) -> None:
        upper = QRect(rect.left(), rect.top(), rect.width(), 18)
        lower = QRect(rect.left(), rect.top() + 19, rect.width(), 16)
        used = text_at(painter, upper, row.quant.label, "code", "text.1")
        if row.recommended:
            label = tr("Recommended")
            metrics = QFontMetrics(row_font("caption"))
            chip = QRect(upper.left() + used + 8, upper.top() + 1, metrics.horizontalAdvance(label) + 12, 16)
            if chip.right() <= rect.right():
                painter.setPen(QPen(theme.color("accent.line"), 1))
                painter.setBrush(theme.color("bg.control"))
                painter.drawRoundedRect(chip, 3, 3)
                text_at(painter, chip, label, "caption", "accent.text", Qt.AlignmentFlag.AlignHCenter)
        meaning = quant_meaning(row.quant.label)
        if len(row.quant.files) > 1:
            meaning = tr("{meaning}; {count} parts", meaning=meaning, count=len(row.quant.files))
        text_at(painter, lower, meaning, "caption", "text.3")

    def _memory(self, painter: QPainter, rect: QRect, row: FileRow, scale: int) -> None:
        """Weights, context and compute on the common scale; what goes beyond the free memory is hollow."""
        free = self._free()
        scale = max(scale, int(free * 1.1), 1)
        left, width = rect.left() + 8, rect.width() - 24
        limit = left + round(width * free / scale)
        if row.fit is not None:
            ledger = row.fit.ledger
            x = left
            bar_top = rect.center().y() - 3
            for value, token in (
                (ledger.weights, "data.1"),
                (ledger.kv, "data.2"),
                (ledger.compute + ledger.other, "data.3"),
            ):
                end = x + max(1, round(width * value / scale))
                inside = min(end, limit)
                if inside > x:
                    painter.fillRect(QRect(x, bar_top, inside - x, 7), theme.color(token))
                if end > max(limit, x):
                    painter.setPen(QPen(theme.color(token), 1))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                    start = max(x, limit)
                    painter.drawRect(QRect(start, bar_top, end - start - 1, 6))
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                x = end
        painter.setPen(QPen(theme.color("accent.base"), 1))
        painter.drawLine(limit, rect.top(), limit, rect.bottom())

    def _action(self, painter: QPainter, rect: QRect, row: FileRow, hovered: bool) -> None:
        middle = QRect(rect.center().x() - 7, rect.center().y() - 7, 16, 16)
        if hovered or (row.recommended and not row.local and not row.downloading):
            box = middle.adjusted(-6, -6, 6, 6)
            painter.setPen(QPen(theme.color("line.control"), 1))
            painter.setBrush(theme.color("bg.control"))
            painter.drawRoundedRect(box, 6, 6)
        if row.local:
            name = "message-square" if hovered else "check"
            icons.paint(painter, name, QRectF(middle), "text.2" if hovered else "ok.mark")
        elif row.downloading and row.job is not None:
            self._progress(painter, middle, row.job.done / max(row.job.total, 1), row.job.state)
        elif row.failed:
            icons.paint(painter, "rotate-ccw", QRectF(middle), "bad.text")
        else:
            icons.paint(painter, "download", QRectF(middle), "text.2")

    def _progress(self, painter: QPainter, box: QRect, share: float, state: DownloadState) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("data.track"), 3))
        painter.drawEllipse(box)
        token = "data.2" if state is DownloadState.PAUSED else "accent.base"
        painter.setPen(QPen(theme.color(token), 3))
        painter.drawArc(box, 90 * 16, -round(360 * 16 * share))
