"""What the local server is set to, whether it runs, and one line of its log per request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_PORT = 1976


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the server is started. It binds 127.0.0.1 and nothing else.

    Attributes:
        token_required: Without it, every program of this computer can use the models.
        origins: Web pages that a browser may let in, as ``https://host[:port]``; none means no CORS at all.
        idle_s: Seconds after its last request when a model's memory is given back; 0 keeps it.
        parallel: How many answers of one model are decoded in one batch.
        log_content: Whether the log keeps prompts and answers too.
    """

    port: int = DEFAULT_PORT
    token_required: bool = True
    origins: tuple[str, ...] = ()
    idle_s: int = 600
    parallel: int = 8
    log_content: bool = False


class ServerState(StrEnum):
    OFF = "off"
    STARTING = "starting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What the server does now.

    Attributes:
        url: Base address for clients, ``http://127.0.0.1:1976/v1``; empty while it is off.
        token: What clients send as the bearer token; empty where none is needed.
        free_port: Another port that could be had, where the wanted one is taken; else None.
        error_title, error_hint: Why it failed, and what next.
    """

    state: ServerState = ServerState.OFF
    url: str = ""
    token: str = ""
    free_port: int | None = None
    error_title: str = ""
    error_hint: str = ""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in the log view.

    Attributes:
        started: Unix seconds.
        status: HTTP status; 0 while it is being answered.
        client: Address and port.
        prompt, answer: Empty unless the person asked for content in the log.
    """

    id: int
    started: float
    method: str
    path: str
    status: int = 0
    client: str = ""
    model: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    error: str = ""
    prompt: str = ""
    answer: str = ""
