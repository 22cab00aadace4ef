"""What the Connections pane asks of the backend: the token of the hub, and Ollama on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.app import Backend
from backend.errors import AppError
from backend.events import LibraryChanged
from backend.hubs.token import TokenSource
from backend.i18n import tr
from backend.library.types import Store
from ui import tasks
from ui.bridge import EventBridge


@dataclass(frozen=True, slots=True)
class TokenState:
    """Where the token comes from; never the token itself."""

    source: TokenSource
    keyring: bool


@dataclass(frozen=True, slots=True)
class OllamaState:
    """What is there of Ollama.

    Attributes:
        host: Host and port of the daemon, whether it answers or not.
        version: None where no daemon answers.
        models, running: How many it has, and how many of them are loaded.
        store: Its folder.
        writable: Whether Orangery may write there.
        own: The folder of the same layout that is used where neither works.
    """

    host: str
    version: str | None
    models: int
    running: int
    store: Path
    writable: bool
    own: Path


class Connecting(QObject):
    """Works in the background; answers come as signals on the GUI thread."""

    token_ready = Signal(object)  # TokenState
    signed_in = Signal(str)
    sign_in_failed = Signal(object)  # AppError
    token_failed = Signal(object)  # AppError
    ollama_ready = Signal(object)  # OllamaState
    ollama_failed = Signal(object)  # AppError

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        bridge.on(LibraryChanged, self._library_changed)
        self._asked = False

    @property
    def mirror(self) -> str:
        """Where ``HF_ENDPOINT`` leads; empty where it is not set."""
        return self._backend.hub.endpoint if os.environ.get("HF_ENDPOINT") else ""

    @property
    def offline(self) -> bool:
        return self._backend.network.offline

    def load_token(self) -> None:
        tasks.run(self._token_state, self.token_ready.emit, self.token_failed.emit, owner=self)

    def _token_state(self) -> TokenState:
        tokens = self._backend.tokens
        return TokenState(tokens.source(), tokens.keyring_available())

    def save_token(self, token: str, done: Callable[[TokenState], object]) -> None:
        """Hand the token to the keyring, or keep it until Orangery closes where there is none."""

        def work() -> TokenState:
            self._backend.tokens.save(token)
            return self._token_state()

        def saved(state: TokenState) -> None:
            self.token_ready.emit(state)
            done(state)

        tasks.run(work, saved, self.token_failed.emit, owner=self)

    def forget_token(self) -> None:
        def work() -> TokenState:
            self._backend.tokens.forget()
            return self._token_state()

        def failed(error: AppError) -> None:
            self.token_failed.emit(error)
            self.load_token()  # it is not used any more, wherever it still lies

        tasks.run(work, self.token_ready.emit, failed, owner=self)

    def check(self) -> None:
        """Ask the hub whose token it is."""
        tasks.run(self._backend.hub.whoami, self.signed_in.emit, self.sign_in_failed.emit, owner=self)

    def load_ollama(self) -> None:
        """Look for the daemon and for its folder."""
        self._asked = True
        tasks.run(self._ollama_state, self.ollama_ready.emit, self.ollama_failed.emit, owner=self)

    def _ollama_state(self) -> OllamaState:
        from backend.library.layout_ollama import ollama_store_dir, own_ollama_store

        daemon, paths = self._backend.daemon, self._backend.paths
        version = daemon.version()
        found = next((info for info in self._backend.library.stores() if info.store is Store.OLLAMA), None)
        return OllamaState(
            host=daemon.host,
            version=version,
            models=len(daemon.installed()) if version else 0,
            running=len(daemon.running()) if version else 0,
            store=found.root if found is not None else ollama_store_dir(),
            writable=found is None or found.writable or not found.exists,
            own=own_ollama_store(paths),
        )

    def _library_changed(self, event: LibraryChanged) -> None:
        if self._asked:
            self.load_ollama()


def token_words(state: TokenState) -> str:
    """Where the token comes from, and what that means, in one or two sentences."""
    match state.source:
        case TokenSource.ENVIRONMENT:
            return tr("There is one, from HF_TOKEN in the environment. It goes before any other.")
        case TokenSource.KEYRING:
            return tr("There is one, in the keyring of this system.")
        case TokenSource.SESSION:
            return tr("There is one, for this session only. It is gone when Orangery closes.")
        case TokenSource.HUB_FILE:
            return tr("There is one, from hf auth login. Orangery only reads it.")
        case TokenSource.NONE:
            return tr("None. Everything but gated and private models works without.")


def invalid_token(text: str) -> str:
    """Why `text` cannot be a token, in one sentence; empty where it may be one."""
    if not text:
        return tr("Paste a token first.")
    if not text.isascii() or not text.isprintable() or " " in text:
        return tr("A token has no spaces and no special characters.")
    return ""


def ollama_words(state: OllamaState) -> str:
    """Whether a daemon answers."""
    host = state.host
    if state.version is None:
        return tr("None answers at {host}. It is not needed: models come from its registry.", host=host)
    models = tr("{n} models", n=state.models)
    loaded = tr("{n} loaded", n=state.running)
    return tr(
        "Version {version} at {host}, {models}, {loaded}.",
        version=state.version,
        host=host,
        models=models,
        loaded=loaded,
    )


def pull_words(state: OllamaState) -> str:
    """Where the next download from the Ollama garden goes."""
    if state.writable:
        return tr("Into Ollama's own folder, so that Ollama lists them too.")
    if state.version is not None:
        return tr("Through the running Ollama, because its folder cannot be written by you.")
    return tr("Into Orangery's own folder, because Ollama's cannot be written and no Ollama runs.")


def pull_folder(state: OllamaState) -> Path:
    """The folder that `pull_words` speaks of."""
    return state.store if state.writable or state.version is not None else state.own
