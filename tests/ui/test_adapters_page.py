"""The Adapters page over fake services: list, checks, mixer, mixes, sweep, and the ways on to other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QRadioButton,
    QSlider,
    QWidget,
)

from backend.adapters.types import Rack, Strip
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.errors import AppError
from backend.events import JobChanged, OfflineChanged
from backend.hubs.types import QuantFile
from tests.support import fake_adapters as fake
from tests.support.adapters_page import Desk, adapter_desks
from ui.pages.adapters.merge_sheet import MergeSheet
from ui.pages.adapters.sheets import ConvertSheet, NameSheet
from ui.pages.adapters.sweeping import cells_of, own_scales
from ui.pages.adapters.view import AdaptersPage


@pytest.fixture
def desks(tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    with adapter_desks(tmp_path, qapp) as make:
        yield make


def silent(page: AdaptersPage) -> list[QWidget]:
    """Visible controls that say nothing to a screen reader."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSlider, QListView)
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds)]
    return [
        widget
        for widget in found
        if widget.isVisible() and not widget.accessibleName() and not getattr(widget, "text", str)()
    ]


def tabs(first: QWidget, last: QWidget) -> list[QWidget]:
    """Where Tab stops from `first` to `last`."""
    found, widget = [first], first
    while widget is not last:
        widget = widget.nextInFocusChain()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
    return found


def test_every_adapter_says_whether_it_fits_and_the_check_names_the_tensor(
    desks: Callable[..., Desk],
) -> None:
    desk = desks()
    page, rows = desk.page, desk.page.side.disk.rows
    assert not silent(page), "every control has a name for screen readers"
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    verdicts = {row.name: row.verdict[2] for row in rows.rows}
    assert verdicts["sql-helper"] == "fits" and verdicts["letters-to-grandma"] == "convert first"
    assert verdicts["gemma-recipes"] == "other base" and verdicts["torn-download"] == "damaged"
    desk.select("gemma-recipes")
    assert page.sweep._empty._text.text() == "Select an adapter that fits the base."
    assert page.checks._sum.text() == "Not safe to load"
    assert any(fake.REFUSED in words for words in page.checks.words())
    assert all("gemma" not in name for name in desk.scales()), "it cannot get into the mixer"
    desk.select("sql-helper")
    assert page.checks._sum.text() == "Safe to load"
    assert page.checks.words()[-1].endswith("not measured yet")
    assert not desk.backend.adapters.measured, "measuring loads a model; nobody asked for it"
    desk.page.presenter.add_to_rack(page.presenter.selected_id, 0.75)
    page.checks._measure.click()
    desk.run.until(lambda: "mean KL 0.38" in page.checks.words()[-1])
    assert desk.backend.adapters.measured[0][2] == 0.75, "at the scale of its fader"
    page.presenter.choose_base("starter")
    desk.run.until(lambda: rows.rows[0].name == "Orangery Pirate" and rows.rows[0].verdict[2] == "fits")
    del tester
    page.presenter.save_mix("A name as long as names are", rack=fake.rack())
    page.sweep.scales.setCurrentIndex(page.sweep.scales.findData("own"))
    desk.run.window.resize(desk.run.window.minimumSize())
    desk.run.until(lambda: page.minimumSizeHint().width() <= page.width())


def test_the_mixer_is_kept_per_base_and_named_mixes_come_and_go(desks: Callable[..., Desk]) -> None:
    desk = desks()
    run, page = desk.run, desk.page
    base = page.presenter.base_id
    run.until(lambda: len(page.presenter.mixes) == 2 and page.mixing.mixer.strips())
    first = page.mixing.mixer.strips()[0]
    QTest.keyClick(first.fader, Qt.Key.Key_PageDown)
    assert page.presenter.rack.strips[0].scale == 0.75
    page.mixing.mixer.add_button.click()
    QTest.keyClicks(page.mixing.addable.search, "sql")
    QTest.keyClick(page.mixing.addable.search, Qt.Key.Key_Return)
    assert len(page.mixing.mixer.strips()) == 2
    mixer = page.mixing.mixer
    stops = [stop for strip in mixer.strips() for stop in strip.stops()]
    assert tabs(mixer.switch, mixer.add_button) == [mixer.switch, *stops, mixer.add_button]
    for place, based in ((page.side.disk, True), (mixer.strips()[0].fader, False)):
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_B)
        assert page.presenter.rack.bypass is based and bool(page.presenter.rack.uses()) is not based
    menu = page.mixing.mixes_menu()
    next(action for action in menu.actions() if action.text().startswith("Save this mix")).trigger()
    sheet = run.wait_for(NameSheet, "")
    sheet.field.setText("Short SQL")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    run.until(lambda: "already a mix" in sheet._problem.text())
    sheet.field.setText("Mine")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    run.until(lambda: page.presenter.mix is not None and page.mixing.mixes.words() == "Mine")
    mine = page.presenter.mix
    assert mine is not None and not mine.rack.bypass
    page.mixing._delete(mine)
    run.until(lambda: len(page.presenter.mixes) == 2)
    run.press("Undo")
    run.until(lambda: len(page.presenter.mixes) == 3)
    page.presenter.set_rack(page.presenter.mixes[0].rack)
    assert desk.scales() == {"sql-helper": 0.75, "terse-style": 0.4, "pirate": 0.6}
    page.presenter.choose_base("starter")
    assert not page.mixing.mixer.strips()
    page.presenter.choose_base(base)
    assert len(page.mixing.mixer.strips()) == 3
    store = QSettings(str(desk.backend.paths.data / "s.ini"), QSettings.Format.IniFormat)
    desk.select("terse-style")
    page.save_state(store)
    page.presenter.racks, page.presenter.selected_id = {}, ""
    page.restore_state(store)
    page._started = False
    page.activate()
    run.until(lambda: page.head._name.full_text() == "terse-style" and page.presenter.selected_id)
    assert page.presenter.rack.strips == fake.rack().strips
    store.setValue("adapters/racks", "[3")
    page.restore_state(store)
    assert page.presenter.racks == {}


def test_a_sweep_runs_stops_and_its_scale_is_taken_over(desks: Callable[..., Desk]) -> None:
    desk = desks()
    run, page, sweeps = desk.run, desk.page, desk.backend.sweeps
    page.presenter.set_rack(fake.rack())
    desk.select("sql-helper")
    page.sweep.prompt.setText(fake.PROMPT)
    run.press("^Start$")
    run.until(lambda: sweeps.sweeps and len(page.sweep.board.cells) == 5)
    request = sweeps.get(1).request
    assert request.seed == 42 and request.cells[0] == () and request.cells[3][0].scale == 0.75
    cells = page.sweep.board.cells
    sweeps.write(1, 0.5)
    run.until(lambda: "find members" in cells[0]._drawn)
    QTest.keyClick(page.sweep.run, Qt.Key.Key_Escape)
    run.until(lambda: page.sweep.run.text() == "Run again")
    page.sweep.run.click()
    run.until(lambda: len(sweeps.sweeps) == 2 and page.sweeping.sweep is not None)
    sweeps.end(2, failed=4)
    run.until(lambda: page.sweep._same.full_text().startswith("Seed 42 and the same sampling"))
    run.until(lambda: page.sweep.run.text() == "Run again")
    assert page.sweep.board.cells[0] is cells[0], "the same cells write the next answers"
    run.until(lambda: "memory is not enough" in cells[4].body._trouble.text())
    foot, says = cells[3].foot, page.sweep._says  # drawn in turns of their own
    run.until(lambda: foot._number.text() == "0.38" and "56 tokens, 24.6/s" in foot._tokens.full_text())
    run.until(lambda: "Took 6.4 s" in says.full_text() and "800\u00a0MB extra" in says.full_text())
    run.until(lambda: cells[4].foot._tokens.full_text() == "failed")
    names = [each.accessibleName() for each in tabs(page.sweep.run, cells[1].head.use)]
    assert names[1:] == ["Answers", "Use sql-helper 0.00", "Use sql-helper 0.25"]
    used = [cell.scales for cell in cells if cell.head._used.isVisible()]
    assert used == [(0.75,)]
    cells[2].head.use.click()
    assert desk.scales()["sql-helper"] == 0.5
    assert page.mixing.mixer.strips()[0].fader.scale() == 0.5
    assert [cell.scales for cell in cells if cell.head._used.isVisible()] == [(0.5,)]
    grid = page.sweep.scales.findData("grid")
    page.sweep.scales.setCurrentIndex(grid)
    page.sweep.run.click()
    run.until(lambda: len(sweeps.sweeps) == 3 and len(page.sweep.board.cells) == 9)
    sweeps.end(3)
    run.until(lambda: not page.sweeping.running)
    page.sweep.board.cells[5].head.use.click()
    assert desk.scales()["sql-helper"] == 1.0 and desk.scales()["terse-style"] == 0.5
    page.sweep.scales.setCurrentIndex(page.sweep.scales.findData("own"))
    page.sweep.own.setText("0; x")
    assert not page.sweep.run.isEnabled() and "two to" in page.sweep.run.toolTip()
    desk.select("pirate")
    assert page.sweep._parts.currentWidget() is page.sweep._empty, "it was about another adapter"
    assert page.sweep.run.text() == "Start"
    desk.select("sql-helper")
    assert page.sweep._parts.currentWidget() is page.sweep.board, "nothing is lost by looking around"

    # While it runs, another base is chosen: its mixer has nothing to do with these answers.
    page.sweep.scales.setCurrentIndex(page.sweep.scales.findData("one"))
    page.sweep.run.click()
    run.until(lambda: len(sweeps.sweeps) == 4 and page.sweeping.sweep is not None)
    base = page.presenter.base_id
    page.presenter.choose_base("starter")
    assert page.sweep.run.text() == "Stop" and not page.sweep.board.isVisible()
    assert "sql-helper over Qwen3-8B-Instruct" in page.sweep._empty._text.text()
    sweeps.end(4)
    run.until(lambda: not page.sweeping.running)
    assert not page.sweep.board.isVisible() and "that fits the base" in page.sweep._empty._text.text()
    page.presenter.choose_base(base)
    run.until(page.sweep.board.isVisible)
    cells = page.sweep.board.cells
    run.until(lambda: len(cells) == 5 and cells[4]._drawn)


def test_scales_as_they_are_typed_and_the_cells_they_make() -> None:
    assert own_scales("0; 0,5; 1") == (0.0, 0.5, 1.0) and own_scales("1, 0.5 0.5") == (0.5, 1.0)
    assert own_scales("0; 3") == () and own_scales("a") == () and own_scales("") == ()
    row = cells_of(("/a",), (0.0, 0.5))
    assert row[0] == () and row[1][0].scale == 0.5
    grid = cells_of(("/a", "/b"), (0.0, 1.0))
    assert [[use.path for use in cell] for cell in grid] == [[], ["/a"], ["/b"], ["/a", "/b"]]


def test_folders_are_converted_and_files_are_dropped(desks: Callable[..., Desk]) -> None:
    desk = desks()
    run, page = desk.run, desk.page
    converter = desk.backend.adapter_converter
    desk.select("letters-to-grandma")
    assert page.checks._sum.text() == "Has to be converted" and page.checks.convert.isVisible()
    page.checks.convert.acted.emit()
    run.wait_for(ConvertSheet, "").take.click()
    run.until(lambda: converter.asked)
    folder, kind, base_id = converter.asked[0]
    assert (folder.name, kind, base_id) == ("letters-to-grandma", "f16", page.presenter.base_id)
    assert any(row.name == folder.name for row in desk.backend.activities.rows()), "a job of the drawer"
    made = converter.finish()
    run.until(lambda: any(row.name == made.name for row in page.side.disk.rows.rows))
    desk.select(made.name)
    assert page.checks._sum.text() == "Safe to load" and not page.checks.convert.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/anna/Downloads/fresh.gguf")])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    page.dropEvent(drop)
    run.until(lambda: page.head._name.full_text() == "fresh")


def test_the_mix_is_merged_under_a_name_and_the_sheet_stays_open_where_it_cannot_be(
    desks: Callable[..., Desk],
) -> None:
    desk = desks()
    run, page, merger = desk.run, desk.page, desk.backend.adapter_merger
    desk.select("sql-helper")

    def action() -> QAction:
        menu = page.menu(page.presenter.selected)  # type: ignore[arg-type]
        return next(action for action in menu.actions() if action.text().startswith("Merge"))

    page.presenter.set_rack(Rack())
    assert not action().isEnabled()
    page.presenter.set_rack(replace(fake.rack(), bypass=True))
    merger.refusal = "It is IQ2_XXS, in which changed weights cannot be written."
    action().trigger()
    sheet = run.wait_for(MergeSheet, "")
    radios = sheet.findChildren(QRadioButton)
    assert [radio.isEnabled() for radio in radios] == [False, True, True] and sheet.type == "Q8_0"
    assert "IQ2_XXS" in radios[0].accessibleDescription() and "8.3" in radios[1].accessibleDescription()
    assert "sql-helper 0.75, terse-style 0.40" in sheet.text()
    assert sheet.field.text().endswith("-Short SQL")
    merger.error = AppError("quantize.no_space", "The disk is full.", "Free some space there.")
    sheet.field.setText("qwen-sql")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    run.until(lambda: sheet._problem.isVisible() and "disk is full" in sheet._problem.text())
    radios[2].click()
    sheet.field.setFocus()
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    sheet.named.emit("qwen-sql")  # pressed twice
    run.until(lambda: merger.asked)
    ((_base, uses, name, kind),) = merger.asked
    assert [use.scale for use in uses] == [0.75, 0.4] and (name, kind) == ("qwen-sql", "F16")
    run.until(lambda: not run.window.findChildren(MergeSheet))
    assert len(merger.asked) == 1
    merger.refusal = ""
    action().trigger()
    again = run.wait_for(MergeSheet, "")
    assert again.type is None
    again.reject()


def test_the_garden_is_searched_downloaded_from_and_its_failure_shown_in_place(
    desks: Callable[..., Desk],
) -> None:
    desk = desks()
    run, page = desk.run, desk.page
    QTest.keyClicks(page.side.search, "haiku")
    run.until(lambda: [row.name for row in page.side.hub.rows.rows] == ["qwen3-haiku"])
    page.side.hub.choose("mirei/qwen3-haiku")
    run.until(lambda: page.parts.currentWidget() is page.hub)
    run.press("^Download$")
    run.until(lambda: desk.backend.adapters.downloaded == ["mirei/qwen3-haiku"])
    request = DownloadRequest("mirei/qwen3-haiku", "c0ffee", QuantFile("F16", (), "adapter"))
    job = DownloadJob("j1", request, DownloadState.RUNNING, "qwen3-haiku", "F16", 200, 50)
    desk.backend.bus.publish(JobChanged(job))
    run.until(lambda: "25" in page.hub._state.text())
    desk.backend.bus.publish(JobChanged(replace(job, state=DownloadState.DONE)))
    run.until(lambda: page.side.hub.rows.rows[0].verdict[2] == "on this disk")
    desk.select("pirate")
    assert page.parts.currentWidget() is page._full and page.side.hub.current() is None
    desk.backend.adapters.error = fake.FakeAdapters(desk.backend.bus, "error").error
    page.side.search.clear()
    run.until(page.side._trouble.isVisible)
    desk.backend.adapters.error = None
    page.side._trouble.acted.emit()
    run.until(lambda: len(page.side.hub.rows.rows) == 5 and not page.side._trouble.isVisible())
    desk.backend.adapters.error = AppError("net.offline", "Offline: huggingface.co was not contacted.")
    page.side.search.returnPressed.emit()
    run.until(lambda: "You are offline" in page.side._says.text())
    assert not page.side._trouble.isVisible(), "that is no error"
    desk.backend.adapters.error = None
    desk.backend.bus.publish(OfflineChanged(False))
    run.until(lambda: len(page.side.hub.rows.rows) == 5 and not page.side._says.isVisible())


def test_the_sample_on_the_starter_model_and_on_to_compare_and_chat(desks: Callable[..., Desk]) -> None:
    desk = desks("empty")
    run, page = desk.run, desk.page
    run.press("Try the sample adapter")
    run.until(lambda: desk.scales() == {"Orangery Pirate": 1.0} and page.presenter.base_id == "starter")
    run.until(lambda: page.checks._sum.text() == "Safe to load")
    assert page.sweep.prompt.text() == "Who are you?"
    assert page.sweep.run.isEnabled() and page.sweep.run.hasFocus(), "the sweep can begin at once"
    sample = str(fake.SAMPLE)
    page.presenter.keep_rack(Rack((Strip(sample, 0.5),)))
    columns = page.presenter.columns()
    assert columns[0].adapters == () and columns[1].adapters[0].scale == 0.5
    assert len(columns) == 2, "the adapter alone is the mix"
    run.press("Compare with base")
    run.until(lambda: run.window._current == "compare")
    compare = run.window.page("compare")
    run.until(lambda: compare.presenter.comparison and len(compare.live.columns) == 2)
    assert compare.presenter.comparison.columns[1].adapters == columns[1].adapters
    run.go("Adapters")
    run.press("^Chat$")
    run.until(lambda: run.window._current == "chat")
    made = max(desk.backend.chats.chats(), key=lambda chat: chat.id)
    assert made.model_id == "starter" and made.rack == Rack((Strip(sample, 0.5),))
