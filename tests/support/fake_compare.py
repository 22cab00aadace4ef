"""A compare service over fixed comparisons; asking begins a round that streams until it is ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.chats.types import MessageState
from backend.compare.types import (
    Column,
    CompareAnswer,
    ComparePlan,
    Comparison,
    Leaderboard,
    PlannedGroup,
    Rating,
    Round,
    RunAnswer,
    RunState,
    UnattendedRun,
    Vote,
)
from backend.compare.votes_file import board_csv
from backend.engines.types import FinishReason, Sampling, Timings
from backend.events import (
    CompareAnswerChanged,
    CompareDelta,
    CompareListChanged,
    EventBus,
    RoundChanged,
    UnattendedChanged,
)
from backend.library.types import LibraryModel
from tests.support import fake_data as data

PROMPT = "My sourdough is dense and gummy. What should I change first? Be brief."
ANSWERS = (
    """The likely cause is a short rise: the dough went into the oven before the starter had made enough gas.

**Change first:** let the bulk rise go on until the dough has grown by half and wobbles when you \
move the bowl. At 21 °C that can take 8 to 10 hours, not 4.

Then check two things:

1. **Starter.** Use it at its peak, 4 to 6 hours after feeding. A spoonful should float.
2. **Cooling.** Wait two hours before you cut it. A hot crumb is always gummy.

One change at a time: otherwise you will not know which one helped.""",
    """Dense and gummy usually means one of three things:

- The dough did not rise long enough
- The starter is weak
- The bread was cut while still hot

Start with the rise, because it is the most common and costs nothing. Put a little of the dough into a small \
straight glass and mark the level with a rubber band.

If that does not help, feed the starter twice a day for a week and use it when it has doubled.""",
    """First thing to change: **bake it longer.** A gummy crumb is often simply not done in the middle. \
Use a thermometer; you want 96 to 98 °C in the centre of the loaf.

Lower the oven to 220 °C after the first 20 minutes and give it another 25 to 30.""",
)
_SPEEDS = (
    (24.6, 0.42, 171, 4_900_000_000),
    (41.3, 0.28, 131, 2_600_000_000),
    (52.0, 0.21, 134, 1_900_000_000),
)


def columns_of(models: tuple[LibraryModel, ...], count: int = 3) -> tuple[Column, ...]:
    """Columns of the first models that can be loaded."""
    usable = [model for model in models if not model.problem and model.kind == "model"]
    return tuple(
        Column(usable[at % len(usable)].id, sampling=Sampling(temperature=0.7)) for at in range(count)
    )


def answer_of(
    round_id: int, column: int, model: LibraryModel | None, *, share: float = 1.0, failed: bool = False
) -> CompareAnswer:
    """An answer, or its beginning while it is written."""
    text = ANSWERS[column % len(ANSWERS)]
    rate, first, count, memory = _SPEEDS[column % len(_SPEEDS)]
    done = share >= 1.0
    timings = Timings(42, 0, round(count * share), first, 310.0, rate)
    state = MessageState.FAILED if failed else MessageState.DONE if done else MessageState.STREAMING
    return CompareAnswer(
        id=round_id * 10 + column,
        round_id=round_id,
        column=column,
        model_id=model.id if model else "",
        model_name=model.name if model else "",
        quant=model.quant if model else "",
        text="" if failed else text[: round(len(text) * share)],
        state=state,
        finish_reason=FinishReason.STOP if done and not failed else "",
        timings=timings if done and not failed else Timings(),
        seconds=first + count / rate if done else 0.0,
        peak_memory=memory if done and not failed else 0,
        error_title="The process of this model ran out of memory." if failed else "",
        error_hint="Try a smaller quantization or a context of 4,096 tokens." if failed else "",
    )


def _rating(
    name: str, quant: str, rating: float, reach: float, votes: int, wins: float, tps: float, size: float
) -> Rating:
    won = round(votes * wins)
    return Rating(
        f"{name} {quant}",
        f"hf:{name}",
        name,
        quant,
        rating,
        rating - reach,
        rating + reach,
        votes,
        won,
        votes // 10,
        votes - won - votes // 10,
        tps,
        round(size * data.GB),
        votes < 20,
    )


RATINGS = (
    _rating("Gemma-3-12B-it", "Q4_K_M", 1142, 38, 61, 0.68, 36.4, 8.6),
    _rating("Qwen3-8B-Instruct", "Q4_K_M", 1108, 33, 74, 0.62, 53.8, 6.2),
    _rating("Qwen3-8B-Instruct", "IQ4_XS", 1096, 52, 32, 0.59, 56.1, 5.8),
    _rating("Qwen3-8B + sql-helper 0.75", "Q4_K_M", 1071, 70, 18, 0.55, 52.9, 6.3),
    _rating("Gemma-3-4B-it", "Q4_K_M", 1012, 33, 80, 0.5, 91.2, 3.2),
    _rating("Llama-3.2-3B-Instruct", "Q8_0", 968, 45, 42, 0.43, 78.4, 4.3),
    _rating("SmolLM3-3B", "Q4_K_M", 951, 35, 66, 0.4, 116.0, 2.9),
    _rating("Qwen2.5-Coder-7B-Instruct", "Q5_K_M", 940, 60, 24, 0.38, 49.1, 6.0),
    _rating("SmolLM2-360M-Instruct", "Q8_0", 712, 58, 29, 0.09, 310.0, 0.7),
)


def _run_answer(prompt: int, column: int) -> RunAnswer:
    rate, first, count, memory = _SPEEDS[column % len(_SPEEDS)]
    failed = (prompt, column) == (2, 0)
    return RunAnswer(
        prompt,
        column,
        "" if failed else ANSWERS[(prompt + column) % len(ANSWERS)],
        "" if failed else FinishReason.STOP,
        Timings() if failed else Timings(42, 0, count, first, 310.0, rate),
        4.0,
        memory,
        "The process of this model ran out of memory." if failed else "",
    )


class FakeCompare:
    """What of `backend.compare.service.CompareService` the page touches."""

    def __init__(self, bus: EventBus, models: Callable[[], tuple[LibraryModel, ...]], state: str) -> None:
        self._bus = bus
        self._models = models
        self._comparisons: dict[int, Comparison] = {}
        self._rounds: dict[int, list[Round]] = {}
        self._next = 1
        self._runs: dict[int, UnattendedRun] = {}
        self.kept: list[tuple[int, int]] = []
        if state != "empty":
            self._fill(state)

    def _fill(self, state: str) -> None:
        made = self.create(columns_of(self._models()), blind=True, topic="Everyday")
        first = self._round(made, "Which flour for a first loaf?", vote=Vote("best", 1))
        shares = (1.0, 0.8, 0.6) if state == "busy" else (1.0, 1.0, 1.0)
        second = self._round(made, PROMPT, shares=shares, failed=2 if state == "error" else None)
        self._rounds[made.id] = [first, second]
        prompts = ("Which flour for a first loaf?", PROMPT, "Explain a tie-break in chess in two sentences.")
        self.start_run("Baking", prompts, made.columns)
        self.go_on(1, 9, RunState.DONE)
        self.start_run("Nightly", prompts, made.columns)
        self.go_on(2, 5)

    def _round(
        self,
        comparison: Comparison,
        prompt: str,
        *,
        vote: Vote | None = None,
        shares: tuple[float, ...] = (1.0,) * 6,
        failed: int | None = None,
    ) -> Round:
        rows = {model.id: model for model in self._models()}
        number = self._next = self._next + 1
        answers = tuple(
            answer_of(
                number, at, rows.get(column.model_id), share=shares[at % len(shares)], failed=failed == at
            )
            for at, column in enumerate(comparison.columns)
        )
        order = tuple(range(len(answers)))
        return Round(number, comparison.id, prompt, answers, order, comparison.blind, data.NOW, vote)

    # -- comparisons

    def all(self) -> tuple[Comparison, ...]:
        shown = (each for each in self._comparisons.values() if not each.deleted)
        return tuple(sorted(shown, key=lambda each: -each.sequence))

    def get(self, comparison_id: int) -> Comparison:
        return self._comparisons[comparison_id]

    def create(self, columns: tuple[Column, ...], *, blind: bool = False, topic: str = "") -> Comparison:
        number = max(self._comparisons, default=0) + 1
        made = Comparison(number, "", columns, blind, topic, data.NOW, data.NOW, number)
        self._comparisons[number] = made
        self._rounds[number] = []
        self._bus.publish(CompareListChanged(number))
        return made

    def update(self, comparison_id: int, **changes: Any) -> Comparison:
        saved = replace(self._comparisons[comparison_id], **changes)
        self._comparisons[comparison_id] = saved
        self._bus.publish(CompareListChanged(comparison_id))
        return saved

    def delete(self, comparison_id: int) -> None:
        self.update(comparison_id, deleted=True)

    def restore(self, comparison_id: int) -> None:
        self.update(comparison_id, deleted=False)

    def rounds(self, comparison_id: int) -> tuple[Round, ...]:
        return tuple(self._rounds[comparison_id])

    def plan(self, columns: tuple[Column, ...]) -> ComparePlan:
        return ComparePlan(
            (PlannedGroup(tuple(range(len(columns))), 9_400_000_000),),
            10_900_000_000,
            len({column.model_id for column in columns}),
            "All of them fit together, so they run at the same time.",
            ("",) * len(columns),
        )

    def busy(self, comparison_id: int) -> bool:
        return any(
            answer.state is MessageState.STREAMING
            for each in self._rounds[comparison_id]
            for answer in each.answers
        )

    # -- rounds

    def ask(self, comparison_id: int, prompt: str) -> Round:
        begun = self._round(self._comparisons[comparison_id], prompt, shares=(0.0,))
        self._rounds[comparison_id].append(begun)
        self._bus.publish(RoundChanged(begun))
        return begun

    def say(self, column: int, text: str) -> None:
        """Stream `text` into the last round."""
        comparison_id, last = self._last()
        self._change(replace(last.answers[column], text=last.answers[column].text + text), publish=False)
        self._bus.publish(CompareDelta(comparison_id, last.answers[column].id, text, "", 1))

    def end(self, column: int, state: MessageState = MessageState.DONE, title: str = "") -> None:
        """End an answer of the last round."""
        _, last = self._last()
        rate, first, count, memory = _SPEEDS[column % len(_SPEEDS)]
        self._change(
            replace(
                last.answers[column],
                state=state,
                finish_reason=FinishReason.STOP,
                timings=Timings(42, 0, count, first, 310.0, rate),
                seconds=4.0,
                peak_memory=memory,
                error_title=title,
            )
        )

    def stop(self, comparison_id: int) -> None:
        for answer in self._rounds[comparison_id][-1].answers:
            if answer.state is MessageState.STREAMING:
                self.stop_answer(answer.id)

    def stop_answer(self, answer_id: int) -> None:
        _, last = self._last()
        answer = next(each for each in last.answers if each.id == answer_id)
        self._change(replace(answer, state=MessageState.STOPPED, finish_reason=FinishReason.CANCELLED))

    def again(self, answer_id: int) -> None:
        _, last = self._last()
        answer = next(each for each in last.answers if each.id == answer_id)
        self._change(replace(answer, state=MessageState.STREAMING, text="", finish_reason=""))

    def vote(self, round_id: int, vote: Vote | None) -> Round:
        for each in self._comparisons:
            for at, found in enumerate(self._rounds[each]):
                if found.id == round_id:
                    voted = self._rounds[each][at] = replace(found, vote=vote)
                    self._bus.publish(RoundChanged(voted))
                    return voted
        raise LookupError(round_id)

    def unvote(self, round_id: int) -> Round:
        return self.vote(round_id, None)

    def keep(self, comparison_id: int, column: int) -> int:
        self.kept.append((comparison_id, column))
        return 1

    # -- unattended

    def runs(self) -> tuple[UnattendedRun, ...]:
        return tuple(reversed(self._runs.values()))

    def run_answers(self, run_id: int) -> tuple[RunAnswer, ...]:
        run = self._runs[run_id]
        cells = [(p, c) for c in range(len(run.columns)) for p in range(len(run.prompts))]
        return tuple(_run_answer(prompt, column) for prompt, column in cells[: run.done])

    def estimate(self, prompts: tuple[str, ...], columns: tuple[Column, ...]) -> float | None:
        return 12.0 * len(prompts) * len(columns)

    def start_run(self, title: str, prompts: tuple[str, ...], columns: tuple[Column, ...]) -> int:
        number = len(self._runs) + 1
        total = len(prompts) * len(columns)
        self._set_run(
            UnattendedRun(
                number, title, prompts, columns, RunState.RUNNING, total, 0, 0, 12.0 * total, data.NOW
            )
        )
        return number

    def go_on(self, run_id: int, done: int, state: RunState = RunState.RUNNING) -> None:
        """Let a run have `done` answers."""
        run = self._runs[run_id]
        self._set_run(replace(run, done=done, state=state, seconds_left=12.0 * (run.total - done)))

    def pause_run(self, run_id: int) -> None:
        self._set_run(replace(self._runs[run_id], state=RunState.PAUSED))

    def resume_run(self, run_id: int) -> None:
        self._set_run(replace(self._runs[run_id], state=RunState.RUNNING))

    def delete_run(self, run_id: int) -> None:
        del self._runs[run_id]

    def report(self, run_id: int, path: Path) -> None:
        path.write_text(self._runs[run_id].title)

    def _set_run(self, run: UnattendedRun) -> None:
        self._runs[run.id] = run
        self._bus.publish(UnattendedChanged(run.id))

    def leaderboard(self, topic: str = "") -> Leaderboard:
        if not self._comparisons:
            return Leaderboard((), (), topic, 0, "")
        rows = RATINGS if not topic else RATINGS[:3]
        return Leaderboard(
            rows,
            ("Everyday", "Code", "Writing", "Facts"),
            topic,
            213,
            "Gemma-3-12B-it leads, but its interval overlaps with Qwen3-8B-Instruct. "
            "About 40 more votes between the two would settle it.",
        )

    def import_votes(self, path: Path) -> int:
        return 3

    def export_votes(self, path: Path) -> None:
        path.write_text("[]")

    def export_leaderboard(self, path: Path, topic: str = "") -> None:
        path.write_text(board_csv(self.leaderboard(topic)))

    def _last(self) -> tuple[int, Round]:
        comparison_id = self.all()[0].id
        return comparison_id, self._rounds[comparison_id][-1]

    def _change(self, answer: CompareAnswer, *, publish: bool = True) -> None:
        comparison_id, last = self._last()
        answers = tuple(answer if old.id == answer.id else old for old in last.answers)
        self._rounds[comparison_id][-1] = replace(last, answers=answers)
        if publish:
            self._bus.publish(CompareAnswerChanged(comparison_id, answer))
