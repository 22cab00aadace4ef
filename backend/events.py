"""Events that services publish, and the bus that carries them to whoever listens."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from backend.activities.types import Activity
from backend.adapters.types import Sweep
from backend.chats.types import Message
from backend.compare.types import CompareAnswer, Round
from backend.downloads.types import DownloadJob
from backend.engines.types import LoadedModel, LoadOptions, ModelState, Timings
from backend.server.types import RequestLine, ServerStatus

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A download was added or its row changed; at most ten a second for one job."""

    job: DownloadJob


@dataclass(frozen=True, slots=True)
class JobRemoved:
    job_id: str


@dataclass(frozen=True, slots=True)
class ActivityChanged:
    """A long piece of local work was added or its row changed; at most ten a second for one of them."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ActivityRemoved:
    activity_id: str


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """The set of models on this disk, or a fact about one of them, changed. Ask the library for the rows."""


@dataclass(frozen=True, slots=True)
class AdaptersChanged:
    """The set of adapters on this disk, or a fact about one, changed. Ask the service for them."""


@dataclass(frozen=True, slots=True)
class MixesChanged:
    """A mix was made, changed, renamed, deleted or restored."""


@dataclass(frozen=True, slots=True)
class SweepChanged:
    """A sweep or one of its cells changed; at most ten a second, with all text so far."""

    sweep: Sweep


@dataclass(frozen=True, slots=True)
class ServerChanged:
    """The local server was started or stopped, or it failed."""

    status: ServerStatus


@dataclass(frozen=True, slots=True)
class ServerAsked:
    """A request to the local server came in or ended."""

    line: RequestLine


@dataclass(frozen=True, slots=True)
class ChatListChanged:
    """A chat was made, renamed, deleted, restored, pinned or moved; 0 stands for the folders."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message was added or committed with this content."""

    message: Message


@dataclass(frozen=True, slots=True)
class MessageDelta:
    """Text to append to a streaming message."""

    chat_id: int
    message_id: int
    text: str
    reasoning: str
    tokens: int


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """A model is being loaded (`progress` 0..1), is ready, was unloaded or failed with a sentence.

    `options` comes with the first event of a load, `error_code` (of the `AppError`) with its failure.
    """

    model_path: str
    state: ModelState
    progress: float = 0.0
    loaded: LoadedModel | None = None
    error_title: str = ""
    error_hint: str = ""
    error_detail: str = ""
    error_code: str = ""
    options: LoadOptions | None = None


@dataclass(frozen=True, slots=True)
class ModelAnswered:
    """A model ended an answer; `timings` are measured."""

    model_path: str
    timings: Timings


@dataclass(frozen=True, slots=True)
class FitLedgerChanged:
    """A load was written down, its speed was measured, or all was forgotten. Ask the fit ledger for rows."""


@dataclass(frozen=True, slots=True)
class MachineChanged:
    """What fits is to be asked anew: a limit was set, the speed was measured, or another machine is
    pretended."""


@dataclass(frozen=True, slots=True)
class OfflineChanged:
    offline: bool


@dataclass(frozen=True, slots=True)
class NetworkUsed:
    """A request to `host` ended; the ledger has the sums."""

    host: str


@dataclass(frozen=True, slots=True)
class LabChanged:
    """The quant lab has another result, or an importance matrix, of this original."""

    model_id: str


@dataclass(frozen=True, slots=True)
class CompareListChanged:
    """A comparison was made, changed, deleted or restored, or a vote was given."""

    comparison_id: int


@dataclass(frozen=True, slots=True)
class RoundChanged:
    """A round was begun, or voted on."""

    round: Round


@dataclass(frozen=True, slots=True)
class CompareAnswerChanged:
    """An answer of a comparison is in another state, with this content."""

    comparison_id: int
    answer: CompareAnswer


@dataclass(frozen=True, slots=True)
class CompareDelta:
    """Text to append to a streaming answer of a comparison."""

    comparison_id: int
    answer_id: int
    text: str
    reasoning: str
    tokens: int


@dataclass(frozen=True, slots=True)
class UnattendedChanged:
    """An unattended run was added, went on or ended. Ask the service for it."""

    run_id: int


@dataclass(frozen=True, slots=True)
class BenchChanged:
    """A benchmark was added, has another row, or ended. Ask the service for it."""

    run_id: int


@dataclass(frozen=True, slots=True)
class ConnectionsChanged:
    """Another list of connections to other engines, or of the models behind them."""


Event = (
    JobChanged
    | JobRemoved
    | ActivityChanged
    | ActivityRemoved
    | LibraryChanged
    | LabChanged
    | ChatListChanged
    | MessageChanged
    | MessageDelta
    | ModelChanged
    | ModelAnswered
    | FitLedgerChanged
    | MachineChanged
    | OfflineChanged
    | NetworkUsed
    | CompareListChanged
    | RoundChanged
    | CompareAnswerChanged
    | CompareDelta
    | UnattendedChanged
    | BenchChanged
    | ConnectionsChanged
    | AdaptersChanged
    | MixesChanged
    | SweepChanged
    | ServerChanged
    | ServerAsked
)
Callback = Callable[[Event], None]


class EventBus:
    """Delivers each event to every subscriber, in the publishing thread. Subscribers must return quickly."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: tuple[Callback, ...] = ()

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Call `callback` for every event from now on; the returned function ends that."""
        with self._lock:
            self._subscribers = (*self._subscribers, callback)

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers = tuple(c for c in self._subscribers if c is not callback)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand `event` to every subscriber. One that raises is logged and does not stop the others."""
        for callback in self._subscribers:
            try:
                callback(event)
            except Exception:
                log.exception("an event subscriber failed on %s", type(event).__name__)
