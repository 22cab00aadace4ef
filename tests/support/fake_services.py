"""Access tokens without a keyring, and content of the jobs drawer and the network pane."""

from __future__ import annotations

from pathlib import Path

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.hubs.token import TokenSource
from backend.net.ledger import Outcome, RequestRow
from tests.support import fake_data as data

GB = 1_000_000_000
HOME = Path("/home/anna")


class FakeTokens:
    """Keeps the token in memory, like a keyring that can be taken away."""

    def __init__(self, source: TokenSource, *, keyring: bool = True) -> None:
        self._source, self.keyring = source, keyring
        self.saved: str | None = None

    def current(self) -> str | None:
        return None if self._source is TokenSource.NONE else self.saved or "hf_from_elsewhere"

    def source(self) -> TokenSource:
        return self._source

    def keyring_available(self) -> bool:
        return self.keyring

    def save(self, token: str) -> TokenSource:
        self.saved = token
        self._source = TokenSource.KEYRING if self.keyring else TokenSource.SESSION
        return self._source

    def forget(self) -> None:
        self.saved = None
        self._source = TokenSource.NONE


def requests() -> tuple[RequestRow, ...]:
    """One of every outcome, the newest first."""
    hub, files = "huggingface.co", "cas-bridge.xethub.hf.co"
    rows = (
        (3.0, files, "downloading", 14_000, 4_600_000_000, Outcome.RUNNING),
        (49.0, hub, "reading what a file needs", 700, 6_000_000, Outcome.DONE),
        (50.0, hub, "looking at a model", 500, 9_000, Outcome.DONE),
        (54.0, hub, "searching models", 600, 84_000, Outcome.DONE),
        (385.0, hub, "downloading", 500, 1_000, Outcome.REFUSED),
        (700.0, "registry.ollama.ai", "looking at a model", 410, 0, Outcome.FAILED),
        (1_910.0, files, "downloading", 9_000, 310_000_000, Outcome.STOPPED),
        (2_036.0, "127.0.0.1:11434", "talking to Ollama", 200, 3_000, Outcome.DONE),
        (10_390.0, "cdn-lfs.hf.co", "images of model cards", 0, 0, Outcome.BLOCKED),
        (10_400.0, "cdn-lfs.hf.co", "images of model cards", 0, 0, Outcome.BLOCKED),
    )
    return tuple(
        RequestRow(len(rows) - place, data.NOW - age, *rest) for place, (age, *rest) in enumerate(rows)
    )


def activities() -> tuple[Activity, ...]:
    """Local work of every kind and state."""
    return (
        Activity(
            "a1", ActivityKind.VERIFY, "Qwen3-8B-Instruct", "Q4_K_M", ActivityState.RUNNING,
            total=4_920_000_000, done=3_100_000_000, speed=1.2e9, eta=2.0, created=data.NOW - 4,
            model_id=data.library_models()[1].id,
        ),
        Activity(
            "a2", ActivityKind.MOVE, "Mistral-Small-3.2-24B", "Q4_K_M", ActivityState.QUEUED,
            total=14_160_000_000, created=data.NOW - 3,
        ),
        Activity(
            "a3", ActivityKind.SHARE, "Gemma-3-4B-it", "Q4_K_M", ActivityState.DONE, total=2_580_000_000,
            done=2_580_000_000, note="2.6 GB are free again; Ollama and Orangery read the same bytes.",
            created=data.NOW - 900, finished=data.NOW - 890,
        ),
        Activity(
            "a4", ActivityKind.VERIFY, "Qwen2.5-Coder-7B-Instruct", "Q5_K_M", ActivityState.FAILED,
            total=5_225_000_000, done=5_225_000_000, error_code="library.damaged",
            error_title="The file on the disk is not the one that was downloaded.",
            error_hint="Something changed or damaged it. Fetch it again before you trust its answers.",
            error_detail="expected d98cdcbdd98cdcbd\nfound    2f1c77aa2f1c77aa", created=data.NOW - 700,
            finished=data.NOW - 690, model_id=data.library_models()[5].id,
        ),
    )  # fmt: skip
