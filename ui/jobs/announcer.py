"""Says what became of a download while the drawer is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from backend.activities.types import Activity, ActivityState
from backend.i18n import tr
from ui.jobs import texts
from ui.models.jobs import Job, Section, key_of, section_of
from ui.shell import Shell


class Announcer(QObject):
    """Compares a row with what it was, and shows a toast when it ended.

    Args:
        act: Does an action of a row: its name and the key of the job.
    """

    def __init__(self, shell: Shell, act: Callable[[str, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._act, self._widget = shell, act, parent

    def changed(self, before: Job | None, job: Job) -> None:
        """Tell the person, unless nothing ended or it ended before Orangery was started.

        The library tells of its own work on files itself; what takes the engine goes on for so long that it
        is told here, wherever the person is by then.
        """
        if isinstance(job, Activity) and job.kind.lane != "engine":
            return
        if before is None or section_of(before) is section_of(job) or section_of(before) is Section.FINISHED:
            return
        section = section_of(job)
        name = f"{texts.title(job)} {job.label}".strip()
        if section is Section.NEEDS_YOU:
            self._tell(job.error_title or tr("{name} failed", name=name), tr("Jobs"), self._shell.open_jobs)
        elif isinstance(job, Activity):
            if job.state is ActivityState.DONE:
                words = f"{name}\n{job.note}" if job.note else tr("{name}: done", name=name)
                self._tell(words, *self._where(job))
        elif section is Section.FINISHED and job.state.value == "done":
            model = job.request.quant.kind == "model"
            self._tell(
                tr("{name} is ready, SHA-256 verified", name=name),
                tr("Chat") if model else tr("Show"),
                lambda: self._act("chat" if model else "show", key_of(job)),
            )

    def _where(self, job: Activity) -> tuple[str, Callable[[], object]]:
        """What one may want next: the file, or else the list of jobs."""
        if texts.has_results(job):
            return tr("Results"), lambda: self._act("results", key_of(job))
        if job.path:
            return tr("Show"), lambda: self._act("show", key_of(job))
        return tr("Jobs"), self._shell.open_jobs

    def _tell(self, text: str, action: str, act: Callable[[], object]) -> None:
        self._shell.toast(text, action, act)
        # In the way of the desktop: a mark in the task bar, only while the window is not the active one.
        QApplication.alert(self._widget.window())
