"""The Bench page: what runs, what was measured, new runs, suites and their editor, and the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from backend.awake import Awake
from backend.bench.types import Check, SpeedRequest, SuiteRequest
from backend.compare.types import Column, RunState
from backend.engines.types import AdapterUse
from backend.events import EventBus
from tests.support.driving import Run, cell, click, click_row
from tests.support.fake_bench import QWEN, FakeBench, model_id, planned, speed_rows
from tests.support.fake_library import FakeActivities
from tests.ui.conftest import Opened, settle
from ui.pages.bench.new_run import NewRun
from ui.pages.bench.results import SpeedTest, all_tests, results
from ui.pages.bench.steps import steps_of
from ui.pages.bench.suite_data import column_name, problems
from ui.pages.bench.view import BenchPage

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
NBSP = "\u00a0"
WIDE = (1600, 1000)


class Desk:
    """The page in its window."""

    def __init__(self, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run = Run(opened.window, opened.backend, opened.bridge)  # type: ignore[arg-type]
        self.window, self.qtbot = opened.window, qtbot
        self.bench: FakeBench = opened.backend.bench
        self.toasts: list[tuple[Any, ...]] = []
        self.answer = True
        monkeypatch.setattr(opened.window, "toast", lambda *words: self.toasts.append(words))
        monkeypatch.setattr(opened.window, "confirm", lambda *_words, **_more: self.answer)
        opened.window.show_page("bench")
        settle(qtbot)
        page = opened.window.page("bench")
        assert isinstance(page, BenchPage)
        self.page = page

    def settle(self) -> None:
        settle(self.qtbot)

    def row(self, quant: str, name: str = QWEN) -> int:
        """Place of a row of the table of results."""
        shown = self.page.speed.proxy.shown()
        return next(at for at, row in enumerate(shown) if (row.name, row.quant) == (name, quant))

    def cell(self, quant: str, title: str) -> str:
        """The text of a cell of Qwen's row."""
        titles = [col.title for col in self.page.speed.table._table.cols]
        return cell(self.page.speed.table, self.row(quant), titles.index(title))

    def asked(self, what: str) -> list[Any]:
        return [value for name, value in self.bench.asked if name == what]

    def sheet(self) -> NewRun:
        found = [each for each in self.page.findChildren(NewRun) if each.isVisible()]
        return found[-1]


class KeptAwake:
    """Stands in for what keeps the computer awake."""

    held = False

    def hold(self) -> None:
        self.held = True

    def release(self) -> None:
        self.held = False


@pytest.fixture
def desk(
    open_window: Callable[..., Opened], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Desk]:
    return lambda state="full", size=WIDE: Desk(open_window(state, size=size), qtbot, monkeypatch)


def test_a_run_that_goes_on_shows_what_is_measured_and_what_is_predicted(desk: Callable[..., Desk]) -> None:
    it = desk("busy")
    plan, speed = it.page.plan, it.page.speed
    testers = [QAbstractItemModelTester(model, STRICT) for model in (speed.proxy, speed.proxy.sourceModel())]
    assert plan.heading() == "18 min left"
    assert [step.state for step in plan.steps()] == ["done", "done", "done", "running", "waiting"]
    assert plan._rows[0].time_words() == "5:48"
    assert plan._rows[3].about() == "Writing 128 tokens at depth 4,096"
    assert it.cell("Q6_K", "Write, empty") == "41.4 ±0.2"
    assert (it.cell("Q6_K", "at 4k"), it.cell("Q6_K", "at 16k")) == ("~38", "~30")
    assert it.cell("Q8_0", "Memory") == f"~10.2{NBSP}GB"
    drawn = {(bar.row.quant, bar.test.depth): bar.cell for bar in speed.bars.bars()}
    assert drawn["Q6_K", 4096].mean is None and drawn["Q6_K", 4096].running
    assert drawn["IQ4_XS", 0].mean == 56.1 and drawn["IQ4_XS", 0].predicted is not None
    it.bench.add_row(5, speed_rows(3)[2])
    it.run.until(lambda: it.cell("Q6_K", "at 4k") == "38.0 ±0.2")
    assert it.cell("Q6_K", "at 16k") == "~30"
    _pause_and_go_on(it)
    it.bench.end(5)
    it.run.until(lambda: [step.planned.name for step in plan.steps()] == ["Orangery Starter"])
    del testers


def _pause_and_go_on(it: Desk) -> None:
    plan = it.page.plan
    it.page.awake = cast(Awake, KeptAwake())
    plan.awake.setChecked(True)
    assert it.page.awake.held
    click(plan.pause)
    it.run.until(lambda: plan.heading() == "Paused")
    assert not it.page.awake.held
    assert [step.state for step in plan.steps()][3] == "paused"
    click(plan.resume)
    it.run.until(lambda: plan.heading() == "18 min left")
    click(plan.stop)
    it.run.until(lambda: plan._start.isVisible())
    assert [name for name, _value in it.bench.asked] == ["stop", "resume", "stop"]
    it.page.show_view("history")
    it.page.history.select(5)
    it.settle()
    it.run.press("^Resume$")
    it.run.until(lambda: plan.heading() == "18 min left")


def test_chart_and_table_are_one_selection_with_filters_and_columns(desk: Callable[..., Desk]) -> None:
    it = desk()
    speed = it.page.speed
    assert [row.quant for row in speed.proxy.shown()][:3] == ["IQ4_XS", "Q4_K_M", "Q5_K_M"]
    assert it.cell("IQ4_XS", "Everyday 40") == "33/40"
    speed.bars.setFocus()
    QTest.keyClick(speed.bars, Qt.Key.Key_Right)
    assert speed.table.current() == speed.proxy.at(it.row("Q4_K_M")).key == speed.bars._current
    click_row(speed.table, it.row("Q5_K_M"))
    assert speed.bars._current == speed.table.current()
    bar = next(bar for bar in speed.bars.bars() if bar.row.quant == "Q6_K")
    place = bar.box.center()
    QTest.mouseClick(speed.bars, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert speed.table.current() == bar.row.key
    everywhere = speed.bars.mapToGlobal(place)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(everywhere), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(speed.bars, move)
    assert speed.table.delegate.hovered == bar.row.key and "was predicted" in speed.bars.toolTip()
    head = speed.table.horizontalHeader()
    at = head.sectionViewportPosition(3) + 20
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
    assert speed.proxy.shown()[0].name == "Qwen3-8B-Instruct"
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
    assert speed.proxy.shown()[0].name == "SmolLM2-360M-Instruct"
    assert speed.table.current() == bar.row.key
    speed.model.choose("Gemma-3-4B-it")
    assert [row.name for row in speed.proxy.shown()] == ["Gemma-3-4B-it"]
    assert {bar.row.name for bar in speed.bars.bars()} == {"Gemma-3-4B-it"}
    speed.model.choose("")
    assert len(speed.proxy.shown()) == 11  # the laptop's is another machine
    speed.setup_choice.choose("")
    assert len(speed.proxy.shown()) == 12
    it.window.resize(1024, 700)
    it.settle()
    shown = [not speed.table.isColumnHidden(at) for at in range(len(speed.table._table.cols))]
    score = [col.kind for col in speed.table._table.cols].index("score")
    assert shown[0] and not shown[score]
    menu = speed.table.columns_menu()
    next(action for action in menu.actions() if action.text() == "Everyday 40").setChecked(True)
    menu.close()
    assert not speed.table.isColumnHidden(score)


def test_a_new_sweep_is_put_together_checked_and_started(desk: Callable[..., Desk]) -> None:
    it = desk("empty")
    click(it.page.plan._change)
    it.settle()
    it.sheet().reject()
    it.settle()
    it.window.activateWindow()
    it.qtbot.waitUntil(it.window.isActiveWindow)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(it.window, Qt.Key.Key_N, both)
    it.settle()
    sheet = it.sheet()
    assert sheet.models.ticked() == ("starter",)
    it.run.until(sheet.go.isEnabled)
    QTest.keyClick(sheet.models, Qt.Key.Key_Space)
    assert sheet.models.ticked() == () and not sheet.go.isEnabled()
    assert sheet.summary.text() == "Tick at least one model."
    QTest.keyClick(sheet.models, Qt.Key.Key_Space)
    sheet.speed.depths.edit.setText("0, 4096, x")
    assert "Only whole numbers" in sheet.speed.depths.edit.accessibleDescription()
    assert not sheet.go.isEnabled()
    sheet.speed.depths.edit.setText("0, 4096")
    sheet.speed.prompts.edit.setText("256 1024")
    assert sheet.speed.tests() == [
        "pp256",
        "pp256 @ d4096",
        "pp1024",
        "pp1024 @ d4096",
        "tg128",
        "tg128 @ d4096",
    ]
    sheet.speed.advanced.button.click()
    sheet.speed.kv["q8_0"].click()
    sheet.speed.flash.set_value((True, False))
    it.run.until(sheet.go.isEnabled)
    assert sheet.summary.text().startswith("24 tests, ")
    click(sheet.go)
    it.settle()
    (asked,) = it.asked("start")
    assert asked == SpeedRequest(
        ("starter",),
        n_prompt=(256, 1024),
        n_gen=(128,),
        depths=(0, 4096),
        kv_types=("f16", "q8_0"),
        flash_attention=(True, False),
    )
    it.run.until(lambda: [step.state for step in it.page.plan.steps()] == ["running"])


def test_a_suite_run_needs_a_judge_and_answers_at_temperature_0(desk: Callable[..., Desk]) -> None:
    it = desk()
    it.page.show_view("suites")
    it.page.suites.choose("kitchen")
    it.settle()
    assert it.page.suites.parts.currentWidget() is it.page.suites._nothing
    click(it.page.suites.run)
    it.settle()
    sheet = it.sheet()
    names = {model.name: model.id for model in it.page.presenter.shelf.models if not model.problem}
    sheet.models.set_ticked([names["Gemma-3-4B-it"], "starter"])
    assert sheet.suite.chosen is not None and sheet.suite.chosen.name == "kitchen"
    assert sheet.summary.text() == "Choose the model that judges." and not sheet.go.isEnabled()
    sheet.suite.judge.chosen.emit(names[QWEN])
    it.run.until(sheet.go.isEnabled)
    assert sheet.summary.text().startswith("14 answers, ")
    click(sheet.go)
    it.settle()
    (asked,) = it.asked("start")
    assert isinstance(asked, SuiteRequest) and asked.judge == names[QWEN] and asked.suite == "kitchen"
    assert {column.sampling.temperature for column in asked.columns} == {0.0} and len(asked.columns) == 2


def test_results_of_a_suite_and_why_answers_failed(desk: Callable[..., Desk]) -> None:
    it = desk()
    it.page.show_view("suites")
    it.settle()
    view = it.page.suites
    names = [cell(view.matrix_view, row, 0) for row in range(view.matrix.rowCount())]
    assert names[0] == "Gemma-3-12B-it Q4_K_M" and names[-1] == "SmolLM2-360M-Instruct Q8_0"
    assert cell(view.matrix_view, 0, 1) == "36/40"
    spoken = view.matrix.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "36 of 40, 77 to 96 %"
    assert [answer.item_id for answer in view.answers.shown()] == ["item-37", "item-38", "item-39", "item-40"]
    pane = view.answers.pane
    assert pane.text("reason") == "The last number in the answer is 90; 100 was expected."
    assert pane.text("check").startswith("The answer must contain “carbon dioxide”")
    view.answers.filter.set_value(True)
    assert len(view.answers.shown()) == 40
    view.matrix_view.setFocus()
    QTest.keyClick(view.matrix_view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    it.run.until(lambda: view.answers._title.text() == "Answers of SmolLM2-360M-Instruct Q8_0")


def test_own_suites_are_edited_checked_and_saved_as_a_new_version(desk: Callable[..., Desk]) -> None:
    it = desk()
    view, editor = it.page.suites, it.page.suites.editor
    it.page.show_view("suites")
    view.part.set_value("prompts")
    it.settle()
    assert not editor.form.widget().isEnabled()  # bundled ones stay as they are
    click(editor.copy)
    it.settle()
    assert view.suite is not None and view.suite.title == "Everyday facts and reasoning (copy)"
    assert len(editor.table.items) == 40 and editor.form.widget().isEnabled()
    editor.view.setFocus()
    QTest.keyClick(editor.view, Qt.Key.Key_Delete)
    assert len(editor.table.items) == 39 and editor.save.isEnabled()
    words, undo, back = it.toasts.pop()
    assert (words, undo) == ("The prompt was removed.", "Undo")
    back()
    assert [item.id for item in editor.table.items][:2] == ["item-01", "item-02"] and not editor.dirty
    click(editor.add)
    assert editor.table.items[1].check.kind == "contains" and not editor.save.isEnabled()
    form = editor.form
    assert form._problems["prompt"].isVisible() and form.check._problems["accepted"].isVisible()
    form.prompt.setPlainText("Name a colour.")
    form.check.kind.choose("regex")
    form.check.accepted.setPlainText("(red")
    assert "is not a pattern" in form.check._problems["accepted"].text()
    form.check.accepted.setPlainText("red|green")
    assert not form.check._problems["accepted"].isVisible()
    form.id.setText("item-01")
    form.id.textEdited.emit("item-01")
    assert form._problems["id"].text() == "Another prompt has this name."
    form.id.setText("colour")
    form.id.textEdited.emit("colour")
    form.check.kind.choose("rules")
    click(form.check.rules.add)
    form.check.rules._lines[0].kind.choose("max_words")
    form.check.rules._lines[0].number.setValue(3)
    it.run.until(editor.save.isEnabled)
    click(editor.save)
    it.run.until(lambda: not editor.dirty)
    saved = it.asked("save_suite")[-1]
    assert saved.version == 2 and len(saved.items) == 41
    assert saved.items[1].id == "colour" and saved.items[1].check.rules[0].number == 3
    it.answer = False
    form.prompt.setPlainText("Something else")
    view.choose("kitchen")
    assert view.suite.title == "Everyday facts and reasoning (copy)"  # not without saving
    it.answer = True
    view.choose("kitchen")
    assert view.suite.title == "My kitchen questions" and not editor.dirty
    view._delete()
    it.run.until(lambda: it.page.presenter.suite("kitchen") is None)


def test_history_filters_compares_follows_exports_and_deletes(
    desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = desk()
    history = it.page.history
    it.page.show_view("history")
    it.settle()
    tester = QAbstractItemModelTester(history.table, STRICT)
    assert [run.id for run in history.table.runs] == [5, 4, 3, 1, 2]
    assert cell(history.list, 2, 2) == "best 36/40"
    it.run.until(lambda: history.pane.trend is not None)
    trend = history.pane.trend
    assert [point.run_id for point in trend.points()] == [4, 5]
    trend.setFocus()
    QTest.keyClick(trend, Qt.Key.Key_Left)
    assert [run.id for run in history.list.selected()] == [4]
    history.list.select(5, 4)
    it.settle()
    table = history.differences.table
    assert len(table.rows) == 8
    assert [table.index(0, column).data() for column in (1, 2, 3, 5)] == [
        "1,787",
        "1,842",
        "+55.3 (+3.1" + NBSP + "%)",
        "faster",
    ]
    history.kind.choose("suite")
    assert [run.id for run in history.table.runs] == [3]
    assert cell(history.list, 0, 1) == "Everyday facts and reasoning"
    history.kind.choose("")
    path = tmp_path / "out.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_any: (str(path), ""))
    history.list.select(5)
    menu = it.page.export_menu()
    menu.actions()[1].trigger()
    menu.close()
    it.run.until(path.exists)
    assert it.asked("export")[-1] == ((5,), path)
    it.page.import_results(tmp_path / "bench.json")
    it.run.until(lambda: history.table.runs[0].imported)
    history.list.select(2)
    history.list.setFocus()
    QTest.keyClick(history.list, Qt.Key.Key_Delete)
    it.run.until(lambda: all(run.id != 2 for run in history.table.runs))
    assert it.asked("delete") == [2]
    it.run.until(lambda: it.toasts[-1][0] == "1 run was deleted.")
    it.toasts[-1][2]()
    it.run.until(lambda: any(run.id == 2 for run in history.table.runs))
    it.page.show_view("speed")
    it.page.speed.table.opened.emit(it.page.speed.proxy.at(it.row("IQ4_XS")).key)
    assert it.page.views.currentWidget() is history and [run.id for run in history.list.selected()] == [5]
    del tester


def test_nothing_yet_and_unreadable_results(desk: Callable[..., Desk]) -> None:
    it = desk("empty", (1024, 700))
    page = it.page
    assert page.speed.stack.currentWidget() is page.speed._empty
    assert not page.plan.isVisible()  # narrow: it opens over the page
    click(page._panel)
    assert page.plan.isVisible() and page.plan.steps()[0].planned.name == "Orangery Starter"
    for view in ("suites", "history"):
        page.show_view(view)
        assert page.panes()
    it.bench.start(SpeedRequest(("starter",)))
    it.run.until(lambda: page._left.isVisible())
    broken = desk("error")
    assert broken.page.speed.stack.currentWidget() is broken.page.speed._error
    assert broken.page.speed._error.accessibleName().startswith("The results can't be read.")


def test_newest_measurement_counts_and_steps_follow_the_run() -> None:
    bus = EventBus()
    bench = FakeBench(bus, lambda: (), FakeActivities(bus), "busy")
    runs = bench.runs()
    rows = results(runs, {})
    qwen = next(row for row in rows if row.quant == "Q4_K_M" and row.name == QWEN)
    assert qwen.run_id == 5 and qwen.cells[SpeedTest(True, 128, 0)].mean == 53.8
    assert [test.name for test in all_tests(rows)] == ["pp512", "tg128", "tg128 @ d4096", "tg128 @ d16384"]
    run = runs[0]
    broken = replace(speed_rows(3)[2], avg_ts=0.0, samples_ts=(), error_title="It ran out of memory.")
    failed = replace(run, speed=(*run.speed, broken))
    plan = bench.plan(run.request)
    assert [step.state for step in steps_of(failed, plan)] == ["done", "done", "done", "failed", "running"]
    assert {step.state for step in steps_of(replace(run, state=RunState.WAITING), plan)} == {
        "done",
        "waiting",
    }
    again = results([failed], {})
    assert next(row for row in again if row.quant == "Q6_K").problem == "It ran out of memory."
    large = replace(planned(0), problem="It needs more memory than is free now.")
    assert steps_of(None, replace(plan, steps=(large,)))[0].state == "waiting"  # it may be tried
    gone = replace(
        large, memory=None, problem="This model is not here any more.", model_id=model_id("x", "y")
    )
    assert steps_of(None, replace(plan, steps=(gone,)))[0].state == "failed"
    item = replace(bench.suite("kitchen").items[0], check=Check("schema", schema="[1]"))
    assert problems(item, ()) == {"schema": "A schema is a JSON object in braces."}


def test_columns_over_one_base_are_told_apart_by_their_adapters() -> None:
    bus = EventBus()
    run = FakeBench(bus, lambda: (), FakeActivities(bus), "full").runs()[0]
    base = Column("starter")
    tuned = replace(base, adapters=(AdapterUse("/models/tone.gguf", 0.5),))
    run = replace(run, columns=(base, tuned, replace(tuned, label="Mine")), cards=())
    names = [column_name(run, column, lambda _id: "Starter model") for column in range(3)]
    assert names == ["Starter model", "Starter model + tone × 0.5", "Mine"]
