"""The tensors of a model: shares by storage type, a map by layer, the size of every layer, all in a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend.errors import AppError
from backend.i18n import tr
from backend.inspect.types import FileFacts, LayerSize, TensorFact, TypeShare
from ui import format as fmt
from ui.pages.library.inspector_map import LayerChart, TensorMap
from ui.pages.library.inspector_section import InspectorSection
from ui.pages.library.inspector_shades import HOLLOW, shades_of
from ui.pages.library.inspector_table import Cell, CellsModel, Heading, TableDialog
from ui.theme import theme
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.meter import Meter, Part, Swatch
from ui.widgets.states import ErrorState

_MOST_ROWS = 24


class TensorSection(InspectorSection):
    """Signals:
    retry: The person wants the file to be read again.
    """

    retry = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tensors", tr("Tensors"), parent=parent)
        self._facts: FileFacts | None = None
        self._error = ErrorState(centred=False)
        self._error.retry.connect(self.retry)
        self.body.addWidget(self._error)
        self._bar = Meter(theme.size("bar"))
        self.body.addWidget(self._bar)
        self._legend_box = QWidget()
        self._legend = FlowLayout(self._legend_box, spacing=4)
        self.body.addWidget(self._legend_box)
        self._map = TensorMap()
        self._map.current_changed.connect(lambda _row, _column: self._show_tensor())
        self.body.addWidget(self._map)
        self._chart = LayerChart()
        self._chart.current_changed.connect(lambda _row, _column: self._show_layer())
        self.body.addWidget(self._chart)
        words = QVBoxLayout()  # two lines, whatever is in them, so that nothing below moves
        words.setSpacing(0)
        self._cell_name = ElidedLabel("", "code")
        self._cell_facts = ElidedLabel("", "small", "2")
        words.addWidget(self._cell_name)
        words.addWidget(self._cell_facts)
        self.body.addLayout(words)
        self._outside = label("", "caption", "3", wrap=True)
        self.body.addWidget(self._outside)
        self.acted.connect(self._open_table)
        self.show_waiting()

    def show_waiting(self) -> None:
        """The file is being read."""
        self._facts = None
        self.set_note(tr("Reading the header …"))
        self._show_only(None)

    def show_error(self, error: AppError) -> None:
        """The file cannot be read."""
        self.set_note("")
        self._error.set_error(error)
        self._show_only(self._error)

    def show_facts(self, facts: FileFacts) -> None:
        self._facts = facts
        count, kinds = len(facts.tensors), len(facts.types)
        if not count:
            self.set_note(tr("none in this file"))
            self._show_only(None)
            return
        self.set_note(tr("{count} in {n} types", n=kinds, count=fmt.number(count)))
        self._show_only(self._bar)
        shades = shades_of(facts.types)
        self._show_types(facts.types, shades, _in_map(facts))
        self._show_layers(facts, shades)

    def _show_only(self, widget: QWidget | None) -> None:
        """The error, or what belongs to the bar, or nothing."""
        there = widget is self._bar
        self._error.setVisible(widget is self._error)
        for each in (self._bar, self._legend_box, self._map, self._chart, self._outside):
            each.setVisible(there)
        for each in (self._cell_name, self._cell_facts):
            each.setVisible(there)
        self.set_action(
            tr("All {count}", count=fmt.number(len(self._facts.tensors))) if there and self._facts else ""
        )

    def _show_types(self, types: tuple[TypeShare, ...], shades: dict[str, str], drawn: set[str]) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            item.widget().deleteLater()
        parts = []
        # In the bar as in the map: from the fewest bits to the most.
        for share in sorted(types, key=lambda share: (shades[share.type] == HOLLOW, share.bits)):
            token = shades[share.type]
            if token != HOLLOW:
                parts.append(Part(share.bytes, token))
            self._legend.addWidget(_Legend(share, token, outlined=share.type in drawn))
        self._bar.set_parts(sum(share.bytes for share in types), parts)
        self._bar.setAccessibleName(", ".join(f"{share.type} {fmt.size(share.bytes)}" for share in types))

    def _show_layers(self, facts: FileFacts, shades: dict[str, str]) -> None:
        parts, layers = _rows_of(facts), _numbers(facts.layers)
        cells = {(tensor.part, tensor.layer): tensor for tensor in facts.tensors if tensor.layer is not None}
        self._map.set_tensors(parts, layers, cells, shades)
        self._map.setVisible(bool(layers))
        by_layer = [_merged(layer for layer in facts.layers if layer.layer == number) for number in layers]
        self._chart.set_layers(layers, by_layer, shades)
        self._chart.setVisible(bool(layers))
        outside = [layer for layer in facts.layers if layer.layer is None]
        outside.sort(key=lambda layer: -layer.bytes)
        words = ", ".join(f"{layer.name} {fmt.size(layer.bytes)}" for layer in outside[:4])
        self._outside.setText(tr("Outside the layers: {parts}", parts=words) if words and layers else words)
        self._outside.setVisible(bool(words))
        self._name(_size_words(facts), code=False)
        self._cell_facts.setText(tr("Point at a cell, or use the arrow keys") if layers else "")

    def _show_tensor(self) -> None:
        tensor = self._map.tensor()
        if tensor is None:
            part, layer = self._map.place()
            self._say(f"blk.{layer}", tr("has no {part}", part=part), self._map)
            return
        shape = " × ".join(fmt.number(size) for size in tensor.shape)
        name = tensor.name.removesuffix(".weight")
        self._say(name, f"{tensor.type}, {shape}, {fmt.size(tensor.bytes)}", self._map)

    def _show_layer(self) -> None:
        current = self._chart.layer()
        if current is None:
            return
        number, shares = current
        total = fmt.size(sum(share.bytes for share in shares))
        kinds = ", ".join(f"{share.type} {fmt.size(share.bytes)}" for share in shares[:3])
        self._say(tr("layer {number}", number=number), f"{total}: {kinds}", self._chart)

    def _name(self, words: str, *, code: bool) -> None:
        self._cell_name.setFont(theme.font("code") if code else theme.font("small", weight=500))
        self._cell_name.setText(words)

    def _say(self, name: str, facts: str, where: TensorMap | LayerChart) -> None:
        self._name(name, code=True)
        self._cell_facts.setText(facts)
        where.say(f"{name}: {facts}")

    def _open_table(self) -> None:
        if self._facts is not None:
            TableDialog(tr("Tensors"), tensor_table(self._facts), tr("Filter"), self.window()).open()


class _Legend(QWidget):
    """Swatch, type, number of tensors and bytes."""

    def __init__(self, share: TypeShare, token: str, *, outlined: bool) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        if token != HOLLOW:
            layout.addWidget(Swatch(token))
        elif outlined:
            layout.addWidget(Swatch("bg.pane", outlined=True))
        layout.addWidget(label(share.type, "code"))
        count = fmt.number(share.count)
        words = count if token == HOLLOW else f"{count} · {fmt.size(share.bytes)}"
        layout.addWidget(label(words, "small", "2", tabular=True), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(tr("{type}: {bits} bits per weight", type=share.type, bits=fmt.number(share.bits, 2)))


def _in_map(facts: FileFacts) -> set[str]:
    """The types that the map draws."""
    parts = set(_rows_of(facts))
    return {tensor.type for tensor in facts.tensors if tensor.layer is not None and tensor.part in parts}


def _rows_of(facts: FileFacts) -> list[str]:
    """The kinds of tensors worth a row, in the order of the file: matrices, not the norms and biases beside
    them; the largest where there are too many."""
    sizes: dict[str, int] = {}
    flat: dict[str, int] = {}
    for tensor in facts.tensors:
        if tensor.layer is not None:
            matrix = sum(size > 1 for size in tensor.shape) > 1
            into = sizes if matrix else flat
            into[tensor.part] = into.get(tensor.part, 0) + tensor.bytes
    sizes = sizes or flat
    largest = sorted(sizes, key=lambda part: -sizes[part])[:_MOST_ROWS]
    return [part for part in sizes if part in largest]


def _size_words(facts: FileFacts) -> str:
    """All layers in a few words, while none is pointed at."""
    sizes = [layer.bytes for layer in facts.layers if layer.layer is not None]
    if not sizes:
        return ""
    count = len(_numbers(facts.layers))
    least, most = fmt.size(min(sizes)), fmt.size(max(sizes))
    if least == most:
        return tr("{n} layers of {size}", n=count, size=most)
    return tr("{n} layers of {least} to {most}", n=count, least=least, most=most)


def _numbers(layers: Sequence[LayerSize]) -> list[int]:
    return sorted({layer.layer for layer in layers if layer.layer is not None})


def _merged(layers: object) -> tuple[TypeShare, ...]:
    """The shares of layers with one number, such as those of an encoder and a decoder."""
    found: dict[str, TypeShare] = {}
    for layer in layers:  # type: ignore[attr-defined]
        for share in layer.by_type:
            before = found.get(share.type)
            count, size = (before.count, before.bytes) if before else (0, 0)
            found[share.type] = TypeShare(share.type, share.bits, count + share.count, size + share.bytes)
    return tuple(sorted(found.values(), key=lambda share: -share.bytes))


def tensor_table(facts: FileFacts) -> CellsModel:
    """All tensors as a table."""
    headings = (
        Heading(tr("Name"), 0, code=True),
        Heading(tr("Layer"), 64, right=True),
        Heading(tr("Shape"), 180, right=True),
        Heading(tr("Type"), 84, code=True),
        Heading(tr("Size"), 104, right=True),
    )
    return CellsModel(headings, [_cells(tensor) for tensor in facts.tensors])


def _cells(tensor: TensorFact) -> tuple[Cell, ...]:
    elements = 1
    for size in tensor.shape:
        elements *= size
    return (
        Cell(tensor.name),
        Cell(
            fmt.UNKNOWN if tensor.layer is None else str(tensor.layer),
            -1.0 if tensor.layer is None else float(tensor.layer),
        ),
        Cell(" × ".join(fmt.number(size) for size in tensor.shape), float(elements)),
        Cell(tensor.type),
        Cell(fmt.size(tensor.bytes), float(tensor.bytes)),
    )
