"""The main loop of the ``evaluate`` worker: one model at a time, measured and closed again."""

from __future__ import annotations

import time
from array import array
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from backend.worker.channel import Channel, Pulse
from backend.worker.evaluate.base import BaseReader, BaseWriter
from backend.worker.evaluate.collect import Collector, write_imatrix
from backend.worker.evaluate.run import Pass, opened
from backend.worker.evaluate.score import Score, add_rows, block_rows
from backend.worker.evaluate.tensors import layout_known
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import engine_error, reading_s
from backend.worker.llama.variant import resident_bytes
from backend.worker.serving import Service
from backend.workers.messages_lab import ComputeImatrix, Evaluate, Evaluated, ImatrixComputed
from backend.workers.protocol import Command, Progress, Report

_PIECE_S = 900.0
"""Seconds that one window may take: half a token per second."""


class EvaluateService(Service):
    """The whole work is one step of the pulse, which ticks with each window."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()

    def answer(self, command: Command) -> Report:
        if not isinstance(command, ComputeImatrix | Evaluate):
            raise TypeError(f"the evaluating worker does not understand {type(command).__name__}")
        try:
            size = Path(command.path).stat().st_size
            with self._pulse.step(_PIECE_S + reading_s(size)):
                if isinstance(command, ComputeImatrix):
                    return self._imatrix(command)
                return self._evaluate(command)
        except OSError as error:
            code = "engine.file_missing" if error.filename == command.path else "lab.disk"
            raise engine_error(code, str(error)) from error
        except ValueError as error:
            raise engine_error("lab.base", str(error)) from error

    def _tell(self, request: int, done: int, total: int) -> None:
        self._pulse.tick()
        self._channel.send(Progress(request, done / total, f"{done}/{total}"))

    def _imatrix(self, command: ComputeImatrix) -> ImatrixComputed:
        if not layout_known():
            raise engine_error("lab.collect", "the engine's tensors have another layout")
        collector = Collector()
        with opened(Path(command.path), command.flags, self._log, self._loading, collector) as model:
            tokens = model.tokens(command.text, command.tokens)
            pieces = len(tokens) // model.window
            for number in range(pieces):
                model.forget()
                model.decode(model.piece(tokens, number), outputs_from=0)
                self._tell(command.request, (number + 1) * model.window, len(tokens))
            if not all(np.isfinite(sums).all() for sums in collector.sums.values()):
                raise engine_error("lab.not_finite")
            window = model.window
        if not collector.sums:
            raise engine_error("lab.collect", "no weights were seen")
        target = Path(command.target)
        write_imatrix(target, collector, dataset=command.text_name, chunks=pieces, chunk_size=window)
        return ImatrixComputed(command.request, pieces, len(tokens), len(collector.sums))

    def _loading(self, _fraction: float) -> None:
        self._pulse.tick()

    def _evaluate(self, command: Evaluate) -> Evaluated:
        with opened(Path(command.path), command.flags, self._log, self._loading) as model:
            tokens = model.tokens(command.text, command.tokens)
            prompt, generation = model.speeds(tokens)
            rss = resident_bytes()
            started = time.perf_counter()
            score = self._score(command, model, tokens)
            spent = time.perf_counter() - started
            memory = model.memory
        perplexity, error = score.perplexity
        compared = score.divergence.count > 0
        return Evaluated(
            command.request,
            len(tokens),
            score.loss.count,
            perplexity,
            error,
            score.divergence.mean if compared else None,
            score.divergence.error if compared else None,
            score.same / score.divergence.count if compared else None,
            prompt,
            generation,
            len(tokens) / spent,
            memory,
            rss,
        )

    def _score(self, command: Evaluate, model: Pass, tokens: array[int]) -> Score:
        score = Score()
        vocab = model.model.n_vocab
        judged = model.window - model.first - 1  # the last output of a window predicts what is not in it
        pieces = len(tokens) // model.window
        block = block_rows(vocab)
        with ExitStack() as stack:
            reader = writer = None
            if command.base and command.write_base:
                writer = stack.enter_context(BaseWriter(Path(command.base), vocab, tokens, pieces * judged))
            elif command.base:
                reader = BaseReader(Path(command.base), vocab, tokens, pieces * judged)
            for number in range(pieces):
                part = model.piece(tokens, number)
                model.forget()
                model.decode(part, outputs_from=model.first)
                logits = model.logits(judged)
                targets = np.frombuffer(part, np.int32)[model.first + 1 :]
                for at in range(0, judged, block):
                    rows = logits[at : at + block]
                    base = reader.rows(number * judged + at, len(rows)) if reader else None
                    if not add_rows(score, rows, targets[at : at + block], base):
                        raise engine_error("lab.not_finite")
                    if writer:
                        writer.write(rows)
                self._tell(command.request, (number + 1) * model.window, len(tokens))
        return score
