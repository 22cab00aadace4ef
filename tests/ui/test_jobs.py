"""The jobs model changes row by row; the drawer shows, sorts and controls jobs and gives the focus back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from backend.downloads.types import DownloadJob, DownloadState
from backend.events import JobChanged
from tests.support import fake_data
from tests.ui.conftest import Opened, settle
from ui.jobs.row import JobRow
from ui.models.jobs import JobsModel, Section, section_of

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def job(number: int, state: DownloadState = DownloadState.RUNNING, done: int = 0) -> DownloadJob:
    return replace(fake_data.jobs()[4], id=f"j{number}", state=state, done=done, sequence=number)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.none() | st.sampled_from(DownloadState), st.integers(0, 9)),
        max_size=25,
    )
)
def test_any_history_keeps_the_rows_sorted_and_the_model_valid(
    history: list[tuple[int, DownloadState | None, int]],
) -> None:
    model = JobsModel()
    tester = QAbstractItemModelTester(model, STRICT)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    expected: dict[str, DownloadJob] = {}
    for number, state, done in history:
        if state is None:
            model.remove(f"j{number}")
            expected.pop(f"j{number}", None)
        else:
            expected[f"j{number}"] = job(number, state, done)
            model.update(expected[f"j{number}"])
        assert {row.id: row for row in model.jobs()} == expected
        sections = [section_of(row) for row in model.jobs()]
        assert sections == sorted(sections)
    assert not resets
    del tester


def test_replace_touches_only_what_differs() -> None:
    model = JobsModel()
    model.replace([job(1), job(2), job(3)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.replace([job(1), job(2, done=5)])
    assert [row.id for row in model.jobs()] == ["j1", "j2"] and changed == [1]


def rows(opened: Opened) -> dict[str, JobRow]:
    return {row.job.id: row for row in opened.window.drawer.findChildren(JobRow)}


def section_shown(opened: Opened, row: JobRow) -> str:
    """The title over `row`."""
    labels = row.parentWidget().findChildren(QLabel)
    return next(label.text() for label in labels if not row.isAncestorOf(label))


def test_each_state_stands_in_its_section(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("busy")
    model = opened.window.drawer.model
    assert [model.count(section) for section in Section] == [1, 3, 1, 2]
    assert set(rows(opened)) == {row.id for row in fake_data.jobs()}


def test_pause_and_resume_move_the_row_without_making_a_new_one(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("busy")
    opened.window.open_jobs()
    row = rows(opened)["job-5"]
    row.wanted.emit("pause", "job-5")
    qtbot.waitUntil(lambda: opened.window.drawer.model.job("job-5").state is DownloadState.PAUSED)
    assert rows(opened)["job-5"] is row and row.isVisible() and section_shown(opened, row) == "Paused"
    row.wanted.emit("resume", "job-5")
    qtbot.waitUntil(lambda: opened.window.drawer.model.job("job-5").state is DownloadState.RUNNING)
    assert rows(opened)["job-5"] is row and row.isVisible() and section_shown(opened, row) == "Running"


def test_the_only_job_is_seen_through_all_its_states(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    """Its row never changes its place in the model, only its section."""
    opened = open_window("empty")
    opened.window.open_jobs()
    for state, title in (
        (DownloadState.RUNNING, "Running"),
        (DownloadState.FAILED, "Needs you"),
        (DownloadState.PAUSED, "Paused"),
        (DownloadState.DONE, "Finished"),
    ):
        opened.backend.bus.publish(JobChanged(job(1, state)))
        qtbot.waitUntil(lambda state=state: "j1" in rows(opened) and rows(opened)["j1"].job.state is state)
        row = rows(opened)["j1"]
        assert row.isVisible() and section_shown(opened, row) == title


def test_a_job_keeps_the_keyboard_when_its_button_moves_it(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("busy")
    opened.window.open_jobs()
    row = rows(opened)["job-5"]
    pause = next(button for button in row.findChildren(QToolButton) if button.accessibleName() == "Pause")
    pause.setFocus()
    pause.click()
    qtbot.waitUntil(lambda: section_shown(opened, row) == "Paused")
    focus = opened.window.focusWidget()
    assert focus is not None and row.isAncestorOf(focus) and focus.isVisible()


def test_a_failed_job_says_what_why_and_next(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("error")
    opened.window.open_jobs()
    row = rows(opened)["job-3"]
    failed = row.job
    visible = [label.text() for label in row.findChildren(type(row._hint)) if label.isVisible()]
    assert failed.error_title in visible and failed.error_hint in visible
    buttons = {button.text() for button in row.findChildren(QPushButton) if button.isVisible()}
    assert {"Try again", "Details", "Open licence page"} <= buttons


def test_chat_opens_the_downloaded_model(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    asked: list[str | None] = []
    opened.window.open_chat = lambda model_id: asked.append(model_id)
    opened.window.drawer._shell = opened.window
    model = opened.backend.library.models()[1]
    done = replace(opened.backend.downloads.jobs()[0], path=str(model.path))
    opened.backend.downloads.change(done)
    qtbot.waitUntil(lambda: opened.window.drawer.model.job(done.id) == done)
    rows(opened)[done.id].wanted.emit("chat", done.id)
    qtbot.waitUntil(lambda: asked == [model.id])


def test_clear_removes_the_finished(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("busy")
    opened.window.open_jobs()
    opened.window.drawer._sections[Section.FINISHED].action.click()
    qtbot.waitUntil(lambda: opened.window.drawer.model.count(Section.FINISHED) == 0)
    settle(qtbot)
    assert "job-1" not in rows(opened)


def test_escape_closes_and_the_focus_returns(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("busy")
    window = opened.window
    before = window.rail.jobs
    before.setFocus()
    window.open_jobs()
    assert window.drawer.isVisible() and window.drawer.is_open
    qtbot.keyClick(window.drawer, Qt.Key.Key_Escape)
    assert not window.drawer.isVisible()
    assert window.focusWidget() is before


def test_the_rail_counts_running_jobs_and_those_that_need_the_person(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("empty")
    assert opened.window.rail.jobs.accessibleDescription() == "none"
    opened.backend.bus.publish(JobChanged(job(1)))
    qtbot.waitUntil(lambda: opened.window.rail.jobs.accessibleDescription() == "1")
