"""A stand-in for the Ollama daemon on loopback, over a real store folder (`manifests/`, `blobs/`).

    with StandInDaemon(tmp_path / "models") as daemon:
        daemon.offer("tiny:1b", Tag("1b", File("w", source=path)))
        ... OLLAMA_HOST=daemon.url, the real `ollama` client, or `backend.hubs.ollama.daemon` ...

What it lists is what lies in the folder, whoever wrote it. It runs in threads of the test's own process.
Faults are those of `tests.support.standin.faults` (request faults for every path) and, inside the stream of a
pull, `StandInDaemon.on_pull`; inside an answer, `StandInDaemon.talker.on_answer`.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.standin.recording import Entry, Recorder
from tests.support.standin.serving import ConnectionOver, Handler, Server
from tests.support.standin.talking import Script, Talker, words_of
from tests.support.standin_hub.declare import File
from tests.support.standin_ollama.declare import LAYER, Tag

REGISTRY = "registry.ollama.ai"
PIECE = 65536


class StandInDaemon:
    """The daemon; use it as a context manager.

    Attributes:
        url: Its address, for OLLAMA_HOST.
        store: The folder with `manifests/` and `blobs/`.
        loaded: Names of the models that `/api/ps` lists.
        talker: What the models say.
    """

    def __init__(self, store: Path, *, version: str = "0.33.0") -> None:
        self.store = store
        self.loaded: list[str] = []
        self.version = version
        self.talker = Talker()
        self._offers: dict[str, Tag] = {}
        self._trouble: tuple[str, int, str] | None = None
        self._state = Recorder(("daemon",), front="any", back="daemon")
        self._state.daemon = self  # type: ignore[attr-defined]
        self._server = Server(0, DaemonHandler, self._state, "daemon")
        self.url = self._server.url
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="daemon", daemon=True
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

    def offer(self, name: str, tag: Tag) -> None:
        """Let `name` (``model:tag``, ``user/model:tag``) be pullable."""
        self._offers[name] = tag

    def have(self, name: str, script: Script | None = None) -> None:
        """Put a small model into the store, which answers with `script`."""
        tag = Tag(name.rpartition(":")[2], File(name, size=2_000))
        list(self.write(tag))
        place = self.place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(tag.manifest_text.encode())
        if script is not None:
            self.talker.scripts[name] = script

    def on_pull(self, how: str, after: int = 3, text: str = "") -> None:
        """What happens to every pull after `after` lines: ``error`` (in-band, with `text`), ``cut`` (the
        connection breaks), ``end`` (the stream ends), ``hold`` (until `release`), ``line`` (`text` as a
        line); ``no`` for nothing."""
        self._trouble = None if how == "no" else (how, after, text)

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

    # The store

    def place(self, name: str) -> Path:
        """Where the manifest of `name` lies."""
        path, _, tag = name.rpartition(":") if ":" in name.rsplit("/", 1)[-1] else (name, "", "latest")
        parts = path.split("/")
        host = parts.pop(0) if len(parts) == 3 else REGISTRY
        owner = parts.pop(0) if len(parts) == 2 else "library"
        return self.store / "manifests" / host / owner / parts[0] / tag

    def blob(self, digest: str) -> Path:
        return self.store / "blobs" / digest.replace(":", "-")

    def names(self) -> list[str]:
        """Every model in the folder, as the daemon calls it."""
        root = self.store / "manifests"
        found = []
        for path in sorted(root.glob("*/*/*/*")):
            host, owner, model, tag = path.relative_to(root).parts
            name = model if owner == "library" else f"{owner}/{model}"
            found.append(f"{name}:{tag}" if host == REGISTRY else f"{host}/{owner}/{model}:{tag}")
        return found

    def row(self, name: str) -> dict[str, Any]:
        """The entry of `/api/tags` for a model of the folder."""
        data = self.place(name).read_bytes()
        manifest = json.loads(data)
        config: dict[str, Any] = json.loads(self.blob(manifest["config"]["digest"]).read_bytes())
        return {
            "name": name,
            "model": name,
            "modified_at": "2026-08-21T10:00:00.123456789Z",
            "size": sum(layer["size"] for layer in (*manifest["layers"], manifest["config"])),
            "digest": hashlib.sha256(data).hexdigest(),
            "details": {
                "parent_model": "",
                "format": config.get("model_format", "gguf"),
                "family": config.get("model_family", ""),
                "families": config.get("model_families"),
                "parameter_size": config.get("model_type", ""),
                "quantization_level": config.get("file_type", ""),
                "context_length": 131072,
                "embedding_length": 3072,
            },
            "capabilities": ["completion", "tools"],
        }

    def write(self, tag: Tag) -> Iterator[dict[str, Any]]:
        """Put the layers of `tag` into the folder, telling what is done."""
        files = [*tag.blobs.values()]
        (self.store / "blobs").mkdir(parents=True, exist_ok=True)
        for file in files:
            digest = f"sha256:{file.digest}"
            step = {"status": f"pulling {file.digest[:12]}", "digest": digest, "total": file.length}
            yield dict(step)
            data = bytearray()
            while len(data) < file.length:
                data += file.read(len(data), PIECE)
                yield {**step, "completed": len(data)}
            self.blob(digest).write_bytes(data)

    def remove(self, name: str) -> bool:
        """Delete a model, with the layers that no other one needs; whether it was there."""
        place = self.place(name)
        if not place.is_file():
            return False
        place.unlink()
        needed = {digest for other in self.names() for digest in self._digests(self.place(other))}
        for path in (self.store / "blobs").iterdir():
            if path.name.replace("-", ":") not in needed:
                path.unlink()
        return True

    @staticmethod
    def _digests(place: Path) -> list[str]:
        manifest = json.loads(place.read_bytes())
        return [layer["digest"] for layer in (*manifest["layers"], manifest["config"])]


class DaemonHandler(Handler):
    """The daemon's API."""

    @property
    def daemon(self) -> StandInDaemon:
        return self.state.daemon  # type: ignore[no-any-return]

    def serve(self) -> None:
        match self.command, self.url_path:
            case (("GET" | "HEAD"), "/"):
                self.answer(200, b"Ollama is running", {"Content-Type": "text/plain; charset=utf-8"})
            case "GET", "/api/version":
                self.answer_json({"version": self.daemon.version})
            case "GET", "/api/tags":
                self.answer_json({"models": [self.daemon.row(name) for name in self.daemon.names()]})
            case "GET", "/api/ps":
                self.answer_json({"models": [self._running(name) for name in self.daemon.loaded]})
            case "POST", "/api/show":
                self._show(str(json.loads(self.body)["model"]))
            case "POST", "/api/generate":
                self._load(json.loads(self.body))
            case "POST", "/api/chat":
                self._chat(json.loads(self.body))
            case "POST", "/api/pull":
                self._pull(json.loads(self.body))
            case "DELETE", "/api/delete":
                name = _full(json.loads(self.body)["model"])
                if self.daemon.remove(name):
                    self.answer(200)
                else:
                    self.answer_json({"error": f"model '{name}' not found"}, 404)
            case _:
                self.answer(404, b"404 page not found", {"Content-Type": "text/plain"})

    def _running(self, name: str) -> dict[str, Any]:
        row = self.daemon.row(name)
        details = {k: v for k, v in row["details"].items() if "length" not in k}
        return {
            **{k: v for k, v in row.items() if k not in ("modified_at", "capabilities")},
            "details": details,
            "expires_at": "2026-08-21T10:05:00Z",
            "size_vram": row["size"],
            "context_length": 4096,
        }

    def _show(self, name: str) -> None:
        name = _full(name)
        if name not in self.daemon.names():
            self.answer_json({"error": f"model '{name}' not found"}, 404)
            return
        row = self.daemon.row(name)
        manifest = json.loads(self.daemon.place(name).read_bytes())
        template = "".join(
            self.daemon.blob(layer["digest"]).read_text("utf-8")
            for layer in manifest["layers"]
            if layer["mediaType"] == f"{LAYER}template"
        )
        family = row["details"]["family"]
        info = {"general.architecture": family, f"{family}.context_length": 131072}
        shown = {k: row[k] for k in ("details", "capabilities", "modified_at")}
        self.answer_json({"modelfile": "", "template": template, "model_info": info, **shown})

    # Answers

    def _known(self, name: str) -> bool:
        if name in self.daemon.names():
            return True
        self.answer_json({"error": f"model '{name}' not found"}, 404)
        return False

    def _load(self, request: dict[str, Any]) -> None:
        """An empty prompt loads the model, or unloads it with a `keep_alive` of nothing."""
        self.daemon.talker.requests.append(request)
        name = _full(request["model"])
        assert not request.get("prompt")
        if not self._known(name):
            return
        unload = request.get("keep_alive") == 0
        self.daemon.loaded[:] = [each for each in self.daemon.loaded if each != name]
        if not unload:
            self.daemon.loaded.append(name)
        reason = "unload" if unload else "load"
        self.answer_json({"model": name, "response": "", "done": True, "done_reason": reason})

    def _chat(self, request: dict[str, Any]) -> None:
        talker, name = self.daemon.talker, _full(request["model"])
        talker.requests.append(request)
        if not self._known(name):
            return
        options, messages = request["options"], request["messages"]
        prompt = words_of(messages)
        self.start(200, {"Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked"})
        most, stops = options.get("num_predict"), options.get("stop", ())
        count = 0
        try:
            for piece, ended in talker.answer(name, messages[-1]["content"], prompt, most, stops):
                if talker.trouble and count == talker.trouble[1] and self._in_trouble(*talker.trouble):
                    return
                step: dict[str, Any] = {"model": name, "message": {"role": "assistant", "content": piece}}
                if piece.startswith("\\calls:"):
                    calls = json.loads(piece.removeprefix("\\calls:"))
                    step["message"] = {"role": "assistant", "content": "", "tool_calls": calls}
                if request.get("logprobs") and piece and not ended:
                    likeliest = [{"token": piece, "logprob": -0.25}, {"token": "?", "logprob": -2.0}]
                    step["logprobs"] = [{**likeliest[0], "top_logprobs": likeliest}]
                if not ended:
                    count += 1
                else:
                    step |= {"done": True, "done_reason": ended, "prompt_eval_count": prompt}
                    step |= {"eval_count": count, "prompt_eval_duration": 10**9, "eval_duration": 2 * 10**9}
                self._line(json.dumps({"done": False, **step}))
        except ConnectionOver:
            talker.left.set()
            raise
        self._write(b"0\r\n\r\n")

    def _in_trouble(self, how: str, after: int, text: str) -> bool:
        if how == "endless":
            while True:
                self._chunk(b"x" * PIECE)
        return self._troubled(how, text)

    # Pulling

    def _pull(self, request: dict[str, Any]) -> None:
        name = _full(str(request["model"]))
        streamed = request.get("stream", True)
        lines = self._steps(name)
        if not streamed:
            last = list(lines)[-1]
            self.answer_json(last, 500 if "error" in last else 200)
            return
        self.start(200, {"Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked"})
        trouble = self.daemon._trouble
        for number, line in enumerate(lines):
            if trouble is not None and number == trouble[1] and self._troubled(trouble[0], trouble[2]):
                return
            self._line(json.dumps(line))
        self._write(b"0\r\n\r\n")

    def _troubled(self, how: str, text: str) -> bool:
        """Do what `on_pull` says; whether the stream is over."""
        match how:
            case "error":
                self._line(json.dumps({"error": text}))
            case "line":
                self._line(text)
                return False
            case "hold":
                self._hold()
                return False
            case "cut":
                self._reset()
            case "end":
                pass
            case _:
                raise ValueError(how)
        self._write(b"0\r\n\r\n")
        return True

    def _steps(self, name: str) -> Iterator[dict[str, Any]]:
        tag = self.daemon._offers.get(name)
        yield {"status": "pulling manifest"}
        if tag is None:
            yield {"error": "pull model manifest: file does not exist"}
            return
        yield from self.daemon.write(tag)
        yield {"status": "verifying sha256 digest"}
        yield {"status": "writing manifest"}
        place = self.daemon.place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(tag.manifest_text.encode())
        yield {"status": "success"}

    def _line(self, text: str) -> None:
        self._chunk(f"{text}\n".encode())

    def _chunk(self, data: bytes) -> None:
        try:
            self._write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        except OSError as error:
            raise ConnectionOver from error


def _full(name: str) -> str:
    """`name` with its tag."""
    return name if ":" in name.rsplit("/", 1)[-1] else f"{name}:latest"
