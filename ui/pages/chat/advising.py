"""Looks before a model is loaded whether it will fit, and holds the message until the person has decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from backend.capacity.running import BATCH
from backend.capacity.types import LoadAdvice, Option, Verdict
from backend.engines.types import ChatModel, LoadOptions, ModelState
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.models.shelf import STARTER
from ui.pages.chat.advice import AdviceNotice
from ui.pages.chat.asking import Asking
from ui.pages.chat.composer import Composer
from ui.pages.chat.presenter import ChatPresenter
from ui.shell import Shell

if TYPE_CHECKING:
    from backend.app import Backend

PAUSE_MS = 250
MEMORY_CODES = ("engine.memory", "engine.context_memory", "engine.killed")
"""Failures of a load that other settings may avoid."""
_Key = tuple[str, LoadOptions]


class DoesNotFit(AppError):
    """A message was not sent, because its model would not fit."""

    def __init__(self, advice: LoadAdvice, key: _Key, text: str) -> None:
        super().__init__("chat.does_not_fit", advice.warning)
        self.advice, self.key, self.text = advice, key, text


class Advising(QObject):
    """Between the composer and `asking`. A model that is in memory already is asked without a look.

    The person has the last word: *Load anyway* loads it, and the same settings are not questioned again.
    """

    def __init__(
        self,
        backend: Backend,
        shell: Shell,
        presenter: ChatPresenter,
        asking: Asking,
        composer: Composer,
        notice: AdviceNotice,
    ) -> None:
        super().__init__(presenter)
        self._backend, self._shell = backend, shell
        self._presenter, self._asking = presenter, asking
        self._composer, self._notice = composer, notice
        self._decided: set[_Key] = set()
        self._held: str | None = None
        self._retry: int | None = None
        self._looking: tasks.Task | None = None
        self._shown_for: _Key | None = None
        self._failures: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        presenter.chat_shown.connect(self._chat_shown)
        presenter.chat_updated.connect(lambda _chat: self._settings_changed())
        presenter.state_changed.connect(self._state_changed)
        presenter.refused.connect(self._refused)
        notice.chosen.connect(self._take)
        notice.anyway.connect(self._load_anyway)
        notice.dismissed.connect(self._close)

    # -- sending

    def send(self, text: str) -> None:
        """Send `text`, unless its model will not fit: then the notice asks first."""
        presenter = self._presenter
        if presenter.chat is None:
            presenter.new_chat(then=lambda: self.send(text))
            return
        key = self._key()
        self._close()
        if key is None or key in self._decided:
            self._asking.send(text)
        else:
            self._asking.send(text, lambda: self._check(key, text))

    def _check(self, key: _Key, text: str) -> None:
        """Not on the GUI thread. Raises `DoesNotFit`."""
        try:
            advice = self._backend.fits.advise(Path(key[0]), key[1])
        except AppError:
            return  # the load itself says what is wrong with the file
        if advice.fit.verdict is Verdict.TOO_BIG:
            raise DoesNotFit(advice, key, text)

    def _refused(self, error: AppError) -> None:
        if not isinstance(error, DoesNotFit):
            self._composer.show_error(error)
        elif self._key() == error.key:
            self._held = error.text
            self._show(error.advice, error.key)
            (self._notice.buttons or [self._notice.anyway_button])[0].setFocus()

    def ask_example(self, text: str) -> None:
        """Send one of the offered first questions, to the starter where there is no chat."""
        if self._presenter.chat is None:
            self._presenter.new_chat(STARTER, then=lambda: self.send(text))
        else:
            self.send(text)

    # -- looking

    def _model(self) -> ChatModel | None:
        return self._presenter.model_of(self._presenter.chat)

    def _key(self) -> _Key | None:
        """What would be loaded; None where nothing would, or nothing can be said."""
        chat, model = self._presenter.chat, self._model()
        if chat is None or model is None or model.problem:
            return None
        state = self._presenter.shelf.state_of(model)
        options = self._backend.chats.options_of(chat)
        if state is not None and state.state in (ModelState.READY, ModelState.LOADING):
            loaded = state.loaded.options if state.loaded is not None else None
            if loaded is None or (loaded.n_ctx, loaded.kv_type) == (options.n_ctx, options.kv_type):
                return None
        return model.address, options

    def _ask(self, key: _Key, answer: Callable[[LoadAdvice | None], object]) -> None:
        if self._looking is not None:
            self._looking.cancel()
        path, options = key

        def done(advice: LoadAdvice | None) -> None:
            self._looking = None
            answer(advice)

        def failed(_error: AppError) -> None:
            done(None)  # the load itself says what is wrong with the file

        self._looking = tasks.run(
            lambda: self._backend.fits.advise(Path(path), options), done, failed, owner=self
        )

    def _chat_shown(self, chat: Any) -> None:
        self._close()
        if chat is not None and not len(self._presenter.branch):
            self._soon.start()

    def _settings_changed(self) -> None:
        """Another model, context or cache was chosen: the notice is about what was before."""
        if self._shown_for is not None and self._shown_for != self._key():
            self._close()
        self._soon.start()

    def _look(self) -> None:
        """Nothing was sent yet; say early what would happen."""
        key = self._key()
        if key is None or key in self._decided or self._held is not None or key == self._shown_for:
            return
        if self._presenter.busy:  # it is being loaded already
            return

        def answer(advice: LoadAdvice | None) -> None:
            if advice is not None and advice.fit.verdict is Verdict.TOO_BIG and self._key() == key:
                self._show(advice, key)

        self._ask(key, answer)

    def _state_changed(self) -> None:
        """A load ended: one that failed for want of memory is explained, once."""
        model = self._model()
        state = self._presenter.shelf.state_of(model)
        if model is None or state is None:
            return
        if state.state is not ModelState.FAILED:
            self._failures.discard(model.id)
            return
        key = self._key()
        if key is None or state.error_code not in MEMORY_CODES or model.id in self._failures:
            return
        self._failures.add(model.id)
        self._decided.discard(key)

        def answer(advice: LoadAdvice | None) -> None:
            if advice is not None and self._key() == key:
                self._retry = self._failed_answer()
                self._show(advice, key, state.error_title)

        self._ask(key, answer)

    def _failed_answer(self) -> int | None:
        """The answer at the end of the branch that the failed load has cost."""
        messages = self._presenter.branch.messages
        last = messages[-1] if messages else None
        return last.id if last is not None and last.role == "assistant" and last.error_title else None

    # -- deciding

    def _show(self, advice: LoadAdvice, key: _Key, cause: str = "") -> None:
        model = self._model()
        if model is None:
            return
        self._shown_for = key
        title = cause or tr("{model} does not fit in memory now.", model=model.name)
        self._notice.show_advice(advice, title, model.quant, failed=bool(cause), held=self._held is not None)

    def _close(self) -> None:
        had_focus = self._notice.isAncestorOf(self._notice.focusWidget() or self._composer)
        self._soon.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._held, self._retry, self._shown_for = None, None, None
        self._notice.hide()
        if had_focus:
            self._composer.input.setFocus()

    def _load_anyway(self) -> None:
        key = self._key()
        if key is not None:
            self._decided.add(key)
        self._go_on()

    def _take(self, option: Option) -> None:
        """Load with the settings of an option; another file of the model is chosen, or looked for."""
        model = self._model()
        if model is None:
            return
        changes: dict[str, Any] = {
            "n_ctx": option.run.n_ctx // max(option.run.parallel, 1),
            "kv_type": option.run.kv_type,
            "n_batch": option.run.n_batch if option.run.n_batch < BATCH else None,
            "gpu_layers": option.run.gpu_layers,
        }
        if option.label and option.label != model.quant:
            other = self._other_file(model, option.label)
            if other is None:
                self._close()
                self._shell.search(f"hf:{model.repo_id}" if model.repo_id else model.name)
                return
            changes["model_id"] = other.id
        held, retry = self._held, self._retry
        self._presenter.change(**changes)
        self._held, self._retry = held, retry  # the change of the settings has closed the notice
        key = self._key()
        if key is not None:
            self._decided.add(key)
        self._go_on()

    def _go_on(self) -> None:
        """Do what waits for the decision."""
        text, retry = self._held, self._retry
        self._close()
        self._composer.input.setFocus()
        if text is not None:
            self._asking.send(text)
        elif retry is not None:
            self._asking.regenerate(retry)

    def _other_file(self, model: ChatModel, label: str) -> ChatModel | None:
        """The same model in another quantization, if it is on this disk."""
        return next(
            (
                row
                for row in self._presenter.shelf.models
                if row.quant == label
                and not row.problem
                and not row.base_id
                and (row.repo_id == model.repo_id if model.repo_id else row.name == model.name)
            ),
            None,
        )
