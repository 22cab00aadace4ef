"""Which columns answer at the same time: as many as fit into memory together, the others after them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from backend.capacity.running import run_of
from backend.capacity.types import Fit, Ledger, Machine, PoolKind, RunConfig, Verdict
from backend.capacity.verdict import available, margin_of, room_for
from backend.compare.types import Column, ComparePlan, PlannedGroup
from backend.engines.adapting import batch_options, no_adapters
from backend.engines.types import AdapterUse, ChatModel, LoadOptions
from backend.errors import AppError
from backend.i18n import tr

MOST_COLUMNS = 6
_USUAL_ANSWER = 256
_CHARACTERS_PER_TOKEN = 3.5
_GB = 1_000_000_000


class Fits(Protocol):
    """The part of `backend.fits.FitService` that is needed here."""

    def local(
        self, path: Path, run: RunConfig, *, probe: bool = False, adapters: Sequence[AdapterUse] = ()
    ) -> Fit: ...


@dataclass(frozen=True, slots=True)
class Need:
    """What one weight file needs with all contexts that the columns want over it. Bytes; `gpu` is the part
    that would lie on a GPU."""

    total: int
    gpu: int


@dataclass(slots=True)
class _Group:
    columns: list[int] = field(default_factory=list)
    total: int = 0
    gpu: int = 0
    models: int = 0


class Planner:
    """Plans over what is on this machine now. Blocking; asks the fit of every file."""

    def __init__(
        self,
        find: Callable[[str], ChatModel],
        fits: Fits,
        machine: Callable[[], Machine],
        options: Callable[[Column], LoadOptions],
        held: Callable[[Collection[str]], int] = lambda _: 0,
    ) -> None:
        """`machine` tells this machine as it is, `options` how a column's model is opened, `held` how many
        bytes models have that others use now and whose address is not one of those given."""
        self._find = find
        self._fits = fits
        self._machine = machine
        self._options = options
        self._held = held

    def plan(self, columns: Sequence[Column], *, parallel: int | None = None) -> ComparePlan:
        """What runs together and what queues. A column with a problem is in no group.

        Args:
            parallel: How many answers of one file are decoded in a batch; None means one for each column.
        """
        machine = self._machine()
        models, problems = self._models(columns)
        needs = self._needs(columns, models, problems, parallel)
        held = self._held(needs.keys())
        for address, need in needs.items():
            if room_for(need.total + held, need.gpu, machine).verdict is Verdict.TOO_BIG:
                sentence = tr(
                    "It needs {need} of memory, more than there is: {free}.",
                    need=_size(need.total),
                    free=_size(max(0, sum(available(pool) for pool in machine.pools) - held)),
                )
                for index, model in models.items():
                    if model.engine == "local" and model.address == address:
                        problems[index] = sentence
        groups = _grouped(models, problems, needs, machine, held)
        room = max(0, _room(machine) - held)
        files = {models[index].address for group in groups for index in group.columns}
        return ComparePlan(
            groups=tuple(PlannedGroup(tuple(group.columns), group.total) for group in groups),
            available=room,
            models=len(files),
            sentence=_sentence(groups, needs, models, room),
            problems=tuple(problems),
        )

    def at_once(self, columns: Sequence[Column], most: int) -> int:
        """How many answers may be written in one batch, at most `most`, with the usual margin of memory left
        free; `columns` are over one file and differ in their adapters, if at all."""
        machine = self._machine()
        while most > 1:
            models, problems = self._models(columns)
            needs = self._needs(columns, models, problems, most)
            held = self._held(needs.keys())
            if all(_together(_Group(), need, machine, held) for need in needs.values()):
                break
            most //= 2
        return max(1, most)

    def together(self, columns: Sequence[Column], prompts: int, most: int) -> tuple[int, ...]:
        """By column, how many answers are written in one batch with it, at most `most`, when all columns
        answer `prompts` prompts: those of columns over one file, opened in the same way, go together."""
        models, problems = self._models(columns)
        batches: dict[tuple[str, LoadOptions], list[int]] = {}
        for index, model in models.items():
            if not problems[index]:
                options = batch_options(self._options(columns[index]))
                batches.setdefault((model.address, options), []).append(index)
        found = [1] * len(columns)
        for indexes in batches.values():
            at_once = self.at_once([columns[i] for i in indexes], min(most, prompts * len(indexes)))
            for index in indexes:
                found[index] = at_once
        return tuple(found)

    def seconds(self, columns: Sequence[Column], prompts: Sequence[str]) -> tuple[float | None, ...]:
        """By column, how long one answer takes on average, from predicted speeds and for one answer at a
        time; None where nothing is known. An answer without a limit is taken for 256 tokens long."""
        models, problems = self._models(columns)
        characters = sum(map(len, prompts)) / max(1, len(prompts))
        found: list[float | None] = []
        for index, column in enumerate(columns):
            model = models.get(index)
            if problems[index] or model is None:
                found.append(0.0)
                continue
            fit = self._fit(model, self._options(column)) if model.engine == "local" else None
            if fit is None or not fit.tokens_per_second:
                found.append(None)
                continue
            length = min(column.sampling.max_tokens or _USUAL_ANSWER, _USUAL_ANSWER)
            asked = (characters + len(column.system_prompt)) / _CHARACTERS_PER_TOKEN
            reading = asked / fit.prompt.likely if fit.prompt else 0.0
            found.append(reading + length / fit.tokens_per_second)
        return tuple(found)

    def _ledger(self, path: Path, run: RunConfig, adapters: Sequence[AdapterUse]) -> Ledger:
        """The formula is right within a percent; where it knows nothing of a model, the engine does the sum,
        which takes a process."""
        ledger = self._fits.local(path, run, adapters=adapters).ledger
        return ledger if ledger.known else self._fits.local(path, run, probe=True, adapters=adapters).ledger

    def _fit(self, model: ChatModel, options: LoadOptions) -> Fit | None:
        try:
            run = run_of(options, model.context_length, options.gpu_layers)
            return self._fits.local(Path(model.address), run, adapters=options.adapters)
        except AppError:
            return None

    def _models(self, columns: Sequence[Column]) -> tuple[dict[int, ChatModel], list[str]]:
        models: dict[int, ChatModel] = {}
        problems = [""] * len(columns)
        for index, column in enumerate(columns):
            if not column.model_id:
                problems[index] = tr("No model is chosen.")
                continue
            try:
                models[index] = model = self._find(column.model_id)
            except AppError as error:
                problems[index] = f"{error.title} {error.hint}".strip()
                continue
            problems[index] = model.problem
            if column.adapters and model.engine != "local" and not model.problem:
                problems[index] = str(no_adapters(model.name))
        return models, problems

    def _needs(
        self,
        columns: Sequence[Column],
        models: dict[int, ChatModel],
        problems: list[str],
        parallel: int | None,
    ) -> dict[str, Need]:
        """By file on this machine. Contexts of other sizes over one file share a process, its weights and
        those of every adapter; columns that differ in their adapters share a context."""
        wanted: dict[str, dict[LoadOptions, list[int]]] = {}
        for index, model in models.items():
            if model.engine == "local" and not problems[index]:
                uses = self._options(columns[index]).adapters
                try:
                    if uses:
                        self._ledger(Path(model.address), RunConfig(), uses)
                except AppError as error:  # of these adapters: the other columns are fine
                    problems[index] = f"{error.title} {error.hint}".strip()
                    continue
                by_options = wanted.setdefault(model.address, {})
                by_options.setdefault(batch_options(self._options(columns[index])), []).append(index)
        needs: dict[str, Need] = {}
        for address, contexts in wanted.items():
            total = gpu = weights = 0
            seated = [index for indexes in contexts.values() for index in indexes]
            adapters = tuple(
                dict.fromkeys(use for index in seated for use in self._options(columns[index]).adapters)
            )
            try:
                for options, indexes in contexts.items():
                    opened = dataclasses.replace(options, parallel=parallel or len(indexes))
                    trained = models[indexes[0]].context_length
                    run = run_of(opened, trained, options.gpu_layers)
                    ledger = self._ledger(Path(address), run, adapters)
                    total += ledger.kv + ledger.compute if weights else ledger.total
                    gpu += max(0, ledger.gpu - (weights if ledger.gpu else 0))
                    weights = ledger.weights
            except AppError as error:
                for indexes in contexts.values():
                    for index in indexes:
                        problems[index] = f"{error.title} {error.hint}".strip()
                continue
            needs[address] = Need(total, gpu)
        return needs


def _grouped(
    models: dict[int, ChatModel],
    problems: Sequence[str],
    needs: dict[str, Need],
    machine: Machine,
    held: int,
) -> list[_Group]:
    """First fit, in the order of the columns. Remote engines need nothing here and go with the first."""
    groups: list[_Group] = []
    remote: list[int] = []
    placed: dict[str, _Group] = {}
    for index, model in models.items():
        if problems[index]:
            continue
        if model.engine != "local":
            remote.append(index)
            continue
        group = placed.get(model.address)
        if group is None:
            need = needs[model.address]
            group = next((g for g in groups if _together(g, need, machine, held)), None)
            if group is None:
                group = _Group()
                groups.append(group)
            group.total += need.total
            group.gpu += need.gpu
            group.models += 1
            placed[model.address] = group
        group.columns.append(index)
    if remote:
        if not groups:
            groups.append(_Group())
        groups[0].columns = sorted((*groups[0].columns, *remote))
    return groups


def _together(group: _Group, need: Need, machine: Machine, held: int) -> bool:
    """Whether one more model fits beside those of the group and what others hold, with the usual margin left
    free."""
    room = room_for(group.total + need.total + held, group.gpu + need.gpu, machine)
    return room.verdict in (Verdict.FITS, Verdict.FITS_GPU)


def _room(machine: Machine) -> int:
    """Bytes that models may have at once, with the margin of every pool left free."""
    pools = [pool for pool in machine.pools if pool.kind is not PoolKind.UNIFIED]
    return sum(max(0, available(pool) - margin_of(pool)) for pool in pools)


def _sentence(
    groups: Sequence[_Group], needs: dict[str, Need], models: dict[int, ChatModel], room: int
) -> str:
    if not groups:
        return tr("None of the columns can answer now.")
    first = groups[0]
    count = len(first.columns)
    if len(groups) > 1:
        parts = [
            tr("{names} waits until {before} has answered", names=_letters(b), before=_letters(a))
            if len(a.columns) == len(b.columns) == 1
            else tr("{names} after {before}", names=_letters(b), before=_letters(a))
            for a, b in itertools.pairwise(groups)
        ]
        return tr(
            "{order}, because all together need {need} of {room}.",
            order=", ".join(parts),
            need=_size(sum(need.total for need in needs.values())),
            room=_size(room),
        )
    if not first.total:
        return tr("No memory of this computer is needed: the models run elsewhere.")
    need, free = _size(first.total), _size(room)
    if count == 1:
        return tr("It runs alone: {need} of {room}.", need=need, room=free)
    if len({models[index].address for index in first.columns}) == 1:
        return tr(
            "All {n} share one model and answer at once: {need} of {room}.", n=count, need=need, room=free
        )
    return tr("All {n} run together: {need} of {room}.", n=count, need=need, room=free)


def letter(index: int) -> str:
    """What column `index` is called: A, B …"""
    return chr(ord("A") + index)


def _letters(group: _Group) -> str:
    return ", ".join(letter(index) for index in group.columns)


def _size(count: int) -> str:
    if count < _GB:
        return tr("{size} MB", size=round(count / 1_000_000))
    return tr("{size} GB", size=f"{count / _GB:.1f}")
