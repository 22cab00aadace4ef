"""The quant lab: types and what they lose, options, what pressing the button does, results that arrive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from backend.errors import AppError
from backend.lab.types import LabText
from tests.support import fake_data as data
from tests.support import fake_lab, quant_desk
from tests.support.driving import click
from tests.support.fake_lab import BF16, TYPES
from tests.support.fake_library import OLLAMA_QWEN
from tests.support.library_page import Page
from tests.support.quant_desk import QuantDesk, open_lab
from ui.pages.library import making
from ui.pages.library.quant.dialog import NARROW_OPTIONS, QuantDialog
from ui.pages.library.quant.plan import Matrix
from ui.pages.library.quant.rows import Column
from ui.widgets.banner import Banner

Library = Callable[..., Page]
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
NBSP = "\u00a0"


@pytest.fixture
def lab(library: Library) -> QuantDesk:
    return open_lab(library())


def point_at(viewport: QWidget, place: QPointF) -> None:
    """Move the mouse there."""
    no = Qt.MouseButton.NoButton
    everywhere = viewport.mapToGlobal(place)
    move = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, no, no, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, move)


def test_predicted_and_measured_numbers_can_be_told_apart(lab: QuantDesk) -> None:
    tester = QAbstractItemModelTester(lab.dialog.rows, STRICT)
    shown = QAbstractItemModelTester(lab.dialog._proxy, STRICT)
    assert lab.names() == ["BF16", *(name for name, *_rest in TYPES)]
    assert lab.dialog._source.full_text() == f"from BF16, 16.4{NBSP}GB, Hugging Face, SHA-256 verified"
    assert lab.cell("Q4_K_M", Column.LOSS) == "~0.031"
    assert lab.cell("Q4_K_M", Column.SAME) == f"~93.1{NBSP}%"
    assert lab.cell("BF16", Column.LOSS) == "–"
    lab.lab.measure("Q4_K_M")
    lab.page.run.until(lambda: lab.cell("Q4_K_M", Column.LOSS) == "0.031")
    assert lab.cell("Q4_K_M", Column.SPEED) == "53.8"
    assert lab.cell("Q4_K_M", Column.PERPLEXITY) == "9.92"
    assert lab.cell("Q4_K_M", Column.MEMORY) == f"6.3{NBSP}GB"
    assert lab.cell("Q5_K_M", Column.LOSS) == "~0.010"
    lab.dialog.table.select("Q2_K")
    assert "Expected: heavy loss" in lab.dialog._meaning.text()
    lab.dialog.table.select("Q4_K_M")
    assert "Measured here: small loss" in lab.dialog._meaning.text()
    lab.dialog.groups.set_value("small")
    assert lab.names() == ["BF16", "IQ4_XS", "Q3_K_M", "IQ3_M", "IQ3_XXS", "Q2_K"]
    del tester, shown


def test_a_size_that_was_chosen_is_kept(lab: QuantDesk) -> None:
    making = lab.page.view.making
    opened = lab.dialog.size()
    assert lab.dialog.chosen_size() is None
    lab.dialog.resize(opened.width() + 20, opened.height() + 12)
    chosen = lab.dialog.size()
    lab.dialog.reject()
    assert making.lab_size == chosen != opened


def test_row_and_point_are_one_selection(lab: QuantDesk) -> None:
    chart, table = lab.chart, lab.dialog.table
    at = chart.point_at("Q6_K")
    assert at is not None
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert table.current() == "Q6_K"
    table.select("Q2_K")
    assert "Q2_K" in chart.accessibleDescription() and "heavy loss" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert table.current() == "IQ3_XXS"
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert table.current() == "Q8_0"
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert lab.ticked() == ["Q8_0"]
    place = chart.point_at("Q4_K_M")
    assert place is not None
    point_at(chart.viewport(), place)
    assert table._delegate.hovered == "Q4_K_M"
    assert "0.031" in chart.viewport().toolTip()
    point_at(table.viewport(), table.visualRect(table.model().index(2, 0)).center().toPointF())
    assert chart._hovered == "Q6_K"


def test_names_in_the_chart_never_overlap(lab: QuantDesk) -> None:
    lab.quantizer.offer_all()
    lab.lab.measure("Q4_K_M")
    lab.page.run.until(lambda: lab.dialog.groups.value() == "usual")  # too many to begin with all
    lab.dialog.groups.set_value("")
    assert len(lab.names()) > 30
    chart = lab.chart
    for speed in (False, True):
        lab.dialog._chart.axis.set_value(speed)
        boxes = list(chart.labelled().values())
        assert len(boxes) > 8 and "Q4_K_M" in chart.labelled()
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one, other)
    assert chart.point_at("F32") is None, "what loses nothing is not drawn far away from the others"
    chart.grab()


def test_making_and_measuring_is_handed_to_the_jobs(lab: QuantDesk) -> None:
    assert not lab.ready
    lab.tick("Q5_K_M", "IQ3_M")
    assert lab.button == "Quantize 2 types" and lab.ready
    words = f"2 files, 9.8{NBSP}GB"
    lab.page.run.until(lambda: lab.dialog.footer.words() == f"{words}, about 6 minutes to measure")
    assert lab.dialog.footer.facts() == (
        f"212{NBSP}GB free on the disk. Peak memory ~1.9{NBSP}GB. Saved under Made here."
    )
    QTest.keyClick(lab.dialog.table, Qt.Key.Key_Return)
    assert not lab.lab.started, "Enter alone begins nothing"
    QTest.keyClick(lab.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    lab.page.run.until(lambda: lab.page.gone(QuantDialog))
    (request,) = lab.lab.started
    assert (request.model_id, request.types, request.measure) == (BF16, ("Q5_K_M", "IQ3_M"), True)
    assert request.tokens == 8192 and request.text.kind == "neutral" and request.keep
    assert request.imatrix is None and request.imatrix_text is None
    lab.page.run.until(lambda: "Making 2 types of Qwen3-8B-Instruct" in lab.page.toasts)


def test_what_is_there_already_is_only_measured(lab: QuantDesk) -> None:
    lab.lab.measure("Q6_K", "Q4_K_M")
    lab.page.run.until(lambda: lab.dialog.rows.row("Q6_K").here)  # type: ignore[union-attr]
    lab.tick("Q6_K", "Q4_K_M")
    assert lab.button == "Measure 2 types" and lab.ready
    lab.dialog._options._measure_row.set_checked(False)
    assert lab.ticked() == [] and not lab.ready
    lab.tick("Q5_K_M")
    click(lab.dialog.footer.go)
    lab.page.run.until(lambda: lab.lab.started)
    assert lab.lab.started[0].types == ("Q5_K_M",) and not lab.lab.started[0].measure


def test_a_refusal_is_cured_by_an_importance_matrix(lab: QuantDesk) -> None:
    lab.dialog.menu().actions()[-1].trigger()
    lab.page.run.until(lambda: lab.lab.matrices == [(BF16, lab.lab.texts()[0], 8192)])
    lab.page.run.wait_for(Banner, "offered here")
    lab.dialog.table.select("IQ3_XXS")
    QTest.keyClick(lab.dialog.table, Qt.Key.Key_Space)
    assert lab.ticked() == [] and "needs an importance matrix" in lab.dialog._meaning.text()
    click(lab.dialog._cure)
    QTest.keyClick(lab.dialog.table, Qt.Key.Key_Space)
    assert lab.ticked() == ["IQ3_XXS"] and not lab.dialog._cure.isVisible()
    click(lab.dialog.footer.go)
    lab.page.run.until(lambda: lab.lab.started)
    assert lab.lab.started[0].imatrix_text == lab.lab.texts()[0]


def test_a_saved_matrix_is_offered_first(library: Library) -> None:
    page = library()
    page.run.backend.lab.save_matrix()  # type: ignore[attr-defined]
    lab = open_lab(page)
    assert lab.dialog._options.choices(()).matrix == Matrix(path=lab.lab.saved[0].path)
    computed = lab.dialog.menu().actions()[-1]
    assert not computed.isEnabled(), "there is one already"
    row = lab.dialog.rows.row
    lab.page.run.until(lambda: not row("IQ3_XXS").refusal)  # type: ignore[union-attr]
    lab.tick("IQ3_XXS")
    assert lab.ready


def test_own_chats_and_files_only_when_chosen(
    lab: QuantDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    options = lab.dialog._options
    assert options.choices(()).text.kind == "neutral"
    pick = options._text_pick
    pick.setCurrentIndex(1)
    pick.activated.emit(1)
    assert options.choices(()).text.kind == "chats" and "stay on this machine" in options._measure_row.about()
    pick.setCurrentIndex(2)
    pick.activated.emit(2)
    assert (
        options.choices(()).text.kind == "both" and "Also on your own chats" in options._measure_row.about()
    )
    options.use_matrix()
    matrix = options._matrix_pick
    matrix.activated.emit(matrix.findText("Neutral text and your chats"))
    assert options.choices(()).matrix == Matrix(text=LabText("both", "both"))
    assert options._matrix_row.about() == "Read on this machine only; the matrix holds none of your words"
    text = tmp_path / "letters.txt"
    text.write_text("Dear Anna")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(text), ""))
    pick.activated.emit(pick.count() - 1)
    assert options.choices(()).text == LabText("file", "letters.txt", text, 9)
    matrix.activated.emit(matrix.count() - 1)
    assert options.choices(()).matrix == Matrix(text=LabText("file", "letters.txt", text, 9))


def test_kept_layers_make_the_files_larger(lab: QuantDesk) -> None:
    lab.dialog._options.advanced.output.set_checked(True)
    lab.page.run.until(lambda: lab.cell("Q4_K_M", Column.SIZE) == f"5.2{NBSP}GB")
    lab.dialog._options.advanced.embeddings.setChecked(True)
    lab.page.run.until(lambda: lab.cell("Q4_K_M", Column.SIZE) == f"5.4{NBSP}GB")
    lab.tick("Q4_K_M")
    click(lab.dialog.footer.go)
    lab.page.run.until(lambda: lab.lab.started)
    request = lab.lab.started[0]
    assert (request.output_type, request.embedding_type) == ("Q8_0", "Q8_0")


def test_threads_and_the_split_are_advanced_choices(library: Library) -> None:
    page = library()
    lab = open_lab(page)
    advanced = lab.dialog._options.advanced
    assert not advanced.output.isVisible(), "folded away at first"
    lab.dialog.resize(960, 640)
    click(advanced.head)
    assert advanced.threads.isVisible() and advanced.width() <= NARROW_OPTIONS
    assert not advanced.split.possible and advanced.split.about() == "The original is one file"
    assert advanced.threads.value() == page.run.backend.machines.read().threads
    assert lab.dialog._options.choices(()).threads is None
    advanced.threads.setValue(3)
    lab.tick("Q4_K_M")
    click(lab.dialog.footer.go)
    lab.page.run.until(lambda: lab.lab.started)
    assert (lab.lab.started[0].threads, lab.lab.started[0].keep_split) == (3, False)


def test_a_model_of_several_files_may_stay_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fake_lab.original()
    parts = tuple(whole.path.with_name(f"part-{number}.gguf") for number in (1, 2))
    monkeypatch.setattr(quant_desk, "original", lambda: replace(whole, parts=parts))
    lab = open_lab(library())
    split = lab.dialog._options.advanced.split
    assert split.possible and "2 files" in split.about() and not split.checked
    split.set_checked(True)
    lab.tick("Q4_K_M")
    click(lab.dialog.footer.go)
    lab.page.run.until(lambda: lab.lab.started)
    assert lab.lab.started[0].keep_split and lab.lab.started[0].threads is None


def test_a_full_disk_turns_the_button_off_and_says_why(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = library()
    small = replace(data.DISK, free=6_000_000_000)
    monkeypatch.setattr(page.run.backend.machines, "disk", lambda _path: small)
    lab = open_lab(page)
    lab.tick("Q4_K_M")
    assert lab.ready
    lab.tick("Q5_K_M")
    assert not lab.ready and f"6.0{NBSP}GB free" in lab.dialog.footer.facts()
    assert lab.dialog.footer.go.toolTip() == lab.dialog.footer.facts()
    QTest.keyClick(lab.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not lab.lab.started
    lab.tick("Q5_K_M")
    lab.dialog._options._keep_row.set_checked(False)
    assert "Deleted once measured." in lab.dialog.footer.facts()


def test_quantizing_twice_has_to_be_confirmed(library: Library) -> None:
    lab = open_lab(library(), OLLAMA_QWEN)
    assert "Q4_K_M" not in lab.names()[1:], "the same type again"
    lab.tick("Q3_K_M")
    assert not lab.ready and lab.dialog._options._warning.isVisible()
    lab.dialog._options._sure.setChecked(True)
    assert lab.ready
    click(lab.dialog.footer.go)
    lab.page.run.until(lambda: lab.lab.started and lab.lab.started[0].requantize)


def test_results_are_exported_and_escape_begins_nothing(
    lab: QuantDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "results.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    click(lab.dialog._more)
    menu = next(menu for menu in lab.dialog.findChildren(QMenu) if menu.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    lab.page.run.until(lambda: lab.lab.exported == [(target, "csv")])
    lab.page.run.wait_for(Banner, "^Saved as ")
    lab.tick("Q5_K_M")
    QTest.keyClick(lab.dialog.table, Qt.Key.Key_Escape)
    assert lab.page.gone(QuantDialog) and not lab.lab.started


def test_what_cannot_be_read_is_said_in_the_dialog(library: Library) -> None:
    page = library()
    page.run.backend.lab.error = AppError(  # type: ignore[attr-defined]
        "gguf.broken", "The file is damaged.", "Fetch it again."
    )
    page.library.set_rows(page.library.models())
    page.pick("Quantize …", "Qwen3-8B-Instruct")
    dialog = page.dialog(QuantDialog)
    page.run.until(lambda: dialog._problem.accessibleName() == "The file is damaged. Fetch it again.")
    assert not dialog.footer.go.isEnabled()
    dialog.reject()


def test_at_the_least_size_the_chart_stands_under_the_table(lab: QuantDesk) -> None:
    beside = lab.dialog._side.mapTo(lab.dialog, QPoint(0, 0))
    assert beside.x() > 400
    lab.dialog.resize(960, 640)
    lab.page.run.until(lambda: lab.dialog._side.mapTo(lab.dialog, QPoint(0, 0)).x() == 0)
    assert lab.dialog._side.y() >= lab.dialog._left.geometry().bottom()
    assert lab.chart.point_at("Q4_K_M") != QPointF(0, 0)
    for column in Column:
        assert not lab.dialog.table.isColumnHidden(column), "here the table has all the width"


def test_what_is_no_whole_model_cannot_be_quantized(library: Library) -> None:
    page = library()
    for name in ("sql-helper", "phi-4"):
        action = page.menu(name)["Quantize …"]
        assert not action.isEnabled() and action.toolTip()
        page.close_menus()
        QTest.keyClick(page.table, Qt.Key.Key_Q)
        assert page.gone(QuantDialog)
    assert page.toasts[0] == "An adapter is small already: it cannot be quantized."


def test_what_it_is_made_of_is_loaded_before_it_is_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    monkeypatch.setattr(making, "STILL_MS", 0)
    monkeypatch.setattr(making, "_load_lab", lambda: threads.append(threading.current_thread()))
    page = library()
    page.run.until(lambda: threads)
    page.run.go("Chat")
    page.run.go("Library")
    page.run.until(lambda: page.names())
    (thread,) = threads
    assert thread is not threading.main_thread()
