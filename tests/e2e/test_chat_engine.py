"""Chats with the real backend, worker processes and database. Faults 28, 35 and 37."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from backend.app import Backend
from backend.chats import service
from backend.chats.types import Message, MessageState, Overflow
from backend.engines.types import Sampling
from backend.events import Event, MessageChanged, MessageDelta
from backend.paths import STARTER_MODEL, Paths
from tests.support.engines import PATIENCE_S
from tests.support.known_engine import know_engine
from tests.support.models import scripted_model
from tests.support.processes import workers
from tests.support.waiting import Events

pytestmark = pytest.mark.skipif(not STARTER_MODEL.exists(), reason="the starter model is not built")

LONG = bool(os.environ.get("ORANGERY_LONG"))
ENDLESS = ("on ", "and ", "then ")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile for the module, of an app that has used the engine before."""
    home = tmp_path_factory.mktemp("chat")
    know_engine(home)
    return home


@pytest.fixture(scope="module")
def endless(home: Path) -> str:
    return str(scripted_model(home / "endless.gguf", ENDLESS, loop=True))


@pytest.fixture
def backend(home: Path) -> Iterator[Backend]:
    backend = Backend(Paths.under(home), offline=True)
    yield backend
    backend.close()


def ended(event: Event) -> bool:
    return (
        isinstance(event, MessageChanged)
        and event.message.role == "assistant"
        and event.message.state is not MessageState.STREAMING
    )


def answer(events: Events) -> Message:
    event = events.wait(ended)
    assert isinstance(event, MessageChanged)
    return event.message


def test_the_starter_answers_and_remembers_the_conversation(backend: Backend) -> None:
    events = Events(backend.bus)
    chat = backend.chats.create("starter")
    backend.chats.update(chat.id, sampling=Sampling(temperature=0.0))
    backend.chats.send(chat.id, "What is the capital of France?")
    first = answer(events)
    assert "Paris" in first.text
    assert first.timings.generation_tps > 0
    events.clear()
    backend.chats.send(chat.id, "What is the capital of Poland?")
    second = answer(events)
    assert "Warsaw" in second.text
    assert second.timings.cached_tokens > 0
    use = backend.chats.context_use(chat.id)
    assert not use.approximate
    assert use.conversation >= second.timings.prompt_tokens
    assert [m.state for m in backend.chats.messages(chat.id)] == [MessageState.DONE] * 4


def test_stop_ends_a_long_answer_and_keeps_it(backend: Backend, endless: str) -> None:
    events = Events(backend.bus)
    chat = backend.chats.create(endless)
    backend.chats.update(chat.id, sampling=Sampling(temperature=0.0))
    backend.chats.send(chat.id, "talk")
    events.wait(lambda event: isinstance(event, MessageDelta))
    backend.chats.stop(chat.id)
    stopped = answer(events)
    assert stopped.state is MessageState.STOPPED
    said = "".join(event.text for event in events.all() if isinstance(event, MessageDelta))
    assert stopped.text == said
    assert said.startswith("on ")
    assert backend.chats.messages(chat.id)[-1] == stopped


def test_a_killed_worker_leaves_an_interrupted_answer_and_the_next_one_works(
    backend: Backend, endless: str
) -> None:
    events = Events(backend.bus)
    chat = backend.chats.create(endless)
    backend.chats.update(chat.id, sampling=Sampling(temperature=0.0))
    backend.chats.send(chat.id, "talk")
    events.wait(lambda event: isinstance(event, MessageDelta))
    for worker in workers("llama"):
        worker.kill()
    broken = answer(events)
    assert broken.state is MessageState.INTERRUPTED
    assert broken.text.startswith("on ")
    assert broken.error_title
    events.clear()
    backend.chats.update(chat.id, sampling=Sampling(temperature=0.0, max_tokens=6))
    backend.chats.regenerate(broken.id)
    again = answer(events)
    assert again.state is MessageState.DONE
    assert again.siblings == (broken.id, again.id)


def test_a_full_context_ends_the_answer_and_says_so(backend: Backend, endless: str) -> None:
    events = Events(backend.bus)
    chat = backend.chats.create(endless)
    backend.chats.update(chat.id, sampling=Sampling(temperature=0.0), n_ctx=256)
    backend.chats.send(chat.id, "talk")
    full = answer(events)
    assert (full.state, full.finish_reason) == (MessageState.DONE, "context")
    assert "256" in full.error_title
    events.clear()
    backend.chats.send(chat.id, "and on " * 500)
    refused = answer(events)
    assert refused.state is MessageState.FAILED
    assert "256" in refused.error_title + refused.error_hint


def test_an_answer_is_repeated_word_for_word(backend: Backend) -> None:
    events = Events(backend.bus)
    chat = backend.chats.create("starter")
    backend.chats.update(chat.id, sampling=Sampling(temperature=0.9, max_tokens=24))
    backend.chats.send(chat.id, "Tell me a story.")
    first = answer(events)
    assert first.card is not None
    assert first.card.seed
    backend.chats.update(chat.id, sampling=Sampling(temperature=2.0))
    replay = backend.chats.replay(first.id)
    assert (replay.same_text, replay.differs_at, replay.changed) == (True, len(first.text), ())
    assert replay.now.generation_tps > 0


@pytest.mark.skipif(not LONG, reason="takes 20 s; the same is tested with an engine that only counts")
@pytest.mark.parametrize("overflow", ["drop", "summarise"])
def test_a_conversation_goes_on_in_a_small_context(backend: Backend, overflow: Overflow) -> None:
    events = Events(backend.bus)
    chat = backend.chats.create("starter")
    backend.chats.update(
        chat.id, sampling=Sampling(temperature=0.0, max_tokens=16), n_ctx=512, overflow=overflow
    )
    for number in range(3):
        events.clear()
        backend.chats.send(chat.id, f"{number}. " + "Lemon trees grow in the garden. " * 20)
        assert answer(events).state is MessageState.DONE
    use = backend.chats.context_use(chat.id, "And now?")
    assert use.left_out > 0
    assert not use.approximate
    assert use.system + use.conversation + use.reserve <= use.n_ctx == 512
    summary = backend.chats.summary(chat.id)
    assert (summary is not None) == (use.summary > 0) == (overflow == "summarise")


def test_closing_in_the_middle_of_an_answer_keeps_it_and_leaves_no_process(
    home: Path, endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_CLOSE_S", PATIENCE_S)  # else a busy machine interrupts it
    with Backend(Paths.under(home), offline=True) as backend:
        events = Events(backend.bus)
        chat = backend.chats.create(endless)
        backend.chats.send(chat.id, "talk")
        events.wait(lambda event: isinstance(event, MessageDelta))
        family = psutil.Process().children(recursive=True)
        assert family
    assert psutil.wait_procs(family, PATIENCE_S)[1] == []
    with Backend(Paths.under(home), offline=True) as backend:
        kept = backend.chats.messages(chat.id)[-1]
    assert kept.state is MessageState.STOPPED
    assert kept.text
