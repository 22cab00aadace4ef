"""Before a deletion: whose store it is, what goes, what is freed, what stays and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from backend.library.types import DeletePreview, LibraryModel, Store
from ui import format as fmt
from ui.pages.library.dialogs.parts import clear, fact, paths_well
from ui.pages.library.words import full_name
from ui.pages.library.work import IN_USE, Asked
from ui.widgets.sheet import Sheet


class DeleteDialog(Sheet):
    """Cancel has the focus: what is deleted cannot be brought back.

    Signals:
        confirmed: The models whose files are to be deleted.
        forgotten: The models that are only to be taken off the list.
        unload_asked: The models that are loaded and hold up their deletion.
    """

    confirmed = Signal(object)
    forgotten = Signal(object)
    unload_asked = Signal(object)

    def __init__(self, asked: Sequence[Asked], parent: QWidget | None = None) -> None:
        super().__init__("", width=520, parent=parent)
        self._models: tuple[LibraryModel, ...] = ()
        self._held: tuple[LibraryModel, ...] = ()
        self._unload = self.add_button(tr("Unload"))
        self._unload.clicked.connect(lambda: self.unload_asked.emit(self._held))
        self._forget = self.add_button(tr("Remove from the list"))
        self._forget.clicked.connect(self._forgotten)
        self._delete = self.add_button(tr("Delete"), "danger", "trash-2")
        self._delete.clicked.connect(self._confirmed)
        self.set_asked(asked)
        self.set_default(self.cancel)

    def set_asked(self, asked: Sequence[Asked]) -> None:
        """Show what deleting would do, as of now."""
        previews = [each.preview for each in asked if each.preview is not None]
        refused = [each for each in asked if each.refusal is not None]
        self._models = tuple(preview.model for preview in previews)
        self._held = tuple(
            each.model for each in refused if each.refusal is not None and each.refusal.code == IN_USE
        )
        listed = bool(previews) and all(preview.listed for preview in previews)
        if len(asked) == 1:
            title = tr("Delete {name}?", name=full_name(asked[0].model))
        else:
            title = tr("Delete {n} models?", n=len(asked))
        if not previews:
            self.set_words(str(refused[0].refusal.title) if refused and refused[0].refusal else title)
        elif listed:
            self.set_words(
                title, tr("You can take it off the list and keep the file, or delete the file itself.")
            )
        else:
            self.set_words(title, _whose(previews))
        clear(self.body)
        for each in refused:
            assert each.refusal is not None
            text = each.refusal.hint if not previews else str(each.refusal)
            if text:
                self.body.addWidget(fact("triangle-alert", "warn.mark", text))
        if previews:
            self._fill(previews, listed)
        self._forget.setVisible(listed)
        self._delete.setText(tr("Delete the file") if listed else tr("Delete"))
        self._delete.setVisible(bool(previews))
        self._unload.setVisible(bool(self._held))
        self.fit()

    def _fill(self, previews: Sequence[DeletePreview], listed: bool) -> None:
        self.body.addWidget(paths_well(path for preview in previews for path in preview.files))
        frees = sum(preview.frees for preview in previews)
        if not frees:
            words = tr("Frees nothing")
        elif listed:
            words = tr("Deleting the file frees {size}", size=fmt.size(frees))
        else:
            words = tr("Frees {size}", size=fmt.size(frees))
        self.body.addWidget(fact("hard-drive", "text.2", words, weight=500))
        for reason in dict.fromkeys(reason for preview in previews for reason in preview.keeps):
            self.body.addWidget(fact("link", "text.2", reason, "2"))
        if any(preview.through_daemon for preview in previews):
            self.body.addWidget(
                fact("server", "text.2", tr("The running Ollama deletes it from its own folder."), "2")
            )
        self.body.addWidget(fact("triangle-alert", "warn.mark", tr("Deleting cannot be undone."), "2"))

    def delete_words(self) -> str:
        """What the destructive button says."""
        return self._delete.text()

    def _confirmed(self) -> None:
        models = self._models
        self.accept()
        self.confirmed.emit(models)

    def _forgotten(self) -> None:
        models = self._models
        self.accept()
        self.forgotten.emit(models)


def _whose(previews: Sequence[DeletePreview]) -> str:
    """Whose folders the files lie in, and what that means for the other program."""
    return " ".join(dict.fromkeys(_store_words(preview) for preview in previews))


def _store_words(preview: DeletePreview) -> str:
    match preview.store:
        case Store.OLLAMA if preview.foreign:
            return tr("It belongs to Ollama: it will be gone there, too, until you pull it again.")
        case Store.LM_STUDIO | Store.JAN | Store.LLAMA_CPP:
            return tr("It lies in {whose}; that program will not find it any more.", whose=preview.whose)
        case Store.HUB_CACHE | Store.OLLAMA:
            return tr("It lies in {whose}.", whose=preview.whose)
        case Store.MODELS:
            return tr("You made it with Orangery; no garden has a copy of it.")
        case _:
            return tr("The file itself is deleted from your folder, for every program.")
