"""What the rows of benchmarks say: shares with their intervals, and whether two runs differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from backend.bench.types import BenchRun, Difference, Score, SpeedRow, SuiteRow, TopicScore
from backend.compare.types import Column

_Z = 1.959964
"""The 97.5 % quantile of the normal distribution."""
# Quantiles of Student's distribution at 97.5 %, by degrees of freedom (from tables; the last one is normal).
_T = {
    1: 12.706,
    2: 4.303,
    3: 3.182,
    4: 2.776,
    5: 2.571,
    6: 2.447,
    7: 2.365,
    8: 2.306,
    9: 2.262,
    10: 2.228,
    12: 2.179,
    15: 2.131,
    20: 2.086,
    30: 2.042,
    60: 2.000,
}


def wilson(passed: int, total: int) -> Score:
    """The share with its 95 % interval after Wilson (1927), which stays inside 0 and 1 and is sound for few
    items: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)."""
    if total == 0:
        return Score(0, 0, 0.0, 0.0, 1.0)
    share = passed / total
    middle = share + _Z**2 / (2 * total)
    reach = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    below = 1 + _Z**2 / total
    low, high = (middle - reach) / below, (middle + reach) / below
    # Rounding must not leave the share itself out, where all or none passed.
    return Score(passed, total, share, max(0.0, min(low, share)), min(1.0, max(high, share)))


def scores_of(run: BenchRun) -> tuple[TopicScore, ...]:
    """By column: the whole suite first, then each topic in alphabetical order. What could not be judged does
    not count."""
    found = []
    judged = [row for row in run.answers if row.passed is not None]
    for column in range(len(run.columns)):
        rows = [row for row in judged if row.column == column]
        found.append(TopicScore(column, "", _score(rows)))
        by_topic = sorted(rows, key=lambda row: row.topic)
        found += [
            TopicScore(column, topic, _score(list(group)))
            for topic, group in groupby(by_topic, key=lambda row: row.topic)
            if topic
        ]
    return tuple(found)


def _score(rows: Sequence[SuiteRow]) -> Score:
    return wilson(sum(1 for row in rows if row.passed), len(rows))


def compared(before: BenchRun, after: BenchRun) -> tuple[Difference, ...]:
    """What both runs measured, and how it changed."""
    if before.kind != after.kind:
        return ()
    return _speeds(before, after) if before.kind == "speed" else _shares(before, after)


# Speed


def _key(row: SpeedRow) -> tuple[object, ...]:
    return (
        *(row.model_name, row.quant, row.test, row.n_batch, row.threads),
        *(row.kv_type, row.flash_attention, row.gpu_layers),
    )


def _speeds(before: BenchRun, after: BenchRun) -> tuple[Difference, ...]:
    earlier = {_key(row): row for row in before.speed if row.samples_ts}
    found = []
    for row in after.speed:
        old = earlier.get(_key(row))
        if old is not None and row.samples_ts and old.avg_ts > 0:
            change, reach = _welch(old.samples_ts, row.samples_ts)
            name = f"{row.model_name} {row.quant} {row.test}"
            found.append(
                Difference(
                    " ".join(name.split()),
                    "speed",
                    old.avg_ts,
                    row.avg_ts,
                    change,
                    change - reach,
                    change + reach,
                )
            )
    return tuple(found)


def _welch(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """Difference of the means and the reach of its 95 % interval, after Welch (1947): variances may differ,
    ν = (a+b)² / (a²/(n₁−1) + b²/(n₂−1)) with a = s₁²/n₁ and b = s₂²/n₂."""
    change = sum(second) / len(second) - sum(first) / len(first)
    if len(first) < 2 or len(second) < 2:
        return change, math.inf
    a, b = (_variance(values) / len(values) for values in (first, second))
    if a + b == 0:
        return change, 0.0
    freedom = (a + b) ** 2 / (a**2 / (len(first) - 1) + b**2 / (len(second) - 1))
    return change, student(freedom) * math.sqrt(a + b)


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def student(freedom: float) -> float:
    """The 97.5 % quantile of Student's distribution, rounded up to the next tabulated degrees of freedom."""
    known = [count for count in _T if count <= freedom]
    return _T[max(known)] if known else _T[1]


# Suites


def _shares(before: BenchRun, after: BenchRun) -> tuple[Difference, ...]:
    if (before.suite, before.suite_version) != (after.suite, after.suite_version):
        return ()
    found = []
    for at, column in enumerate(after.columns):
        old = _column_like(column, before.columns)
        if old is None:
            continue
        one = {row.item_id: row for row in before.answers if row.column == old and row.passed is not None}
        two = {row.item_id: row for row in after.answers if row.column == at and row.passed is not None}
        both = [item for item in two if item in one]
        for topic in ("", *sorted({two[item].topic for item in both} - {""})):
            items = [item for item in both if topic in ("", two[item].topic)]
            pairs = [(bool(one[item].passed), bool(two[item].passed)) for item in items]
            if pairs:
                low, high = paired_interval(pairs)
                first, second = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
                name = f"{column.label or column.model_id} {topic}".strip()
                found.append(Difference(name, "suite", first, second, second - first, low, high))
    return tuple(found)


def _column_like(column: Column, others: Sequence[Column]) -> int | None:
    """The place of the same column, else of one with the same model and adapters."""
    if column in others:
        return others.index(column)
    wanted = column.model_id, column.adapters
    alike = (place for place, each in enumerate(others) if (each.model_id, each.adapters) == wanted)
    return next(alike, None)


def paired_interval(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """95 % interval of the change of a share when the same items were answered twice, after Newcombe (1998,
    paired data, method 10): Wilson intervals of both shares, joined with the correlation of the pairs."""
    total = len(pairs)
    both = sum(1 for one, two in pairs if one and two)
    lost = sum(1 for one, two in pairs if one and not two)
    won = sum(1 for one, two in pairs if two and not one)
    neither = total - both - lost - won
    before, after = wilson(both + lost, total), wilson(both + won, total)
    change = after.share - before.share
    marginal = (both + lost) * (won + neither) * (both + won) * (lost + neither)
    product = float(both * neither - lost * won)
    if product > total / 2:
        product -= total / 2
    elif product >= 0:
        product = 0
    correlation = product / math.sqrt(marginal) if marginal else 0.0
    down_a, up_a = after.share - after.low, after.high - after.share
    down_b, up_b = before.share - before.low, before.high - before.share
    low = change - math.sqrt(max(0.0, down_a**2 - 2 * correlation * down_a * up_b + up_b**2))
    high = change + math.sqrt(max(0.0, up_a**2 - 2 * correlation * up_a * down_b + down_b**2))
    return max(-1.0, low), min(1.0, high)
