"""The parts of the chat page without a page: the list model, branches, live answers, code colours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from backend.chats.types import Chat, ContextUse, Message, MessageState
from backend.engines.types import FinishReason, Sampling
from backend.errors import AppError
from backend.events import MessageDelta
from tests.support.examples import examples
from ui.markdown import highlight
from ui.pages.chat.branch import Branch, Effect
from ui.pages.chat.conversation_model import ROW_ROLE, ConversationModel
from ui.pages.chat.conversation_rows import ChatRow, Heading, group, rows_of
from ui.pages.chat.counter import check_length
from ui.pages.chat.drafts import Drafts
from ui.pages.chat.findbar import hits_in
from ui.pages.chat.live import LiveAnswer
from ui.pages.chat.status import blocked_words, live_words, room_words
from ui.pages.chat.texts import stop_words

NOW = datetime(2026, 11, 23, 12, 0).timestamp()


def chat(number: int, age_days: float = 0.0, title: str = "") -> Chat:
    updated = NOW - age_days * 86400
    return Chat(
        number, title or f"Chat {number}", "starter", "", Sampling(), None, None, updated, updated, number
    )


def message(number: int, parent: int | None, role: str = "user", text: str = "x") -> Message:
    return Message(number, 1, parent, role, text, MessageState.DONE, NOW)  # type: ignore[arg-type]


def test_rows_are_grouped_by_time() -> None:
    rows = rows_of([chat(5), chat(4, 1), chat(3, 3), chat(2, 30), chat(1, 400)], {"starter": "Starter"}, NOW)
    headings = [row.text for row in rows if isinstance(row, Heading)]
    assert headings == ["Today", "Yesterday", "Previous 7 days", "October", "October 2025"]
    notes = [row.note for row in rows if isinstance(row, ChatRow)]
    assert notes[0] == "Starter, now"
    assert notes[1].startswith("Starter, 12:00")
    assert notes[2] == "Starter"


def test_a_clock_that_was_put_back_still_says_today() -> None:
    assert group(NOW + 3 * 86400, date(2026, 11, 23)).key == "today"


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 9), st.integers(0, 40), st.sampled_from("ab")),
            max_size=9,
            unique_by=lambda t: t[0],
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_model_becomes_any_list_without_a_reset(lists: list[list[tuple[int, int, str]]]) -> None:
    model = ConversationModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    for entries in lists:
        chats = sorted((chat(n, age, title) for n, age, title in entries), key=lambda c: -c.updated)
        rows = rows_of(chats, {}, NOW)
        model.set_rows(rows)
        assert [model.index(at).data(ROW_ROLE) for at in range(model.rowCount())] == rows
    assert not resets


def test_headings_cannot_be_chosen_and_titles_can_be_edited() -> None:
    model = ConversationModel()
    model.set_rows(rows_of([chat(1)], {}, NOW))
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    asked: list[tuple[int, str]] = []
    model.renamed.connect(lambda *change: asked.append(change))
    assert not model.setData(model.index(0), "x")
    assert not model.setData(model.index(1), "   ")
    assert model.setData(model.index(1), " New name ")
    assert model.setData(model.index(1), "Chat 1")
    assert asked == [(1, "New name")]


def test_a_branch_follows_what_is_added() -> None:
    branch = Branch([message(1, None), message(2, 1, "assistant")])
    assert branch.put(message(3, 2)) is Effect.EXTENDED
    assert branch.put(message(2, 1, "assistant", "other")) is Effect.UPDATED
    assert branch.put(message(9, 8)) is Effect.UNKNOWN
    assert branch.put(message(4, 1, "assistant")) is Effect.EXTENDED
    assert [m.id for m in branch.messages] == [1, 4]
    assert branch.put(message(5, None)) is Effect.EXTENDED
    assert [m.id for m in branch.messages] == [5]


def test_a_live_answer_has_all_text_and_its_speed() -> None:
    now = [10.0]
    live = LiveAnswer(message(2, 1, "assistant", ""), clock=lambda: now[0])
    assert live_words(live) == "reading …"
    for _ in range(11):
        live.add(MessageDelta(1, 2, "ab", "", 5))
        now[0] += 0.1
    assert live.so_far().text == "ab" * 11
    assert live.tokens == 55
    assert live.tokens_per_second == pytest.approx(50.0)
    assert live_words(live) == "50.0 tok/s, 55 tokens so far"


def test_hits_ignore_case_and_overlap() -> None:
    found = hits_in(
        [message(1, None, text="Ana ANA"), message(2, 1, text="no"), message(3, 2, text="banana")], "ana"
    )
    assert found == [(1, 0), (1, 1), (3, 0)]
    assert hits_in([message(1, None)], "") == []


def test_length_is_checked_with_doubt_where_it_was_guessed() -> None:
    check_length(ContextUse(10, 4000, 512, 4096))
    check_length(ContextUse(0, 6000, 512, 4096, approximate=True))
    for use in (ContextUse(0, 4096, 512, 4096), ContextUse(0, 7000, 512, 4096, approximate=True)):
        with pytest.raises(AppError) as error:
            check_length(use)
        assert error.value.code == "chat.too_long"
        assert "4,096" in error.value.title


def test_words_of_the_composer() -> None:
    assert room_words(ContextUse(10, 90, 512, 4096)) == "3,996 tokens left after this message"
    assert room_words(ContextUse(0, 5000, 512, 4096, approximate=True)) == "~904 tokens too many"
    assert blocked_words(None, None, "starter") == ""
    assert blocked_words(None, None, None) == "Choose a model first."
    assert "gone.gguf" in blocked_words(replace(chat(1), model_id="gone.gguf"), None, "starter")


def test_every_reason_to_stop_has_words() -> None:
    answer = message(2, 1, "assistant")
    assert all(stop_words(replace(answer, finish_reason=reason)) for reason in FinishReason)
    for state in (MessageState.STOPPED, MessageState.INTERRUPTED, MessageState.FAILED):
        assert stop_words(replace(answer, state=state))


def test_drafts_survive_and_a_folder_that_is_gone_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "drafts.json"
    drafts = Drafts(path)
    assert drafts.set(1, "Zażółć 🍊")
    assert not drafts.set(1, "Zażółć 🍊")
    drafts.save(drafts.snapshot())
    again = Drafts(path)
    again.set(1, "newer")
    again.adopt(again.load() | {2: "other"})
    assert again.get(1) == "newer"
    assert again.get(2) == "other"
    assert [file.name for file in path.parent.iterdir()] == ["drafts.json"]


PYTHON = (
    'import os\n\ndef f(x):\n    """Doc\n    string"""\n    return x + 1  # add\n\n\nclass A:\n    b = "c"\n'
)


def test_code_colours() -> None:
    lines = {line.number: line for line in highlight.lines(PYTHON, "python")}
    assert [paint.style for paint in lines[0].paints] == ["keyword"]
    assert lines[4].paints[-1].style == "value"
    assert not lines[4].safe
    assert lines[8].safe
    assert [p.style for p in lines[5].paints][-1] == "comment"
    assert list(highlight.lines("x", "no-such-language")) == []
    assert list(highlight.lines("x", "")) == []


def test_lexing_from_a_safe_line_gives_the_same_colours() -> None:
    whole = list(highlight.lines(PYTHON, "python"))
    for line in whole:
        if line.safe:
            again = list(highlight.lines(PYTHON, "python", line.number))
            assert [(a.number, a.paints) for a in again] == [
                (w.number, w.paints) for w in whole[line.number :]
            ]


@settings(max_examples=examples(60), deadline=None)
@given(st.text(max_size=200), st.sampled_from(["python", "html", "bash", "json", "diff", "c", "markdown"]))
def test_colours_stay_inside_their_lines(code: str, language: str) -> None:
    rows = code.split("\n")
    for line in highlight.lines(code, language):
        for paint in line.paints:
            assert paint.start >= 0
            assert paint.start + paint.length <= len(rows[line.number]) + code.count("\r")


def test_a_model_that_is_gone_is_called_by_its_file() -> None:
    gone = replace(chat(1), model_id="hf:acme/Sprout-GGUF/Sprout-Q4_K_M.gguf")
    row = rows_of([gone], {}, NOW)[1]
    assert isinstance(row, ChatRow) and row.note.startswith("Sprout-Q4_K_M")
