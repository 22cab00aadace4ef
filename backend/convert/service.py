"""Converting Hugging Face repositories: what would come of one, and making the file."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.convert.checking import check_written
from backend.convert.sentences import note_sentences
from backend.convert.source import Origin, origin_of, snapshot, source_files, wanted_files
from backend.convert.types import INCOMPLETE, ConvertPlan, ConvertType
from backend.downloads.manager import Downloads
from backend.downloads.pull import pull
from backend.downloads.types import DownloadJob, DownloadRequest
from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.huggingface import HuggingFace
from backend.hubs.types import QuantFile, RepoDetail
from backend.i18n import tr
from backend.library.hashing import hash_file
from backend.quantize import target as place
from backend.quantize.drafting import drafted, place_all
from backend.quantize.target import Target
from backend.quantize.types import Made
from backend.quantize.workshop import Workshop
from backend.store.made import Recipe
from backend.workers.job import run_job
from backend.workers.messages_convert import ConversionPlanned, Convert, Converted, PlanConversion
from backend.workers.protocol import Progress

_KIND = "convert"


class Converter:
    """Blocking, except `start`; call it from any thread but the GUI thread.

    Args:
        hub, downloads, bus: For repositories that are not on this disk yet.
        hub_cache: Where downloaded repositories lie.
    """

    def __init__(
        self,
        shop: Workshop,
        hub: HuggingFace,
        downloads: Downloads,
        bus: EventBus,
        *,
        hub_cache: Path,
    ) -> None:
        self._shop = shop
        self._hub = hub
        self._downloads = downloads
        self._bus = bus
        self._hub_cache = hub_cache

    def inspect(self, folder: Path, stop: threading.Event | None = None) -> ConvertPlan:
        """What would come of a folder, without reading its weights. What cannot be converted is a plan with a
        `refusal`.

        Raises:
            AppError: The worker died.
            Cancelled: `stop` was set.
        """
        origin = origin_of(folder)
        try:
            plan = self._ask(folder, origin, stop or threading.Event())
        except AppError as error:
            if not error.code.startswith("convert.") or error.retryable:
                raise
            return ConvertPlan(folder, origin.name, refusal=error)
        return ConvertPlan(
            folder,
            origin.name,
            plan.architecture,
            plan.gguf_architecture,
            plan.parameters,
            plan.tensors,
            plan.context,
            plan.tokenizer,
            plan.sizes,
            note_sentences(plan.notes, plan.context),
        )

    def local(self, repo_id: str) -> Path | None:
        """The folder of a repository of the hub that is on this disk; None where it is not.

        Raises:
            AppError: ``download.bad_name``.
        """
        return snapshot(self._hub_cache, repo_id)

    def fetch(self, repo_id: str, revision: str | None, progress: Callable[[DownloadJob], None]) -> Path:
        """Download what a conversion of a repository needs, verified, and return its folder. The small files
        come first: what they refuse is not downloaded.

        Raises:
            AppError: Why it cannot be converted, or what the hub and the download raise.
            Cancelled: The download was paused or cancelled.
        """
        detail = self._hub.detail(repo_id, revision)
        settings, weights = wanted_files(detail)
        folder = self._pull(detail, settings, progress)
        refusal = self.inspect(folder).refusal
        if refusal is not None and refusal.code not in INCOMPLETE:
            raise refusal
        return self._pull(detail, weights, progress)

    def _pull(self, detail: RepoDetail, files: QuantFile, progress: Callable[[DownloadJob], None]) -> Path:
        request = DownloadRequest(detail.model.id, detail.commit, files)
        return pull(self._downloads, self._bus, request, progress).path.parent

    def start(self, folder: Path, kind: ConvertType) -> str:
        """Make the file in the background; returns the id of the activity.

        Raises:
            AppError: The app is closing.
        """

        def work(step: Step) -> Outcome:
            return Outcome(tr("Made and verified."), self.make(step, folder, kind).path)

        return self._shop.activities.start(ActivityKind.CONVERT, origin_of(folder).name, work, label=kind)

    def make(
        self,
        step: Step,
        folder: Path,
        kind: ConvertType,
        target: Path | None = None,
        *,
        replace: bool = False,
    ) -> Made:
        """Make the file: at `target` (or in it, where that is a folder), or else in the library's own folder
        under a free name.

        Args:
            replace: Whether a file at `target` may be replaced.

        Raises:
            AppError: It could not be made. Nothing is left of it, and the source is untouched.
            Cancelled: It was stopped.
        """
        origin = origin_of(folder)
        files = self._shop.target(Path(origin.folder, origin.stem), f"{origin.stem}-{kind}", target)
        place.check_place(files, source_files(folder), replace=replace)
        place.check_name(files.files[0])
        step.say(tr("Planning"))
        plan = self._ask(folder, origin, step.stop)
        size = next(one.size for one in plan.sizes if one.type == kind)
        place.check_space(files.folder, size)
        step.expect(2 * size)
        with drafted(files, self._shop.notes) as draft:
            converted = self._write(step, folder, origin, kind, files, size)
            check_written(files.drafts[0], (size, plan.tensors, plan.gguf_architecture))
            step.progress(size, tr("Verifying"))
            hashed = hash_file(files.drafts[0], step.advance)
            step.check()
            self._shop.record(
                ((files.files[0], hashed),),
                "convert",
                Recipe(type=kind),
                converted.engine,
                source_id=origin.id,
                source_name=origin.id,
            )
            place_all(files, draft, replace=replace)
        self._shop.library.rescan()
        return Made(files.files[0], size, hashed.sha256)

    def _ask(self, folder: Path, origin: Origin, stop: threading.Event) -> ConversionPlanned:
        where = os.path.abspath(folder)  # noqa: PTH100
        report = run_job(
            self._shop.workers,
            _KIND,
            origin.name,
            lambda request: PlanConversion(request, where, origin.name),
            stop=stop,
        )
        assert isinstance(report, ConversionPlanned)
        return report

    def _write(
        self, step: Step, folder: Path, origin: Origin, kind: ConvertType, files: Target, size: int
    ) -> Converted:
        source = os.path.abspath(folder)  # noqa: PTH100

        def tell(progress: Progress) -> None:
            if not step.stop.is_set():  # else the call that waits for the process ends it
                step.progress(int(progress.fraction * size), progress.note)

        report = run_job(
            self._shop.workers,
            _KIND,
            origin.name,
            lambda request: Convert(request, source, str(files.written), kind, origin.name),
            stop=step.stop,
            on_progress=tell,
        )
        assert isinstance(report, Converted)
        return report
