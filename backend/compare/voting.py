"""Votes on rounds, and the leaderboard that comes of them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence

from backend.chats.types import MessageState
from backend.compare.types import FEW, Ballot, CompareAnswer, Contestant, Leaderboard, Rating, Vote
from backend.errors import AppError
from backend.i18n import tr
from backend.store.compare import StoredRound


def ballot_of(stored: StoredRound, vote: Vote) -> Ballot:
    """The vote on a round as it counts. Columns that failed do not take part: that would be a vote on a
    machine, not on an answer.

    Raises:
        AppError: ``compare.busy``, ``compare.not_blind``, ``compare.no_answers`` (fewer than two have
            answered) or ``compare.no_such_answer``.
    """
    answers = stored.round.answers
    if not stored.round.blind:
        raise AppError(
            "compare.not_blind",
            tr("This round was not blind: a vote that knows the names would not be fair."),
            tr("Turn on Blind and ask again."),
        )
    if any(answer.state is MessageState.STREAMING for answer in answers):
        raise AppError(
            "compare.busy",
            tr("The answers are not complete yet."),
            tr("Wait for them, or stop them first."),
            retryable=True,
        )
    said = [answer for answer in answers if answer.text.strip()]
    if len(said) < 2:
        raise AppError("compare.no_answers", tr("There are not two answers to choose from."))
    best = None
    if vote.outcome == "best":
        columns = [answer.column for answer in said]
        if vote.column not in columns:
            raise AppError("compare.no_such_answer", tr("This column has no answer to vote for."))
        best = columns.index(vote.column)
    return Ballot(
        uuid=uuid.uuid4().hex,
        topic=stored.topic,
        outcome=vote.outcome,
        best=best,
        contestants=tuple(_contestant(stored, answer) for answer in said),
        created=time.time(),
    )


def _contestant(stored: StoredRound, answer: CompareAnswer) -> Contestant:
    return Contestant(
        model_id=answer.model_id,
        name=answer.model_name,
        quant=answer.quant,
        adapters=answer.card.adapters if answer.card else stored.columns[answer.column].adapters,
        generation_tps=answer.timings.generation_tps,
        memory=answer.peak_memory,
    )


def leaderboard(ballots: Sequence[Ballot], topics: Sequence[str], topic: str) -> Leaderboard:
    """Ratings over the votes of `topic`, or over all where it is empty."""
    from backend.compare.ratings import rate  # numpy, which the start of the window need not wait for

    counted = [ballot for ballot in ballots if not topic or ballot.topic == topic]
    ratings = rate(counted)
    return Leaderboard(ratings, tuple(topics), topic, len(counted), _sentence(ratings))


def _sentence(ratings: Sequence[Rating]) -> str:
    """What the intervals allow to say about the first place."""
    if not ratings:
        return tr("There are no votes yet.")
    if len(ratings) == 1:
        return tr("Only one model was voted on; there is nothing to compare it with.")
    first = ratings[0]
    if any(rating.few for rating in ratings):  # the bootstrap of a few equal votes has no width
        return tr(
            "{name} leads so far, but some have fewer than {n} votes: too few to tell.",
            name=_name(first),
            n=FEW,
        )
    equal = [rating for rating in ratings[1:] if rating.high >= first.low]
    if not equal:
        return tr("{name} is ahead: its interval overlaps with no other.", name=_name(first))
    if len(equal) == 1:
        return tr(
            "{name} leads, but its interval overlaps with that of {other}: more votes are needed to tell them"
            " apart.",
            name=_name(first),
            other=_name(equal[0]),
        )
    return tr(
        "{name} leads, but its interval overlaps with those of {n} others: more votes are needed to tell them"
        " apart.",
        name=_name(first),
        n=len(equal),
    )


def _name(rating: Rating) -> str:
    return f"{rating.name or rating.model_id} {rating.quant}".strip()
