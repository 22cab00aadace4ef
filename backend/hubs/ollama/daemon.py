"""The Ollama daemon, where one runs: what it has, what it runs, and pulling and deleting through it.

Lists are read as plain JSON, because the `ollama` client drops fields that matter here (context length,
capabilities); pulling and deleting is done by that client, over `backend.net`.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2

from backend.errors import AppError, Cancelled
from backend.hubs.names import SHA256
from backend.hubs.ollama.host import daemon_url
from backend.i18n import tr
from backend.net import errors
from backend.net.leash import Leash
from backend.net.network import Network, readable
from backend.net.transport import API_LIMIT, LIMIT, SECONDS

if TYPE_CHECKING:
    from ollama import Client

ANSWER_S = 10.0
"""Longest time for a whole answer that should be short."""
CHANGE_S = 60.0
"""Longest time for a deletion."""
CONNECT_S = 3.0
SILENCE_S = 600.0
"""Longest silence of a pull: the daemon says nothing while it hashes tens of gigabytes."""
_ASK_S = 0.2
_MOST_MODELS = 10_000
_MOST_LAYERS = 1_000
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,400}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DaemonModel:
    """A model of the daemon.

    Attributes:
        name: As the daemon writes it: ``llama3.2:3b``, ``user/name:tag``, ``hf.co/owner/name:Q4_K_M``.
        digest: SHA-256 of its manifest, 64 hex digits; empty where the daemon gave none.
        size: Bytes on the disk; of a running one, in memory.
        quant, parameters: As the daemon writes them, such as ``Q4_K_M`` and ``3.2B``; empty if unknown.
        context_length: Tokens: trained, or of a running one, the context it was loaded with.
        size_vram: Bytes in the memory of graphics cards; 0 for one that does not run.
        family: Architecture as Ollama names it; empty if unknown.
        capabilities: Such as ``tools``, ``vision``, ``embedding``.
    """

    name: str
    digest: str
    size: int
    quant: str = ""
    parameters: str = ""
    context_length: int | None = None
    size_vram: int = 0
    family: str = ""
    capabilities: tuple[str, ...] = ()


class OllamaDaemon:
    """The daemon that ``OLLAMA_HOST`` names. Every method blocks and may be called from any thread but the
    GUI's. With the offline switch on, only a daemon on this machine is asked."""

    def __init__(self, network: Network, *, env: Mapping[str, str] | None = None) -> None:
        self._network = network
        self._env = os.environ if env is None else env

    @property
    def url(self) -> str:
        """The address, read anew each time.

        Raises:
            AppError: ``ollama.host``.
        """
        return daemon_url(self._env)

    @property
    def named(self) -> bool:
        """Whether OLLAMA_HOST names it, so that this person means it to be used."""
        return bool(self._env.get("OLLAMA_HOST", "").strip())

    @property
    def host(self) -> str:
        """Host and port of the address, for people.

        Raises:
            AppError: ``ollama.host``.
        """
        return self.url.partition("://")[2].partition("/")[0]

    def version(self) -> str | None:
        """The version of the daemon; None where there is none, or what answers is something else."""
        try:
            data = self._ask("/api/version")
        except AppError:
            return None
        version = data.get("version") if isinstance(data, dict) else None
        return version if isinstance(version, str) and 0 < len(version) <= 100 else None

    def installed(self) -> tuple[DaemonModel, ...]:
        """The models on its disk; empty where no daemon runs. Stubs of models that run elsewhere are left
        out.

        Raises:
            AppError: ``net.…``: what answers is no daemon, or the switch forbids to ask it.
        """
        return self._models("/api/tags")

    def running(self) -> tuple[DaemonModel, ...]:
        """The models in its memory; empty where no daemon runs.

        Raises:
            AppError: As for `installed`.
        """
        return self._models("/api/ps")

    def pull(self, name: str, progress: Callable[[int, int, str], None], stopped: Callable[[], bool]) -> None:
        """Let the daemon download `name` into its own store; what it has of it already counts.

        Args:
            progress: Called with the bytes that are there, the bytes of all layers known so far, and what
                the daemon says that it does.
            stopped: Asked several times a second, from another thread, whether to give up.

        Raises:
            AppError: ``ollama.…`` and ``net.…``.
            Cancelled: `stopped` said so; the daemon keeps what has arrived.
        """
        layers: dict[str, tuple[int, int]] = {}
        status = ""
        with self._call(name, silence=SILENCE_S, stopped=stopped) as call:
            steps = call.client.pull(name, stream=True)
            while True:
                with call.translated():
                    step = next(steps, None)
                if step is None:
                    break
                status = step.status or ""
                if step.digest and step.total and (step.digest in layers or len(layers) < _MOST_LAYERS):
                    before = layers.get(step.digest, (0, 0))[0]
                    layers[step.digest] = (min(max(before, step.completed or 0), step.total), step.total)
                progress(sum(d for d, _ in layers.values()), sum(t for _, t in layers.values()), status)
            with call.translated():
                if status != "success":
                    raise httpx2.RemoteProtocolError(f"the stream ended at {status!a}"[:300])

    def delete(self, name: str) -> None:
        """Remove `name` from the daemon's store, with the layers that no other model needs.

        Raises:
            AppError: ``ollama.not_found`` and the like, ``net.…``.
        """
        with self._call(name) as call, call.translated():
            call.client.delete(name)

    # Lists

    def _models(self, path: str) -> tuple[DaemonModel, ...]:
        try:
            data = self._ask(path)
        except AppError as error:
            if error.code == "ollama.not_running":
                return ()
            raise
        entries = data.get("models") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            if isinstance(data, dict) and data.get("models", 0) is None:
                return ()  # Go writes an empty list so, sometimes
            raise errors.unreadable(self.host, "no list of models")
        rows = (_model(entry) for entry in entries[:_MOST_MODELS])
        return tuple({row.name: row for row in rows if row is not None}.values())

    def _ask(self, path: str) -> object:
        """The decoded answer to a GET of `path`."""
        url, host = self.url, self.host
        key = self._env.get("OLLAMA_API_KEY", "").strip()
        headers = {"Accept": "application/json", "Connection": "close"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        with self._network.reason("ollama"), Leash(ANSWER_S) as leash:
            extensions = {**leash.extensions, LIMIT: API_LIMIT, SECONDS: ANSWER_S}
            timeout = httpx2.Timeout(ANSWER_S, connect=CONNECT_S)
            try:
                response = self._network.client.get(
                    f"{url}{path}", headers=headers, timeout=timeout, extensions=extensions
                )
            except (httpx2.HTTPError, httpx2.InvalidURL, OSError, AppError, UnicodeError) as error:
                raise self._told(error, leash) from error
        if response.status_code != 200:
            raise _refused(host, f"HTTP {response.status_code}: {response.text[:300]}")
        try:
            return json.loads(response.content)
        except (ValueError, RecursionError) as error:
            raise errors.unreadable(host, f"{error}; {response.content[:200]!a}") from error

    # Through the client

    @contextlib.contextmanager
    def _call(
        self, name: str, *, silence: float | None = None, stopped: Callable[[], bool] | None = None
    ) -> Iterator[_Call]:
        """The client for one call about `name`, whose connection ends when `stopped` says so. Without
        `silence` it must be short."""
        if not _NAME.fullmatch(name):
            raise AppError(
                "ollama.bad_name",
                tr("{name} is not the name of an Ollama model.", name=ascii(name)[:100]),
                tr("Write it as name, name:tag or user/name:tag."),
            )
        import httpx
        from ollama import Client

        from backend.net.bridge import Bridge

        bounds: dict[str, Any] = {} if silence is not None else {LIMIT: API_LIMIT, SECONDS: CHANGE_S}
        with (
            self._network.reason("ollama"),
            Leash(None if silence is not None else CHANGE_S) as leash,
            _watched(stopped, leash) as given_up,
        ):
            client = Client(
                self.url,
                transport=Bridge(self._network, {**leash.extensions, **bounds}),
                timeout=httpx.Timeout(silence or CHANGE_S, connect=CONNECT_S),
                follow_redirects=False,
                trust_env=False,
            )
            try:
                yield _Call(client, lambda error: self._translated(name, error, leash, given_up))
            finally:
                client.close()  # type: ignore[no-untyped-call]

    def _translated(
        self, name: str, error: Exception, leash: Leash, given_up: threading.Event
    ) -> AppError | Cancelled:
        from ollama import ResponseError

        if given_up.is_set():
            return Cancelled()
        if isinstance(error, ResponseError):
            return self._response_error(name, error)
        if isinstance(error, (AppError, httpx2.HTTPError, OSError)):
            return self._told(error, leash)
        return errors.unreadable(self.host, f"{type(error).__name__}: {error}"[:500])

    def _told(self, error: Exception, leash: Leash) -> AppError:
        host = self.host
        if leash.expired:
            return errors.too_slow(host, ANSWER_S)
        if isinstance(error, (httpx2.InvalidURL, UnicodeError)):
            return errors.unreadable(host, str(error)[:300])
        told = readable(error, host)
        if told.code != "net.unreachable" and not isinstance(error, ConnectionRefusedError):
            return told
        return AppError(
            "ollama.not_running",
            tr("Ollama is not running at {host}.", host=host),
            tr("Start Ollama, or correct OLLAMA_HOST, then try again."),
            told.detail,
            retryable=True,
        )

    def _response_error(self, name: str, error: Exception) -> AppError:
        said = str(getattr(error, "error", error))[:1000]
        status = getattr(error, "status_code", -1)
        if status == 404 or "file does not exist" in said or "not found" in said:
            return AppError(
                "ollama.not_found",
                tr("Ollama does not know {name}.", name=name),
                tr("Check the spelling of name and tag."),
                said,
            )
        return _refused(self.host, said)


def _refused(host: str, said: str) -> AppError:
    return AppError(
        "ollama.refused",
        tr("Ollama at {host} could not do it.", host=host),
        tr("What it says is under Details. Try again, or look into Ollama's own log."),
        said,
        retryable=True,
    )


@contextlib.contextmanager
def _watched(stopped: Callable[[], bool] | None, leash: Leash) -> Iterator[threading.Event]:
    """Pull the leash as soon as `stopped` says so; the event tells that it did."""
    over, given_up = threading.Event(), threading.Event()
    if stopped is None:
        yield given_up
        return

    def watch() -> None:
        while not over.wait(_ASK_S):
            if stopped():
                given_up.set()
                leash.pull()
                return

    watcher = threading.Thread(target=watch, name="ollama-pull", daemon=True)
    watcher.start()
    try:
        yield given_up
    finally:
        over.set()
        watcher.join()


@dataclass(frozen=True, slots=True)
class _Call:
    """The `ollama` client for one call; what it raises inside `translated` becomes an error for people."""

    client: Client
    translate: Callable[[Exception], AppError | Cancelled]

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        from ollama import ResponseError

        try:
            yield
        # The last four: lines of the stream that are no JSON, or not the JSON that it should be.
        except (
            *(AppError, httpx2.HTTPError, OSError, ResponseError),
            *(ValueError, TypeError, AttributeError, RecursionError),
        ) as error:
            raise self.translate(error) from error


def _model(entry: object) -> DaemonModel | None:
    """One row of a list; None for what is none, or is only a stub of a model elsewhere."""
    if not isinstance(entry, dict):
        return None
    name = entry.get("name") or entry.get("model")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    if entry.get("remote_host") or name.endswith((":cloud", "-cloud")):
        return None
    details = entry.get("details") if isinstance(entry.get("details"), dict) else {}
    assert isinstance(details, dict)
    digest = _text(entry.get("digest")).removeprefix("sha256:")
    told = entry.get("capabilities")
    return DaemonModel(
        name=name,
        digest=digest if SHA256.fullmatch(digest) else "",
        size=_count(entry.get("size")),
        quant=_text(details.get("quantization_level")),
        parameters=_text(details.get("parameter_size")),
        context_length=_count(entry.get("context_length")) or _count(details.get("context_length")) or None,
        size_vram=_count(entry.get("size_vram")),
        family=_text(details.get("family")),
        capabilities=tuple(filter(None, map(_text, told[:20]))) if isinstance(told, list) else (),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 200 else ""


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return 0
    return int(value) if 0 <= value < 2**62 else 0
