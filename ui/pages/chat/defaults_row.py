"""What new chats with a model begin with: keeping the present settings for that, and forgetting them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.chats.types import Chat, ModelDefaults
from backend.i18n import tr
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label


def defaults_of(chat: Chat) -> ModelDefaults | None:
    """The settings of `chat` as those that new chats with its model begin with."""
    if chat.model_id is None:
        return None
    return ModelDefaults(chat.model_id, chat.system_prompt, chat.sampling, chat.n_ctx, chat.kv_type)


class DefaultsRow(QWidget):
    """Signals:
    keep_asked: New chats with this model are to begin with the present settings.
    forget_asked: They are to begin with the settings of the app again.
    """

    keep_asked = Signal()
    forget_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = label("", "caption", "3", wrap=True)
        self.keep = Button("", "link")
        self.keep.clicked.connect(self.keep_asked)
        self.forget = Button(tr("Forget"), "link")
        self.forget.setAccessibleName(tr("Forget what new chats with this model begin with"))
        self.forget.clicked.connect(self.forget_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._note)
        actions = FlowLayout(spacing=12)
        actions.addWidget(self.keep)
        actions.addWidget(self.forget)
        layout.addLayout(actions)
        self.show_state(None, None)

    def show_state(self, chat: Chat | None, kept: ModelDefaults | None) -> None:
        """Say how the settings of `chat` stand to what is `kept` for its model."""
        present = defaults_of(chat) if chat is not None else None
        same = kept is not None and kept == present
        if kept is None:
            self._note.setText("")
        elif same:
            self._note.setText(tr("New chats with this model begin with these settings."))
        else:
            self._note.setText(tr("New chats with this model begin with other settings, which were kept."))
        self._note.setVisible(kept is not None)
        self.keep.setText(
            tr("Use these for new chats with this model") if kept is None else tr("Use these instead")
        )
        self.keep.setVisible(present is not None and not same)
        self.forget.setVisible(kept is not None)
