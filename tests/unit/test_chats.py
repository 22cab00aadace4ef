"""Sending, streaming, stopping, branching, undo and search; what a crash leaves. Faults 28, 35, 41, 50."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.chats.conversation import title_of
from backend.chats.types import Message, MessageState
from backend.engines.types import FinishReason, LoadOptions, Sampling, Turn
from backend.errors import AppError
from backend.events import ChatListChanged, MessageDelta
from backend.store.chats import ChatRepository
from tests.support.chat_home import Home

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.close()


def test_an_answer_streams_and_is_committed(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.update(chat.id, system_prompt="Be brief.", sampling=Sampling(temperature=0.0), n_ctx=2048)
    question = home.chats.send(chat.id, "Where is  the Orangery?")
    assert home.chats.busy(chat.id)
    generation = home.engine.next()
    assert generation.turns == (Turn("system", "Be brief."), Turn("user", "Where is  the Orangery?"))
    assert generation.sampling == Sampling(temperature=0.0)
    assert home.engine.loads == [(home.library.path, LoadOptions(n_ctx=2048))]
    streaming = home.recorder.answer(MessageState.STREAMING)
    generation.say(reasoning="It is ")
    generation.say(reasoning="known.")
    generation.say("In the ")
    generation.say("garden.")
    generation.end()
    answer = home.recorder.answer(MessageState.DONE)
    assert not home.chats.busy(chat.id)
    assert (answer.id, answer.parent_id) == (streaming.id, question.id)
    assert (answer.text, answer.reasoning, answer.finish_reason) == ("In the garden.", "It is known.", "stop")
    assert (answer.model_id, answer.model_name, answer.quant) == ("starter", "Orangery Starter", "Q8_0")
    assert answer.timings.generation_tps == 50.0
    deltas = [event for event in home.recorder.all() if isinstance(event, MessageDelta)]
    assert "".join(delta.text for delta in deltas) == "In the garden."
    assert {(delta.chat_id, delta.message_id) for delta in deltas} == {(chat.id, answer.id)}
    assert home.chats.messages(chat.id) == (question, answer)
    assert home.chats.chats()[0].title == "Where is the Orangery?"


def test_the_next_turn_carries_the_conversation_without_reasoning(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "one")
    first = home.engine.next()
    first.say("two", "thinking")
    first.end()
    home.recorder.answer(MessageState.DONE)
    home.chats.send(chat.id, "three")
    assert home.engine.next().turns == (Turn("user", "one"), Turn("assistant", "two"), Turn("user", "three"))


def test_the_measured_speed_reaches_the_library(home: Home) -> None:
    chat = home.chats.create("starter")
    home.answered(chat.id, "hello", "hi")
    assert home.uses() == [("starter", 50.0)]


def test_one_answer_at_a_time_in_each_chat(home: Home) -> None:
    chat, other = home.chats.create("starter"), home.chats.create("starter")
    home.chats.send(chat.id, "one")
    with pytest.raises(AppError) as caught:
        home.chats.send(chat.id, "two")
    assert caught.value.code == "chat.busy"
    home.chats.send(other.id, "two at once is fine in two chats")
    assert [m.text for m in home.chats.messages(chat.id) if m.role == "user"] == ["one"]


def test_stop_keeps_the_text(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "count")
    home.engine.next().say("one two")
    home.chats.stop(chat.id)
    stopped = home.recorder.answer(MessageState.STOPPED)
    assert (stopped.text, stopped.finish_reason) == ("one two", "cancelled")
    assert not home.chats.busy(chat.id)
    home.chats.stop(chat.id)


def test_stop_while_the_model_loads(home: Home) -> None:
    home.engine.wait_in_load = True
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    assert home.engine.loading.wait(60)
    home.chats.stop(chat.id)
    assert home.recorder.answer(MessageState.STOPPED).text == ""
    home.engine.wait_in_load = False
    home.chats.send(chat.id, "again")
    # An answer without text is not shown to the model, and its question joins the next one.
    assert home.engine.next().turns == (Turn("user", "hello\n\nagain"),)


def test_a_model_that_cannot_be_loaded_says_so_in_place(home: Home) -> None:
    home.engine.failure = AppError("engine.load", "starter.gguf is damaged.", "Download it again.")
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    failed = home.recorder.answer(MessageState.FAILED)
    assert (failed.error_title, failed.error_hint) == ("starter.gguf is damaged.", "Download it again.")
    home.engine.failure = None
    home.chats.regenerate(failed.id)
    generation = home.engine.next()
    generation.say("better")
    generation.end()
    better = home.recorder.answer(MessageState.DONE)
    assert better.siblings == (failed.id, better.id)


def test_an_unknown_model_fails_in_place_and_none_is_asked_for(home: Home) -> None:
    chat = home.chats.create("hf:gone/away")
    home.chats.send(chat.id, "hello")
    assert home.recorder.answer(MessageState.FAILED).error_title == "hf:gone/away is not in the library."
    nothing = home.chats.create()
    with pytest.raises(AppError) as caught:
        home.chats.send(nothing.id, "hello")
    assert caught.value.code == "chat.no_model"
    with pytest.raises(AppError) as caught:
        home.chats.send(chat.id, "  \n")
    assert caught.value.code == "chat.empty"
    assert home.chats.messages(nothing.id) == ()


def test_a_dead_worker_leaves_an_interrupted_answer_with_the_reason(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("half an ans")
    generation.end(FinishReason.ERROR, error_title="The engine ran out of memory.", error_hint="Try Q4_K_M.")
    answer = home.recorder.answer(MessageState.INTERRUPTED)
    assert (answer.text, answer.error_title) == ("half an ans", "The engine ran out of memory.")
    assert answer.error_hint == "Try Q4_K_M."


def test_a_full_context_stops_and_says_so(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.update(chat.id, n_ctx=512)
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("a long sto")
    generation.end(FinishReason.CONTEXT)
    answer = home.recorder.answer(MessageState.DONE)
    assert (answer.text, answer.finish_reason) == ("a long sto", "context")
    assert "512" in answer.error_title
    home.chats.send(chat.id, "an even longer question")
    home.engine.next().end(FinishReason.CONTEXT)
    assert home.recorder.answer(MessageState.FAILED).finish_reason == "context"


def test_branches_by_editing_and_regenerating(home: Home) -> None:
    chat = home.chats.create("starter")
    first = home.answered(chat.id, "red?", "red")
    question = home.chats.messages(chat.id)[0]
    home.chats.regenerate(first.id)
    generation = home.engine.next()
    assert generation.turns == (Turn("user", "red?"),)
    generation.say("crimson")
    generation.end()
    second = home.recorder.message(lambda m: m.text == "crimson" and m.state is MessageState.DONE)
    assert second.siblings == (first.id, second.id)
    edited = home.chats.edit(question.id, "blue?")
    assert edited.siblings == (question.id, edited.id)
    generation = home.engine.next()
    assert generation.turns == (Turn("user", "blue?"),)
    generation.say("blue")
    generation.end()
    home.recorder.message(lambda m: m.text == "blue" and m.state is MessageState.DONE)
    assert [m.text for m in home.chats.messages(chat.id)] == ["blue?", "blue"]
    assert [m.text for m in home.chats.select_sibling(question.id)] == ["red?", "crimson"]
    assert [m.text for m in home.chats.select_sibling(first.id)] == ["red?", "red"]
    assert [m.text for m in home.chats.delete_message(first.id)] == ["red?", "crimson"]


def test_delete_can_be_undone_until_the_next_start(home: Home, tmp_path: Path) -> None:
    kept, lost = home.chats.create("starter"), home.chats.create("starter")
    home.answered(kept.id, "keep me", "kept")
    home.chats.delete(kept.id)
    home.chats.delete(lost.id)
    assert home.chats.chats() == ()
    home.chats.restore(kept.id)
    assert [m.text for m in home.chats.messages(kept.id)] == ["keep me", "kept"]
    home.close()
    again = Home(tmp_path)
    assert [chat.id for chat in again.chats.chats()] == [kept.id]
    with pytest.raises(LookupError):
        again.chats.chat(lost.id)
    again.close()


def test_the_model_that_was_used_last_stays_beside_the_one_in_use(home: Home) -> None:
    first, second = home.chats.create("starter"), home.chats.create("other")
    home.chats.send(first.id, "still talking")
    running = home.engine.next()
    home.chats.send(second.id, "hello")
    other = home.engine.next()
    assert [Path(loaded.path).name for loaded in home.engine.loaded()] == ["starter.gguf", "other.gguf"]
    running.end()
    other.end()
    home.recorder.message(
        lambda m: m.chat_id == first.id and m.state is MessageState.DONE and m.role == "assistant"
    )
    home.recorder.message(
        lambda m: m.chat_id == second.id and m.state is MessageState.DONE and m.role == "assistant"
    )
    home.answered(first.id, "again", "yes")
    assert [Path(loaded.path).name for loaded in home.engine.loaded()] == ["starter.gguf", "other.gguf"]


def test_an_answer_with_another_context_does_not_wait_for_the_first(home: Home) -> None:
    first, second = home.chats.create("starter"), home.chats.create("starter")
    home.chats.update(second.id, n_ctx=512)
    home.chats.send(first.id, "one")
    running = home.engine.next()
    home.chats.send(second.id, "two")
    beside = home.engine.next()
    assert beside.turns == (Turn("user", "two"),)
    assert beside.key != running.key
    assert [options.n_ctx for _, options in home.engine.loads] == [None, 512]
    running.end()
    beside.end()


def test_a_note_of_the_engine_is_shown_with_the_answer(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("hi")
    generation.end(note="A common template is used.")
    assert home.recorder.answer(MessageState.DONE).error_title == "A common template is used."


def test_delete_stops_the_answer(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    home.chats.delete(chat.id)
    assert generation.cancelled


def test_search_finds_text_of_every_branch_in_any_case(home: Home) -> None:
    polish, english = home.chats.create("starter"), home.chats.create("starter")
    first = home.answered(polish.id, "Zażółć GĘŚLĄ jaźń", "dobrze")
    home.chats.edit(home.chats.messages(polish.id)[0].id, "inne pytanie")
    home.engine.next().end()
    home.answered(english.id, "lemon trees", "yes")
    assert first
    found = [chat.id for chat in home.chats.search("gęślą zażółć")]
    assert found == [polish.id]
    assert [chat.id for chat in home.chats.search("LEMON")] == [english.id]
    assert home.chats.search("100%_") == ()
    assert len(home.chats.search(" ")) == 2


def test_renaming_keeps_the_title_and_the_place(home: Home) -> None:
    older, newer = home.chats.create("starter"), home.chats.create("starter")
    assert home.chats.rename(older.id, "  my\n title ").title == "my title"
    assert home.chats.rename(older.id, " ").title == "my title"
    assert [chat.id for chat in home.chats.chats()] == [newer.id, older.id]
    assert ChatListChanged(older.id) in home.recorder.all()
    home.answered(older.id, "first words", "ok")
    first = home.chats.chats()[0]
    assert (first.id, first.title) == (older.id, "my title")


def test_context_use_is_counted_when_loaded_and_estimated_before(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.update(chat.id, system_prompt="be very brief", sampling=Sampling(max_tokens=64))
    before = home.chats.context_use(chat.id, "some draft words")
    assert (before.approximate, before.n_ctx) == (True, 1024)
    assert before.system > 0
    assert before.conversation > 0
    home.answered(chat.id, "one two three", "four five")
    use = home.chats.context_use(chat.id, "six")
    assert (use.system, use.conversation, use.reserve) == (3, 6, 64)
    assert (use.n_ctx, use.approximate) == (4096, False)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("  two \n lines ", "two lines"),
        ("x" * 60, "x" * 47 + "…"),
        (
            "What is the capital of the country with the longest name?",
            "What is the capital of the country with the…",
        ),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title_of(text)) <= 48


# -- crashes ------------------------------------------------------------------------------------------------

_STREAM_AND_DIE = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.support.chat_home import Home
home = Home(Path(sys.argv[2]))
chat = home.chats.create("starter")
home.chats.send(chat.id, "tell me a story")
generation = home.engine.next()
length = "SELECT max(length(text)) FROM messages"
saved = lambda: home.database.read(lambda c: c.execute(length).fetchone()[0])
said = 0
while saved() < 200:
    generation.say("once upon ")
    said += 10
    time.sleep(0.002)
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_streamed_text_survives_a_kill_as_interrupted(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STREAM_AND_DIE, str(ROOT), str(tmp_path)],
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == -9, done.stderr
    home = Home(tmp_path)
    (chat,) = home.chats.chats()
    question, answer = home.chats.messages(chat.id)
    assert question.text == "tell me a story"
    assert answer.state is MessageState.INTERRUPTED
    assert answer.text.startswith("once upon once upon")
    assert len(answer.text) >= 200
    assert "ended before" in answer.error_title
    assert not home.chats.busy(chat.id)
    home.close()


def test_closing_in_the_middle_of_an_answer_keeps_it(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    home.engine.next().say("half")
    home.close()
    again = Home(tmp_path)
    answer = again.chats.messages(chat.id)[-1]
    assert (answer.text, answer.state) == ("half", MessageState.STOPPED)
    again.close()


def test_the_end_of_an_answer_waits_for_a_locked_database(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("worth keeping")
    refused = threading.Event()
    finish = ChatRepository.finish

    def locked_at_first(self: ChatRepository, *args: object) -> Message:
        if not refused.is_set():
            refused.set()
            raise AppError("store.busy", "The database is in use.", retryable=True)
        return finish(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ChatRepository, "finish", locked_at_first)
    generation.end()
    assert home.recorder.answer(MessageState.DONE).text == "worth keeping"
    assert refused.is_set()
    assert home.chats.messages(chat.id)[-1].state is MessageState.DONE


def test_an_end_that_cannot_be_saved_is_still_shown(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("worth reading")

    def refuse(self: ChatRepository, *args: object) -> Message:
        raise AppError("store.damaged", "The database is damaged.", "Start again.")

    monkeypatch.setattr(ChatRepository, "finish", refuse)
    generation.end()
    shown = home.recorder.answer(MessageState.INTERRUPTED)
    assert (shown.text, shown.error_title) == ("worth reading", "The database is damaged.")
    assert not home.chats.busy(chat.id)


def test_how_a_chat_opens_its_model_is_kept(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.update(chat.id, n_ctx=4096, kv_type="q8_0", n_batch=128, gpu_layers=0)
    wanted = LoadOptions(n_ctx=4096, kv_type="q8_0", n_batch=128, gpu_layers=0)
    assert home.chats.options_of(home.chats.chat(chat.id)) == wanted
    home.chats.update(chat.id, n_batch=None, gpu_layers=None)
    assert home.chats.options_of(home.chats.chat(chat.id)) == LoadOptions(n_ctx=4096, kv_type="q8_0")
