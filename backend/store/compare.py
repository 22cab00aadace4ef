"""Comparisons, their rounds and answers in the database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast, get_args

from backend.chats.types import MessageState
from backend.compare.types import Column, CompareAnswer, Comparison, Outcome, Round, Vote
from backend.engines.types import RunCard, Timings
from backend.store import codec
from backend.store.database import Database

_COMPARISON = "id, title, columns, blind, topic, created, updated, sequence, deleted"
_ROUND = "id, comparison_id, prompt, columns, topic, places, blind, created, outcome, best"
_ANSWER = (
    "id, round_id, place, model_id, model_name, quant, text, state, reasoning, finish_reason, timings,"
    " seconds, peak_memory, error_title, error_hint, card"
)
_NEXT_SEQUENCE = "(SELECT coalesce(max(sequence), 0) + 1 FROM comparisons)"


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """Who is going to answer; the row begins as *streaming*."""

    model_id: str
    model_name: str = ""
    quant: str = ""


@dataclass(frozen=True, slots=True)
class AnswerEnd:
    """How an answer ended, with all of its text; fields as in `CompareAnswer`."""

    state: MessageState
    text: str = ""
    reasoning: str = ""
    finish_reason: str = ""
    timings: Timings = field(default_factory=Timings)
    seconds: float = 0.0
    peak_memory: int = 0
    error_title: str = ""
    error_hint: str = ""
    card: RunCard | None = None


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round with what it was asked with: its columns and topic of that time."""

    round: Round
    columns: tuple[Column, ...]
    topic: str


class CompareRepository:
    """Plain SQL over ``comparisons``, ``compare_rounds`` and ``compare_answers``. Methods return when their
    commit is on the disk. What does not exist raises `LookupError`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- comparisons ----------------------------------------------------------------------------------------

    def create(self, title: str, columns: Sequence[Column], blind: bool, topic: str) -> Comparison:
        """A new one at the top of the list."""
        now = time.time()

        def run(connection: sqlite3.Connection) -> Comparison:
            made = connection.execute(
                "INSERT INTO comparisons (title, columns, blind, topic, created, updated, sequence)"
                f" VALUES (?, ?, ?, ?, ?, ?, {_NEXT_SEQUENCE})",
                (title, dump_columns(columns), int(blind), topic, now, now),
            ).lastrowid
            assert made is not None
            return _get(connection, made)

        return self._database.write(run)

    def all(self) -> tuple[Comparison, ...]:
        """Those that are not deleted, last used first."""

        def run(connection: sqlite3.Connection) -> tuple[Comparison, ...]:
            rows = connection.execute(
                f"SELECT {_COMPARISON} FROM comparisons WHERE deleted = 0 ORDER BY sequence DESC, id DESC"
            )
            return tuple(_comparison(row) for row in rows)

        return self._database.read(run)

    def get(self, comparison_id: int) -> Comparison:
        return self._database.read(lambda connection: _get(connection, comparison_id))

    def update(self, comparison: Comparison) -> Comparison:
        """Save title, columns, blindness and topic; the place in the list stays."""

        def run(connection: sqlite3.Connection) -> Comparison:
            connection.execute(
                "UPDATE comparisons SET title = ?, columns = ?, blind = ?, topic = ?, updated = ?"
                " WHERE id = ?",
                (
                    comparison.title,
                    dump_columns(comparison.columns),
                    int(comparison.blind),
                    comparison.topic,
                    time.time(),
                    comparison.id,
                ),
            )
            return _get(connection, comparison.id)

        return self._database.write(run)

    def set_deleted(self, comparison_id: int, deleted: bool) -> None:
        """Hide the comparison, or show it again in its old place."""
        self._database.write(
            lambda connection: connection.execute(
                "UPDATE comparisons SET deleted = ? WHERE id = ?", (int(deleted), comparison_id)
            )
        )

    def purge_deleted(self) -> None:
        """Remove hidden ones with their rounds and answers for good; votes stay."""
        self._database.write(
            lambda connection: connection.execute("DELETE FROM comparisons WHERE deleted = 1")
        )

    # -- rounds ---------------------------------------------------------------------------------------------

    def add_round(
        self,
        comparison: Comparison,
        prompt: str,
        answers: Sequence[NewAnswer],
        order: Sequence[int],
        title: str,
    ) -> StoredRound:
        """Begin a round: its prompt and one streaming answer for each column, in one transaction. Moves the
        comparison to the top; `title` is taken if it has none."""
        now = time.time()

        def run(connection: sqlite3.Connection) -> StoredRound:
            made = connection.execute(
                "INSERT INTO compare_rounds (comparison_id, prompt, columns, topic, places, blind, created)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    comparison.id,
                    prompt,
                    dump_columns(comparison.columns),
                    comparison.topic,
                    json.dumps(list(order)),
                    int(comparison.blind),
                    now,
                ),
            ).lastrowid
            assert made is not None
            connection.executemany(
                "INSERT INTO compare_answers (round_id, place, model_id, model_name, quant, text, state,"
                " reasoning, finish_reason, timings, seconds, peak_memory, error_title, error_hint, card)"
                " VALUES (?, ?, ?, ?, ?, '', ?, '', '', '{}', 0, 0, '', '', '')",
                (
                    (made, place, new.model_id, new.model_name, new.quant, MessageState.STREAMING)
                    for place, new in enumerate(answers)
                ),
            )
            connection.execute(
                f"UPDATE comparisons SET updated = ?, sequence = {_NEXT_SEQUENCE},"
                " title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?",
                (now, title, comparison.id),
            )
            return _get_round(connection, made)

        return self._database.write(run)

    def rounds(self, comparison_id: int) -> tuple[StoredRound, ...]:
        """In the order in which they were asked."""

        def run(connection: sqlite3.Connection) -> tuple[StoredRound, ...]:
            _get(connection, comparison_id)
            answers: dict[int, list[CompareAnswer]] = {}
            for row in connection.execute(
                f"SELECT {_ANSWER} FROM compare_answers WHERE round_id IN"
                " (SELECT id FROM compare_rounds WHERE comparison_id = ?) ORDER BY round_id, place",
                (comparison_id,),
            ):
                answers.setdefault(row[1], []).append(_answer(row))
            rows = connection.execute(
                f"SELECT {_ROUND} FROM compare_rounds WHERE comparison_id = ? ORDER BY id", (comparison_id,)
            )
            return tuple(_stored(row, answers.get(row[0], ())) for row in rows)

        return self._database.read(run)

    def round(self, round_id: int) -> StoredRound:
        return self._database.read(lambda connection: _get_round(connection, round_id))

    def answer(self, answer_id: int) -> CompareAnswer:
        return self._database.read(lambda connection: _get_answer(connection, answer_id))

    def checkpoint(self, answer_id: int, text: str, reasoning: str) -> None:
        """Queue the text of a streaming answer so far; returns at once. Failures wait for the next one."""
        self._database.write_soon(
            lambda connection: connection.execute(
                "UPDATE compare_answers SET text = ?, reasoning = ? WHERE id = ? AND state = ?",
                (text, reasoning, answer_id, MessageState.STREAMING),
            )
        )

    def restart(self, answer_id: int, new: NewAnswer) -> CompareAnswer:
        """Empty an answer, to be given once more."""

        def run(connection: sqlite3.Connection) -> CompareAnswer:
            connection.execute(
                "UPDATE compare_answers SET model_id = ?, model_name = ?, quant = ? WHERE id = ?",
                (new.model_id, new.model_name, new.quant, answer_id),
            )
            return _finish(connection, answer_id, AnswerEnd(MessageState.STREAMING))

        return self._database.write(run)

    def finish(self, answer_id: int, end: AnswerEnd) -> CompareAnswer:
        """Commit an answer."""
        return self._database.write(lambda connection: _finish(connection, answer_id, end))

    def interrupt_streaming(self, title: str) -> int:
        """Close the answers that a dead run left open, keeping their text; returns how many."""
        return self._database.write(
            lambda connection: (
                connection.execute(
                    "UPDATE compare_answers SET state = ?, error_title = ? WHERE state = ?",
                    (MessageState.INTERRUPTED, title, MessageState.STREAMING),
                ).rowcount
            )
        )


def carry_over(connection: sqlite3.Connection, old_id: str, new_id: str) -> None:
    """Let every comparison, vote and unattended run with the model `old_id` be about `new_id`."""
    connection.execute("UPDATE compare_answers SET model_id = ? WHERE model_id = ?", (new_id, old_id))
    for table, key, name in (
        ("comparisons", "id", "columns"),
        ("compare_rounds", "id", "columns"),
        ("unattended_runs", "id", "columns"),
        ("votes", "uuid", "contestants"),
    ):
        rows = connection.execute(
            f"SELECT {key}, {name} FROM {table} WHERE instr({name}, ?)",
            (json.dumps(old_id, ensure_ascii=False),),
        ).fetchall()
        for row_key, text in rows:
            try:
                items = json.loads(text)
            except ValueError:
                continue
            for item in items if isinstance(items, list) else ():
                if isinstance(item, dict) and item.get("model_id") == old_id:
                    item["model_id"] = new_id
            changed = json.dumps(items, ensure_ascii=False, separators=(",", ":"))
            connection.execute(f"UPDATE {table} SET {name} = ? WHERE {key} = ?", (changed, row_key))


def dump_columns(columns: Sequence[Column]) -> str:
    """Columns as JSON text."""
    return json.dumps([asdict(column) for column in columns], ensure_ascii=False, separators=(",", ":"))


def load_columns(text: str) -> tuple[Column, ...]:
    """Columns from what `dump_columns` wrote; one that cannot be read becomes one without a model, so that
    the others keep their places."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return tuple(_column(row) for row in rows) if isinstance(rows, list) else ()


def _column(row: object) -> Column:
    raw: Mapping[str, Any] = row if isinstance(row, dict) else {}
    return codec.build(Column, {"model_id": "", **raw})


def _get(connection: sqlite3.Connection, comparison_id: int) -> Comparison:
    row = connection.execute(
        f"SELECT {_COMPARISON} FROM comparisons WHERE id = ?", (comparison_id,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no comparison {comparison_id}")
    return _comparison(row)


def _get_round(connection: sqlite3.Connection, round_id: int) -> StoredRound:
    row = connection.execute(f"SELECT {_ROUND} FROM compare_rounds WHERE id = ?", (round_id,)).fetchone()
    if row is None:
        raise LookupError(f"no round {round_id}")
    answers = connection.execute(
        f"SELECT {_ANSWER} FROM compare_answers WHERE round_id = ? ORDER BY place", (round_id,)
    )
    return _stored(row, [_answer(answer) for answer in answers])


def _get_answer(connection: sqlite3.Connection, answer_id: int) -> CompareAnswer:
    row = connection.execute(f"SELECT {_ANSWER} FROM compare_answers WHERE id = ?", (answer_id,)).fetchone()
    if row is None:
        raise LookupError(f"no answer {answer_id}")
    return _answer(row)


def _finish(connection: sqlite3.Connection, answer_id: int, end: AnswerEnd) -> CompareAnswer:
    connection.execute(
        "UPDATE compare_answers SET state = ?, text = ?, reasoning = ?, finish_reason = ?, timings = ?,"
        " seconds = ?, peak_memory = ?, error_title = ?, error_hint = ?, card = ? WHERE id = ?",
        (
            end.state,
            end.text,
            end.reasoning,
            end.finish_reason,
            codec.dump(end.timings),
            end.seconds,
            end.peak_memory,
            end.error_title,
            end.error_hint,
            dump_card(end.card),
            answer_id,
        ),
    )
    return _get_answer(connection, answer_id)


def dump_card(card: RunCard | None) -> str:
    """A run card as JSON text; empty for none."""
    return "" if card is None else codec.dump(card)


def load_card(text: str) -> RunCard | None:
    """The run card from what `dump_card` wrote."""
    return codec.load(RunCard, text) if text else None


def _comparison(row: tuple[Any, ...]) -> Comparison:
    values = dict(zip((name.strip() for name in _COMPARISON.split(",")), row, strict=True))
    values["columns"] = load_columns(values["columns"])
    values["blind"], values["deleted"] = bool(values["blind"]), bool(values["deleted"])
    return Comparison(**values)


def _stored(row: tuple[Any, ...], answers: Sequence[CompareAnswer]) -> StoredRound:
    values = dict(zip((name.strip() for name in _ROUND.split(",")), row, strict=True))
    outcome, best = values["outcome"], values["best"]
    round_ = Round(
        id=values["id"],
        comparison_id=values["comparison_id"],
        prompt=values["prompt"],
        answers=tuple(answers),
        order=_order(values["places"], len(answers)),
        blind=bool(values["blind"]),
        created=values["created"],
        vote=Vote(cast(Outcome, outcome), best) if outcome in get_args(Outcome) else None,
    )
    return StoredRound(round_, load_columns(values["columns"]), values["topic"])


def _order(text: str, count: int) -> tuple[int, ...]:
    """The stored order, or the plain one where it cannot be read."""
    try:
        order = json.loads(text)
    except ValueError:
        order = None
    plain = tuple(range(count))
    return tuple(order) if isinstance(order, list) and sorted(order) == list(plain) else plain


def _answer(row: tuple[Any, ...]) -> CompareAnswer:
    values = dict(zip((name.strip() for name in _ANSWER.split(",")), row, strict=True))
    values["column"] = values.pop("place")
    try:
        values["state"] = MessageState(values["state"])
    except ValueError:
        values["state"] = MessageState.DONE  # of a version that knows more states
    values["timings"] = codec.load(Timings, values["timings"])
    values["card"] = load_card(values["card"])
    return CompareAnswer(**values)
