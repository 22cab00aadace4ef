"""Ratings from votes: the model of Bradley and Terry with intervals from a bootstrap.

The model gives every contestant a strength θ, and says that *i* is preferred to *j* with the probability
1 / (1 + exp(θj − θi)). R. A. Bradley and M. E. Terry, "Rank analysis of incomplete block designs. I. The
method of paired comparisons", Biometrika 39 (1952), 324–345. Strengths are told on the scale of Elo's chess
ratings: 400 points are odds of ten to one, and the mean of all is 1,000.

Plain numpy: the log-likelihood is concave, so a few steps of Newton's method find its maximum, and they do it
for all resamples of the bootstrap at once, which the libraries for this model do not.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from backend.compare.types import FEW, Ballot, Contestant, Rating

Array = npt.NDArray[np.float64]

PRIOR = 1.0
"""Every contestant has also met an average opponent and neither won: so one that never lost stays finite, and
groups that never met are rated, with wide intervals. It counts as much as this many votes."""
RESAMPLES = 1000
_SEED = 1952
_SCALE = 400 / math.log(10)
_MEAN = 1000.0
_STEPS = 100
_LONGEST_STEP = 2.0
_EXACT = 1e-10


def strengths(wins: Array, prior: float = PRIOR) -> Array:
    """The most likely θ of each contestant, with mean 0.

    Args:
        wins: How often row was preferred to column, halves for ties; also a stack of such matrices.
        prior: Weight of the tie with an average opponent. 0 is the plain maximum of the likelihood, which
            exists only where everyone can be reached from everyone by a chain of wins.
    """
    count = wins.shape[-1]
    games = wins + np.swapaxes(wins, -1, -2)
    theta = np.zeros(wins.shape[:-1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(theta[..., None, :] - theta[..., :, None]))
        alone = 1 / (1 + np.exp(-theta))
        slope = (wins - games * p).sum(-1) + prior * (0.5 - alone)
        bend = games * p * (1 - p)
        curvature = -bend
        diagonal = np.arange(count)
        curvature[..., diagonal, diagonal] = (
            bend.sum(-1) - bend[..., diagonal, diagonal] + prior * alone * (1 - alone)
        )
        if prior == 0:
            curvature = curvature + 1.0  # fixes the sum, which the likelihood leaves open
        step = np.clip(np.linalg.solve(curvature, slope[..., None])[..., 0], -_LONGEST_STEP, _LONGEST_STEP)
        theta = theta + step
        if float(np.abs(step).max(initial=0.0)) < _EXACT:
            break
    centred: Array = theta - theta.mean(-1, keepdims=True)
    return centred


def win_matrix(ballot: Ballot, places: dict[str, int]) -> Array:
    """What one vote says about each pair. The best one beat each of the others once; in a tie, and where all
    were bad, every pair is half a win each way. A contestant with several columns counts once."""
    wins = np.zeros((len(places), len(places)))
    keys = [contestant.key for contestant in ballot.contestants]
    present = {places[key] for key in keys}
    if ballot.outcome == "best" and ballot.best is not None:
        winner = places[keys[ballot.best]]
        for other in present - {winner}:
            wins[winner, other] = 1.0
        return wins
    for one in present:
        for other in present - {one}:
            wins[one, other] = 0.5
    return wins


def rate(ballots: Sequence[Ballot], *, resamples: int = RESAMPLES) -> tuple[Rating, ...]:
    """The contestants of all `ballots`, best first, each with 95 % of the bootstrap over votes: as many votes
    are drawn from them, with replacement, `resamples` times, always the same ones."""
    found: dict[str, list[Contestant]] = {}
    for ballot in ballots:
        for contestant in ballot.contestants:
            found.setdefault(contestant.key, []).append(contestant)
    if not found:
        return ()
    places = {key: place for place, key in enumerate(sorted(found))}
    count = len(places)
    each = np.stack([win_matrix(ballot, places) for ballot in ballots])
    points = strengths(each.sum(0)) * _SCALE + _MEAN
    draws = np.random.default_rng(_SEED).multinomial(
        len(ballots), [1 / len(ballots)] * len(ballots), size=resamples
    )
    drawn = (draws.astype(np.float64) @ each.reshape(len(ballots), -1)).reshape(-1, count, count)
    low, high = np.percentile(strengths(drawn) * _SCALE + _MEAN, (2.5, 97.5), axis=0)
    ratings = [
        _rating(key, shown, ballots, float(points[place]), float(low[place]), float(high[place]))
        for key, shown in found.items()
        for place in (places[key],)
    ]
    return tuple(sorted(ratings, key=lambda rating: (-rating.rating, rating.contestant)))


def _name(contestant: Contestant) -> str:
    """``Qwen3-8B + sql-helper 0.75``: without the adapters, a model would stand beside itself. A mix has them
    in its own name."""
    if not contestant.adapters or " + " in contestant.name:
        return contestant.name
    uses = ", ".join(f"{Path(use.path).stem} {use.scale:.2f}" for use in contestant.adapters)
    return f"{contestant.name or contestant.model_id} + {uses}"


def _rating(
    key: str, shown: Sequence[Contestant], ballots: Sequence[Ballot], rating: float, low: float, high: float
) -> Rating:
    wins = ties = losses = 0
    for ballot in ballots:
        keys = [contestant.key for contestant in ballot.contestants]
        if key not in keys:
            continue
        if ballot.outcome != "best" or ballot.best is None:
            ties += 1
        elif keys[ballot.best] == key:
            wins += 1
        else:
            losses += 1
    speeds = [contestant.generation_tps for contestant in shown if contestant.generation_tps > 0]
    sizes = [contestant.memory for contestant in shown if contestant.memory > 0]
    latest = shown[-1]
    votes = wins + ties + losses
    return Rating(
        contestant=key,
        model_id=latest.model_id,
        name=_name(latest),
        quant=latest.quant,
        rating=rating,
        low=min(low, rating),
        high=max(high, rating),
        votes=votes,
        wins=wins,
        ties=ties,
        losses=losses,
        generation_tps=statistics.median(speeds) if speeds else None,
        memory=round(statistics.median(sizes)) if sizes else None,
        few=votes < FEW,
    )
