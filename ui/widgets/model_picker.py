"""The button that shows the chosen model, and the list it opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from backend.engines.types import ChatModel
from backend.i18n import tr
from ui import format as fmt
from ui.theme import icons, theme
from ui.widgets.pick_popup import Pick, PickPopup

MIX_MARK = "blend"
"""The icon of a mix."""


def model_line(model: ChatModel) -> str:
    """Quantization and size of a model, or where it runs, in one short line; of a mix, that it is one."""
    mark = tr("mix") if model.base_id else ""
    parts = [mark, model.quant, fmt.size(model.size) if model.size else "", model.host]
    return " · ".join(part for part in parts if part)


def mix_words(model: ChatModel) -> str:
    """What a mix puts over its base: ``sql-helper 0.75, terse 0.40``."""
    return ", ".join(f"{PurePath(use.path).stem} {fmt.number(use.scale, 2)}" for use in model.adapters)


def short_name(model: ChatModel, models: Sequence[ChatModel]) -> str:
    """The name of a model in a list; of a mix without that of its base, below which it stands there."""
    base = next((each for each in models if each.id == model.base_id), None)
    return model.name.removeprefix(f"{base.name} + ") if base is not None else model.name


class ModelButton(QAbstractButton):
    """Two lines: the name, and how the model is held; like a combo box it opens a list.

    Signals:
        chosen: Id of the model that was chosen.
        more_asked: *Find more models* was chosen.
        opened: The list is shown; now is the time to ask other engines what they have.
    """

    chosen = Signal(str)
    more_asked = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ChatModel, ...] = ()
        self._title = tr("Choose a model")
        self._note = ""
        self._popup: PickPopup | None = None
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.open_list)
        theme.changed.connect(self.update)

    def set_models(self, models: Sequence[ChatModel]) -> None:
        """Offer these models."""
        self._models = tuple(models)
        if self._popup is not None and self._popup.isVisible():
            self._popup.set_picks(_picks(self._models))

    def show_model(self, title: str, note: str) -> None:
        """Show the model that is chosen; empty for none."""
        self._title = title or tr("Choose a model")
        self._note = note
        self.setAccessibleName(tr("Model: {name}", name=f"{self._title}, {note}" if note else self._title))
        self.update()

    def open_list(self) -> None:
        """Show the list below the button."""
        if self._popup is None:
            unmatched, empty = tr("No model has these words."), tr("No models yet.")
            self._popup = PickPopup(tr("Models"), tr("Find a model"), unmatched, empty, self)
            self._popup.add_command(tr("Find more models …"), "compass", self.more_asked.emit)
            self._popup.chosen.connect(self.chosen)
        self._popup.set_picks(_picks(self._models))
        self._popup.open_below(self)
        self.opened.emit()

    def sizeHint(self) -> QSize:
        return QSize(240, 44)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.control.hover" if self.underMouse() else "bg.control"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        room = self.width() - 44
        title_top = 5 if self._note else 12
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text.1"))
        title = QFontMetricsF(painter.font()).elidedText(self._title, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(12, title_top, room, 20), Qt.AlignmentFlag.AlignVCenter, title)
        if self._note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text.3"))
            note = QFontMetricsF(painter.font()).elidedText(self._note, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(12, 24, room, 15), Qt.AlignmentFlag.AlignVCenter, note)
        place = QRectF(self.width() - 24, (self.height() - 14) / 2, 14, 14)
        icons.paint(painter, "chevrons-up-down", place, "text.3")


def _picks(models: Sequence[ChatModel]) -> list[Pick]:
    return [
        Pick(
            model.id,
            model.name,
            tr("mix") if model.base_id else model_line(model),
            model.problem or (mix_words(model) if model.base_id else model.owner),
            "bad.text" if model.problem else "text.3",
            usable=not model.problem,
            more=f"{model.owner} {model.quant}",
            tip=model.problem or model.address,
            mark=MIX_MARK if model.base_id else "",
            below=model.base_id,
            short=short_name(model, models) if model.base_id else "",
        )
        for model in models
    ]
