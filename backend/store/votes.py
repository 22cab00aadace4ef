"""Votes in the database. They outlive the comparison that they were given in, and can come from elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast, get_args

from backend.compare.types import Ballot, Contestant, Outcome, Vote
from backend.store import codec
from backend.store.database import Database

_BALLOT = "uuid, topic, outcome, best, contestants, created"


class VoteRepository:
    """Plain SQL over the table ``votes`` and the vote that a round shows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, round_id: int, vote: Vote, ballot: Ballot) -> None:
        """Vote on a round, in place of an earlier vote. `vote` names a column of the round, `ballot` a place
        among those that have answered."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM votes WHERE round_id = ?", (round_id,))
            _insert(connection, ballot, round_id)
            _show(connection, round_id, vote.outcome, vote.column)

        self._database.write(run)

    def take_back(self, round_id: int) -> None:
        """Forget the vote on a round."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM votes WHERE round_id = ?", (round_id,))
            _show(connection, round_id, "", None)

        self._database.write(run)

    def all(self) -> tuple[Ballot, ...]:
        """Every vote, oldest first; those that cannot be read are left out."""

        def run(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            return connection.execute(f"SELECT {_BALLOT} FROM votes ORDER BY created, uuid").fetchall()

        found = (_ballot(row) for row in self._database.read(run))
        return tuple(ballot for ballot in found if ballot is not None)

    def add(self, ballots: Sequence[Ballot]) -> int:
        """Add those that are not there yet; returns how many."""

        def run(connection: sqlite3.Connection) -> int:
            return sum(_insert(connection, ballot, None) for ballot in ballots)

        return self._database.write(run)

    def clear(self) -> None:
        """Forget all votes; rounds go on to show theirs."""
        self._database.write(lambda connection: connection.execute("DELETE FROM votes"))

    def topics(self) -> tuple[str, ...]:
        """All topics of votes and of comparisons, in alphabetical order."""

        def run(connection: sqlite3.Connection) -> set[str]:
            rows = connection.execute(
                "SELECT topic FROM votes UNION SELECT topic FROM comparisons WHERE deleted = 0"
            )
            return {topic for (topic,) in rows}

        return tuple(sorted((topic for topic in self._database.read(run) if topic), key=str.casefold))


def _show(connection: sqlite3.Connection, round_id: int, outcome: str, column: int | None) -> None:
    connection.execute(
        "UPDATE compare_rounds SET outcome = ?, best = ? WHERE id = ?", (outcome, column, round_id)
    )


def _insert(connection: sqlite3.Connection, ballot: Ballot, round_id: int | None) -> int:
    contestants = [asdict(contestant) for contestant in ballot.contestants]
    return connection.execute(
        f"INSERT OR IGNORE INTO votes ({_BALLOT}, round_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            ballot.uuid,
            ballot.topic,
            ballot.outcome,
            ballot.best,
            json.dumps(contestants, ensure_ascii=False, separators=(",", ":")),
            ballot.created,
            round_id,
        ),
    ).rowcount


def _ballot(row: tuple[Any, ...]) -> Ballot | None:
    uuid, topic, outcome, best, text, created = row
    try:
        raw = json.loads(text)
        contestants = tuple(codec.build(Contestant, each) for each in raw if isinstance(each, dict))
    except (ValueError, RecursionError, TypeError):
        return None
    if outcome not in get_args(Outcome) or (outcome == "best") != (best is not None):
        return None
    if len(contestants) < 2 or (best is not None and not 0 <= best < len(contestants)):
        return None
    return Ballot(uuid, topic, cast(Outcome, outcome), best, contestants, created)
