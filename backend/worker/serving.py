"""The main loop of workers that do one thing after the other, each in answer to a request."""

from __future__ import annotations

import queue
from abc import ABC, abstractmethod

from backend.worker.channel import Channel, Pulse
from backend.workers.protocol import Command, Failed, Failure, Report, Shutdown


class WorkerError(Exception):
    """A failure the parent will explain to the person."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code, failure.where, failure.detail)
        self.failure = failure


class Service(ABC):
    """Waits for requests and answers each; a `WorkerError` becomes `Failed`, any other exception ends the
    process."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        self._channel = channel
        self._pulse = pulse
        self._inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()

    def receive(self, command: Command) -> None:
        """Queue a request. Called on the thread that reads the pipe."""
        self._inbox.put(command)

    def run(self) -> None:
        """Serve until `Shutdown`."""
        while not isinstance(command := self._inbox.get(), Shutdown):
            try:
                answer = self.answer(command)
            except WorkerError as error:
                answer = Failed(request_of(command), error.failure)
            self._channel.send(answer)

    @abstractmethod
    def answer(self, command: Command) -> Report:
        """Do what `command` asks.

        Raises:
            WorkerError: It cannot be done.
            TypeError: It is not for this kind of worker.
        """


def request_of(command: Command) -> int:
    """The number that the answer has to carry."""
    return int(getattr(command, "request", 0))
