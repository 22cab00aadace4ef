"""What the pane of conversations shows and asks for, tied to the list of chats."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings

from backend.chats.types import Chat, ChatFolder, FoundMessage
from backend.i18n import tr
from ui.pages.chat.chat_list import HITS
from ui.pages.chat.conversation_menu import ListMenu
from ui.pages.chat.conversation_rows import hit_rows, rows_of
from ui.pages.chat.conversations import ConversationPane
from ui.pages.chat.presenter import ChatPresenter
from ui.pages.chat.texts import chat_title
from ui.pages.chat.transfer import Transfer
from ui.shell import Shell


class ListSide(QObject):
    """Keeps which folders are closed, and what of a search was opened last."""

    def __init__(
        self, pane: ConversationPane, presenter: ChatPresenter, transfer: Transfer, shell: Shell
    ) -> None:
        super().__init__(pane)
        self._pane, self._presenter, self._shell = pane, presenter, shell
        self._closed: set[int] = set()
        self._found: FoundMessage | None = None
        ListMenu(pane)
        chats = presenter.list
        pane.opened.connect(presenter.open)
        pane.hit_opened.connect(self._open_hit)
        pane.renamed.connect(chats.rename)
        pane.delete_asked.connect(chats.delete)
        pane.undo_asked.connect(chats.undo_delete)
        pane.search_changed.connect(chats.set_search)
        pane.pin_asked.connect(chats.pin)
        pane.move_asked.connect(chats.move)
        pane.folder_asked.connect(chats.add_folder)
        pane.folder_renamed.connect(chats.rename_folder)
        pane.folder_delete_asked.connect(self._delete_folder)
        pane.folder_toggled.connect(self._toggle)
        pane.export_asked.connect(transfer.export)
        pane.import_asked.connect(transfer.import_files)
        transfer.imported.connect(presenter.open)
        chats.deleted.connect(self._offer_undo)
        chats.folder_made.connect(lambda folder: pane.name_folder(folder.id))
        presenter.answering.changed.connect(lambda _chat_id: self.show())

    def show(self) -> None:
        """Fill the pane with what is there now."""
        chats, pane = self._presenter.list, self._pane
        pane.folders = chats.folders
        pane.all_ids = tuple(chat.id for chat in chats.chats)
        if chats.searching:
            pane.set_rows(hit_rows(chats.hits, HITS))
            return
        names = {model.id: model.name for model in self._presenter.shelf.models}
        pane.set_rows(
            rows_of(
                chats.chats,
                names,
                folders=chats.folders,
                closed=self._closed,
                answering=self._presenter.answering.chats,
            )
        )

    def found_word(self, message_id: int) -> str:
        """The word to mark in a message that was opened from a search; empty if it was not."""
        found = self._found
        if found is None or found.message_id != message_id or not found.marks:
            return ""
        start, length = found.marks[0]
        return found.snippet[start : start + length]

    def save_state(self, settings: QSettings) -> None:
        """Remember which folders are closed."""
        settings.setValue("chat/closed_folders", ",".join(map(str, sorted(self._closed))))

    def restore_state(self, settings: QSettings) -> None:
        """Take back what `save_state` wrote."""
        ids = str(settings.value("chat/closed_folders", "") or "").split(",")
        self._closed = {int(each) for each in ids if each.isdigit()}

    def _open_hit(self, found: FoundMessage) -> None:
        self._found = found
        self._presenter.open(found.chat_id, found.message_id)

    def _toggle(self, folder_id: int, shown: bool) -> None:
        (self._closed.discard if shown else self._closed.add)(folder_id)
        self.show()

    def _delete_folder(self, folder: ChatFolder) -> None:
        """Its chats stay, so nothing is asked unless there are some to be scattered."""
        inside = [chat for chat in self._presenter.list.chats if chat.folder_id == folder.id]
        sure = not inside or self._shell.confirm(
            tr("Remove the folder “{name}”?", name=folder.name),
            tr("Its {count} chats stay, outside of any folder.", n=len(inside), count=len(inside)),
            tr("Remove"),
        )
        if sure:
            self._presenter.list.delete_folder(folder.id)

    def _offer_undo(self, gone: tuple[Chat, ...]) -> None:
        words = (
            tr("Deleted “{title}”", title=chat_title(gone[0]))
            if len(gone) == 1
            else tr("Deleted {n} chats", n=len(gone))
        )
        self._shell.toast(words, tr("Undo"), self._presenter.list.undo_delete)
