"""Making a GGUF adapter of a folder that PEFT wrote."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.adapters.checking import Base, base_line, check
from backend.adapters.checking_peft import check_peft
from backend.adapters.reading import PeftFolder, peft_adapter, read_peft
from backend.adapters.service import AdapterService
from backend.convert.checking import check_written, damaged
from backend.convert.source import origin_of, source_files
from backend.convert.types import AdapterType
from backend.errors import AppError
from backend.i18n import tr
from backend.library.hashing import hash_file
from backend.library.stores.found import shown
from backend.library.types import LibraryModel
from backend.quantize import target as place
from backend.quantize.drafting import drafted, place_all
from backend.quantize.types import Made
from backend.quantize.workshop import Workshop
from backend.store.made import Recipe
from backend.workers.job import run_job
from backend.workers.messages_peft import (
    AdapterConverted,
    AdapterJob,
    AdapterPlanned,
    ConvertAdapter,
    PlanAdapter,
)
from backend.workers.protocol import Command, Progress, Report

_KIND = "convert"


class AdapterConverter:
    """Blocking, except `start`; call it from any thread but the GUI thread.

    Args:
        adapters: Knows what the models of the library are called, and of which tensors they are made.
    """

    def __init__(self, shop: Workshop, adapters: AdapterService) -> None:
        self._shop = shop
        self._adapters = adapters

    def start(self, adapter_dir: Path, kind: AdapterType = "f16", base_id: str = "") -> str:
        """Make the adapter in the background; returns the id of the activity. For the arguments see `make`.

        Raises:
            AppError: The app is closing.
        """

        def work(step: Step) -> Outcome:
            return Outcome(tr("Made and verified."), self.make(step, adapter_dir, kind, base_id).path)

        name = origin_of(adapter_dir).name
        return self._shop.activities.start(ActivityKind.CONVERT, name, work, label=kind.upper())

    def make(
        self,
        step: Step,
        folder: Path,
        kind: AdapterType,
        base_id: str = "",
        target: Path | None = None,
        *,
        replace: bool = False,
    ) -> Made:
        """Make the adapter: at `target` (or in it, where that is a folder), or else in the library's own
        folder under a free name.

        Args:
            base_id: The model that it is for; empty for the one that the folder names.
            replace: Whether a file at `target` may be replaced.

        Raises:
            AppError: It could not be made. Nothing is left of it, and the folder is untouched.
            Cancelled: It was stopped.
        """
        folder = Path(os.path.abspath(folder))  # noqa: PTH100
        origin = origin_of(folder)
        peft = read_peft(folder)
        row = self._shop.library.find(base_id) if base_id else self._named(step, peft)
        base = self._adapters.base(row)
        files = self._shop.target(
            Path(origin.folder, origin.stem), f"{origin.stem}-lora-{kind.upper()}", target
        )
        place.check_place(files, (*source_files(folder), row.path, *row.parts), replace=replace)
        place.check_name(files.files[0])
        step.say(tr("Planning"))
        licence = peft_adapter(folder, "", origin.name, "disk").licence
        job = AdapterJob(str(folder), str(row.path), kind, origin.name, licence)
        plan = self._plan(step, job)
        place.check_space(files.folder, plan.size)
        step.expect(2 * plan.size)
        with drafted(files, self._shop.notes) as draft:
            engine = self._write(step, job, str(files.written), plan.size)
            _check(files.drafts[0], plan, base)
            step.progress(plan.size, tr("Verifying"))
            hashed = hash_file(files.drafts[0], step.advance)
            step.check()
            self._shop.record(
                ((files.files[0], hashed),),
                "convert",
                Recipe(type=kind.upper()),
                engine,
                source_id=origin.id,
                source_name=origin.id,
            )
            place_all(files, draft, replace=replace)
        self._shop.library.rescan()
        return Made(files.files[0], plan.size, hashed.sha256)

    # Which model it is for

    def _named(self, step: Step, peft: PeftFolder) -> LibraryModel:
        """The model of the library that a folder names; one into which its tensors fit, if there are several.

        Raises:
            AppError: ``adapter.no_base``; or what is wrong with the folder, if it can be converted for none.
        """
        first = None
        for row in self._matching(step, peft):
            if self._fits(peft, row):
                return row
            first = first or row
        if first is not None:
            return first  # the worker says what does not fit
        name = shown(peft.path.name)
        self._plan(step, AdapterJob(str(peft.path), "", "f16", name))
        if peft.base:
            title = tr(
                "{name} was trained on {base}, which is none of your models.",
                name=name,
                base=shown(peft.base),
            )
        else:
            title = tr("{name} does not say which model it was trained on.", name=name)
        hint = tr("Choose that model yourself; on the command line with --base MODEL.")
        raise AppError("adapter.no_base", title, hint)

    def _matching(self, step: Step, peft: PeftFolder) -> Iterator[LibraryModel]:
        """The models with the name that the folder gives, those where its owner agrees first. Only where the
        rows say nothing of it are the files opened.
        """
        whole = peft.base.casefold()
        rows = [row for row in self._shop.library.models() if row.kind == "model" and not row.problem]
        rows.sort(key=lambda row: whole not in ((row.repo_id or "").casefold(), row.made_from.casefold()))
        silent = []
        for row in rows:
            names = (row.id, row.name, row.repo_id or "", row.made_from)
            if base_line(peft.base, Base((), names)).state == "ok":
                yield row
            else:
                silent.append(row)
        for row in silent if whole else ():
            step.check()
            with contextlib.suppress(AppError):  # it is damaged, or gone by now
                if base_line(peft.base, self._adapters.base(row)).state == "ok":
                    yield row

    def _fits(self, peft: PeftFolder, row: LibraryModel) -> bool:
        try:
            return check_peft(peft, self._adapters.base(row)).safe
        except AppError:
            return False

    # The work

    def _plan(self, step: Step, job: AdapterJob) -> AdapterPlanned:
        report = self._run(step, job, lambda request: PlanAdapter(request, job))
        assert isinstance(report, AdapterPlanned)
        return report

    def _write(self, step: Step, job: AdapterJob, target: str, size: int) -> str:
        """Have `target` written; returns what wrote it."""

        def tell(progress: Progress) -> None:
            if not step.stop.is_set():  # else the call that waits for the process ends it
                step.progress(int(progress.fraction * size), progress.note)

        report = self._run(step, job, lambda request: ConvertAdapter(request, job, target), tell)
        assert isinstance(report, AdapterConverted)
        return report.engine

    def _run(
        self,
        step: Step,
        job: AdapterJob,
        build: Callable[[int], Command],
        tell: Callable[[Progress], None] = lambda _progress: None,
    ) -> Report:
        return run_job(self._shop.workers, _KIND, job.name, build, stop=step.stop, on_progress=tell)


def _check(draft: Path, plan: AdapterPlanned, base: Base) -> None:
    """Hold the new file against what was planned, and against its base, like every adapter that is loaded.

    Raises:
        AppError: ``convert.damaged``.
    """
    header = check_written(draft, (plan.size, plan.tensors, plan.architecture))
    bad = [line.text for line in check(header, base).lines if line.state == "bad"]
    if bad:
        raise damaged(draft, "\n".join(bad))
