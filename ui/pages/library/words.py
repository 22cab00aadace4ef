"""What the library says of a model: its store, its kind, its state, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui import format as fmt

DEFAULT_CONTEXT = 8192
"""Tokens of context that predictions are for, where a model has as many."""

UNKNOWN = "unknown"
"""What `quant_label` says of a name without a quantization."""


class State(StrEnum):
    """What matters most about a row now; the first that holds is shown."""

    BUSY = "busy"
    DAMAGED = "damaged"
    BROKEN = "broken"
    LOADED = "loaded"
    RUNNING = "running"
    NEWER = "newer"
    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Tab(StrEnum):
    """What a model is good for, as far as one filters by it."""

    ALL = "all"
    CHAT = "chat"
    EMBEDDING = "embedding"
    ADAPTER = "adapter"
    PROJECTOR = "projector"


@dataclass(frozen=True, slots=True)
class Live:
    """What the running programs say, beside what lies on the disk.

    Attributes:
        loaded: Paths of the models in the memory of this app.
        running: Ids of the models that an Ollama daemon runs now.
        work: The activity under way on a model, by its id.
    """

    loaded: frozenset[str] = frozenset()
    running: frozenset[str] = frozenset()
    work: tuple[tuple[str, Activity], ...] = ()


def store_name(store: Store) -> str:
    """Whose store a model lies in, in words."""
    match store:
        case Store.HUB_CACHE:
            return tr("Hugging Face")
        case Store.OLLAMA:
            return tr("Ollama")
        case Store.LM_STUDIO:
            return tr("LM Studio")
        case Store.JAN:
            return tr("Jan")
        case Store.LLAMA_CPP:
            return tr("llama.cpp")
        case Store.MODELS:
            return tr("Made here")
        case Store.BUNDLED:
            return tr("Bundled")
        case Store.FOLDER:
            return tr("Other folders")


def quant_words(row: LibraryModel) -> str:
    """The quantization, or a dash where the file's name does not tell."""
    return row.quant if row.quant and row.quant != UNKNOWN else fmt.UNKNOWN


def full_name(row: LibraryModel) -> str:
    """Name and quantization, as far as both are known."""
    return f"{row.name} {row.quant}" if row.quant and row.quant != UNKNOWN else row.name


def kind_words(row: LibraryModel) -> str:
    """What kind of file it is where it is not a model; else empty."""
    match row.kind:
        case "adapter":
            return tr("adapter")
        case "projector":
            return tr("projector")
        case _:
            return ""


def tab_of(row: LibraryModel) -> Tab:
    """The tab under which a row stands."""
    if row.kind in ("adapter", "projector"):
        return Tab(row.kind)
    architecture = (row.architecture or "").casefold()
    name = row.name.casefold()
    embeds = "bert" in architecture or architecture.startswith("t5encoder") or "embed" in architecture
    return Tab.EMBEDDING if embeds or "embed" in name or "rerank" in name else Tab.CHAT


def state_of(row: LibraryModel, live: Live, work: Activity | None) -> State:
    """The most important thing about `row`."""
    if work is not None:
        return State.BUSY
    if row.damaged:
        return State.DAMAGED
    if row.problem:
        return State.BROKEN
    if str(row.path) in live.loaded:
        return State.LOADED
    if row.id in live.running:
        return State.RUNNING
    if row.newer:
        return State.NEWER
    return State.VERIFIED if row.verified else State.UNVERIFIED


def state_words(state: State, work: Activity | None = None) -> str:
    """The words of the State column."""
    match state:
        case State.BUSY:
            return work_words(work) if work is not None else ""
        case State.DAMAGED:
            return tr("File changed")
        case State.BROKEN:
            return tr("Cannot be loaded")
        case State.LOADED:
            return tr("Loaded")
        case State.RUNNING:
            return tr("Running in Ollama")
        case State.NEWER:
            return tr("Newer weights")
        case State.VERIFIED:
            return tr("Verified")
        case State.UNVERIFIED:
            return tr("Not verified")


def work_words(work: Activity) -> str:
    """What goes on with a model, and how far it is."""
    if work.state is ActivityState.QUEUED:
        return tr("Waiting")
    share = fmt.percent(min(work.done / work.total, 1.0)) if work.total else "…"
    match work.kind:
        case ActivityKind.VERIFY:
            return tr("Verifying {share}", share=share)
        case ActivityKind.MOVE:
            return tr("Moving {share}", share=share)
        case ActivityKind.SHARE:
            return tr("Sharing {share}", share=share)
        case ActivityKind.COMPARE:
            return tr("Comparing {share}", share=share)
        case ActivityKind.QUANTIZE:
            return tr("Quantizing {share}", share=share)
        case ActivityKind.CONVERT:
            return tr("Converting {share}", share=share)
        case ActivityKind.MERGE:
            return tr("Merging {share}", share=share)
        case ActivityKind.IMATRIX | ActivityKind.LAB | ActivityKind.BENCH:
            return tr("Measuring {share}", share=share)
        case ActivityKind.UNATTENDED:
            return tr("Answering {share}", share=share)


def widest_state_words() -> tuple[str, ...]:
    """Everything that the State column may say, for its width."""
    full = fmt.percent(1.0)
    return (
        *(state_words(state) for state in State if state is not State.BUSY),
        tr("Verifying {share}", share=full),
        tr("Moving {share}", share=full),
        tr("Quantizing {share}", share=full),
    )


def has_fit(model: LibraryModel) -> bool:
    """Whether it can be loaded by itself: adapters and projectors cannot."""
    return not model.problem and model.kind == "model"
