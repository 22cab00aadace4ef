"""From a conversation to the prompt text: the model's own chat template, or ChatML where that can't be
used.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import psutil

from backend.engines.thinking import ThinkMarkers
from backend.engines.types import Turn, goes_on
from backend.worker.llama.tools import in_words
from backend.workers.codec import FrameReader, ProtocolError, decode, encode
from backend.workers.protocol import (
    Failed,
    Failure,
    Rendered,
    RenderTemplate,
)

_DEADLINE_S = 1.5
_START_S = 10.0
"""For starting Python, before the first template is rendered."""
_WAITING = 3.0
"""A process that has no processor may take so many times as long as one that has."""
_LOOK_S = 0.05
_LONGEST = 1_000_000
"""Characters a template may add to the conversation's own."""


def chatml(turns: Sequence[Turn]) -> str:
    """The conversation in ChatML, the format that most models have seen."""
    parts = [f"<|im_start|>{turn.role}\n{turn.content}<|im_end|>\n" for turn in turns]
    return "".join(parts) + "<|im_start|>assistant\n"


def merge_system(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Move a system turn into the first user turn, for templates that know no system role."""
    if not turns or turns[0].role != "system":
        return tuple(turns)
    system, *rest = turns
    if rest and rest[0].role == "user":
        return (Turn("user", f"{system.content}\n\n{rest[0].content}"), *rest[1:])
    return (Turn("user", system.content), *rest)


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """What the model reads.

    Attributes:
        problem: Why the text is ChatML instead of what the model's template makes of the conversation.
        thinking: It ends inside a reasoning block that the template opened.
        written: The beginning of the answer that is to be continued; the end of `text`.
    """

    text: str
    problem: Failure | None = None
    thinking: bool = False
    written: str = ""


_GREETING = RenderTemplate(0, "", (), "", "", 0)


_PROBE_NAME = "orangery_probe"
_PROBE = (
    f'[{{"type": "function", "function": {{"name": "{_PROBE_NAME}", "description": "A trial.", '
    '"parameters": {"type": "object", "properties": {}}}}]'
)


class _Late(Exception):
    """The renderer missed its deadline and was killed."""


class Renderer:
    """Talks to the ``template`` process: starts it with `command`, kills it when it is late. Thread-safe."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._greeted = False
        self._frames = FrameReader()

    def start(self) -> None:
        """Start the process now, so that it is ready when it is needed."""
        with self._lock:
            self._ensure()

    def close(self) -> None:
        with self._lock:
            self._kill()

    def render(self, command: RenderTemplate) -> Rendered | Failed:
        """Render within the deadline. A process that misses it or dies is replaced at the next call."""
        with self._lock:
            try:
                self._ensure()
                if not self._greeted:
                    self._reply(_START_S)
                    self._greeted = True
                self._send(command)
                return self._reply(_DEADLINE_S)
            except _Late:
                code, detail = "template.timeout", ""
            except OSError as error:
                code, detail = "template.crashed", str(error)
            except ProtocolError as error:
                code, detail = "template.error", str(error)
            self._kill()
            return Failed(command.request, Failure(code, detail))

    def _ensure(self) -> None:
        """Start the process if there is none. Its reply to an empty template will say that Python is up."""
        if self._process is None:
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._frames = FrameReader()
            self._greeted = False
            self._send(_GREETING)

    def _send(self, command: RenderTemplate) -> None:
        assert self._process and self._process.stdin
        self._process.stdin.write(encode(command))
        self._process.stdin.flush()

    def _reply(self, deadline_s: float) -> Rendered | Failed:
        """Read one reply. Raises `_Late` past the deadline and `OSError` when the process died."""
        process = self._process
        assert process and process.stdout
        answered, expired = threading.Event(), threading.Event()
        spent, last = _spent(process.pid), time.monotonic() + _WAITING * deadline_s

        def watch() -> None:
            left = deadline_s
            while not answered.wait(left):
                left = min(deadline_s + spent - _spent(process.pid), last - time.monotonic())
                if left <= 0:
                    expired.set()
                    process.kill()
                    return
                left = max(left, _LOOK_S)

        watcher = threading.Thread(target=watch, name="template deadline", daemon=True)
        watcher.start()
        try:
            frame = self._frame(process.stdout.fileno())
        finally:
            answered.set()
            watcher.join()
        if expired.is_set():  # even with a reply in the last moment: the process is dead
            raise _Late
        if frame is None:
            raise OSError("the renderer died")
        reply = decode(frame)
        if not isinstance(reply, Rendered | Failed):
            raise ProtocolError(f"the renderer sent {type(reply).__name__}")
        return reply

    def _frame(self, fd: int) -> bytes | None:
        """The next line of the process; None when it closed its pipe."""
        while data := os.read(fd, 65_536):
            for frame in self._frames.feed(data):
                return frame
        return None

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
            self._process = None


def _spent(pid: int) -> float:
    """Seconds that a process has had a processor; none where nobody knows, as of one that is gone."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


class ChatTemplate:
    """The chat template of one model.

    A template that hangs or crashes twice in a row is not asked again: the person would wait for it at every
    message. Once may be the fault of a busy machine.
    """

    def __init__(self, renderer: Renderer, template: str | None, bos: str, eos: str) -> None:
        self._renderer = renderer
        self._template = template
        self._bos = bos
        self._eos = eos
        self._given_up: Failure | None = None if template else Failure("template.missing")
        self._failed = False
        self._tools: bool | None = None

    def prompt(self, turns: Sequence[Turn], markers: ThinkMarkers, tools: str = "") -> RenderedPrompt:
        """What the model reads to answer `turns`, or to go on with the answer that they end with; never
        fails.

        The beginning of that answer follows the generation prompt as it is. It is no reasoning: a block that
        the template opened for it is closed.
        """
        continued = goes_on(turns)
        written = turns[-1].content if continued else ""
        rendered = self.render(turns[:-1] if continued else turns, tools)
        thinking = rendered.text.rstrip().endswith(markers.open)
        if not written:
            return replace(rendered, thinking=thinking)
        head = f"{rendered.text.rstrip()}\n\n{markers.close}\n\n" if thinking else rendered.text
        return replace(rendered, text=head + written, written=written)

    def render(self, turns: Sequence[Turn], tools: str = "") -> RenderedPrompt:
        """`turns` up to the point where the assistant's answer begins; never fails.

        Tools that the template does not know of, or refuses, are told in words.
        """
        conversation, plain = tuple(turns), in_words(turns, tools)
        attempts = [(plain, "")]
        if plain != conversation and self._knows_tools():
            attempts.insert(0, (conversation, tools))
        if (merged := merge_system(plain)) != plain:
            attempts.append((merged, ""))
        failure = self._given_up
        for attempt, listed in attempts:
            if self._given_up is not None:
                break
            match self._ask(attempt, listed):
                case Rendered(text=text):
                    return RenderedPrompt(text)
                case Failed(failure=reason):
                    failure = failure or reason
                    if self._failed:
                        break
        return RenderedPrompt(chatml(plain), failure)

    def _ask(self, turns: tuple[Turn, ...], tools: str) -> Rendered | Failed:
        """Have the template rendered, and note whether its process survived that."""
        assert self._template is not None
        size = sum(turn.size for turn in turns) + 2 * len(tools)
        reply = self._renderer.render(
            RenderTemplate(1, self._template, turns, self._bos, self._eos, size + _LONGEST, tools)
        )
        hung = isinstance(reply, Failed) and reply.failure.code in ("template.timeout", "template.crashed")
        if hung and self._failed:
            assert isinstance(reply, Failed)
            self._given_up = reply.failure
        self._failed = hung
        return reply

    def _knows_tools(self) -> bool:
        """Whether the template tells the model of tools; tried once."""
        if self._tools is None and self._given_up is None:
            reply = self._ask((Turn("user", "Hello"),), _PROBE)
            if isinstance(reply, Rendered) or not self._failed:
                self._tools = isinstance(reply, Rendered) and _PROBE_NAME in reply.text
        return bool(self._tools)

    def check(self) -> Failure | None:
        """Whether the template can render the simplest conversation; the reason if it can't."""
        return self.render((Turn("user", "Hello"),)).problem
