"""The jobs model changes row by row; the drawer shows, sorts and controls jobs and gives the focus back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.downloads.types import DownloadJob, DownloadState
from backend.events import ActivityChanged, ActivityRemoved, JobChanged
from backend.hubs.types import RepoDetail, SameWeights, Source
from tests.support import fake_data
from tests.ui.conftest import Opened, settle
from ui.jobs import acting, texts
from ui.jobs.row import JobRow
from ui.models.jobs import Job, JobsModel, Section, key_of, section_of
from ui.widgets.banner import Banner
from ui.widgets.range_bar import shares

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def job(number: int, state: DownloadState = DownloadState.RUNNING, done: int = 0) -> DownloadJob:
    template = replace(fake_data.jobs()[4], note="", ranges=())
    return replace(template, id=f"j{number}", state=state, done=done, sequence=number)


def activity(number: int, state: ActivityState = ActivityState.RUNNING, done: int = 0) -> Activity:
    return Activity(
        f"j{number}", ActivityKind.VERIFY, "Qwen3", state=state, total=9, done=done, created=number
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 5),
            st.none() | st.sampled_from([*DownloadState, *ActivityState]),
            st.integers(0, 9),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_any_history_keeps_the_rows_sorted_and_the_model_valid(
    history: list[tuple[int, DownloadState | ActivityState | None, int, bool]],
) -> None:
    model = JobsModel()
    tester = QAbstractItemModelTester(model, STRICT)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    expected: dict[str, Job] = {}
    for number, state, done, local in history:
        if state is None:
            key = f"activity:j{number}" if local else f"j{number}"
            model.remove(key)
            expected.pop(key, None)
        else:
            row: Job = (
                activity(number, state, done)
                if isinstance(state, ActivityState)
                else job(number, state, done)
            )
            expected[key_of(row)] = row
            model.update(row)
        assert {key_of(row): row for row in model.jobs()} == expected
        sections = [section_of(row) for row in model.jobs()]
        assert sections == sorted(sections)
        assert [model.count(section) for section in Section] == [sections.count(s) for s in Section]
    assert not resets
    del tester


def test_replace_touches_only_what_differs() -> None:
    model = JobsModel()
    model.update(activity(9))
    model.replace([job(1), job(2), job(3)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.replace([job(1), job(2, done=5)])
    assert [row.id for row in model.jobs()] == ["j1", "j2", "j9"] and changed == [1]
    model.replace([], Activity)
    assert [row.id for row in model.jobs()] == ["j1", "j2"]


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), max_size=8),
    st.integers(1, 1000),
    st.integers(1, 80),
)
def test_blocks_never_show_more_than_is_there(ranges: list[tuple[int, int]], total: int, count: int) -> None:
    covered: set[int] = set()
    disjoint = []
    for start, end in sorted(ranges):
        start = max([start, *(e for _, e in disjoint)], default=start)
        if end > start:
            disjoint.append((start, end))
            covered |= set(range(start, min(end, total)))
    blocks = shares(disjoint, total, count)
    assert len(blocks) == count and all(0 <= share <= 1 for share in blocks)
    assert sum(blocks) * total / count == pytest.approx(len(covered), abs=1e-6)


def test_ranges_of_a_later_file_stand_after_the_earlier_ones() -> None:
    quant = replace(job(1).request.quant, extras=(replace(job(1).request.quant.files[0], path="b", size=50),))
    first = quant.files[0].size
    row = replace(
        job(1),
        request=replace(job(1).request, quant=quant),
        current="b",
        total=first + 50,
        ranges=((0, 10), (20, 30)),
    )
    assert texts.ranges(row) == ((0, first), (first, first + 10), (first + 20, first + 30))


def rows(opened: Opened) -> dict[str, JobRow]:
    return {row.key: row for row in opened.window.drawer.column.rows()}


def section_shown(opened: Opened, row: JobRow) -> str:
    """The title of the last head over `row`."""
    heads = opened.window.drawer.column.heads.values()
    above = [head for head in heads if not head.isHidden() and head.y() < row.y()]
    return max(above, key=lambda head: head.y()).title


def visible_words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def visible_buttons(row: JobRow) -> set[str]:
    return {button.text() for button in row.findChildren(QPushButton) if button.isVisible()}


def opened_jobs(open_window: Callable[..., Opened], state: str, **more: object) -> Opened:
    opened = open_window(state, size=(1280, 1000), **more)
    opened.window.open_jobs()
    return opened


def test_each_state_stands_in_its_section(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "busy")
    model = opened.window.drawer.model
    assert [model.count(section) for section in Section] == [2, 4, 4, 1, 3]
    drawer = opened.window.drawer
    titles = {
        section_shown(opened, row)
        for each in model.jobs()
        if (row := drawer.column.reveal(key_of(each))) is not None
    }
    assert titles == {"Needs you", "Running", "Waiting", "Paused", "Finished"}


def test_pause_and_resume_move_the_row_without_making_a_new_one(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "busy")
    row = rows(opened)["job-5"]
    row.wanted.emit("pause", "job-5")
    qtbot.waitUntil(lambda: row.job.state is DownloadState.PAUSED)
    assert rows(opened)["job-5"] is row and row.isVisible() and section_shown(opened, row) == "Paused"
    row.wanted.emit("resume", "job-5")
    qtbot.waitUntil(lambda: row.job.state is DownloadState.RUNNING)
    assert rows(opened)["job-5"] is row and row.isVisible() and section_shown(opened, row) == "Running"


def test_the_only_job_is_seen_through_all_its_states(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    """Its row never changes its place in the model, only its section."""
    opened = opened_jobs(open_window, "empty")
    for state, title in (
        (DownloadState.QUEUED, "Waiting"),
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
    opened = opened_jobs(open_window, "busy")
    row = rows(opened)["job-5"]
    pause = next(button for button in row.findChildren(QToolButton) if button.accessibleName() == "Pause")
    pause.setFocus()
    pause.click()
    qtbot.waitUntil(lambda: row.job.state is DownloadState.PAUSED)
    focus = opened.window.focusWidget()
    assert focus is not None and (focus is row or row.isAncestorOf(focus)) and focus.isVisible()


def test_a_failed_job_says_what_why_and_next(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "error")
    row = rows(opened)["job-3"]
    words = visible_words(row)
    assert row.job.error_title in words and row.job.error_hint in words
    assert {"Try again", "Details", "Open licence page", "Add a token"} <= visible_buttons(row)
    more = next(button for button in row.findChildren(QPushButton) if button.text() == "Details")
    height = row.height()
    more.click()
    qtbot.waitUntil(lambda: row.height() > height)
    details = row.findChild(QPlainTextEdit)
    assert details.isVisible() and details.toPlainText() == row.job.error_detail
    assert row.rect().contains(details.geometry())


def test_a_missing_token_leads_to_the_connections(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "error")
    rows(opened)["job-3"].wanted.emit("token", "job-3")
    settle(qtbot)
    page = opened.window.page("settings")
    assert not opened.window.drawer.is_open and page.pane("connections").isVisible()


def test_local_work_stands_beside_downloads_and_can_be_tried_again(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "busy")
    shown = rows(opened)
    running, failed = shown["activity:a1"], shown["activity:a4"]
    assert "Verify Qwen3-8B-Instruct" in visible_words(running)
    assert "63" in visible_words(running) and "0:02 left" in visible_words(running)
    assert "Fetch again" in visible_buttons(failed)
    opened.backend.activities.change(
        replace(failed.job, error_code="library.unreadable")  # type: ignore[type-var]
    )
    qtbot.waitUntil(lambda: "Try again" in visible_buttons(failed))
    assert "Fetch again" not in visible_buttons(failed)
    failed.wanted.emit("retry", "activity:a4")
    qtbot.waitUntil(lambda: section_shown(opened, failed) == "Waiting")
    running.wanted.emit("cancel", "activity:a1")
    qtbot.waitUntil(lambda: running.job.state is ActivityState.CANCELLED)
    opened.backend.bus.publish(ActivityRemoved("a1"))
    qtbot.waitUntil(lambda: "activity:a1" not in rows(opened))


def test_failed_local_work_can_be_taken_off_the_list(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "error")
    row = rows(opened)["activity:a4"]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "activity:a4" not in rows(opened))


def test_chat_opens_the_downloaded_model(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "full")
    asked: list[str | None] = []
    opened.window.open_chat = lambda model_id: asked.append(model_id)
    model = opened.backend.library.models()[1]
    done = replace(opened.backend.downloads.jobs()[0], path=str(model.path))
    opened.backend.downloads.change(done)
    qtbot.waitUntil(lambda: opened.window.drawer.model.job(done.id) == done)
    rows(opened)[done.id].wanted.emit("chat", done.id)
    qtbot.waitUntil(lambda: asked == [model.id])


def test_clear_removes_the_finished_of_both_kinds(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "busy")
    opened.window.drawer.column.heads[Section.FINISHED].action.click()
    qtbot.waitUntil(lambda: opened.window.drawer.model.count(Section.FINISHED) == 0)
    settle(qtbot)
    assert not {"job-1", "activity:a3"} & set(rows(opened))


# -- the order of what waits


def order(opened: Opened) -> list[str]:
    return list(opened.window.drawer.model.waiting())


def test_alt_and_the_arrows_move_a_waiting_job(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "busy")
    assert order(opened) == ["job-7", "job-8", "job-9"]
    row = opened.window.drawer.column.reveal("job-9")
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: order(opened) == ["job-7", "job-9", "job-8"])
    settle(qtbot)
    assert opened.window.focusWidget() is row and rows(opened)["job-9"] is row
    qtbot.keyClick(row, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: order(opened) == ["job-7", "job-8", "job-9"])
    settle(qtbot)
    qtbot.keyClick(row, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot)
    assert order(opened) == ["job-7", "job-8", "job-9"], "the last one stays the last one"


def test_the_menu_puts_a_waiting_job_first(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "busy")
    row = opened.window.drawer.column.reveal("job-9")
    menu = row.menu()
    enabled = {action.text().split("\t")[0]: action.isEnabled() for action in menu.actions()}
    assert enabled == {"Next": True, "Up": True, "Down": False}
    menu.actions()[0].trigger()
    menu.deleteLater()
    qtbot.waitUntil(lambda: order(opened) == ["job-9", "job-7", "job-8"])
    qtbot.waitUntil(lambda: "next" in visible_words(row))


def test_a_waiting_job_is_dragged_to_another_place(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = opened_jobs(open_window, "busy")
    column = opened.window.drawer.column
    column.reveal("job-9")
    first, last = rows(opened)["job-7"], rows(opened)["job-9"]
    start = QPoint(120, last.height() - 6)
    target = last.mapFromGlobal(first.mapToGlobal(QPoint(120, 4)))
    qtbot.mousePress(last, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(last, start - QPoint(0, 30))
    qtbot.mouseMove(last, target)
    assert column._drop.isVisible() and abs(column._drop.y() - first.y()) <= 2
    qtbot.mouseRelease(last, Qt.MouseButton.LeftButton, pos=target)
    assert not column._drop.isVisible()
    qtbot.waitUntil(lambda: order(opened) == ["job-9", "job-7", "job-8"])


def test_arrows_go_from_row_to_row_and_tab_goes_down(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "busy")
    drawer = opened.window.drawer
    first = rows(opened)["job-3"]
    first.setFocus()
    seen = [first.key]
    for _ in range(drawer.model.rowCount() - 1):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Down)
        focus = opened.window.focusWidget()
        assert isinstance(focus, JobRow) and not focus.visibleRegion().isEmpty()
        seen.append(focus.key)
    assert seen == [key_of(each) for each in drawer.model.jobs()]
    drawer.column.reveal("job-3").setFocus()
    heights = []
    for _ in range(12):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
        focus = opened.window.focusWidget()
        row = (
            focus
            if isinstance(focus, JobRow)
            else next(r for r in rows(opened).values() if r.isAncestorOf(focus))
        )
        heights.append(row.y())
    assert heights == sorted(heights) and len(set(heights)) > 2


def test_two_hundred_jobs_make_only_the_rows_that_are_seen(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "empty")
    for number in range(1, 201):
        opened.backend.downloads.change(job(number, DownloadState.QUEUED))
    drawer = opened.window.drawer
    qtbot.waitUntil(lambda: drawer.model.rowCount() == 200)
    settle(qtbot)
    assert 5 < len(drawer.findChildren(JobRow)) < 50
    opened.backend.downloads.move("j200", 0)
    qtbot.waitUntil(lambda: order(opened)[0] == "j200")
    settle(qtbot)
    last = drawer.column.reveal("j199")
    assert last is not None and not last.visibleRegion().isEmpty()
    settle(qtbot)
    assert len(drawer.findChildren(JobRow)) < 50


# -- cancelling


@pytest.mark.parametrize(("done", "answer"), [(2_000_000_000, True), (2_000_000_000, False), (5_000, True)])
def test_cancelling_asks_only_where_much_has_arrived(
    qtbot: QtBot, open_window: Callable[..., Opened], done: int, answer: bool
) -> None:
    opened = opened_jobs(open_window, "empty")
    asked: list[str] = []

    def confirm(title: str, text: str, action: str, *, danger: bool = False) -> bool:
        asked.append(title)
        return answer

    opened.window.confirm = confirm
    opened.backend.downloads.change(job(1, done=done))
    qtbot.waitUntil(lambda: "j1" in rows(opened))
    rows(opened)["j1"].wanted.emit("cancel", "j1")
    settle(qtbot)
    expected = DownloadState.CANCELLED if answer else DownloadState.RUNNING
    qtbot.waitUntil(lambda: rows(opened)["j1"].job.state is expected)
    assert bool(asked) == (done > acting.ASK_ABOVE)
    if not asked:
        opened.window.toasts._shown()[0]._act()
        qtbot.waitUntil(lambda: rows(opened)["j1"].job.state is DownloadState.RUNNING)


# -- foot, frame


def test_the_foot_writes_the_settings_and_follows_them(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "busy")
    foot, kept = opened.window.drawer.footer, opened.backend.settings
    foot.at_once.setCurrentIndex(foot.at_once.findData(4))
    foot.at_once.activated.emit(foot.at_once.currentIndex())
    foot.limit.setCurrentIndex(foot.limit.findData(5_000_000))
    foot.limit.activated.emit(foot.limit.currentIndex())
    settle(qtbot)
    assert (kept.get().downloads_at_once, kept.get().bandwidth_limit) == (4, 5_000_000)
    opened.window.drawer.close_drawer()
    kept.update(bandwidth_limit=None, downloads_at_once=1)
    opened.window.open_jobs()
    assert foot.limit.limit is None and foot.at_once.currentData() == 1
    assert foot.limit.currentIndex() == 0


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


def test_the_rail_counts_jobs_of_both_kinds(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("empty")
    badge = opened.window.rail.jobs.accessibleDescription
    assert badge() == "none"
    opened.backend.bus.publish(JobChanged(job(1)))
    opened.backend.bus.publish(ActivityChanged(activity(1, ActivityState.QUEUED)))
    qtbot.waitUntil(lambda: badge() == "2")
    opened.backend.bus.publish(ActivityChanged(activity(1, ActivityState.FAILED)))
    opened.backend.bus.publish(JobChanged(job(1, DownloadState.DONE)))
    qtbot.waitUntil(lambda: badge() == "1")


def test_what_ends_behind_a_closed_drawer_is_said_once(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("busy")
    asked: list[str | None] = []
    opened.window.open_chat = lambda model_id: asked.append(model_id)
    toasts = opened.window.toasts
    assert not toasts._shown(), "what ended before the start is old news"
    model = opened.backend.library.models()[1]
    ready = replace(opened.backend.downloads.jobs()[4], state=DownloadState.DONE, path=str(model.path))
    opened.backend.downloads.change(ready)
    qtbot.waitUntil(lambda: len(toasts._shown()) == 1)
    opened.backend.downloads.change(replace(ready, note="again"))
    failed = replace(
        opened.backend.downloads.jobs()[5], state=DownloadState.FAILED, error_title="The disk is full."
    )
    opened.backend.downloads.change(failed)
    qtbot.waitUntil(lambda: len(toasts._shown()) == 2)
    said = [toast.text for toast in toasts._shown()]
    assert said[0].startswith("Gemma-3-12B-it Q4_K_M is ready") and said[1] == "The disk is full."
    toasts._shown()[0]._act()
    qtbot.waitUntil(lambda: asked == [model.id])
    opened.window.open_jobs()
    opened.backend.downloads.change(replace(opened.backend.downloads.jobs()[3], state=DownloadState.DONE))
    settle(qtbot)
    assert len(toasts._shown()) == 1, "an open drawer shows it anyway"


def test_what_a_check_found_damaged_is_fetched_again_from_where_it_came(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = opened_jobs(open_window, "error")
    opened.backend.catalogue = Catalogue()
    row = rows(opened)["activity:a4"]
    assert isinstance(row.job, Activity)
    before = {each.id for each in opened.backend.downloads.jobs()}
    row.wanted.emit("again", row.key)
    settle(qtbot)
    (started,) = [each for each in opened.backend.downloads.jobs() if each.id not in before]
    assert started.request.quant.label == "Q5_K_M"
    assert started.request.repo_id == "Qwen/Qwen2.5-Coder-7B-Instruct"
    opened.backend.activities.change(replace(row.job, model_id="starter"))
    qtbot.waitUntil(lambda: getattr(row.job, "model_id", "") == "starter")
    row.wanted.emit("again", row.key)
    settle(qtbot)
    assert "does not know where" in opened.window.toasts._shown()[-1].text


def test_the_same_weights_without_a_gate_are_offered_and_taken(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("error", size=(1280, 1000))
    opened.backend.catalogue = Catalogue()
    opened.window.open_jobs()
    row = rows(opened)["job-3"]
    qtbot.waitUntil(lambda: "HuggingFaceTB/SmolLM3-3B has the same weights" in visible_words(row))
    assert row.rect().contains(row.findChild(Banner).geometry())
    take = next(button for button in row.findChildren(QPushButton) if button.text() == "Use that copy")
    take.click()
    qtbot.waitUntil(lambda: row.job.state is DownloadState.CANCELLED)
    started = opened.backend.downloads.jobs()[-1]
    assert (started.request.repo_id, started.request.quant.label) == ("HuggingFaceTB/SmolLM3-3B", "Q8_0")
    assert "Use that copy" not in visible_buttons(row)


class Catalogue:
    """What fetching again needs of both gardens."""

    def same_weights(self, key: str) -> tuple[SameWeights, ...]:
        wanted = fake_data.jobs()[2].request
        assert key == f"hf:{wanted.repo_id}"
        digest = wanted.quant.files[0].sha256 or ""
        places = (("google/Gemma-3-4B-it", "00" * 32), ("HuggingFaceTB/SmolLM3-3B", digest))
        return tuple(
            SameWeights(Source.HUGGING_FACE, repo, f"{repo.split('/')[1]}-Q8_0.gguf", digest)
            for repo, digest in places
        )

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail:
        assert source is Source.HUGGING_FACE
        return fake_data.detail_of(next(row for row in fake_data.hub_models() if row.id == model_id))
