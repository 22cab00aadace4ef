"""The breakdown behind a fit pill: weights, context, compute, and what stays free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from backend.capacity.types import Fit, Ledger, Machine, Pool, PoolKind, Verdict
from backend.capacity.verdict import available
from backend.i18n import tr
from ui import format as fmt
from ui.widgets.labels import PredictedLabel, label
from ui.widgets.meter import Meter, Part, Swatch


@dataclass(frozen=True, slots=True)
class DeviceShare:
    """What a model would have of one memory. Bytes.

    Attributes:
        parts: Weights, context, and compute with everything else.
        free: What models may have of it.
    """

    name: str
    parts: tuple[int, int, int]
    total: int
    free: int

    @property
    def needs(self) -> int:
        return sum(self.parts)


def device_shares(fit: Fit, machine: Machine) -> tuple[DeviceShare, ...]:
    """Each device that a model would lie on, main memory first; one where nobody divided its bytes."""
    ledger = fit.ledger
    pools = {"CPU": machine.ram} | {f"GPU{place}": pool for place, pool in enumerate(machine.gpus)}
    used = [device for device in ledger.devices if device.weights + device.kv + device.compute]
    if len(used) > 1:
        shares = []
        gpus = iter(machine.gpus)
        for device in used:
            cpu = device.device == "CPU"
            pool = machine.ram if cpu else pools.get(device.device) or next(gpus, machine.ram)
            rest = device.compute + (ledger.other if cpu else 0)
            shares.append(_share(pool, (device.weights, device.kv, rest)))
        return tuple(shares)
    parts = (ledger.weights, ledger.kv, ledger.compute + ledger.other)
    if fit.verdict is not Verdict.FITS_GPU or not machine.gpus:
        return (_share(machine.ram, parts),)
    if len(machine.gpus) == 1:
        return (_share(machine.gpus[0], parts),)
    total, free = sum(p.total for p in machine.gpus), sum(available(p) for p in machine.gpus)
    return (DeviceShare(tr("{n} GPUs", n=len(machine.gpus)), parts, total, free),)


def _share(pool: Pool, parts: tuple[int, int, int]) -> DeviceShare:
    name = tr("Main memory") if pool.kind is PoolKind.RAM else pool.name
    return DeviceShare(name, parts, pool.total, available(pool))


def source_words(fit: Fit) -> str:
    """Where the numbers come from, in a short sentence."""
    if fit.approximate:
        return tr("Estimated from the size and the first 64 KB of the file.")
    if fit.ledger.source == "engine":
        return tr("By a dry run of the engine.")
    return tr("By formula, from the whole header.")


def speed_words(fit: Fit) -> str:
    """Predicted speeds: ``Writes ~8–13 tok/s, reads ~110–150 tok/s``; empty where nothing is known."""
    writes = fmt.predicted_speed(fit)
    if not writes:
        return ""
    if fit.prompt is None:
        return tr("Writes ~{rate} tok/s", rate=writes)
    return tr("Writes ~{rate} tok/s, reads a prompt at ~{prompt}", rate=writes, prompt=fmt.likely(fit.prompt))


class FitDetails(QFrame):
    """A small window without focus; there is at most one. Use `open` and `dismiss`."""

    _shown: ClassVar[FitDetails | None] = None

    def __init__(self, parent: QWidget, fit: Fit) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setProperty("surface", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(264)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        ledger = fit.ledger
        total = max(ledger.total, fit.free, 1)
        bar = Meter(height=8)
        bar.set_parts(
            total,
            (
                Part(ledger.weights, "data.1"),
                Part(ledger.kv, "data.2"),
                Part(ledger.compute + ledger.other, "data.3"),
            ),
        )
        rows: list[tuple[str, int, str | None]] = [
            (tr("Weights"), ledger.weights, "data.1"),
            (tr("Context, {count} tokens", count=fmt.number(fit.run.n_ctx)), ledger.kv, "data.2"),
            (tr("Compute"), ledger.compute + ledger.other, "data.3"),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, (words, amount, token) in enumerate(rows):
            if token is not None:
                grid.addWidget(Swatch(token), place, 0)
            grid.addWidget(label(words, "small", "2"), place, 1)
            value = PredictedLabel()
            value.set_predicted(fmt.size(amount))
            grid.addWidget(value, place, 2)
        rest = fit.free - ledger.total
        closing = (
            (tr("Needs"), fmt.size(ledger.total)),
            (tr("Free now"), fmt.size(fit.free)),
            (tr("Stays free"), fmt.size(rest)) if rest >= 0 else (tr("Missing"), fmt.size(-rest)),
        )
        for place, (words, text) in enumerate(closing, start=len(rows)):
            last = place == len(rows) + len(closing) - 1
            grid.addWidget(label(words, "small", weight=500 if last else None), place, 0, 1, 2)
            value = PredictedLabel()
            if words == tr("Free now"):
                value.set_measured(text)
            else:
                value.set_predicted(text)
            grid.addWidget(value, place, 2)
        layout.addWidget(bar)
        layout.addLayout(grid)
        if len(ledger.devices) > 1:
            layout.addLayout(_devices(ledger))
        if fit.approximate:
            note = tr("Estimated from the file size; opening the model's page makes it exact.")
        elif not ledger.known:
            note = tr("This architecture is new to Orangery, so the numbers are a guess.")
        else:
            note = source_words(fit)
        if speeds := speed_words(fit):
            layout.addWidget(label(speeds, "small", "2", wrap=True))
        layout.addWidget(label(note, "caption", "3", wrap=True))

    @classmethod
    def open(cls, parent: QWidget, position: QPoint, fit: Fit) -> None:
        """Show the breakdown of `fit` with its top left corner just below the global `position`."""
        cls.dismiss()
        details = cls(parent, fit)
        details.adjustSize()
        screen = parent.screen().availableGeometry()
        place = position + QPoint(0, 6)
        place.setX(max(screen.left() + 4, min(place.x(), screen.right() - details.width() - 4)))
        if place.y() + details.height() > screen.bottom():
            place.setY(position.y() - details.height() - 28)
        details.move(place)
        details.show()
        cls._shown = details

    @classmethod
    def dismiss(cls) -> None:
        """Close the breakdown if one is open."""
        shown, cls._shown = cls._shown, None
        if shown is not None and isValid(shown):
            shown.close()


def _devices(ledger: Ledger) -> QGridLayout:
    """What lies where, a line per device."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for place, device in enumerate(ledger.devices):
        cpu = device.device == "CPU"
        amount = device.weights + device.kv + device.compute + (ledger.other if cpu else 0)
        name = tr("in main memory") if cpu else tr("on {device}", device=device.device)
        grid.addWidget(label(name, "small", "2"), place, 0)
        value = PredictedLabel()
        value.set_predicted(fmt.size(amount))
        grid.addWidget(value, place, 1)
    return grid
