"""An engine with the methods of the local one that does what a test tells it to, step by step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from backend.engines.types import (
    AdapterUse,
    Delta,
    DeviceMemory,
    Finished,
    FinishReason,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    Sampling,
    Timings,
    TokenChoice,
    Turn,
)
from backend.errors import AppError, Cancelled
from backend.hubs.types import Source
from backend.library.types import LibraryModel


@dataclass
class ScriptedGeneration:
    """A generation that the test drives by `say` and `end`; cancelling ends it as the real engine does."""

    key: str
    turns: tuple[Turn, ...]
    sampling: Sampling
    on_event: Callable[[GenerationEvent], None]
    cancelled: bool = False

    def say(self, text: str = "", reasoning: str = "", choices: tuple[TokenChoice, ...] = ()) -> None:
        self.on_event(Delta(text, reasoning, tokens=1, choices=choices))

    def end(self, reason: FinishReason = FinishReason.STOP, **values: str | int) -> None:
        timings = Timings(prompt_tokens=9, completion_tokens=20, generation_tps=50.0)
        self.on_event(Finished(reason, timings, **values))  # type: ignore[arg-type]

    def cancel(self) -> None:
        self.cancelled = True
        self.end(FinishReason.CANCELLED)


@dataclass
class ScriptedEngine:
    """Loads at once unless told to wait or fail; hands every generation to the test through `next`."""

    failure: AppError | None = None
    cannot_count: bool = False
    wait_in_load: bool = False
    loads: list[tuple[Path, LoadOptions]] = field(default_factory=list)
    memory: tuple[DeviceMemory, ...] = ()
    tuned: list[tuple[str, tuple[AdapterUse, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._generations: list[ScriptedGeneration] = []
        self._changed = threading.Condition()
        self._loaded: dict[str, LoadedModel] = {}
        self.loading = threading.Event()

    def load(
        self,
        address: str,
        options: LoadOptions,
        *,
        cancel: threading.Event | None = None,
        beside: bool = False,
    ) -> LoadedModel:
        path = Path(address)
        self.loading.set()
        if self.wait_in_load:
            assert cancel is not None
            assert cancel.wait(60)
            raise Cancelled
        if self.failure is not None:
            raise self.failure
        self.loads.append((path, options))
        for ready in self._loaded.values():
            if not beside and ready.path == str(path) and ready.options == options:
                return ready
        n_ctx = options.n_ctx or 4096
        key = f"{path}#{len(self.loads)}" if beside else str(path)
        loaded = LoadedModel(
            key, str(path), "Scripted", "llama", 1000, n_ctx, 8192, 300, options, self.memory
        )
        self._loaded[loaded.key] = loaded
        return loaded

    def set_adapters(self, key: str, uses: tuple[AdapterUse, ...]) -> LoadedModel:
        if self.failure is not None:
            raise self.failure
        self.tuned.append((key, uses))
        before = self._loaded[key]
        self._loaded[key] = replace(before, options=replace(before.options, adapters=uses))
        return self._loaded[key]

    def effect(self, key: str, uses: tuple[AdapterUse, ...]) -> float:
        return sum(use.scale for use in uses)

    def divergence(
        self, key: str, turns: Sequence[Turn], answer: str, mixes: Sequence[tuple[AdapterUse, ...]]
    ) -> tuple[float, ...]:
        return tuple(self.effect(key, uses) for uses in mixes)

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
    ) -> ScriptedGeneration:
        generation = ScriptedGeneration(key, tuple(turns), sampling, on_event)
        with self._changed:
            self._generations.append(generation)
            self._changed.notify_all()
        return generation

    def next(self) -> ScriptedGeneration:
        """The oldest generation that no one has asked for yet; waits for it."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._generations, 60)
            return self._generations.pop(0)

    def unload(self, key: str) -> None:
        del self._loaded[key]

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        if self.cannot_count:
            raise AppError("engine.cannot_count", "This engine can't count.")
        return sum(len(turn.content.split()) for turn in turns)

    def loaded(self) -> tuple[LoadedModel, ...]:
        return tuple(self._loaded.values())


@dataclass
class SmallLibrary:
    """Knows the starter model and a second one called ``other``; notes their uses."""

    path: Path
    uses: list[tuple[str, float | None]] = field(default_factory=list)

    def models(self) -> tuple[LibraryModel, ...]:
        return self.find("starter"), self.find("other")

    def find(self, spec: str) -> LibraryModel:
        if spec == "other":
            return LibraryModel(
                "other", "Other", "Somebody", Source.FOLDER, self.path.with_name("other.gguf"), 1, "F16"
            )
        if spec != "starter":
            raise AppError("library.not_found", f"{spec} is not in the library.", "Download it first.")
        return LibraryModel(
            "starter",
            "Orangery Starter",
            "Orangery",
            Source.BUNDLED,
            self.path,
            5_000_000,
            "Q8_0",
            context_length=1024,
        )

    def note_use(self, model_id: str, tokens_per_second: float | None) -> None:
        self.uses.append((model_id, tokens_per_second))
