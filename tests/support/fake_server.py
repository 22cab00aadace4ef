"""A local server that opens no port, for UI tests and pictures."""

from __future__ import annotations

from dataclasses import replace

from backend.events import EventBus, ServerAsked, ServerChanged
from backend.server.types import RequestLine, ServerSettings, ServerState, ServerStatus
from tests.support import fake_data as data

CHAT = "/v1/chat/completions"


def lines() -> tuple[RequestLine, ...]:
    """One of every kind, the oldest first."""
    now = data.NOW
    return (
        RequestLine(1, now - 310, "GET", "/v1/models", 200, "127.0.0.1:50112", seconds=0.01),
        RequestLine(
            2, now - 240, "POST", CHAT, 200, "127.0.0.1:50114", "Qwen3-8B-Instruct+Short SQL", 212, 184, 3.6,
            prompt="List the members who have not paid this year.",
            answer="SELECT m.name FROM members m LEFT JOIN payments p ON p.member_id = m.id;",
        ),
        RequestLine(
            3, now - 90, "POST", CHAT, 400, "127.0.0.1:50120", seconds=0.01,
            error="temperature must be a number from 0 to 2",
        ),
        RequestLine(4, now - 60, "GET", "/v1/models", 401, "127.0.0.1:50131", seconds=0.01, error="no token"),
        RequestLine(5, now - 2, "POST", CHAT, 0, "127.0.0.1:50140", "starter"),
    )  # fmt: skip


class FakeServer:
    """Attributes:
    taken: Ports that others have.
    broken: Why it cannot be started at all, and what next; None where it can.
    calls: What was asked of it, in order.
    """

    def __init__(self, bus: EventBus, state: str) -> None:
        self._bus = bus
        self.taken: set[int] = {1976} if state == "error" else set()
        self.broken: tuple[str, str] | None = None
        self.calls: list[str] = []
        self._settings = ServerSettings(token_required=state != "busy", log_content=state == "full")
        self._token = "ora-5c1f0a9be7d24f3c8a6e"
        self._log = {line.id: line for line in lines()} if state in ("full", "busy") else {}
        self._status = ServerStatus(token=self._shown_token())
        if state != "empty":
            self.start()

    def _shown_token(self) -> str:
        return self._token if self._settings.token_required else ""

    def _tell(self, status: ServerStatus) -> None:
        self._status = status
        self._bus.publish(ServerChanged(status))

    def start(self) -> None:
        self.calls.append("start")
        port = self._settings.port
        if self.broken is not None:
            title, hint = self.broken
            self._tell(ServerStatus(ServerState.FAILED, error_title=title, error_hint=hint))
            return
        if port in self.taken:
            self._tell(
                ServerStatus(
                    ServerState.FAILED,
                    token=self._shown_token(),
                    free_port=port + 1,
                    error_title=f"Port {port} is used by another program.",
                    error_hint=f"Use port {port + 1}, or end that program.",
                )
            )
            return
        url = f"http://127.0.0.1:{port}/v1"
        self._tell(ServerStatus(ServerState.RUNNING, url, self._shown_token()))

    def stop(self) -> None:
        self.calls.append("stop")
        self._tell(ServerStatus(token=self._shown_token()))

    def status(self) -> ServerStatus:
        return self._status

    def settings(self) -> ServerSettings:
        return self._settings

    def configure(self, settings: ServerSettings) -> None:
        self.calls.append("configure")
        self._settings = settings
        self._tell(replace(self._status, token=self._shown_token()))

    def new_token(self) -> str:
        self._token = "ora-00112233445566778899"
        self._tell(replace(self._status, token=self._shown_token()))
        return self._token

    def log(self) -> tuple[RequestLine, ...]:
        return tuple(self._log.values())

    def clear_log(self) -> None:
        self._log.clear()

    def ask(self, line: RequestLine) -> None:
        """A request comes in, or ends."""
        self._log[line.id] = line
        self._bus.publish(ServerAsked(line))
