"""What a row of the drawer says about its job."""

from __future__ import annotations

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.downloads.types import DownloadJob, DownloadState
from backend.hubs.types import Source
from backend.i18n import tr
from ui import format as fmt
from ui.models.jobs import Job, Section, section_of

_DAMAGED = ("checksum", "mismatch", "damaged", "differs", "changed")
"""Parts of the error codes that mean: the bytes on the disk are not those of the hub."""

_KIND_ICONS = {
    ActivityKind.VERIFY: "shield-check",
    ActivityKind.MOVE: "hard-drive",
    ActivityKind.SHARE: "link",
    ActivityKind.COMPARE: "scan-search",
    ActivityKind.QUANTIZE: "blend",
    ActivityKind.CONVERT: "package",
    ActivityKind.MERGE: "sliders-vertical",
    ActivityKind.IMATRIX: "layers",
    ActivityKind.LAB: "gauge",
    ActivityKind.BENCH: "gauge",
    ActivityKind.UNATTENDED: "columns-3",
}


def title(job: Job) -> str:
    """What is done, to what."""
    if isinstance(job, DownloadJob):
        return job.name
    match job.kind:
        case ActivityKind.VERIFY:
            return tr("Verify {name}", name=job.name) if job.name else tr("Verify")
        case ActivityKind.MOVE:
            return tr("Move {name}", name=job.name) if job.name else tr("Move")
        case ActivityKind.SHARE:
            return tr("Reclaim space of {name}", name=job.name) if job.name else tr("Reclaim space")
        case ActivityKind.COMPARE:
            return tr("Compare {name}", name=job.name) if job.name else tr("Compare what looks the same")
        case ActivityKind.QUANTIZE:
            return tr("Quantize {name}", name=job.name)
        case ActivityKind.CONVERT:
            return tr("Convert {name}", name=job.name)
        case ActivityKind.MERGE:
            return tr("Merge {name}", name=job.name)
        case ActivityKind.IMATRIX:
            return tr("Importance matrix of {name}", name=job.name)
        case ActivityKind.LAB:
            return tr("Quant lab of {name}", name=job.name)
        case ActivityKind.BENCH:
            return tr("Bench {name}", name=job.name)
        case ActivityKind.UNATTENDED:
            return tr("Unattended: {name}", name=job.name)


def icon(job: Job) -> tuple[str, str]:
    """Name and colour of its icon."""
    match section_of(job):
        case Section.NEEDS_YOU:
            return "circle-alert", "bad.text"
        case Section.PAUSED:
            return "pause", "text.3"
        case Section.FINISHED:
            cancelled = job.state in (DownloadState.CANCELLED, ActivityState.CANCELLED)
            return ("ban", "text.3") if cancelled else ("check", "ok.text")
        case Section.WAITING:
            return ("grip-vertical" if isinstance(job, DownloadJob) else "clock"), "text.3"
        case Section.RUNNING:
            if isinstance(job, Activity):
                return _KIND_ICONS[job.kind], "text.2"
            return ("shield-check" if job.state is DownloadState.VERIFYING else "download"), "text.2"


def amount(job: Job, place: int = 0) -> str:
    """The line below the bar: how much, how fast, or what came out. `place` counts the waiting from 0."""
    if isinstance(job, Activity) and job.unit != "bytes":
        return _counted(job)
    total = fmt.size(job.total)
    done = tr("{done} of {total}", done=in_unit_of(job.done, job.total), total=total) if job.total else ""
    match section_of(job):
        case Section.NEEDS_YOU:
            return ""
        case Section.RUNNING:
            if job.state is DownloadState.VERIFYING:
                return tr("Checking SHA-256 of {total}", total=total)
            return f"{done}  {fmt.speed(job.speed)}".strip() if job.speed else done
        case Section.WAITING:
            if isinstance(job, DownloadJob) and job.note:
                return f"{total}, {job.note}"
            if not job.total:
                return tr("Waits for its turn")
            if place == 0 and isinstance(job, DownloadJob):
                return tr("{total}, next", total=done if job.done else total)
            return tr("{total}, waits for its turn", total=done if job.done else total)
        case Section.PAUSED:
            return tr("{amount}, paused, keeps its place", amount=done or total)
        case Section.FINISHED:
            return _outcome(job, total)


def _counted(job: Activity) -> str:
    """The same for work that is counted in tokens, answers or tests."""
    done, count = fmt.number(job.done), fmt.number(job.total)
    match job.unit:
        case "answers":
            total = tr("{count} answers", n=job.total, count=count)
            part = tr("{done} of {count} answers", n=job.total, done=done, count=count)
        case "tests":
            total = tr("{count} tests", n=job.total, count=count)
            part = tr("{done} of {count} tests", n=job.total, done=done, count=count)
        case _:
            total = tr("{count} tokens", n=job.total, count=count)
            part = tr("{done} of {count} tokens", n=job.total, done=done, count=count)
    match section_of(job):
        case Section.NEEDS_YOU:
            return ""
        case Section.RUNNING:
            if not job.total:
                return ""
            tokens = job.unit == "tokens" and job.speed
            speed = tr("{rate} tok/s", rate=fmt.rate(job.speed)) if tokens else ""
            return f"{part}  {speed}".strip()
        case Section.FINISHED:
            return _outcome(job, total)
        case _:
            if not job.total:
                return tr("Waits for its turn")
            return tr("{total}, waits for its turn", total=total)


def _outcome(job: Job, total: str) -> str:
    if job.state in (DownloadState.CANCELLED, ActivityState.CANCELLED):
        return tr("Cancelled")
    if isinstance(job, Activity):
        return job.note or (total if job.total else tr("Done"))
    words = tr("{total}, SHA-256 verified", total=total)
    if job.finished and job.created and job.finished > job.created:
        took = fmt.duration(job.finished - job.created)
        words = tr("{total} in {time}, SHA-256 verified", total=total, time=took)
    return f"{words}, {job.place_of}" if job.place_of else words


def note(job: Job) -> str:
    """The small line at the end: connections, what went wrong on the way, where it goes."""
    if isinstance(job, Activity):
        return job.note if job.state is ActivityState.RUNNING else ""
    if job.state not in (DownloadState.RUNNING, DownloadState.VERIFYING, DownloadState.PAUSED):
        return ""
    words = []
    if job.state is DownloadState.RUNNING and job.connections:
        words.append(tr("{n} connections", n=job.connections))
    if job.note:
        words.append(job.note)
    if not job.note and job.place_of:  # beside a note there is no room for it
        words.append(job.place_of)
    return "; ".join(words)


def spoken(job: Job) -> str:
    """The row in one sentence, for screen readers."""
    about = job.error_title if section_of(job) is Section.NEEDS_YOU else amount(job)
    share = fmt.percent(min(job.done / job.total, 1.0)) if job.total and job.done < job.total else ""
    return ", ".join(part for part in (f"{title(job)} {job.label}".strip(), share, about) if part)


def made_model(job: Job) -> bool:
    """Whether it made a model that one can talk to."""
    kinds = (ActivityKind.QUANTIZE, ActivityKind.CONVERT, ActivityKind.MERGE)
    made = isinstance(job, Activity) and job.kind in kinds
    return made and job.state is ActivityState.DONE and bool(job.path)


def has_results(job: Job) -> bool:
    """Whether it measured something that the quant lab shows."""
    lab = isinstance(job, Activity) and job.kind is ActivityKind.LAB
    return lab and job.state is ActivityState.DONE and bool(job.model_id)


def gated(job: Job) -> bool:
    """Whether its owner has to let the person in."""
    return isinstance(job, DownloadJob) and "gated" in job.error_code


def wants_token(job: Job) -> bool:
    """Whether another access token may help."""
    return isinstance(job, DownloadJob) and job.error_code.partition(".")[2] in (
        "gated",
        "sign_in",
        "token",
        "forbidden",
    )


def damaged(job: Job) -> bool:
    """Whether what was read from the disk is not what the hub has, so that fetching it again helps."""
    return any(word in job.error_code for word in _DAMAGED)


def page_url(job: DownloadJob) -> str:
    """The page of the model on its garden."""
    name = job.request.repo_id
    if job.request.source is Source.OLLAMA:
        return f"https://ollama.com/{name if '/' in name else f'library/{name}'}"
    return f"https://huggingface.co/{name}"


def ranges(job: Job) -> tuple[tuple[int, int], ...]:
    """What of the whole job is on the disk, its files laid one after the other. Bytes."""
    if not isinstance(job, DownloadJob) or not job.ranges:
        return ((0, job.done),) if job.done else ()
    before = 0
    for file in job.request.files:
        if job.current in (file.path, file.path.rpartition("/")[2]):
            break
        before += file.size
    else:
        before = 0
    shifted = tuple((start + before, end + before) for start, end in job.ranges)
    return ((0, before), *shifted) if before else shifted


def in_unit_of(count: int, whole: int) -> str:
    """`count` in the unit that `whole` is shown in, without the unit."""
    return fmt.scaled(count, fmt.scaled(whole)[1])[0]
