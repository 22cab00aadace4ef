"""The inspector of the Library: tensors, metadata, template and tokens of the selected model; what is folded,
what fails in place, and that late answers never show up under another model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QSettings, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from backend.capacity.types import RunConfig
from backend.errors import AppError
from backend.i18n import tr
from backend.inspect.template import difference
from backend.inspect.types import Token, TokenKind, TypeShare
from backend.library.types import LibraryModel
from tests.support.driving import Run, cell, click, click_row, names_in, shown
from tests.support.fake_data import fit_of, library_models
from tests.support.fake_inspection import BASE_TEMPLATE, TEMPLATE, facts, tokens_of
from ui import tasks
from ui.pages.library.inspector import Inspector
from ui.pages.library.inspector_fit import FitSection
from ui.pages.library.inspector_map import ROW, LayerChart, TensorMap
from ui.pages.library.inspector_metadata import metadata_table
from ui.pages.library.inspector_section import FoldButton
from ui.pages.library.inspector_shades import HOLLOW, shades_of
from ui.pages.library.inspector_table import SORT, TableDialog
from ui.pages.library.inspector_tensors import tensor_table
from ui.pages.library.inspector_tokens import MOST_SHOWN, TokensView, readable
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.states import ErrorState

QWEN, GEMMA, BROKEN = "Qwen3-8B-Instruct", "Gemma-3-4B-it", "phi-4"


class Pane:
    """The Library with a model chosen, seen from its inspector."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @property
    def inspector(self) -> Inspector:
        return self.run.window.page("library").findChild(Inspector)

    def choose(self, name: str) -> None:
        table = self.run.wait_for(QTableView, "^Models on this disk$")
        click_row(table, names_in(table).index(name))
        self.run.until(lambda: self.inspector.head.name == name)

    def fold(self, title: str, *, opened: bool) -> None:
        """Bring a section into view, and open or close it with the mouse."""
        button = self.run.wait_for(FoldButton, f"^{title}$")
        self.inspector.ensureWidgetVisible(button)
        if button.isChecked() != opened:
            click(button)

    def press(self, words: str) -> None:
        button = self.run.wait_for(Button, words)
        self.inspector.ensureWidgetVisible(button)
        self.run.press(words)

    def read(self, words: str) -> ElidedLabel:
        return self.run.wait_for(ElidedLabel, words)

    def write(self, text: str) -> None:
        self.fold("Tokenizer", opened=True)
        self.inspector.tokenizer.field.setPlainText(text)

    def chips(self) -> list[str]:
        return [chip.words for chip in self.inspector.tokenizer.tokens.chips]

    def dialog(self) -> TableDialog:
        self.run.until(lambda: shown_dialogs())
        return shown_dialogs()[0]


def shown_dialogs() -> list[TableDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, TableDialog) and w.isVisible()]


@pytest.fixture
def pane(open_window: Callable[..., object]) -> Iterator[Callable[..., Pane]]:
    def open_it(state: str = "full", size: tuple[int, int] = (1600, 1000)) -> Pane:
        opened = open_window(state, size=size)
        run = Run(opened.window, opened.backend, opened.bridge)  # type: ignore[attr-defined]
        run.go("Library")
        run.until(lambda: names_in(run.wait_for(QTableView, "^Models on this disk$")))
        found = Pane(run)
        run.until(lambda: found.inspector.tensors.note.endswith("types"))
        return found

    yield open_it
    for dialog in shown_dialogs():
        dialog.close()


# Tensors


def test_types_and_layers_are_named(pane: Callable[..., Pane]) -> None:
    run = pane().run
    run.wait_for(ElidedLabel, "^399 in 3 types$")
    for words in ("^Q4_K$", r"^217 · 3\.7.GB$", "^Q6_K$", r"^37 · 1\.3.GB$", "^F32$", "^145$"):
        run.wait_for(QLabel, words)
    run.wait_for(QLabel, r"^Outside the layers: output 511.MB, token_embd 350.MB, output_norm 16.KB$")


def test_arrow_keys_name_the_cells_of_the_map(pane: Callable[..., Pane]) -> None:
    page = pane()
    view = page.run.wait_for(TensorMap, "^Tensors by layer$")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    page.read(r"^blk\.0\.attn_q$")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    page.read(r"^blk\.2\.attn_v$")
    page.read(r"^Q6_K, 4,096 × 1,024, 3\.4.MB$")
    assert "blk.2.attn_v" in view.accessibleDescription() == view.toolTip()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    page.read(r"^blk\.35\.attn_q$")


def test_the_mouse_names_what_it_points_at(pane: Callable[..., Pane]) -> None:
    page = pane()
    view = page.run.wait_for(TensorMap, "^Tensors by layer$")
    for layer in (0, 17, 35):
        place = QPointF(view.left() + (layer + 0.5) * view.cell_width(), 6 * ROW + ROW / 2)
        move = QEvent.Type.MouseMove
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(move, place, view.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)
        page.read(rf"^blk\.{layer}\.ffn_down$")


def test_the_chart_has_the_exact_size_of_every_layer(pane: Callable[..., Pane]) -> None:
    page = pane()
    chart = page.run.wait_for(LayerChart, "^Size of every layer$")
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    page.read(r"^layer 0$")
    page.read(r"^123.MB: Q4_K 78.MB, Q6_K 45.MB, F32 34.KB$")
    for _ in range(4):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    page.read(r"^layer 4$")
    page.read(r"^109.MB: Q4_K 109.MB, F32 34.KB$")


def test_all_tensors_can_be_searched_sorted_and_copied(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.press("^All 399$")
    dialog = page.dialog()
    table = dialog.table
    assert table.model().rowCount() == 399
    QTest.keyClicks(dialog.focusWidget(), "blk.9. q6_k")
    assert names_in(table) == ["blk.9.attn_v.weight", "blk.9.ffn_down.weight"]
    table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    click(next(button for button in dialog.findChildren(Button) if button.text() == "Copy"))
    copied = QGuiApplication.clipboard().text().replace("\u00a0", " ")
    assert copied == (
        "blk.9.ffn_down.weight\t9\t12,288 × 4,096\tQ6_K\t41 MB\n"
        "blk.9.attn_v.weight\t9\t4,096 × 1,024\tQ6_K\t3.4 MB"
    )
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


# Metadata


def test_the_main_facts_are_in_words(pane: Callable[..., Pane]) -> None:
    run = pane().run
    for words in ("^qwen3, 8.2B parameters$", "^36, 32, 8$", "^40,960 tokens$", "^151,936 tokens, qwen2$"):
        run.wait_for(QLabel, words)
    copy = run.wait_for(IconButton, "^Copy SHA-256$")
    click(copy)
    assert QGuiApplication.clipboard().text() == "d98cdcbd" * 8


def test_all_keys_can_be_searched(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.press("^All 21 keys$")
    dialog = page.dialog()
    QTest.keyClicks(dialog.focusWidget(), "head_count_kv")
    assert names_in(dialog.table) == ["qwen3.attention.head_count_kv"]
    assert cell(dialog.table, 0, 1) == "uint32"
    assert cell(dialog.table, 0, 2) == "8"
    dialog.table.selectRow(0)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "qwen3.attention.head_count_kv\tuint32\t8"


@pytest.mark.parametrize("make", [metadata_table, tensor_table])
def test_the_tables_are_proper_models(qtmodeltester: object, make: Callable[..., object]) -> None:
    model = make(facts("Qwen3", "qwen3"))
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    proxy = QSortFilterProxyModel()
    proxy.setSortRole(SORT)
    proxy.setSourceModel(model)  # type: ignore[arg-type]
    proxy.sort(model.columnCount() - 1)  # type: ignore[attr-defined]
    values = [proxy.index(row, proxy.columnCount() - 1).data(SORT) for row in range(proxy.rowCount())]
    assert values == sorted(values)


# Chat template


def test_the_template_can_be_read_and_copied(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.read(r"^tools, reasoning, 1,0\d\d characters$")
    page.fold("Chat template", opened=True)
    assert page.inspector.template._text.toPlainText() == TEMPLATE
    page.press("^Copy$")
    assert QGuiApplication.clipboard().text() == TEMPLATE
    assert page.run.backend.inspector.asked == []


def test_nothing_is_hidden_in_a_template(pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch) -> None:
    page = pane()
    hostile = "{{ x }}\u202ereversed\u200b\x1b\n\tand more " + "long" * 60_000
    monkeypatch.setattr(page.run.backend.inspector, "template", lambda path: hostile)
    page.fold("Chat template", opened=True)
    page.choose(GEMMA)
    page.read(r"240,0\d\d characters$")
    text = page.inspector.template._text.toPlainText()
    assert text.startswith("{{ x }}‹U+202E›reversed‹U+200B›‹U+001B›\n\tand more long")
    assert len(text) < 110_000
    page.press("^Copy$")
    assert QGuiApplication.clipboard().text() == hostile


def test_comparing_asks_once_and_shows_what_differs(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.fold("Chat template", opened=True)
    page.press("^Compare with the base model$")
    page.run.wait_for(Banner, "^Differs from that of Qwen/Qwen3-8B-Instruct: lines added 1, removed 2")
    page.read("^differs from the base model$")
    text = page.inspector.template._text.toPlainText()
    assert [line[0] for line in text.split("\n") if line[0] in "+−"] == ["−", "−", "+"]
    assert len(page.run.backend.inspector.asked) == 1
    page.choose(GEMMA)
    page.read(r"^tools, reasoning, 1,0\d\d characters$")
    assert shown(page.run.window, Banner, "Differs") is None


def test_a_known_difference_warns_without_a_question(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    known = difference(TEMPLATE, BASE_TEMPLATE, "google/gemma-3-4b-it")
    asked: list[bool] = []

    def template_difference(model: LibraryModel, *, ask: bool = False) -> object:
        asked.append(ask)
        return known

    monkeypatch.setattr(page.run.backend.inspector, "template_difference", template_difference)
    page.choose(GEMMA)
    page.read("^differs from the base model$")
    assert asked and not any(asked)


def test_the_same_template_and_an_unknown_base_are_said(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    page.fold("Chat template", opened=True)
    for answer, words in (
        (difference(TEMPLATE, TEMPLATE, "Qwen/Qwen3-8B"), "^The same as that of Qwen/Qwen3-8B$"),
        (None, "^It is not known which model"),
    ):
        monkeypatch.setattr(
            page.run.backend.inspector, "template_difference", lambda model, ask=False, answer=answer: answer
        )
        page.press("^Compare with the base model$")
        page.run.wait_for(Banner, words)


def test_a_failed_comparison_says_why_in_place(pane: Callable[..., Pane]) -> None:
    page = pane("error")
    page.fold("Chat template", opened=True)
    page.press("^Compare with the base model$")
    page.run.wait_for(QLabel, r"^huggingface\.co could not be reached\.$")
    page.run.backend.inspector._error = None
    page.press("^Try again$")
    page.run.wait_for(Banner, "^Differs from that of")


# Tokenizer


def test_what_is_typed_becomes_tokens(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.fold("Tokenizer", opened=True)
    field = page.inspector.tokenizer.field
    page.inspector.ensureWidgetVisible(field)
    click(field.viewport())
    QTest.keyClicks(field, "Orangery grows oranges in winter.")
    page.read("^7 tokens, 33 characters$")
    assert page.chips() == ["Orange", "ry", "·grows", "·oranges", "·in", "·winter", "."]
    view = page.inspector.tokenizer.tokens
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right)
    page.run.wait_for(QLabel, "^“·oranges”, token 85345, 8 bytes, part of text$")
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.accessibleDescription().startswith("“.”")
    field.clear()
    page.run.until(lambda: page.chips() == [])
    assert page.inspector.tokenizer.note == ""


def test_special_tokens_and_blanks_can_be_seen(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.write("<|im_start|>a\n\tb")
    page.run.until(lambda: page.chips() == ["<|im_start|>", "a", "↵→", "b"])
    kinds = [chip.token.kind for chip in page.inspector.tokenizer.tokens.chips]
    assert kinds[0] is TokenKind.CONTROL


def test_only_the_last_text_is_asked_for_while_an_answer_is_awaited(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    asked: list[str] = []
    go_on = threading.Event()

    def tokenize(path: Path, text: str) -> tuple[Token, ...]:
        asked.append(text)
        go_on.wait(20)
        return tokens_of(text)

    monkeypatch.setattr(page.run.backend.inspector, "tokenize", tokenize)
    page.write("one")
    page.run.until(lambda: asked == ["one"])
    for text in ("two", "three", "four words are here"):
        page.write(text)
    page.run.until(lambda: page.inspector._presenter._text is not None)
    go_on.set()
    page.run.until(lambda: page.chips() == ["four", "·words", "·are", "·here"])
    assert asked == ["one", "four words are here"]


def test_another_model_gets_its_own_tokens_of_the_same_text(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    waiting = threading.Event()

    def tokenize(path: Path, text: str) -> tuple[Token, ...]:
        if QWEN in path.name:
            waiting.wait(20)
        return (Token(1 if QWEN in path.name else 2, text, len(text), TokenKind.NORMAL),)

    monkeypatch.setattr(page.run.backend.inspector, "tokenize", tokenize)
    page.write("hello")
    page.run.until(lambda: page.inspector._presenter._asking is not None)
    page.choose(GEMMA)
    page.run.until(lambda: [chip.token.id for chip in page.inspector.tokenizer.tokens.chips] == [2])
    waiting.set()
    page.run.until(lambda: tasks.wait_idle(0.01))
    QApplication.processEvents()
    assert [chip.token.id for chip in page.inspector.tokenizer.tokens.chips] == [2]


def test_a_vocabulary_that_crashes_is_asked_once_and_another_model_works(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    asked: list[str] = []
    crash = AppError(
        "engine.crashed", "The engine crashed while it was loading a.gguf.", "Try another.", "SIGABRT"
    )

    def tokenize(path: Path, text: str) -> tuple[Token, ...]:
        asked.append(text)
        if QWEN in path.name:
            raise crash
        return tokens_of(text)

    monkeypatch.setattr(page.run.backend.inspector, "tokenize", tokenize)
    page.write("one")
    error = page.run.wait_for(ErrorState, "The engine crashed while it was loading a.gguf")
    page.write("one two")
    assert not page.inspector._presenter._type_soon.isActive(), "a file that crashes is tried at every key"
    page.choose(GEMMA)
    page.run.until(lambda: page.chips() == ["one", "·two"])
    assert not error.isVisible()
    assert asked == ["one", "one two"]


def test_a_text_that_is_too_long_can_be_made_shorter(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()

    def tokenize(path: Path, text: str) -> tuple[Token, ...]:
        if len(text) > 10:
            raise AppError("inspect.too_long", "The text is too long to show its tokens.")
        return tokens_of(text)

    monkeypatch.setattr(page.run.backend.inspector, "tokenize", tokenize)
    page.write("far more than this")
    page.run.wait_for(QLabel, "^The text is too long to show its tokens.$")
    page.write("less")
    page.run.until(lambda: page.chips() == ["less"])


def test_many_tokens_are_counted_and_the_first_are_shown(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.write("word " * 5_000)
    page.read(r"^\d,\d{3} tokens, 25,000 characters$|^\d+,\d{3} tokens, 25,000 characters$")
    assert len(page.chips()) == MOST_SHOWN
    page.run.wait_for(QLabel, "^The first 2,000 of ")
    view = page.run.wait_for(TokensView, "^Tokens$")
    assert view.height() < 300
    assert all(chip.box.right() <= view.viewport().width() for chip in view.chips)


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_a_chip_shows_only_what_stays_in_its_place(piece: str) -> None:
    shown_text = readable(piece)
    assert shown_text.isprintable()
    assert not set(shown_text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert bool(shown_text) == bool(piece)


@pytest.mark.parametrize("n", [0, 1, 2**31 - 1, 2**31, 2**64 - 1, -5])
def test_any_count_can_stand_in_a_text(n: int) -> None:
    """A damaged file once had two billion dimensions, which Qt cannot count with."""
    assert str(abs(n)) in "".join(filter(str.isdigit, tr("{n} types", n=n)))


# The pane as a whole


def test_an_adapter_has_tensors_and_keys_but_nothing_to_run(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.choose("sql-helper")
    page.run.until(lambda: page.inspector.tensors.note.endswith("types"))
    for title in ("Memory it needs", "Chat template", "Tokenizer"):
        assert shown(page.run.window, FoldButton, f"^{title}$") is None
    page.choose(QWEN)
    page.run.wait_for(FoldButton, "^Memory it needs$")


def test_a_file_that_cannot_be_read_says_why_in_place(pane: Callable[..., Pane]) -> None:
    page = pane()
    page.choose(BROKEN)
    page.run.wait_for(QLabel, r"is incomplete\.$")
    assert shown(page.run.window, FoldButton, "^Tokenizer$") is None
    assert shown(page.run.window, TensorMap, ".") is None
    page.choose(QWEN)
    page.run.wait_for(TensorMap, "^Tensors by layer$")
    page.run.wait_for(FoldButton, "^Tokenizer$")


def test_going_through_the_list_reads_the_last_file_only(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    inspector = page.run.backend.inspector
    real, read = inspector.facts, []

    def counting(path: Path) -> object:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(inspector, "facts", counting)
    table = page.run.wait_for(QTableView, "^Models on this disk$")
    for _ in range(4):
        QTest.keyClick(table, Qt.Key.Key_Down)
    page.run.until(lambda: page.inspector.tensors.note.endswith("types"))
    assert read == ["Qwen2.5-Coder-7B-Instruct-Q5_K_M.gguf"]


def test_what_is_folded_is_remembered(pane: Callable[..., Pane], tmp_path: Path) -> None:
    page = pane()
    page.fold("Tensors", opened=False)
    page.fold("Chat template", opened=True)
    assert shown(page.run.window, TensorMap, ".") is None
    settings = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    page.inspector.save_state(settings)
    settings.sync()
    again = Inspector(page.run.backend)  # type: ignore[arg-type]
    again.restore_state(QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat))
    opened = {section.key: section.is_open for section in again._sections}
    assert opened == {
        "fit": True,
        "tensors": False,
        "metadata": True,
        "template": True,
        "tokenizer": True,
    }
    again.deleteLater()


def test_sections_fold_with_the_keyboard(pane: Callable[..., Pane]) -> None:
    page = pane()
    button = page.run.wait_for(FoldButton, "^Metadata$")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    for key, opened in (
        (Qt.Key.Key_Return, False),
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_Right, True),
    ):
        QTest.keyClick(button, key)
        assert page.inspector.metadata.is_open is opened


def test_measured_memory_stands_beside_the_predicted_one(pane: Callable[..., Pane]) -> None:
    page = pane()
    lines = page.inspector.fit._lines
    page.run.until(lambda: lines[0][2].text())
    rows = [tuple(w.text().replace("\u00a0", " ") for w in line) for line in lines]
    assert rows == [
        ("Weights", "~4.9 GB", "4.9 GB", "0.0 %"),
        ("Context", "~983 MB", "983 MB", "0.0 %"),
        ("Compute", "~300 MB", "309 MB", "+3.0 %"),
        ("Needs", "~6.2 GB", "6.2 GB", ""),
        ("Tok/s", "~53.0", "53.8", "+1.5 %"),
        ("Prompt tok/s", "~532", "", ""),
    ]
    page.choose(GEMMA)
    page.run.until(lambda: lines[0][1].text().startswith("~2.6"))
    assert not lines[0][2].text()


def test_a_loaded_model_is_compared_with_a_prediction_for_its_own_context(
    pane: Callable[..., Pane], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pane()
    (loaded,) = page.run.backend.engine.loaded()
    longer = replace(loaded, n_ctx=32_768, options=replace(loaded.options, n_ctx=32_768))
    monkeypatch.setattr(page.run.backend.engine, "loaded", lambda: (longer,))
    page.run.window.page("library").activate()
    page.run.wait_for(QLabel, r"^With a context of 32,768 tokens\.$")


def test_what_the_library_remembers_of_the_last_load_is_shown(qtbot: object) -> None:
    section = FitSection()
    qwen = next(model for model in library_models() if model.name == QWEN)
    model = replace(qwen, memory=6_500_000_000)
    section.show_model(model)
    section.show_fit(model.id, fit_of(model.size, RunConfig()))
    needs = section._lines[3]
    assert needs[2].text() == "6.5\u00a0GB"
    assert needs[3].text() == "", "nobody knows for which context it was measured"
    assert "Measured at its last load" in section._note_below.text()
    section.deleteLater()


# Shades

TYPES = st.lists(
    st.builds(
        TypeShare,
        st.sampled_from(["F32", "F16", "Q8_0", "Q6_K", "Q5_K", "Q4_K", "Q3_K", "Q2_K", "IQ4_XS", "MXFP4"]),
        st.floats(1, 32),
        st.integers(1, 500),
        st.integers(0, 10**10),
    ),
    unique_by=lambda share: share.type,
)


@given(TYPES)
def test_every_type_has_a_shade_and_up_to_four_differ(types: list[TypeShare]) -> None:
    shades = shades_of(types)
    assert set(shades) == {share.type for share in types}
    drawn = [token for token in shades.values() if token != HOLLOW]
    if len(drawn) <= 4:
        assert len(set(drawn)) == len(drawn)
