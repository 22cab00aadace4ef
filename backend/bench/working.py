"""The work of a benchmark in the lane of the engine: what is missing of a run is measured, row by row."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from backend.activities.runner import Step
from backend.bench.answering import Examiner
from backend.bench.sweep import PlacedTest, Sweeper, placed_tests
from backend.bench.types import SpeedRequest, SpeedRow, Suite, SuiteItem, SuiteRequest, SuiteRow
from backend.compare.types import Column
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import ChatModel, LoadedModel, LoadOptions, RunCard, Sampling
from backend.errors import AppError
from backend.events import BenchChanged, EventBus
from backend.store.bench import BenchRepository
from backend.workers.messages_bench import SpeedMeasured


class BenchWork:
    """Blocking. Every row is in the database before the next one is begun, so that a kill costs one row."""

    def __init__(
        self,
        store: BenchRepository,
        engines: Engines,
        room: ModelRoom,
        sweeper: Sweeper,
        bus: EventBus,
        options: Callable[[], LoadOptions],
    ) -> None:
        """`options` says how models are opened for suites."""
        self._store = store
        self._engines = engines
        self._room = room
        self._sweeper = sweeper
        self._examiner = Examiner(engines, room)
        self._bus = bus
        self._options = options

    def sweep(self, run_id: int, request: SpeedRequest, step: Step) -> None:
        """Measure the tests that have no row yet. Raises `Cancelled`."""
        done = self._store.places(run_id)
        missing = [placed for placed in placed_tests(request) if placed.place not in done]
        finished = len(done)
        cards = {card.model_id: card for card in self._store.get(run_id).cards}

        def began(placed: PlacedTest) -> None:
            step.say(f"{model.name} {model.quant} · {_name(placed)}")

        def told(_placed: PlacedTest, _share: float) -> None:
            step.progress(finished)

        def ended(placed: PlacedTest, row: SpeedRow, measured: SpeedMeasured | None) -> None:
            nonlocal finished
            self._store.put_row(run_id, placed.place, row)
            if measured is not None and model.id not in cards:
                cards[model.id] = self._engines.card(model, _loaded(model, row), Sampling(), 0, "")
                self._store.set_cards(run_id, tuple(cards.values()))
            finished += 1
            step.progress(finished)
            self._bus.publish(BenchChanged(run_id))

        self._room.release_idle()
        for model_id in dict.fromkeys(placed.model_id for placed in missing):
            own = [placed for placed in missing if placed.model_id == model_id]
            try:
                model = self._engines.find(model_id)
            except AppError as error:
                for placed in own:
                    ended_row = _missing_row(placed, error)
                    self._store.put_row(run_id, placed.place, ended_row)
                finished += len(own)
                continue
            self._sweeper.run(
                model, own, request.repetitions, stop=step.stop, began=began, told=told, done=ended
            )

    def examine(self, run_id: int, request: SuiteRequest, suite: Suite, step: Step) -> None:
        """Have the items answered that have no row yet, then judged. Raises `AppError` where the judge is not
        there, and `Cancelled`."""
        items = {item.id: at for at, item in enumerate(suite.items)}
        count = len(suite.items)
        rows = {(row.column, row.item_id): row for row in self._store.get(run_id).answers}
        cards = list(self._store.get(run_id).cards)

        def keep(column: int) -> Callable[[SuiteItem, SuiteRow], None]:
            def done(item: SuiteItem, row: SuiteRow) -> None:
                rows[column, item.id] = row
                self._store.put_row(run_id, column * count + items[item.id], row)
                step.progress(len(rows), note=f"{suite.title} · {item.id}")
                self._bus.publish(BenchChanged(run_id))

            return done

        options = dataclasses.replace(self._options(), parallel=max(1, request.parallel))
        for number, column in enumerate(request.columns):
            missing = [item for item in suite.items if (number, item.id) not in rows]
            if not missing:
                continue
            done = keep(number)
            try:
                model = self._engines.find(column.model_id)

                def ready(loaded: LoadedModel, column: Column = column, model: ChatModel = model) -> None:
                    sampling = column.sampling
                    seed, prompt = sampling.seed or 0, column.system_prompt
                    cards.append(self._engines.card(model, loaded, sampling, seed, prompt))
                    cards[:-1] = [card for card in cards[:-1] if not _same_column(card, cards[-1])]
                    self._store.set_cards(run_id, cards)

                self._examiner.answer(
                    model,
                    column,
                    number,
                    missing,
                    _options_of(column, model, options),
                    stop=step.stop,
                    ready=ready,
                    done=done,
                )
            except AppError as error:
                for item in missing:
                    if (number, item.id) not in rows:
                        done(item, _failed_row(number, item, error))
        self._judge(request, suite, rows, options, keep, step)

    def _judge(
        self,
        request: SuiteRequest,
        suite: Suite,
        rows: dict[tuple[int, str], SuiteRow],
        options: LoadOptions,
        keep: Callable[[int], Callable[[SuiteItem, SuiteRow], None]],
        step: Step,
    ) -> None:
        if not request.judge:
            return
        judge = self._engines.find(request.judge)
        options = dataclasses.replace(options, adapters=judge.adapters)
        for number in range(len(request.columns)):
            waiting = [
                (item, rows[number, item.id])
                for item in suite.items
                if item.check.kind == "judge"
                and rows[number, item.id].passed is None
                and not rows[number, item.id].error_title
            ]
            if waiting:
                self._examiner.judge(judge, waiting, options, stop=step.stop, done=keep(number))


def _options_of(column: Column, model: ChatModel, options: LoadOptions) -> LoadOptions:
    return dataclasses.replace(
        options,
        n_ctx=column.n_ctx or options.n_ctx,
        kv_type=column.kv_type or options.kv_type,
        adapters=column.adapters or model.adapters,
    )


def _loaded(model: ChatModel, row: SpeedRow) -> LoadedModel:
    """What the worker of a sweep had open, for its run card."""
    options = LoadOptions(
        kv_type=row.kv_type, threads=row.threads, n_batch=row.n_batch, adapters=model.adapters
    )
    return LoadedModel(
        model.address, model.address, model.name, "", row.parameters, 0, 0, 0, options, rss=row.memory
    )


def _name(placed: PlacedTest) -> str:
    test = placed.test
    name = f"pp{test.n_prompt}" if test.n_prompt else f"tg{test.n_gen}"
    return f"{name} @ d{test.n_depth}" if test.n_depth else name


def _missing_row(placed: PlacedTest, error: AppError) -> SpeedRow:
    test = placed.test
    return SpeedRow(
        placed.model_id,
        placed.model_id,
        "",
        test.n_prompt,
        test.n_gen,
        test.n_depth,
        test.n_batch,
        test.threads or 0,
        test.kv_type,
        test.flash_attention,
        test.gpu_layers or 0,
        0.0,
        0.0,
        (),
        error_title=error.title,
        error_hint=error.hint,
    )


def _failed_row(column: int, item: SuiteItem, error: AppError) -> SuiteRow:
    return SuiteRow(column, item.id, item.topic, "", None, 0.0, error.title, error_title=error.title)


def _same_column(one: RunCard, other: RunCard) -> bool:
    """Whether two cards are of one column, begun twice."""
    return (one.model_id, one.adapters, one.sampling, one.system_prompt) == (
        other.model_id,
        other.adapters,
        other.sampling,
        other.system_prompt,
    )
