"""The main facts of a model in words, and all keys of its metadata in a table."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from backend.gguf.names import quant_meaning
from backend.i18n import tr
from backend.inspect.types import Entry, FileFacts
from backend.library.types import LibraryModel
from backend.store.made import MadeModel
from ui import format as fmt
from ui.pages.library.inspector_section import InspectorSection
from ui.pages.library.inspector_table import Cell, CellsModel, Heading, TableDialog
from ui.pages.library.words import UNKNOWN, store_name
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label

_MOST = 14


class Fact(NamedTuple):
    """A line: name, value, perhaps all of it for the tooltip and for copying."""

    name: str
    value: str
    whole: str = ""
    code: bool = False


class MetadataSection(InspectorSection):
    """Shows what the library knows at once, and more once the header was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("metadata", tr("Metadata"), parent=parent)
        self._model: LibraryModel | None = None
        self._facts: FileFacts | None = None
        self._made: MadeModel | None = None
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel, IconButton]] = []
        for place in range(_MOST):
            name, value = label("", "small", "2"), label("", "small", weight=500, wrap=True)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            copy = IconButton("copy", tr("Copy"), size="small")
            copy.clicked.connect(lambda _checked=False, place=place: self._copy(place))
            line = QHBoxLayout()
            line.setSpacing(4)
            line.addWidget(value, 1)
            line.addWidget(copy)
            copy.setFixedSize(20, 16)
            copy.setStyleSheet("min-width: 18px; max-width: 18px; min-height: 14px; max-height: 14px;")
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(line, place, 1)
            self._lines.append((name, value, copy))
        self._shown: list[Fact] = []
        self.body.addLayout(grid)
        self.acted.connect(self._open_table)

    def show_model(self, model: LibraryModel) -> None:
        """Another model, or the same with new facts."""
        if self._model is None or self._model.id != model.id:
            self._facts = self._made = None
        self._model = model
        self._show()

    def show_facts(self, facts: FileFacts | None) -> None:
        """What the header says; None where it cannot be read."""
        self._facts = facts
        self._show()

    def show_made(self, made: MadeModel | None) -> None:
        """How Orangery made the file; None where it did not."""
        if made != self._made:
            self._made = made
            self._show()

    def _show(self) -> None:
        if self._model is None:
            return
        facts = self._facts
        self.set_action(
            tr("All {n} keys", n=len(facts.metadata)) if facts is not None and facts.metadata else ""
        )
        self._shown = [*made_facts(self._made), *main_facts(self._model, facts)][:_MOST]
        for place, (name, value, copy) in enumerate(self._lines):
            fact = self._shown[place] if place < len(self._shown) else None
            name.setVisible(fact is not None)
            value.setVisible(fact is not None)
            copy.setVisible(fact is not None and bool(fact.whole) and fact.code)
            if fact is None:
                continue
            name.setText(fact.name)
            value.setText(fact.value)
            value.setWordWrap(not fact.code)
            value.setToolTip(fact.whole)
            value.setFont(theme.font("code") if fact.code else theme.font("small", weight=500))
            copy.set_text(tr("Copy {name}", name=fact.name))

    def _copy(self, place: int) -> None:
        QGuiApplication.clipboard().setText(self._shown[place].whole)

    def _open_table(self) -> None:
        if self._facts is not None:
            TableDialog(tr("Metadata"), metadata_table(self._facts), tr("Filter"), self.window()).open()


def made_facts(made: MadeModel | None) -> list[Fact]:
    """What Orangery made the file from, and how."""
    if made is None:
        return []
    found = [Fact(tr("Made from"), _breakable(made.source_name or made.source_id), made.source_id)]
    recipe, ways = made.recipe, []
    for adapter in recipe.adapters:
        name, scale = _breakable(adapter.name), fmt.number(adapter.scale, 2)
        ways.append(tr("adapter {name} at {scale}", name=name, scale=scale))
    if recipe.adapters and recipe.type:
        ways.append(tr("changed weights at {type}", type=recipe.type))
    if recipe.imatrix:
        ways.append(tr("importance matrix {name}", name=_breakable(recipe.imatrix)))
    if recipe.output_type:
        ways.append(tr("output layer at {type}", type=recipe.output_type))
    if recipe.embedding_type:
        ways.append(tr("embeddings at {type}", type=recipe.embedding_type))
    if recipe.requantize:
        ways.append(tr("from weights that were quantized already"))
    if ways:
        found.append(Fact(tr("Made with"), ", ".join(ways)))
    found.append(Fact(tr("Made on"), fmt.date(made.created), f"llama-cpp-python {made.engine}"))
    return found


def main_facts(model: LibraryModel, facts: FileFacts | None) -> list[Fact]:
    """What people ask first, in their words; the header's facts where it was read."""
    found: list[Fact] = []
    architecture = model.architecture or (facts.value("general.architecture") if facts else "")
    if architecture and model.parameters:
        words = tr(
            "{architecture}, {count} parameters", architecture=architecture, count=fmt.count(model.parameters)
        )
        found.append(Fact(tr("Architecture"), words))
    elif architecture:
        found.append(Fact(tr("Architecture"), architecture))
    if facts is not None:
        found += _structure(architecture, facts)
    if model.context_length:
        words = tr("{count} tokens", n=model.context_length, count=fmt.number(model.context_length))
        found.append(Fact(tr("Trained context"), words))
    if model.quant != UNKNOWN:
        found.append(Fact(tr("Quantization"), quant_meaning(model.quant) or model.quant))
    if facts is not None:
        found += _origin(facts)
    found.append(Fact(tr("Store"), store_name(model.store)))
    found.append(Fact(tr("Size"), fmt.size(model.size)))
    if model.duplicates_of:
        found.append(Fact(tr("Same weights as"), _breakable(model.duplicates_of), model.duplicates_of))
    if model.sha256:
        found.append(Fact("SHA-256", f"{model.sha256[:8]} {model.sha256[8:16]}…", model.sha256, code=True))
    name = model.path.name
    short = name if len(name) <= 64 else f"{name[:24]}…{name[-12:]}"
    found.append(Fact(tr("File"), short.replace("_", "_\u200b").replace("-", "-\u200b"), str(model.path)))
    return found


def _structure(architecture: str, facts: FileFacts) -> list[Fact]:
    numbers = [
        facts.value(f"{architecture}.{key}")
        for key in ("block_count", "attention.head_count", "attention.head_count_kv")
    ]
    if all(number.isdigit() for number in numbers):
        return [Fact(tr("Layers, heads, KV heads"), ", ".join(numbers))]
    if numbers[0].isdigit():
        return [Fact(tr("Layers"), numbers[0])]
    return []


def _origin(facts: FileFacts) -> list[Fact]:
    found = []
    tokens = next((e.count for e in facts.metadata if e.key == "tokenizer.ggml.tokens"), 0)
    if tokens:
        kind = facts.value("tokenizer.ggml.pre") or facts.value("tokenizer.ggml.model")
        words = tr("{count} tokens", n=tokens, count=fmt.number(tokens))
        found.append(Fact(tr("Vocabulary"), f"{words}, {kind}" if kind else words))
    licence = facts.value("general.license")
    if licence:
        found.append(Fact(tr("Licence"), _breakable(licence)))
    maker = facts.value("general.quantized_by") or facts.value("general.organization")
    if maker:
        found.append(Fact(tr("Made by"), _breakable(maker)))
    return found


def _breakable(text: str) -> str:
    """At most a line or two, which may be broken anywhere between its words and marks."""
    short = text if len(text) <= 60 else f"{text[:40]}…{text[-18:]}"
    return short.replace("-", "-\u200b").replace("_", "_\u200b").replace("/", "/\u200b")


def metadata_table(facts: FileFacts) -> CellsModel:
    """All keys as a table."""
    headings = (
        Heading(tr("Key"), 260, code=True),
        Heading(tr("Type"), 170),
        Heading(tr("Value"), 0),
    )
    return CellsModel(headings, [_cells(entry) for entry in facts.metadata])


def _cells(entry: Entry) -> tuple[Cell, ...]:
    kind = entry.type
    if entry.type.startswith("array of "):
        kind = f"{fmt.number(entry.count)} × {entry.type.removeprefix('array of ')}"
    elif entry.text.endswith("…"):
        kind = tr("{type}, {count} characters", type=entry.type, count=fmt.number(entry.count))
    return Cell(entry.key), Cell(kind), Cell(entry.text)
