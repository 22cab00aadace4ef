"""The real chat service and database behind the chat page, with an engine that a test plays by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.adapters.mixes import Mixes
from backend.capacity.types import Fit, Ledger, LoadAdvice, RunConfig, Verdict
from backend.chats.service import ChatService
from backend.chats.types import Chat, Message, MessageState
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import FinishReason, LoadOptions, Timings
from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.types import Source
from backend.library.types import LibraryModel
from backend.paths import Paths
from backend.settings import SettingsStore
from backend.store.chats import ChatRepository, Ending, NewMessage
from backend.store.database import Database
from tests.support.fake_adapters import FakeAdapters
from tests.support.scripted_engine import ScriptedEngine

STARTER = LibraryModel(
    "starter",
    "Orangery Starter",
    "Orangery",
    Source.BUNDLED,
    Path("/models/starter.gguf"),
    5_300_000,
    "Q8_0",
    context_length=1024,
)
QWEN = LibraryModel(
    "hf:Qwen/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf",
    "Qwen3-8B-Instruct",
    "Qwen",
    Source.HUGGING_FACE,
    Path("/models/qwen3-8b.gguf"),
    5_030_000_000,
    "Q4_K_M",
    context_length=32768,
)
BROKEN = LibraryModel(
    "hf:someone/Broken-GGUF/broken.gguf",
    "Broken-7B",
    "someone",
    Source.HUGGING_FACE,
    Path("/models/broken.gguf"),
    4_100_000_000,
    "Q4_0",
    problem="The file ends too early: 1.2 of 4.1 GB are there.",
)


@dataclass
class Shelf:
    """A library of a few rows."""

    rows: tuple[LibraryModel, ...] = (STARTER, QWEN, BROKEN)
    uses: list[tuple[str, float | None]] = field(default_factory=list)

    def models(self) -> tuple[LibraryModel, ...]:
        return self.rows

    def find(self, spec: str) -> LibraryModel:
        for row in self.rows:
            if row.id == spec:
                return row
        raise AppError("library.not_found", f"{spec} is not in the library.", "Download it first.")

    def note_use(self, model_id: str, tokens_per_second: float | None) -> None:
        self.uses.append((model_id, tokens_per_second))


@dataclass
class Advice:
    """Says the same of every load, and what it was asked.

    Attributes:
        answer: The advice; None says that everything fits.
    """

    answer: LoadAdvice | None = None
    asked: list[tuple[Path, LoadOptions]] = field(default_factory=list)

    def advise(self, path: Path, options: LoadOptions) -> LoadAdvice:
        self.asked.append((path, options))
        fits = Fit(Verdict.FITS, Ledger(1, 1, 1, 1), RunConfig(n_ctx=options.n_ctx or 8192), 100, 10)
        return self.answer or LoadAdvice(fits, "", ())


class ChatDesk:
    """What of `backend.app.Backend` the chat page touches."""

    def __init__(self, home: Path) -> None:
        self.paths = Paths.under(home).ensure()
        self.bus = EventBus()
        self.settings = SettingsStore(self.paths.settings)
        self.library = Shelf()
        self.engine = ScriptedEngine()
        self.database = Database(self.paths.database)
        self.repository = ChatRepository(self.database)
        self.mixes = Mixes(self.database, self.bus)
        self.adapters = FakeAdapters(self.bus, "full")
        self.engines = Engines(self.engine, self.library, mixes=self.mixes)
        self.room = ModelRoom(self.engines)
        self.chats = ChatService(self.database, self.engines, self.room, self.library, self.bus)
        self.fits = Advice()

    def close(self) -> None:
        self.chats.close()
        self.database.close()

    def conversation(
        self,
        turns: Sequence[tuple[str, str]],
        *,
        title: str = "",
        model: LibraryModel = STARTER,
        ending: Callable[[str], Ending] | None = None,
    ) -> Chat:
        """A chat in the database with questions and answers that are done."""
        chat = self.chats.create(model.id)
        parent: int | None = None
        for question, answer in turns:
            asked = self.repository.add(NewMessage(chat.id, parent, "user", question), title=title or None)
            parent = self.answer(asked, answer, model, ending).id
        return self.chats.chat(chat.id)

    def answer(
        self,
        question: Message,
        text: str,
        model: LibraryModel = STARTER,
        ending: Callable[[str], Ending] | None = None,
    ) -> Message:
        """An answer to `question` in the database."""
        row = self.repository.add(
            NewMessage(
                question.chat_id,
                question.id,
                "assistant",
                state=MessageState.STREAMING,
                model_id=model.id,
                model_name=model.name,
                quant=model.quant,
            )
        )
        return self.repository.finish(row.id, (ending or finished)(text))


def finished(text: str) -> Ending:
    """A normal end with plausible measurements."""
    timings = Timings(
        prompt_tokens=120, cached_tokens=64, completion_tokens=428, ttft_s=0.31, generation_tps=53.8
    )
    return Ending(MessageState.DONE, text, "", FinishReason.STOP, timings)


class RecordingShell:
    """Notes what the page asks of the window; `answer` is what `confirm` returns."""

    def __init__(self) -> None:
        self.toasts: list[tuple[str, str | None, Callable[[], object] | None]] = []
        self.confirmed: list[tuple[str, str, str]] = []
        self.pages: list[str] = []
        self.answer = False

    def show_page(self, name: str) -> None:
        self.pages.append(name)

    def open_chat(self, model_id: str | None) -> None:
        self.pages.append(f"chat:{model_id}")

    def search(self, text: str) -> None:
        self.pages.append(f"search:{text}")

    def open_settings(self, pane: str) -> None:
        self.pages.append(f"settings:{pane}")

    def open_jobs(self) -> None:
        self.pages.append("jobs")

    def toast(
        self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> None:
        self.toasts.append((text, action_text, action))

    def confirm(self, title: str, text: str, action: str, *, danger: bool = False) -> bool:
        self.confirmed.append((title, text, action))
        return self.answer
