"""Votes as a file: JSON with the leaderboard beside them, or CSV with a row for each contestant of a vote."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast, get_args

from backend.compare.types import Ballot, Contestant, Leaderboard, Outcome
from backend.errors import AppError
from backend.files import cell_text, read_start, write_atomically
from backend.i18n import tr
from backend.store import codec

_KIND = "orangery votes"
_VERSION = 1
_LARGEST = 64 * 1024 * 1024
_FIELDS = (
    *("uuid", "created", "topic", "outcome", "best"),
    *("model_id", "name", "quant", "adapters", "generation_tps", "memory"),
)
_BOARD = (
    *("contestant", "model_id", "quant", "topic", "rating", "low", "high"),
    *("votes", "wins", "ties", "losses", "generation_tps", "memory"),
)


def write_votes(path: Path, ballots: Sequence[Ballot], board: Leaderboard) -> None:
    """Write all votes; `.csv` without the leaderboard, which others can work out from them, anything else as
    JSON.

    Raises:
        AppError: ``compare.export_failed``; `path` is as it was.
    """
    if path.suffix.lower() == ".csv":
        text = _csv(ballots)
    else:
        document = {
            "kind": _KIND,
            "version": _VERSION,
            "votes": [asdict(ballot) for ballot in ballots],
            "leaderboard": [asdict(rating) for rating in board.ratings],
        }
        text = json.dumps(document, ensure_ascii=False, indent=1)
    write_file(path, text)


def board_csv(board: Leaderboard) -> str:
    """A leaderboard as a table for people, best first. Rates are tokens per second, `memory` is bytes; a
    cell is empty where nothing was measured. Votes are what can be read again: ratings follow from them."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(_BOARD)
    for rating in board.ratings:
        named = (
            cell_text(rating.contestant),
            cell_text(rating.model_id),
            rating.quant,
            cell_text(board.topic),
        )
        values = (getattr(rating, name) for name in _BOARD[len(named) :])
        table.writerow((*named, *("" if value is None else value for value in values)))
    return out.getvalue()


def write_file(path: Path, text: str) -> None:
    """Replace the file at `path` as a whole. Raises `AppError`."""
    try:
        write_atomically(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise AppError(
            "compare.export_failed",
            tr("{path} could not be written.", path=path),
            tr("Check that the folder is there, may be written and has free space, then try again."),
            str(error),
            retryable=True,
        ) from error


def read_votes(path: Path) -> tuple[Ballot, ...]:
    """The votes of a file that `write_votes` wrote.

    Raises:
        AppError: ``compare.import_failed``: it cannot be read, or it is something else.
    """
    try:
        data = read_start(path, _LARGEST + 1)
    except OSError as error:
        raise _refused(path, str(error)) from error
    if len(data) > _LARGEST:
        raise _refused(path, tr("It is larger than {n} MB.", n=_LARGEST // 2**20))
    try:
        text = data.decode("utf-8-sig")
        ballots = _from_csv(text) if path.suffix.lower() == ".csv" else _from_json(text)
    except (ValueError, KeyError, TypeError, RecursionError, csv.Error) as error:
        raise _refused(path, f"{type(error).__name__}: {error}") from error
    return ballots


def _refused(path: Path, detail: str) -> AppError:
    return AppError(
        "compare.import_failed",
        tr("{path} holds no votes that Orangery can read.", path=path),
        tr("Choose a file that was exported from a leaderboard, as JSON or CSV."),
        detail,
    )


def _csv(ballots: Sequence[Ballot]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_FIELDS)
    for ballot in ballots:
        for place, contestant in enumerate(ballot.contestants):
            adapters = json.dumps([asdict(use) for use in contestant.adapters]) if contestant.adapters else ""
            rows.writerow(
                (
                    *(ballot.uuid, ballot.created, ballot.topic, ballot.outcome, int(ballot.best == place)),
                    *(contestant.model_id, contestant.name, contestant.quant, adapters),
                    *(contestant.generation_tps, contestant.memory),
                )
            )
    return out.getvalue()


def _from_csv(text: str) -> tuple[Ballot, ...]:
    rows = csv.DictReader(io.StringIO(text))
    if not set(_FIELDS) <= set(rows.fieldnames or ()):
        raise ValueError("columns are missing")
    votes: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        votes.setdefault(row["uuid"], []).append(row)
    found = []
    for uuid, parts in votes.items():
        best = [place for place, part in enumerate(parts) if part["best"] == "1"]
        contestants = [
            {
                **{name: part[name] for name in ("model_id", "name", "quant")},
                "adapters": json.loads(part["adapters"] or "[]"),
                "generation_tps": float(part["generation_tps"] or 0),
                "memory": int(part["memory"] or 0),
            }
            for part in parts
        ]
        first = parts[0]
        found.append(
            _ballot(
                {
                    "uuid": uuid,
                    "topic": first["topic"],
                    "outcome": first["outcome"],
                    "best": best[0] if best else None,
                    "contestants": contestants,
                    "created": float(first["created"]),
                }
            )
        )
    return tuple(found)


def _from_json(text: str) -> tuple[Ballot, ...]:
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("kind") != _KIND:
        raise ValueError("not a file of votes")
    if document.get("version") != _VERSION:
        raise ValueError("of another version of Orangery")
    return tuple(_ballot(vote) for vote in document["votes"])


def _ballot(raw: Mapping[str, Any]) -> Ballot:
    """A vote, checked. Raises `ValueError`, `TypeError` or `KeyError`."""
    uuid, topic, outcome, best = raw["uuid"], raw["topic"], raw["outcome"], raw["best"]
    contestants = tuple(codec.build(Contestant, each) for each in raw["contestants"])
    if not isinstance(uuid, str) or not 1 <= len(uuid) <= 64 or not isinstance(topic, str):
        raise ValueError("a vote without a name")
    if outcome not in get_args(Outcome) or not 2 <= len(contestants) <= 64:
        raise ValueError("a vote that says nothing")
    if (outcome == "best") != isinstance(best, int) or isinstance(best, bool):
        raise ValueError("a vote for nobody")
    if best is not None and not 0 <= best < len(contestants):
        raise ValueError("a vote for somebody who is not there")
    created = float(raw["created"])
    if not all(map(math.isfinite, (created, *(each.generation_tps for each in contestants)))):
        raise ValueError("a number that is none")
    return Ballot(uuid, topic, cast(Outcome, outcome), best, contestants, created)
