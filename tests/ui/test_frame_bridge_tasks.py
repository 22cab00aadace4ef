"""Events reach the GUI thread in few portions and in order; background work comes back, or stays away."""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from backend.chats.types import Message, MessageState
from backend.errors import AppError, Cancelled
from backend.events import (
    Event,
    EventBus,
    JobChanged,
    JobRemoved,
    LibraryChanged,
    MessageChanged,
    MessageDelta,
    OfflineChanged,
)
from tests.support import fake_data
from ui import tasks
from ui.bridge import EventBridge, coalesce


def delta(text: str, message: int = 1, tokens: int = 0) -> MessageDelta:
    return MessageDelta(1, message, text, "", tokens)


def committed(message: int = 1) -> MessageChanged:
    return MessageChanged(Message(message, 1, None, "assistant", "done", MessageState.DONE, 0.0))


def test_deltas_of_one_message_are_joined() -> None:
    assert coalesce([delta("a", tokens=1), delta("x", 2), delta("b", tokens=2)]) == [
        delta("ab", tokens=3),
        delta("x", 2),
    ]


def test_deltas_are_not_joined_over_a_commit() -> None:
    events: list[Event] = [delta("a"), committed(), delta("b")]
    assert coalesce(events) == events


def test_only_the_last_state_of_a_job_is_kept() -> None:
    first, second = fake_data.jobs()[4], fake_data.jobs()[0]
    events: list[Event] = [JobChanged(first), JobChanged(second), JobChanged(first), JobRemoved(second.id)]
    assert coalesce(events) == [JobChanged(first), JobRemoved(second.id)]


@given(st.lists(st.tuples(st.sampled_from("dcl"), st.integers(1, 3), st.text(max_size=3))))
def test_no_text_is_lost_or_moved_over_a_commit(script: list[tuple[str, int, str]]) -> None:
    """Coalescing keeps, for each message, the same text between the same commits."""
    events: list[Event] = []
    for kind, number, text in script:
        events.append({"d": delta(text, number), "c": committed(number), "l": LibraryChanged()}[kind])

    def story(some: list[Event]) -> dict[int, list[str]]:
        told: dict[int, list[str]] = {number: [""] for number in (1, 2, 3)}
        for event in some:
            if isinstance(event, MessageDelta):
                told[event.message_id][-1] += event.text
            elif isinstance(event, MessageChanged):
                told[event.message.id].append("")
        return told

    assert story(coalesce(events)) == story(events)


def test_a_burst_from_many_threads_wakes_the_gui_few_times(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    seen: list[MessageDelta] = []
    bridge.on(MessageDelta, lambda event: seen.append(event))

    def publish(number: int) -> None:
        for _ in range(500):
            bus.publish(delta("x", number))

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: sum(len(event.text) for event in seen) == 2000)
    assert len(seen) < 100
    bridge.close()


def test_handlers_run_on_the_gui_thread_and_can_be_removed(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    threads: list[QThread] = []
    remove = bridge.on(OfflineChanged, lambda event: threads.append(QThread.currentThread()))
    thread = threading.Thread(target=lambda: bus.publish(OfflineChanged(True)))
    thread.start()
    qtbot.waitUntil(lambda: len(threads) == 1)
    thread.join()
    assert threads == [QCoreApplication.instance().thread()]
    remove()
    bridge.post(OfflineChanged(False))
    bridge.flush()
    assert len(threads) == 1
    bridge.close()


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    def hear(self, event: OfflineChanged) -> None:
        self.heard += 1


def test_a_deleted_listener_is_forgotten(qtbot: QtBot) -> None:
    bridge = EventBridge()
    listener = Listener()
    bridge.on(OfflineChanged, listener.hear)
    bridge.post(OfflineChanged(True))
    bridge.flush()
    assert listener.heard == 1
    listener.deleteLater()
    QCoreApplication.sendPostedEvents(listener, 52)
    bridge.post(OfflineChanged(True))
    bridge.flush()
    assert listener.heard == 1
    bridge.close()


def test_nothing_is_delivered_after_close(qtbot: QtBot) -> None:
    bus = EventBus()
    bridge = EventBridge(bus)
    heard: list[object] = []
    bridge.on(OfflineChanged, heard.append)
    bus.publish(OfflineChanged(True))
    bridge.close()
    bus.publish(OfflineChanged(False))
    bridge.flush()
    assert heard == []


def test_a_result_comes_back_on_the_gui_thread(qtbot: QtBot) -> None:
    owner = QObject()
    results: list[tuple[str, bool]] = []
    here = threading.current_thread()
    tasks.run(
        lambda: threading.current_thread().name,
        lambda name: results.append((name, threading.current_thread() is here)),
        owner=owner,
    )
    qtbot.waitUntil(lambda: bool(results))
    assert results[0][0].startswith("ui-task") and results[0][1]


def test_an_app_error_goes_to_failed_and_a_cancellation_to_nobody(qtbot: QtBot) -> None:
    owner = QObject()
    errors: list[AppError] = []
    done: list[object] = []

    def fail() -> None:
        raise AppError("x.y", "It broke.")

    def cancel() -> None:
        raise Cancelled

    tasks.run(cancel, done.append, errors.append, owner=owner)
    tasks.run(fail, done.append, errors.append, owner=owner)
    qtbot.waitUntil(lambda: bool(errors))
    assert [error.code for error in errors] == ["x.y"] and done == []


def test_nothing_comes_back_to_a_cancelled_task_or_a_deleted_owner(qtbot: QtBot) -> None:
    gate = threading.Event()
    gone, here = QObject(), QObject()
    done: list[object] = []
    tasks.run(gate.wait, lambda _result: done.append("gone"), owner=gone)
    cancelled = tasks.run(gate.wait, lambda _result: done.append("cancelled"), owner=here)
    tasks.run(gate.wait, lambda _result: done.append("kept"), owner=here)
    cancelled.cancel()
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, 52)
    gate.set()
    qtbot.waitUntil(lambda: bool(done))
    assert tasks.wait_idle(5)
    QCoreApplication.processEvents()
    assert done == ["kept"]


def test_a_bug_reaches_the_exception_hook(qtbot: QtBot) -> None:
    owner = QObject()

    def bug() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        tasks.run(bug, owner=owner)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


@pytest.mark.parametrize("count", [40])
def test_more_work_than_threads_is_all_done(qtbot: QtBot, count: int) -> None:
    owner = QObject()
    results: list[int] = []
    for number in range(count):
        tasks.run(lambda number=number: number, results.append, owner=owner)
    qtbot.waitUntil(lambda: len(results) == count)
    assert sorted(results) == list(range(count))


class _Late(queue.SimpleQueue[Any]):
    """Its second piece of work comes at the moment at which the thread that waits for it gives up."""

    def __init__(self) -> None:
        super().__init__()
        self._gets, self._puts = 0, 0
        self._coming, self._over = threading.Event(), threading.Event()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        self._gets += 1
        if self._gets == 2:
            assert self._coming.wait(30)
            self._over.set()
            raise queue.Empty
        return super().get(block, timeout)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        self._puts += 1
        if self._puts == 2:
            self._coming.set()
            assert self._over.wait(30)
        super().put(item, block, timeout)


def test_work_that_comes_as_its_thread_ends_is_done(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = tasks._the_pool()
    monkeypatch.setattr(pool, "_queue", _Late())
    owner, results = QObject(), []
    for wanted in (["first"], ["first", "second"]):
        tasks.run(lambda wanted=wanted: wanted[-1], results.append, owner=owner)
        qtbot.waitUntil(lambda wanted=wanted: results == wanted and pool._idle == 1)
    tasks.stop(30)
