"""When a transfer stops waiting, how often it tries, and how it divides a file."""

from __future__ import annotations

from dataclasses import dataclass

from backend.downloads.partfile import CHECKPOINT_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """The patience of a transfer.

    Attributes:
        silence: Seconds without a byte after which a connection is given up.
        floor: Bytes per second that must come on average over `floor_window` seconds.
        attempts: Failed attempts in a row, without progress that counts, until the transfer fails.
        backoff: Seconds before the second attempt; doubled each time, up to `backoff_most`.
        longest_wait: Seconds that a server may ask to wait; beyond that the transfer fails and says so.
        checkpoint_bytes: Bytes between two checkpoints; a kill loses at most twice as many.
        connections: Most connections for one file.
        segment_least, segment_most: Bytes that one request asks for where there are several connections;
            files of less than two segments come over one connection.
        alone, fast: The first connection is given so many seconds to show that it brings so many bytes a
            second by itself, and again after that; others open once it does not. On such a line they would
            only compete with it, and with the hashing, for the processor.
    """

    silence: float = 30.0
    floor: float = 1024.0
    floor_window: float = 30.0
    connect: float = 15.0
    attempts: int = 8
    backoff: float = 1.0
    backoff_most: float = 60.0
    longest_wait: float = 900.0
    checkpoint_bytes: int = CHECKPOINT_BYTES
    connections: int = 4
    segment_least: int = 16 << 20
    segment_most: int = 32 << 20
    alone: float = 1.0
    fast: float = 200e6
