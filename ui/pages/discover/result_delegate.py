"""Painting of the result list: cards of two lines, and the folds between them.

A line is drawn once into a picture and then copied for as long as nothing of it changes, so that scrolling
costs one copy per line.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from backend.hubs.types import HubModel, Source
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.painting import (
    MARK,
    RIGHT,
    hairline,
    metrics,
    paint_source_mark,
    surface_of,
    text_at,
)
from ui.pages.discover.results import Role
from ui.pages.discover.rows import (
    Row,
    RowKind,
    cannot_run,
    fold_words,
    owner,
    sizes,
    source_name,
    special_purpose,
)
from ui.theme import icons, theme
from ui.widgets.fit_details import FitDetails
from ui.widgets.fit_pill import fit_pill_width, paint_fit_pill
from ui.widgets.labels import number_width, paint_number

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 56
PAD = 16
INDENT = 20
WIDE = 360
"""Pixels of a line's content from which on it has room for everything."""
KEPT = 96
"""Pictures of lines; about twice what a large window shows."""
AHEAD_OF_NAME = 60
"""Pixels that a name keeps before the marks behind it give way."""


class ResultDelegate(QStyledItemDelegate):
    """Two lines: name, marks and fit pill; owner, size, downloads, likes, age and predicted speed.

    Args:
        wish: Called for a model that is painted without a pill.
        pills: Whether rows are models that may be run; without, they are things such as adapters.
        ground: Colour token of what the list lies on.
        pad: Pixels at both sides.
    """

    def __init__(
        self,
        wish: Callable[[HubModel], None],
        parent: QWidget | None = None,
        *,
        pills: bool = True,
        ground: str = "bg.pane",
        pad: int = PAD,
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self._pills = pills
        self._ground = ground
        self._pad = pad
        self._pictures: OrderedDict[tuple[int, int, str, float], tuple[Row, QPixmap]] = OrderedDict()
        theme.changed.connect(self._pictures.clear)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Role.ROW)
        if row.fit is None and row.kind is not RowKind.FOLD and self._pills:
            self._wish(row.model)
        rect = option.rect
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        surface = surface_of(option)
        key = (id(row), rect.width(), surface, ratio)
        kept = self._pictures.get(key)
        if kept is None:
            picture = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(theme.color(surface or self._ground))
            inner = QPainter(picture)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(inner, QRect(0, 0, rect.width(), rect.height()), row)
            inner.end()
            kept = self._pictures[key] = (row, picture)
            if len(self._pictures) > KEPT:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        painter.drawPixmap(rect.topLeft(), kept[1])

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        row: Row = index.data(Role.ROW)
        pill = self._pill(self._area(option.rect, row), row)
        if row.fit is not None and pill.contains(event.pos()):
            FitDetails.open(view.viewport(), view.viewport().mapToGlobal(pill.bottomLeft()), row.fit)
            return True
        FitDetails.dismiss()
        QToolTip.showText(event.globalPos(), tip(row), view)
        return True

    def pill_corner(self, rect: QRect, row: Row) -> QPoint:
        """Where the breakdown of a line that is painted into `rect` hangs."""
        return self._pill(self._area(rect, row), row).bottomLeft()

    # -- one line

    def _area(self, rect: QRect, row: Row) -> QRect:
        indent = INDENT if row.kind is RowKind.MEMBER else 0
        return rect.adjusted(self._pad + indent, 8, -self._pad, -8)

    def _pill(self, area: QRect, row: Row) -> QRect:
        if not self._pills or not row.runnable or row.kind is RowKind.FOLD:
            return QRect()
        width = fit_pill_width(row.fit, number=area.width() >= WIDE)
        return QRect(area.right() - width + 1, area.top() - 1, width, 22)

    def _draw(self, painter: QPainter, rect: QRect, row: Row) -> None:
        hairline(painter, rect)
        if row.kind is RowKind.FOLD:
            self._draw_fold(painter, rect, row)
            return
        area = self._area(rect, row)
        top = QRect(area.left(), area.top(), area.width(), 20)
        bottom = QRect(area.left(), area.bottom() - 19, area.width(), 20)
        wide = area.width() >= WIDE
        pill = self._pill(area, row)
        used = pill.width()
        if used:
            paint_fit_pill(painter, pill, row.fit, number=wide)
        else:
            words = cannot_run(row) if self._pills else adapter_form(row)
            used = text_at(painter, top, words, "small", "text.3", RIGHT)
        self._name(painter, top.adjusted(0, 0, -used - 12, 0), row, wide)
        speed = 0
        value = fmt.predicted_speed(row.fit) if row.fit is not None else ""
        if value and self._pills and row.runnable:
            paint_number(painter, bottom, value, tr("tok/s"), predicted=True)
            speed = number_width(value, tr("tok/s"), True) + 12
        if row.fit is not None and row.fit.choice and wide and self._pills and row.runnable:
            room = bottom.adjusted(bottom.width() // 2, 0, 4 - speed if speed else 0, 0)
            speed += text_at(painter, room, row.fit.choice, "code", "text.3", RIGHT) + (8 if speed else 12)
        self._facts(painter, bottom.adjusted(0, 0, -speed, 0), row, wide)

    def _draw_fold(self, painter: QPainter, rect: QRect, row: Row) -> None:
        left = self._pad + INDENT
        icon = "chevron-down" if row.open else "chevron-right"
        icons.paint(painter, icon, QRectF(self._pad, rect.center().y() - 6, 14, 14), "text.3")
        top = QRect(left, rect.top() + 8, rect.width() - left - self._pad, 20)
        bottom = QRect(left, rect.bottom() - 27, top.width(), 20)
        text_at(painter, top, fold_words(row), "small.words", "text.1")
        text_at(painter, bottom, ", ".join(row.owners), "small.words", "text.3")

    def _name(self, painter: QPainter, rect: QRect, row: Row, wide: bool) -> None:
        marks: list[tuple[str, str]] = []
        if row.local:
            marks.append(("check", "ok.mark"))
        if row.model.gated:
            marks.append(("lock", "text.3"))
        if row.reads_images:
            marks.append(("image", "text.3"))
        sources = row.sources if wide else ()
        gap = (8 + (MARK + 4) * len(sources) if sources else 0) + 20 * len(marks)
        while marks and rect.width() - gap < AHEAD_OF_NAME:
            marks.pop()
            gap -= 20
        bright = row.runnable or not self._pills
        token = "text.1" if bright else "text.3"
        used = text_at(painter, rect.adjusted(0, 0, -gap, 0), title(row), "body.strong", token)
        x, middle = rect.left() + used + 8, rect.center().y() + 1
        for source in sources:
            paint_source_mark(painter, x, middle, source, "text.2" if bright else "text.3")
            x += MARK + 4
        x += 4 if sources else 0
        for name, token in marks:
            icons.paint(painter, name, QRectF(x, middle - 7, 14, 14), token)
            x += 20

    def _facts(self, painter: QPainter, rect: QRect, row: Row, wide: bool) -> None:
        model = row.model
        token = "text.2" if row.runnable or not self._pills else "text.3"
        first = model.name if row.kind is RowKind.MEMBER else owner(model)
        origin = tr("bundled list") if row.bundled else ""
        who = " · ".join(part for part in (first, origin, sizes(model), special_purpose(row)) if part)
        x = rect.left() + text_at(painter, rect, who, "small.words", token) + 12
        facts: list[tuple[str, str]] = []
        if model.downloads is not None:
            facts.append(("arrow-down", fmt.count(model.downloads)))
        if wide and model.likes is not None:
            facts.append(("heart", fmt.count(model.likes)))
        when = model.updated or model.created
        if wide and when is not None:
            facts.append(("", fmt.ago(when.timestamp())))
        for name, text in facts:
            width = metrics("small").horizontalAdvance(text)
            room = 16 if name else 0
            if x + room + width > rect.right():
                return
            if name:
                icons.paint(painter, name, QRectF(x, rect.center().y() - 5, 12, 12), "text.3")
            box = QRect(x + room, rect.top(), width + 2, rect.height())
            text_at(painter, box, text, "small", token if name else "text.3")
            x += room + width + 12


def title(row: Row) -> str:
    """The first words of a line. Other uploads of one model differ in who made them, so that stands first."""
    return owner(row.model) if row.kind is RowKind.MEMBER else row.model.name


def adapter_form(row: Row) -> str:
    """In which form an adapter is offered."""
    return tr("GGUF") if row.model.has_gguf else tr("to be converted first")


def tip(row: Row) -> str:
    """What the marks of a line mean, for the mouse."""
    if row.kind is RowKind.FOLD:
        return ", ".join(row.owners)
    model = row.model
    lines = [model.id if model.source is Source.HUGGING_FACE else model.key, model.summary]
    lines.append(tr("in {gardens}", gardens=", ".join(source_name(source) for source in row.sources)))
    if model.gated:
        lines.append(tr("gated: its owner lets people in"))
    if row.local:
        lines.append(tr("on this disk"))
    if row.bundled:
        lines.append(tr("from the bundled list"))
    lines.append(cannot_run(row))
    return "\n".join(line for line in lines if line)
