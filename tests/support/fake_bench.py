"""Benchmarks for pictures and for tests of the page: runs, suites, and a plan that can be driven by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.bench.types import (
    BenchPlan,
    BenchRun,
    Check,
    Difference,
    MachineState,
    PlannedStep,
    PlannedTest,
    Rule,
    Score,
    SpeedRequest,
    SpeedRow,
    Suite,
    SuiteItem,
    SuiteRequest,
    SuiteRow,
    TopicScore,
)
from backend.compare.types import Column, RunState
from backend.engines.types import RunCard, Sampling, Timings
from backend.errors import AppError
from backend.events import BenchChanged, EventBus
from backend.library.types import LibraryModel
from tests.support import fake_data as data

HERE = MachineState(
    cpu="AMD Ryzen 5 5600",
    cores=6,
    memory=16_000_000_000,
    load=0.04,
    power="mains",
    gpus=("RTX 3060",),
    gpu_users=("Firefox",),
    system="Linux 6.11",
)
LAPTOP = MachineState(cpu="Intel Core i7-1360P", cores=12, memory=16_000_000_000, power="battery")
BUILD = "llama.cpp b6915"
QWEN = "Qwen3-8B-Instruct"
DEPTHS = (0, 4_096, 16_384)
MEASURED: tuple[tuple[str, str, float, float, tuple[float, float, float], float, int], ...] = (
    (QWEN, "IQ4_XS", 1842, 9, (56.1, 50.2, 37.9), 5.8, 33),
    (QWEN, "Q4_K_M", 1790, 11, (53.8, 48.6, 36.9), 6.2, 34),
    (QWEN, "Q5_K_M", 1655, 8, (46.7, 42.6, 33.2), 7.0, 34),
    (QWEN, "Q6_K", 1602, 10, (41.4, 38.0, 30.0), 7.9, 0),
    (QWEN, "Q8_0", 1480, 12, (33.0, 31.0, 25.0), 10.2, 0),
    ("Gemma-3-12B-it", "Q4_K_M", 1120, 6, (36.4, 34.0, 30.1), 8.6, 36),
    ("Gemma-3-4B-it", "Q4_K_M", 3310, 21, (91.2, 85.7, 74.0), 3.2, 29),
    ("SmolLM3-3B", "Q4_K_M", 3905, 18, (116.0, 103.4, 81.2), 2.9, 26),
    ("Llama-3.2-3B-Instruct", "Q8_0", 3480, 25, (78.4, 71.9, 58.8), 4.3, 27),
    ("Qwen2.5-Coder-7B-Instruct", "Q5_K_M", 1710, 12, (49.1, 46.0, 38.8), 6.0, 28),
    ("SmolLM2-360M-Instruct", "Q8_0", 14_200, 95, (310.4, 262.7, 171.5), 0.7, 11),
)
"""Name, quantization, prompt tokens/s with their spread, writing at three depths, GB, items passed of 40."""
_PREDICTED = (1.012, 0.984, 1.006)
TOPICS = ("facts", "arithmetic", "reasoning", "time")


def model_id(name: str, quant: str) -> str:
    return f"fake:{name}:{quant}"


def speed_rows(which: int, tests: int = 4) -> tuple[SpeedRow, ...]:
    """The first `tests` rows of one of `MEASURED`."""
    name, quant, prompt, spread, writes, memory, _passed = MEASURED[which]
    values = [(512, 0, 0, prompt, spread)]
    values += [(0, 128, depth, rate, rate * 0.006) for depth, rate in zip(DEPTHS, writes, strict=True)]
    return tuple(
        SpeedRow(
            model_id(name, quant),
            name,
            quant,
            n_prompt,
            n_gen,
            depth,
            512,
            6,
            "f16",
            True,
            99,
            mean,
            spread,
            tuple(mean + spread * step for step in (-1, 0, 0.4, 0.6, 0)),
            mean * _PREDICTED[at % 3],
            round(memory * 1e9),
        )
        for at, (n_prompt, n_gen, depth, mean, spread) in enumerate(values[:tests])
    )


def card_of(which: int, created: float) -> RunCard:
    name, quant, *_rest = MEASURED[which]
    return RunCard(model_id(name, quant), name, quant, engine_version=BUILD, created=created)


def planned(which: int, seconds: float | None = 360.0) -> PlannedStep:
    name, quant, prompt, _spread, writes, memory, _passed = MEASURED[which]
    tests = (
        PlannedTest(512, 0, 0, prompt * 1.01),
        *(PlannedTest(0, 128, depth, rate) for depth, rate in zip(DEPTHS, writes, strict=True)),
    )
    return PlannedStep(model_id(name, quant), name, round(memory * 1e9), seconds, "", quant, tests)


def wilson(passed: int, total: int) -> Score:
    """Share with its 95 % Wilson score interval."""
    if not total:
        return Score(0, 0, 0.0, 0.0, 1.0)
    share, z = passed / total, 1.96
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return Score(passed, total, share, middle - half, middle + half)


def everyday() -> Suite:
    """A bundled suite of 40 items in four topics, with one of each kind of check among them."""
    checks = (
        Check("numeric", number=100),
        Check("contains", accepted=("carbon dioxide", "CO2")),
        Check("exact", accepted=("Canberra",)),
        Check("regex", accepted=(r"\b1[0-9]:30\b",)),
        Check("rules", rules=(Rule("contains", "tea"), Rule("max_words", number=30))),
        Check("schema", schema='{"type": "object", "required": ["name"]}'),
        Check("judge", rubric="Is it polite and does it say when?", reference="Could you call me at six?"),
    )
    prompts = (
        "At sea level, at how many degrees Celsius does water boil? Answer with the number only.",
        "Which gas do green plants take from the air for photosynthesis? Answer in a few words.",
        "What is the capital of Australia? Answer with one word.",
        "A train leaves at 9:45 and needs 45 minutes. When does it arrive? Answer with the time only.",
        "Describe in at most 30 words how to make a cup of tea.",
        "Answer with a JSON object that holds the name and the age of a person.",
        "Write one polite sentence that asks a friend to call you at six.",
    )
    items = tuple(
        SuiteItem(f"item-{at + 1:02}", prompts[at % 7], checks[at % 7], TOPICS[at % 4], "", 160)
        for at in range(40)
    )
    return Suite(
        "everyday",
        "Everyday facts and reasoning",
        "Short questions with one right answer: what people know, and a little arithmetic and thinking.",
        "en",
        1,
        items,
        bundled=True,
    )


def suites() -> tuple[Suite, ...]:
    first = everyday()
    return (
        first,
        replace(
            first,
            name="instructions",
            title="Following instructions",
            description="Answers must keep to rules that are easy to check: length, form, words to avoid.",
            items=first.items[:42],
        ),
        replace(
            first,
            name="reading",
            title="Summarising and extracting",
            description="A text and a question about it.",
            items=first.items,
        ),
        replace(
            first,
            name="kitchen",
            title="My kitchen questions",
            description="What I ask every week.",
            version=3,
            items=first.items[:7],
            bundled=False,
        ),
    )


def suite_answers(suite: Suite, passed: tuple[int, ...]) -> tuple[SuiteRow, ...]:
    """Each column passes its first items; the others fail with a reason."""
    rows = []
    for column, count in enumerate(passed):
        for at, item in enumerate(suite.items):
            good = at < count
            rows.append(
                SuiteRow(
                    column,
                    item.id,
                    item.topic,
                    "100" if good else "I think it is about ninety degrees, depending on the weather.",
                    good,
                    1.0 if good else 0.0,
                    "" if good else "The last number in the answer is 90; 100 was expected.",
                    "stop",
                    Timings(38, 0, 12, 0.2, 900.0, 50.0),
                )
            )
    return tuple(rows)


class FakeBench:
    """What of `backend.bench.service.BenchService` the page touches."""

    def __init__(
        self, bus: EventBus, models: Callable[[], tuple[LibraryModel, ...]], activities: Any, state: str
    ) -> None:
        self._bus = bus
        self._models = models
        self._activities = activities
        self._suites = {each.name: each for each in suites()}
        self._runs: dict[int, BenchRun] = {}
        self._deleted: dict[int, BenchRun] = {}
        self.asked: list[tuple[str, object]] = []
        self.error: AppError | None = None
        if state == "error":
            self.error = AppError(
                "bench.store", "The results can't be read.", "Free some space on the disk, then try again."
            )
        if state != "empty":
            self._fill(state)

    def _fill(self, state: str) -> None:
        day = data.DAY
        suite = self._suites["everyday"]
        old = range(5, len(MEASURED))
        self._put(self._speed_run(1, tuple(old), data.NOW - 3 * day, title=""))
        self._put(replace(self._speed_run(2, (7,), data.NOW - 6 * day), machine=LAPTOP, cards=()))
        columns = tuple(
            Column(model_id(name, quant), f"{name} {quant}", Sampling(temperature=0.0))
            for name, quant, *_rest in (MEASURED[0], MEASURED[1], MEASURED[5], MEASURED[10])
        )
        passed = (33, 34, 36, 11)
        self._put(
            BenchRun(
                id=3,
                kind="suite",
                title="",
                state=RunState.DONE,
                created=data.NOW - 2 * day,
                finished=data.NOW - 2 * day + 900,
                machine=HERE,
                done=160,
                total=160,
                suite=suite.name,
                suite_version=1,
                columns=columns,
                answers=suite_answers(suite, passed),
                cards=tuple(card_of(at, data.NOW - 2 * day) for at in (0, 1, 5, 10)),
                request=SuiteRequest(suite.name, columns),
            )
        )
        self._put(self._speed_run(4, (0, 1), data.NOW - day, factor=0.97))
        if state == "busy":
            begun = data.NOW - 1_130
            run = self._speed_run(5, (0, 1, 2, 3, 4), begun)
            rows = (*speed_rows(0), *speed_rows(1), *speed_rows(2), *speed_rows(3, 2))
            cards = tuple(card_of(at, begun + after) for at, after in enumerate((0, 348, 710, 1_110)))
            self._put(
                replace(
                    run,
                    state=RunState.RUNNING,
                    finished=None,
                    done=14,
                    speed=rows,
                    cards=cards,
                    seconds_left=1_080.0,
                )
            )
            self.working("Qwen3-8B-Instruct Q6_K · tg128 @ d4096", 14, 20)
        else:
            self._put(self._speed_run(5, (0, 1, 2, 3, 4), data.NOW - 3_600))

    def _speed_run(
        self, number: int, which: tuple[int, ...], when: float, *, title: str = "", factor: float = 1.0
    ) -> BenchRun:
        rows = tuple(row for at in which for row in speed_rows(at))
        rows = tuple(
            replace(row, avg_ts=row.avg_ts * factor, samples_ts=tuple(s * factor for s in row.samples_ts))
            for row in rows
        )
        ids = tuple(dict.fromkeys(row.model_id for row in rows))
        return BenchRun(
            id=number,
            kind="speed",
            title=title,
            state=RunState.DONE,
            created=when,
            finished=when + 300.0 * len(which),
            machine=HERE,
            done=len(rows),
            total=len(rows),
            speed=rows,
            cards=tuple(card_of(at, when + 300.0 * place) for place, at in enumerate(which)),
            request=SpeedRequest(ids, depths=DEPTHS),
        )

    def _put(self, run: BenchRun) -> None:
        self._runs[run.id] = run
        self._bus.publish(BenchChanged(run.id))

    def _check(self) -> None:
        if self.error is not None:
            raise self.error

    # -- suites

    def suites(self) -> tuple[Suite, ...]:
        self._check()
        return tuple(self._suites.values())

    def suite(self, name: str) -> Suite:
        return self._suites[name]

    def save_suite(self, suite: Suite) -> Suite:
        old = self._suites.get(suite.name)
        if old is not None and old.items != suite.items:
            suite = replace(suite, version=old.version + 1)
        self.asked.append(("save_suite", suite))
        self._suites[suite.name] = suite
        self._bus.publish(BenchChanged(0))
        return suite

    def delete_suite(self, name: str) -> None:
        self.asked.append(("delete_suite", name))
        del self._suites[name]

    def import_suite(self, path: Path) -> Suite:
        made = replace(everyday(), name=path.stem, title=path.stem, bundled=False)
        self._suites[made.name] = made
        return made

    def export_suite(self, name: str, path: Path) -> None:
        path.write_text(name)

    # -- runs

    def plan(self, request: SpeedRequest | SuiteRequest) -> BenchPlan:
        ids = request.models if isinstance(request, SpeedRequest) else [c.model_id for c in request.columns]
        steps = tuple(self._step(each, request) for each in ids)
        seconds = [step.seconds for step in steps if step.seconds is not None]
        return BenchPlan(
            steps,
            "One after another, so that they do not slow each other down. Smallest first, so that results "
            "come early.",
            sum(seconds) if seconds else None,
            ("Another program uses 1.1 GB and 3 % of the GPU. If that changes, the result gets a mark.",),
        )

    def _step(self, wanted: str, request: SpeedRequest | SuiteRequest) -> PlannedStep:
        for at, (name, quant, *_rest) in enumerate(MEASURED):
            if model_id(name, quant) == wanted:
                return planned(at, 540.0 if quant == "Q8_0" else 360.0)
        row = next((each for each in self._models() if each.id == wanted), None)
        if row is None:
            return PlannedStep(wanted, wanted, None, None, "This model is not in the library any more.")
        tests: tuple[PlannedTest, ...] = ()
        if isinstance(request, SpeedRequest):
            tests = (
                *(PlannedTest(size, 0, d, 900.0) for size in request.n_prompt for d in request.depths),
                *(PlannedTest(0, size, d, 40.0) for size in request.n_gen for d in request.depths),
            )
        seconds = 20.0 * max(len(tests), 1) * (row.size / 4e9)
        return PlannedStep(row.id, row.name, round(row.size * 1.2), seconds, "", row.quant, tests)

    def start(self, request: SpeedRequest | SuiteRequest) -> int:
        self.asked.append(("start", request))
        number = max(self._runs, default=0) + 1
        plan = self.plan(request)
        speed = isinstance(request, SpeedRequest)
        tests = sum(len(step.tests) for step in plan.steps)
        total = (
            tests
            if isinstance(request, SpeedRequest)
            else len(plan.steps) * len(self.suite(request.suite).items)
        )
        self._put(
            BenchRun(
                id=number,
                kind="speed" if speed else "suite",
                title="",
                state=RunState.RUNNING,
                created=data.NOW,
                finished=None,
                machine=HERE,
                done=0,
                total=total,
                seconds_left=plan.seconds,
                suite="" if isinstance(request, SpeedRequest) else request.suite,
                suite_version=0 if speed else 1,
                columns=() if isinstance(request, SpeedRequest) else request.columns,
                request=request,
            )
        )
        return number

    def stop(self, run_id: int) -> None:
        self.asked.append(("stop", run_id))
        self._put(replace(self._runs[run_id], state=RunState.PAUSED))

    def resume(self, run_id: int) -> None:
        self.asked.append(("resume", run_id))
        self._put(replace(self._runs[run_id], state=RunState.RUNNING))

    def delete(self, run_id: int) -> None:
        self.asked.append(("delete", run_id))
        self._deleted[run_id] = self._runs.pop(run_id)
        self._bus.publish(BenchChanged(run_id))

    def restore(self, run_id: int) -> None:
        self.asked.append(("restore", run_id))
        self._put(self._deleted.pop(run_id))

    def runs(self) -> tuple[BenchRun, ...]:
        self._check()
        newest = sorted(self._runs.values(), key=lambda run: -run.created)
        return tuple(replace(run, answers=()) for run in newest)

    def run(self, run_id: int) -> BenchRun:
        if run_id not in self._runs:
            raise AppError("bench.gone", "This run is not there any more.")
        return self._runs[run_id]

    def scores(self, run: BenchRun) -> tuple[TopicScore, ...]:
        found = []
        run = self.run(run.id)  # those of the list have no answers
        topics = ["", *dict.fromkeys(answer.topic for answer in run.answers)]
        for column in range(len(run.columns)):
            for topic in topics:
                rows = [a for a in run.answers if a.column == column and topic in ("", a.topic)]
                found.append(TopicScore(column, topic, wilson(sum(bool(a.passed) for a in rows), len(rows))))
        return tuple(found)

    def compare(self, before: int, after: int) -> tuple[Difference, ...]:
        old = {(row.model_id, row.test): row for row in self.run(before).speed}
        found = []
        for row in self.run(after).speed:
            first = old.get((row.model_id, row.test))
            if first is not None:
                change, reach = row.avg_ts - first.avg_ts, 1.4 * first.stddev_ts
                name, ends = f"{row.model_name} {row.quant} {row.test}", (change - reach, change + reach)
                found.append(Difference(name, "speed", first.avg_ts, row.avg_ts, change, *ends))
        return tuple(found)

    def export(self, run_ids: tuple[int, ...], path: Path) -> None:
        self.asked.append(("export", (run_ids, path)))
        path.write_text("results")

    def import_llama_bench(self, path: Path) -> int:
        self.asked.append(("import", path))
        number = max(self._runs, default=0) + 1
        self._put(replace(self._speed_run(number, (6,), data.NOW), imported=True, request=None))
        return number

    # -- driven by tests

    def add_row(self, run_id: int, row: SpeedRow) -> None:
        """Another test of a run is measured."""
        run = self._runs[run_id]
        self._put(replace(run, speed=(*run.speed, row), done=run.done + 1))

    def end(self, run_id: int, state: RunState = RunState.DONE) -> None:
        self._put(replace(self._runs[run_id], state=state, finished=data.NOW))

    def working(self, note: str, done: int, total: int) -> None:
        """What the jobs drawer says of the run."""
        self._activities.change(
            Activity(
                "bench-1",
                ActivityKind.BENCH,
                QWEN,
                "Q6_K",
                ActivityState.RUNNING,
                total,
                done,
                note=note,
                created=data.NOW - 1_100,
                unit="tests",
            )
        )
