"""Ratings against a published example, and what votes do to them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from backend.compare.ratings import rate, strengths
from backend.compare.types import Ballot, Contestant, Outcome
from backend.engines.types import AdapterUse

# A. Agresti, Categorical Data Analysis, 2nd ed. (2002), table 10.10: wins of the American League's Eastern
# Division in 1987, row against column; the estimates are those of H. Turner and D. Firth, "Bradley-Terry
# Models in R: The BradleyTerry2 Package", Journal of Statistical Software 48 (2012), for the same data.
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
PUBLISHED = (1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0)


def ballot(number: int, names: str, outcome: Outcome, best: int | None = None) -> Ballot:
    contestants = tuple(Contestant(name, name, generation_tps=10.0 * number) for name in names)
    return Ballot(f"{number}", "", outcome, best, contestants, 0.0)


def test_the_published_example() -> None:
    found = strengths(np.array(WINS, dtype=float), prior=0)
    assert found - found[-1] == pytest.approx(PUBLISHED, abs=5e-5)
    one_vote_each = [
        Ballot(f"{TEAMS[i]}{TEAMS[j]}{n}", "", "best", 0, (Contestant(TEAMS[i]), Contestant(TEAMS[j])), 0.0)
        for i, row in enumerate(WINS)
        for j, count in enumerate(row)
        for n in range(count)
    ]
    ratings = rate(one_vote_each)
    assert [rating.model_id for rating in ratings] == list(TEAMS)
    assert sum(rating.rating for rating in ratings) / len(ratings) == pytest.approx(1000)
    # The prior only draws a little to the middle. Agresti gives a standard error of about 0.33 to the
    # differences; the intervals are on that scale.
    first, last = ratings[0], ratings[-1]
    assert first.rating - last.rating == pytest.approx(1.5814 * 400 / math.log(10), rel=0.1)
    assert 100 < first.high - first.low < 250
    assert first.low > last.high
    assert rate(one_vote_each) == ratings  # the same votes always give the same intervals


def test_ties_several_columns_and_the_unbeaten() -> None:
    even = rate([ballot(1, "ab", "tie"), ballot(2, "ab", "bad")])
    assert [rating.rating for rating in even] == pytest.approx([1000, 1000])
    assert [(r.wins, r.ties, r.losses, r.generation_tps) for r in even] == [(0, 2, 0, 15.0)] * 2
    unbeaten = rate([ballot(n, "abc", "best", 0) for n in range(12)])
    assert unbeaten[0].contestant == "a"
    assert math.isfinite(unbeaten[0].high)
    assert unbeaten[1].rating == pytest.approx(unbeaten[2].rating)
    assert [rating.few for rating in unbeaten] == [False] * 3
    # One win over two others counts as two single wins, and the same contestant in two columns as one.
    single = rate([ballot(1, "ab", "best", 0), ballot(2, "ac", "best", 0)])
    assert rate([ballot(1, "abc", "best", 0)])[0].rating == pytest.approx(single[0].rating)
    twice = rate([ballot(1, "aab", "best", 2)])
    assert twice[0].rating == pytest.approx(rate([ballot(1, "ab", "best", 1)])[0].rating)
    assert rate([ballot(1, "aa", "best", 1)])[0].rating == pytest.approx(1000)
    assert rate([]) == ()


def test_a_model_with_adapters_is_told_from_the_model_alone() -> None:
    base = Contestant("m", "Qwen3-8B")
    tuned = Contestant("m", "Qwen3-8B", adapters=(AdapterUse("/lora/sql-helper.gguf", 0.75),))
    mix = Contestant("mix", "Qwen3-8B + Short SQL", adapters=tuned.adapters)
    ratings = rate([Ballot("1", "", "best", 1, (base, tuned, mix), 0.0)])
    assert ratings[0].name == "Qwen3-8B + sql-helper 0.75"
    assert {rating.name for rating in ratings[1:]} == {"Qwen3-8B", "Qwen3-8B + Short SQL"}
