"""Decodes all answers of one variant together: one batch per step, prompts in chunks beside single tokens."""

from __future__ import annotations

from collections.abc import Callable

from backend.engines.types import FinishReason
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.answer import Answer, Request, clock
from backend.worker.llama.model import EngineError
from backend.worker.llama.variant import WORTH_COPYING, Variant, common_prefix
from backend.workers.protocol import Ended, Failure, Text

_ALONE_S = 1.0
"""Length of a prompt step when nothing else is being written and it can be aborted."""
_SHARED_S = 0.15
"""Length of a prompt step while other answers stream, or when Stop has to wait for its end."""
_LEAST_CHUNK = 16
_PROMPT_GAIN = 4.0
"""Prompt tokens are evaluated about this much faster than single ones; a first guess until measured."""
_HANG_S = 8.0
"""A step may take this long, or twenty times what it should, before the parent takes the process for hung."""
_COLD_S = 30.0
"""After so long without a decode the system may have dropped the weights, to be read from the disk again."""
_DONE, _FULL, _ABORTED = 0, 1, 2


class Scheduler:
    """The queue and the running answers of one variant. Used by the decode thread only."""

    def __init__(self, variant: Variant, channel: Channel, pulse: Pulse) -> None:
        self.variant = variant
        self._channel = channel
        self._pulse = pulse
        self._queue: list[Request] = []
        self._active: list[Answer] = []
        self._outbox: list[Text | Ended] = []
        self._rate = _PROMPT_GAIN / max(variant.token_s, 1e-6)  # prompt tokens per second
        self._decoded = clock()

    @property
    def busy(self) -> bool:
        return bool(self._queue or self._active)

    def add(self, request: Request) -> None:
        """Raises:
        EngineError: ``adapter.…``; it asks for adapters that are not there."""
        self.variant.blend(request.adapters)
        self._queue.append(request)

    def interrupt(self) -> None:
        """Make a decode that is running return early, where the device can; from any thread."""
        if self.variant.abortable:
            self.variant.abort.set()

    def cancel(self, request_id: int) -> None:
        """End all answers of a request; does nothing if they have ended already."""
        self._end_where(lambda request: request.id == request_id)

    def close(self) -> None:
        """End everything and free the context."""
        self._end_where(lambda _request: True)
        self.variant.close()

    def _end_where(self, chosen: Callable[[Request], bool]) -> None:
        for request in [r for r in self._queue if chosen(r)]:
            self._queue.remove(request)
            self._outbox += [request.unstarted(i, FinishReason.CANCELLED) for i in request.waiting]
        for answer in [a for a in self._active if chosen(a.request)]:
            self._end(answer, FinishReason.CANCELLED)
        self._send()

    # One step.

    def step(self) -> None:
        """Admit what there is room for, decode one batch, draw one token per sequence, send what is due."""
        self._admit()
        self._see()
        if not self._active:
            return
        batch = self.variant.batch
        batch.clear()
        rows: list[tuple[Answer, int]] = []
        prompting: list[Answer] = []
        for answer in self._next():
            if answer.generating:
                rows.append((answer, batch.add(answer.token, len(answer.slot.tokens), answer.slot.seq)))
            else:
                prompting.append(answer)
        chunk = min(self._chunk(alone=not rows), batch.capacity - batch.rows)
        fed = self._feed_prompts(prompting, chunk, rows)
        expected = self.variant.token_s + batch.rows / self._rate
        started = clock()
        allowed = max(_HANG_S, 20.0 * expected)
        if started - self._decoded > _COLD_S:
            allowed += self.variant.model.read_s
        with self._pulse.step(allowed):
            code = self.variant.decode()
        self._decoded = clock()
        if code != _DONE:
            self._recover(code)
            return
        spent = self._decoded - started
        for answer, count in fed:
            answer.slot.tokens.extend(answer.request.prompt[answer.fed : answer.fed + count])
            answer.fed += count
            answer.prompt_s += spent
        if fed and 2 * batch.rows >= chunk:  # the short rest of a prompt says little about speed
            self._rate += 0.5 * (batch.rows / spent - self._rate)
        self._draw(rows, frozenset(answer for answer, _ in fed))

    def _next(self) -> list[Answer]:
        """The answers of the next batch: all, or those with the blend whose turn it is."""
        if self.variant.together:
            return self._active
        blend = self._active[0].slot.blend
        chosen = [answer for answer in self._active if answer.slot.blend == blend]
        self._active = [answer for answer in self._active if answer not in chosen] + chosen
        return chosen

    def _see(self) -> None:
        """Put the images that stand next in a prompt into memory, one for each answer."""
        for answer in tuple(self._active):
            picture = answer.picture
            if picture is None or picture.start != answer.fed:
                continue
            started, code = clock(), -1
            try:
                with self._pulse.step(_HANG_S + 20.0 * picture.cells * self.variant.token_s):
                    code = self.variant.put(picture, answer.slot)
            except EngineError as error:
                self._end(answer, FinishReason.ERROR, error.failure)
                continue
            finally:
                self._decoded = clock()
            if code == _DONE:
                answer.slot.tokens.extend(answer.request.prompt[picture.start : picture.end])
                answer.fed = picture.end
                answer.prompt_s += self._decoded - started
                continue
            self.variant.drop_unrecorded(answer.slot)
            if code == _ABORTED:
                self.variant.abort.clear()
            elif code != _FULL or not self.variant.forget_idle():
                self._end(answer, FinishReason.ERROR, Failure("engine.decode", f"image: {code}"))
        self._send()

    def _chunk(self, *, alone: bool) -> int:
        span = _ALONE_S if alone and self.variant.abortable else _SHARED_S
        return max(_LEAST_CHUNK, min(self.variant.batch.capacity, int(self._rate * span)))

    def _feed_prompts(
        self, prompting: list[Answer], budget: int, rows: list[tuple[Answer, int]]
    ) -> list[tuple[Answer, int]]:
        """Share `budget` tokens among the prompts; adds a row to `rows` for every prompt that ends in it."""
        batch = self.variant.batch
        fed: list[tuple[Answer, int]] = []
        for left, answer in zip(range(len(prompting), 0, -1), prompting, strict=True):
            picture = answer.picture
            until = picture.start - answer.fed if picture else answer.remaining
            count = min(until, -(-budget // left))
            if count <= 0:
                continue
            last = count == answer.remaining
            part = answer.request.prompt[answer.fed : answer.fed + count]
            row = batch.extend(part, answer.fed, answer.slot.seq, output=last)
            if last:
                rows.append((answer, row))
            budget -= count
            fed.append((answer, count))
        return fed

    def _draw(self, rows: list[tuple[Answer, int]], fresh: frozenset[Answer]) -> None:
        """Draw the next token of every answer with an output row."""
        for answer, row in tuple(rows):
            if answer in fresh:  # the prompt is complete: its other answers start from the same output
                rows += [(sibling, row) for sibling in self._fork(answer)]
            else:
                answer.slot.tokens.append(answer.token)
        piece_of, context, n_ctx = self.variant.model.piece, self.variant.context, self.variant.n_ctx
        for answer, row in rows:
            try:
                token = answer.sampler.sample(context, row, formed=answer.formed)
            except EngineError as error:
                self._end(answer, FinishReason.ERROR, error.failure)
                continue
            now = clock()
            piece = piece_of(token)
            if piece is None:
                answer.note_first(now)
                self._end(answer, FinishReason.STOP)
                continue
            reason = answer.accept(token, piece, now)
            if reason is None and len(answer.slot.tokens) >= n_ctx:
                reason = FinishReason.CONTEXT
            if reason is not None:
                self._end(answer, reason)
            elif text := answer.due(now):
                self._outbox.append(text)
        self._send()

    def _fork(self, leader: Answer) -> list[Answer]:
        """Start as many of the leader's waiting siblings as there are sequences for."""
        request, siblings = leader.request, []
        while request.waiting and (slot := self.variant.fork(leader.slot)):
            index, cached = request.waiting.pop(0), len(request.prompt)
            sibling = Answer(request, index, slot, cached, self.variant.model)
            siblings.append(sibling)
            self._active.append(sibling)
        if not request.waiting and request in self._queue:
            self._queue.remove(request)
        return siblings

    # Queue and ends.

    def _admit(self) -> None:
        """Give free sequences to waiting answers: first to the request with the fewest running, then the
        oldest.

        The answers of one request wait while the first of them reads the prompt, and then share it. So do
        requests that begin alike, as far as they do.
        """
        while self._queue:
            running = [answer.request for answer in self._active]
            reading = [answer for answer in self._active if not answer.generating]
            ready = [request for request in self._queue if not self._read_for(request, reading)]
            if not ready:
                return
            request = min(ready, key=running.count)
            taken = self.variant.take(request.prompt, self.variant.blend(request.adapters))
            if taken is None:
                return
            slot, cached = taken
            index = request.waiting.pop(0)
            self._active.append(Answer(request, index, slot, cached, self.variant.model))
            if not request.waiting:
                self._queue.remove(request)

    def _read_for(self, request: Request, reading: list[Answer]) -> bool:
        """Whether a running answer is just reading what this request can copy from it."""
        return any(
            answer.request is request
            or (
                self.variant.copies
                and answer.slot.blend == self.variant.blend(request.adapters)
                and common_prefix(answer.request.prompt, request.prompt) > answer.fed + WORTH_COPYING
            )
            for answer in reading
        )

    def _end(self, answer: Answer, reason: FinishReason, failure: Failure | None = None) -> None:
        self._active.remove(answer)
        self.variant.release(answer.slot)
        self._outbox += answer.finish(reason, failure)

    def _send(self) -> None:
        if self._outbox:
            self._channel.send(*self._outbox)
            self._outbox.clear()

    def _recover(self, code: int) -> None:
        """Bring the memory back to what the answers believe it to be, or end them."""
        if code == _ABORTED:
            self.variant.abort.clear()
        if code == _ABORTED or (code == _FULL and self.variant.forget_idle()):
            for answer in self._active:
                self.variant.drop_unrecorded(answer.slot)
            return
        failure = Failure("engine.decode", f"llama_decode returned {code}")
        for answer in tuple(self._active):
            self.variant.forget(answer.slot)
            self._end(answer, FinishReason.ERROR, failure)
        self._send()
