"""One life of the real ``main.py`` window in a process of its own, driven from inside.

    python -m tests.support.window_life ask  QUESTION -- ARGUMENTS OF main.py
    python -m tests.support.window_life read ANSWERS  -- ARGUMENTS OF main.py
    python -m tests.support.window_life stay .        -- ARGUMENTS OF main.py

``ask`` chats with the library's model that ORANGERY_TEST_MODEL names (the starter by default) and
writes a line of JSON for every piece of the answer as it reaches the page. ``read`` waits for so many answers
in the chat that the Chat page shows. Both end with a line that describes the last answer, and close the
window. ``stay`` says when the pages are there and leaves the window open.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from typing import Any

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

import main
import ui.app
from backend.events import MessageDelta
from tests.support.driving import Run, metrics
from ui.pages.chat.answer import AnswerView
from ui.widgets.banner import Banner


def say(**fields: Any) -> None:
    """One line for the test that started this process."""
    print(json.dumps(fields), flush=True)


def describe(run: Run, answer: AnswerView) -> None:
    """The last line: what the person reads, and which network sockets are open."""
    me = psutil.Process()
    family = [me, *me.children(recursive=True)]
    sockets = [str(each) for process in family for each in process.net_connections(kind="inet")]
    say(
        answer=answer.plain_text(),
        metrics=metrics(answer),
        state=answer.message.state,
        notes=[banner.accessibleName() for banner in answer.findChildren(Banner) if banner.isVisible()],
        sockets=sockets,
        processes=len(family),
        offline=run.window.offline,
    )


def ask(run: Run, question: str) -> None:
    run.bridge.on(MessageDelta, lambda event: say(piece=event.text, at=time.time()))
    run.open_chat(os.environ.get("ORANGERY_TEST_MODEL", "Starter model"))
    run.ask(question)
    describe(run, run.finished(1))


def read(run: Run, count: str) -> None:
    run.go("Chat")
    describe(run, run.finished(int(count)))


def drive(session: ui.app.Session, action: str, argument: str) -> None:
    """Wait until the backend is there, act, close."""
    window = session._window
    while window._backend is None:
        QTest.qWait(5)
    assert window._bridge is not None
    run = Run(window, window._backend, window._bridge)
    try:
        if action == "stay":
            say(ready=True)
            return
        {"ask": ask, "read": read}[action](run, argument)
    except BaseException:
        say(error=traceback.format_exc())
    window.close()


if __name__ == "__main__":
    split = sys.argv.index("--")
    what, words = sys.argv[1:split]
    start = ui.app.Session.start

    def started(session: ui.app.Session) -> None:
        start(session)
        QTimer.singleShot(0, session, lambda: drive(session, what, words))

    ui.app.Session.start = started  # type: ignore[method-assign]
    sys.exit(main.main(sys.argv[split + 1 :]))
