"""Makes new models of a base and adapters at chosen scales."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.adapters.merge_plan import MergeForecast, MergePlan, heard, plan_merge
from backend.adapters.service import AdapterService
from backend.convert.types import ConvertType
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.gguf.reader import read_header
from backend.hubs.names import file_stem
from backend.i18n import tr
from backend.library.hashing import hash_file
from backend.library.stores.found import shown
from backend.quantize import target as place
from backend.quantize.drafting import drafted, place_all, unwritable
from backend.quantize.source import opened
from backend.quantize.target import Target
from backend.quantize.types import Made
from backend.quantize.workshop import Workshop
from backend.store.made import MergedAdapter, Recipe
from backend.workers.job import run_job
from backend.workers.messages_merge import Merge, Merged, MergedTensor
from backend.workers.protocol import Progress

_TYPES: tuple[ConvertType | None, ...] = (None, "Q8_0", "F16")
_ENDED = frozenset({"engine.crashed", "engine.killed", "engine.hung", "engine.protocol"})


class AdapterMerger:
    """Blocking; call it from any thread but the GUI thread.

    Args:
        adapters: Refuses what does not fit the base, before native code sees it.
    """

    def __init__(self, shop: Workshop, adapters: AdapterService) -> None:
        self._shop = shop
        self._adapters = adapters

    def forecast(self, base_id: str, uses: Sequence[AdapterUse]) -> tuple[MergeForecast, ...]:
        """What merging would give with the base's own types, and with others for what changes.

        Raises:
            AppError: It cannot be done with any.
        """
        found = []
        for type in _TYPES:
            try:
                found.append(MergeForecast(type, self._plan(base_id, uses, "x", type).size))
            except AppError as error:
                if error.code != "merge.type":
                    raise
                found.append(MergeForecast(type, 0, error.title))
        return tuple(found)

    def start(
        self, base_id: str, uses: Sequence[AdapterUse], name: str, type: ConvertType | None = None
    ) -> str:
        """Make the model in the background; returns the id of the activity. What can be known before is
        checked before.

        Raises:
            AppError: As for `make`, or the app is closing.
        """
        plan = self._plan(base_id, uses, name, type)
        place.check_space(self._target(plan.name, None).folder, plan.size)
        row = plan.source.row

        def work(step: Step) -> Outcome:
            return Outcome(tr("Made and verified."), self.make(step, row.id, uses, name, type=type).path)

        return self._shop.activities.start(ActivityKind.MERGE, plan.name, work, model_id=row.id)

    def make(
        self,
        step: Step,
        base_id: str,
        uses: Sequence[AdapterUse],
        name: str,
        target: Path | None = None,
        *,
        type: ConvertType | None = None,
        replace: bool = False,
    ) -> Made:
        """Make the model: at `target` (or in it, where that is a folder), or else in the library's own folder
        under a free name.

        Args:
            uses: GGUF adapters and their scales; what is at 0 is left out.
            name: What the new model is called.
            type: Of the tensors that change; None keeps the types of the base.
            replace: Whether a file at `target` may be replaced.

        Raises:
            AppError: It could not be made. Nothing is left of it, and the files it is made of are untouched.
            Cancelled: It was stopped.
        """
        step.say(tr("Planning"))
        plan = self._plan(base_id, uses, name, type)
        files = self._target(plan.name, target)
        read = (*plan.source.parts, *(Path(use.path) for use in plan.uses))
        place.check_place(files, read, replace=replace)
        place.check_name(files.files[0])
        place.check_space(files.folder, plan.size)
        step.expect(2 * plan.size)
        with drafted(files, self._shop.notes) as draft:
            merged = self._write(step, plan, files)
            _check_written(files, plan)
            step.progress(plan.size, tr("Verifying"))
            hashed = hash_file(files.drafts[0], step.advance)
            recipe = _recipe(plan, type)
            plan.check_unchanged()
            step.check()
            self._shop.record(
                ((files.files[0], hashed),),
                "merge",
                recipe,
                merged.engine,
                source_id=plan.source.row.id,
                source_name=plan.source.row.repo_id or plan.source.row.name,
                source_sha256=plan.source.row.sha256 or "",
            )
            place_all(files, draft, replace=replace)
        self._shop.library.rescan()
        return Made(files.files[0], plan.size, hashed.sha256)

    def _plan(
        self, base_id: str, uses: Sequence[AdapterUse], name: str, type: ConvertType | None
    ) -> MergePlan:
        name = " ".join(name.split())
        if not name:
            raise AppError("merge.no_name", tr("The name is empty."), tr("Write a name first."))
        row = self._shop.library.find(base_id, sure=True)
        if row.kind != "model":
            raise AppError(
                "merge.not_a_model",
                tr("{name} is not a language model.", name=row.name),
                tr("Choose the model that the adapters were trained on."),
            )
        if row.problem:
            raise AppError(
                "merge.base",
                tr("Nothing can be merged into {name}.", name=row.name),
                " ".join((row.problem, tr("Download it again, or choose another file of this model."))),
            )
        source = opened(row)
        self._adapters.admit(str(row.path), uses)
        uses = heard(uses)
        known = {str(adapter.path): adapter.name for adapter in self._adapters.all()}
        names = tuple(known.get(use.path) or shown(Path(use.path).stem) for use in uses)
        return plan_merge(source, uses, names, name, type)

    def _target(self, name: str, target: Path | None) -> Target:
        stem = file_stem(name)
        return self._shop.target(Path(place.PUBLISHER, stem), stem, target)

    def _write(self, step: Step, plan: MergePlan, files: Target) -> Merged:
        try:
            files.written.write_bytes(plan.head)
        except OSError as error:
            raise unwritable(files.folder, error) from error
        row = plan.source.row
        parts = tuple(os.path.abspath(part) for part in plan.source.parts)  # noqa: PTH100
        tensors = tuple(MergedTensor(tensor.name, int(tensor.type)) for tensor in plan.tensors)

        def tell(progress: Progress) -> None:
            if not step.stop.is_set():  # else the call that waits for the process ends it
                step.progress(int(progress.fraction * plan.size), shown(progress.note))

        try:
            report = run_job(
                self._shop.workers,
                "merge",
                row.name,
                lambda number: Merge(number, parts, str(files.written), plan.uses, tensors, plan.alignment),
                stop=step.stop,
                on_progress=tell,
            )
        except AppError as error:
            if error.code not in _ENDED:
                raise
            raise AppError(
                "merge.ended",
                tr("The process that merges adapters into {model} ended before it was done.", model=row.name),
                tr("It may have run out of memory, or a file changed meanwhile. All files are untouched."),
                f"{error.title}\n{error.detail}",
                retryable=True,
            ) from error
        assert isinstance(report, Merged)
        return report


def _recipe(plan: MergePlan, type: ConvertType | None) -> Recipe:
    return Recipe(
        type=type or "",
        adapters=tuple(
            MergedAdapter(name, use.scale, hash_file(Path(use.path), lambda _count: None).sha256)
            for name, use in zip(plan.names, plan.uses, strict=True)
        ),
    )


def _check_written(files: Target, plan: MergePlan) -> None:
    """Read the new file again with the reader that every other file has to pass.

    Raises:
        AppError: ``merge.damaged``.
    """
    path = files.drafts[0]
    problem = ""
    try:
        size = path.stat().st_size
        if size != plan.size:
            problem = f"{size} bytes instead of {plan.size}"
        elif read_header(path).tensors != plan.tensors:
            problem = "other tensors than were planned"
    except (OSError, AppError) as error:
        problem = str(error)
    if problem:
        raise AppError(
            "merge.damaged",
            tr("{file} was not written as it should have been.", file=shown(files.files[0].name)),
            tr("It was removed. The disk may be full or failing; the original is untouched."),
            problem,
            retryable=True,
        )
