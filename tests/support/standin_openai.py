"""A stand-in for an OpenAI-compatible server on loopback: llama-server, vLLM, or one that says nothing about
itself.

    with StandInOpenAI("vllm") as server:
        server.talker.scripts["tiny"] = Script(("Hello", "!"))
        ... connections.add(Connection("", "openai", "Mine", server.url), server.key) ...

It runs in threads of the test's own process. Faults are those of `tests.support.standin.faults` (request
faults for every path) and, inside an answer, `Talker.on_answer`.
"""

from __future__ import annotations

import json
import threading
from types import TracebackType
from typing import Any, Literal, Self

from tests.support.standin.recording import Entry, Recorder
from tests.support.standin.serving import ConnectionOver, Handler, Server
from tests.support.standin.talking import Talker, words_of

Software = Literal["llama-server", "vllm", "plain"]
_OWNER = {"llama-server": "llamacpp", "vllm": "vllm", "plain": "somebody"}


class StandInOpenAI:
    """The server; use it as a context manager.

    Attributes:
        url: Its address, without ``/v1``.
        models: Names of what it has.
        key: Which key it wants; None lets everybody in.
        talker: What the models say.
    """

    def __init__(
        self,
        software: Software = "plain",
        models: tuple[str, ...] = ("echo", "upper"),
        key: str | None = None,
    ) -> None:
        self.software = software
        self.models = list(models)
        self.key = key
        self.talker = Talker()
        self._state = Recorder(("openai",), front="any", back="openai")
        self._state.openai = self  # type: ignore[attr-defined]
        self._server = Server(0, _Handler, self._state, "openai")
        self.url = self._server.url
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="openai", daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening; held connections go on and end."""
        self._state.faults.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fault(self, kind: str, path: str = "*", **options: Any) -> int:
        """Switch on a fault of `tests.support.standin.faults`."""
        return self._state.faults.add(kind, path, **options)

    def clear_faults(self) -> None:
        self._state.faults.remove()

    def release(self) -> None:
        """Let what is held go on."""
        self._state.faults.release()

    def log(self, path: str = "") -> list[Entry]:
        """The requests, oldest first; with `path` only those to it."""
        with self._state.lock:
            return [entry for entry in self._state.entries if path in ("", entry.path)]


class _Handler(Handler):
    @property
    def openai(self) -> StandInOpenAI:
        return self.state.openai  # type: ignore[no-any-return]

    def serve(self) -> None:
        server = self.openai
        if server.key is not None and self.entry.token != server.key:
            self._error(401, f"Incorrect API key provided: {self.entry.token}")
            return
        match self.command, self.url_path:
            case "GET", "/v1/models":
                self.answer_json({"object": "list", "data": [self._row(name) for name in server.models]})
            case "POST", "/v1/chat/completions":
                self._chat(json.loads(self.body))
            case "GET", "/version" if server.software == "vllm":
                self.answer_json({"version": "0.11.0"})
            case "GET", "/props" if server.software == "llama-server":
                self.answer_json({"build_info": "b6800-abc"})
            case "POST", "/apply-template" if server.software == "llama-server":
                messages = json.loads(self.body)["messages"]
                self.answer_json({"prompt": " ".join(f"<{m['role']}> {m['content']}" for m in messages)})
            case "POST", "/tokenize" if server.software != "plain":
                request = json.loads(self.body)
                if server.software == "vllm":
                    self.answer_json({"count": words_of(request["messages"]), "tokens": []})
                else:
                    self.answer_json({"tokens": list(range(len(request["content"].split())))})
            case _:
                self._error(404, "Not Found")

    def _row(self, name: str) -> dict[str, Any]:
        server = self.openai
        row = {"id": name, "object": "model", "created": 1, "owned_by": _OWNER[server.software]}
        if server.software == "vllm":
            row["max_model_len"] = server.talker.context
        elif server.software == "llama-server":
            row["meta"] = {"n_ctx": server.talker.context, "n_params": 5_000_000, "size": 10_000_000}
        return row

    def _error(self, status: int, message: str, kind: str = "invalid_request_error") -> None:
        self.answer_json({"error": {"message": message, "type": kind, "code": status}}, status)

    def _chat(self, request: dict[str, Any]) -> None:
        talker, name = self.openai.talker, request["model"]
        talker.requests.append(request)
        if name not in self.openai.models:
            self._error(404, f"The model `{name}` does not exist.")
            return
        messages = request["messages"]
        prompt = words_of(messages)
        if prompt >= talker.context:
            self._error(400, "the request exceeds the available context size", "exceed_context_size_error")
            return
        self.start(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})
        question = messages[-1]["content"]
        if not isinstance(question, str):
            question = " ".join(part.get("text", "") for part in question).strip()
        count = 0
        try:
            self._event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}]})
            most, stops = request.get("max_tokens"), request.get("stop", ())
            for piece, ended in talker.answer(name, question, prompt, most, stops):
                if talker.trouble and count == talker.trouble[1] and self._troubled(*talker.trouble):
                    return
                choice: dict[str, Any] = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
                if piece.startswith("\\think:"):
                    choice["delta"] = {"reasoning_content": piece.removeprefix("\\think:")}
                if piece.startswith("\\calls:"):
                    choice["delta"] = {"tool_calls": json.loads(piece.removeprefix("\\calls:"))}
                if request.get("logprobs") and not ended:
                    likeliest = [{"token": piece, "logprob": -0.25}, {"token": "?", "logprob": -2.0}]
                    choice["logprobs"] = {"content": [{**likeliest[0], "top_logprobs": likeliest}]}
                count += not ended
                if piece:
                    self._event({"choices": [choice]})
                if ended:
                    self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": ended}]})
            usage = {"prompt_tokens": prompt, "completion_tokens": count, "total_tokens": prompt + count}
            if request.get("stream_options", {}).get("include_usage"):
                last: dict[str, Any] = {"choices": [], "usage": usage}
                if self.openai.software == "llama-server":
                    last["timings"] = {"prompt_per_second": 100.0, "predicted_per_second": 50.0}
                self._event(last)
            self._chunk(b"data: [DONE]\n\n")
        except ConnectionOver:
            talker.left.set()
            raise
        self._write(b"0\r\n\r\n")

    def _troubled(self, how: str, after: int, text: str) -> bool:
        """Do what `on_answer` says; whether the stream is over."""
        match how:
            case "error":
                self._event({"error": {"message": text, "type": "server_error"}})
            case "line":
                self._chunk(f"{text}\n\n".encode())
                return False
            case "hold":
                self._hold()
                return False
            case "cut":
                self._reset()
            case "end":
                pass
            case "endless":
                while True:
                    self._chunk(b"x" * 65536)
            case _:
                raise ValueError(how)
        self._write(b"0\r\n\r\n")
        return True

    def _event(self, value: object) -> None:
        self._chunk(f"data: {json.dumps(value)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        try:
            self._write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        except OSError as error:
            raise ConnectionOver from error
