"""Going on with an answer, other words for it, run cards, attachments, undo and what outgrows the context."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.chats.types import Message, MessageState, ModelDefaults, Overflow
from backend.engines.types import Alternative, FinishReason, Sampling, TokenChoice, Turn
from backend.errors import AppError
from backend.library.types import LibraryModel
from tests.support.chat_home import Home

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.close()


def done(home: Home, text: str) -> Message:
    return home.recorder.message(lambda m: m.text == text and m.state is MessageState.DONE)


# -- answers -------------------------------------------------------------------------------------------------


def test_an_answer_goes_on_where_it_stopped(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "count")
    first = home.engine.next()
    choice = TokenChoice("one", -0.5, (Alternative("One", -1.25),))
    first.say("one", "thinking", (choice,))
    home.chats.stop(chat.id)
    stopped = home.recorder.answer(MessageState.STOPPED)
    home.chats.go_on(stopped.id)
    more = home.engine.next()
    assert more.turns == (Turn("user", "count"), Turn("assistant", "one"))
    streaming = home.recorder.message(lambda m: m.id == stopped.id and m.state is MessageState.STREAMING)
    assert streaming.text == "one"
    more.say(", two", choices=(TokenChoice(", two", -0.1),))
    more.end()
    whole = done(home, "one, two")
    assert (whole.id, whole.reasoning, whole.timings.completion_tokens) == (stopped.id, "thinking", 40)
    assert [token.text for token in whole.choices] == ["one", ", two"]
    assert home.chats.choices(whole.id) == whole.choices
    (_, shown) = home.chats.messages(chat.id)
    assert (shown.has_choices, shown.choices) == (True, ())
    # A model that is gone leaves what was said.
    home.chats.update(chat.id, model_id="hf:gone/away")
    home.chats.go_on(whole.id)
    failed = home.recorder.message(lambda m: m.id == whole.id and m.state is MessageState.INTERRUPTED)
    assert (failed.text, failed.error_title) == ("one, two", "hf:gone/away is not in the library.")
    with pytest.raises(AppError) as caught:
        home.chats.go_on(home.chats.messages(chat.id)[0].id)
    assert caught.value.code == "chat.not_an_answer"


def test_other_words_for_an_answer_stand_beside_it(home: Home) -> None:
    chat = home.chats.create("starter")
    first = home.answered(chat.id, "red?", "red")
    edited = home.chats.edit(first.id, "crimson")
    assert (edited.siblings, edited.edited, edited.card) == ((first.id, edited.id), True, None)
    assert edited.model_name == "Orangery Starter"
    home.chats.send(chat.id, "sure?")
    assert home.engine.next().turns[1] == Turn("assistant", "crimson")


def test_an_answer_says_what_it_depended_on(home: Home) -> None:
    chat = home.chats.create("starter")
    sampling = Sampling(temperature=0.3, stop=("END",))
    home.chats.update(chat.id, system_prompt="Be brief.", sampling=sampling, n_ctx=512)
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("hi", "hm")
    generation.end(seed=4711)
    answer = done(home, "hi")
    card = home.chats.messages(chat.id)[-1].card
    assert card is not None
    assert card == answer.card
    assert (card.model_id, card.address, card.seed) == ("starter", str(home.library.path), 4711)
    assert (card.sampling, card.system_prompt, card.options.n_ctx) == (sampling, "Be brief.", 512)
    assert answer.reasoning_s >= 0


def test_deleting_a_message_can_be_undone(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    first = home.answered(chat.id, "one", "1")
    second = home.answered(chat.id, "two", "2")
    assert [m.text for m in home.chats.delete_message(second.id)] == ["one", "1", "two"]
    assert home.chats.delete_message(first.id)[-1].text == "one"
    # What was under it comes back with it, and not before.
    home.chats.restore_message(second.id)
    assert [m.text for m in home.chats.messages(chat.id)] == ["one"]
    assert [m.text for m in home.chats.restore_message(first.id)] == ["one", "1", "two", "2"]
    home.chats.delete_message(first.id)
    home.close()
    again = Home(tmp_path)
    with pytest.raises(LookupError):
        again.chats.restore_message(first.id)
    again.close()


# -- attachments ---------------------------------------------------------------------------------------------


def test_text_files_of_any_encoding_stand_before_the_question(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    texts = {
        "utf8.md": "Straße\n```\ncode\n```".encode(),
        "utf16.txt": "Straße".encode("utf-16"),
        "latin.txt": "Straße".encode("latin-1"),
    }
    files = []
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
        files.append(home.chats.attach(tmp_path / name, chat.id))
    assert [file.text for file in files] == ["Straße\n```\ncode\n```", "Straße", "Straße"]
    assert all(file.tokens for file in files)
    before = home.chats.context_use(chat.id, "why?").conversation
    assert home.chats.context_use(chat.id, "why?", files).conversation > before
    question = home.chats.send(chat.id, "why?", files)
    assert question.attachments == tuple(files)
    content = home.engine.next().turns[0].content
    assert content.startswith("utf8.md:\n````\nStraße\n```\ncode\n```\n````\n\nutf16.txt:\n```\nStraße\n```")
    assert content.endswith("\n\nwhy?")
    home.chats.stop(chat.id)
    home.recorder.answer(MessageState.STOPPED)
    edited = home.chats.edit(question.id, "what?")
    assert edited.attachments == question.attachments


def test_files_that_are_no_text_or_too_large_are_refused(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    path = tmp_path / "file.bin"
    for data, why in ((b"a\0b", "neither text"), (b"x" * 10_000_001, "10 MB"), (PNG, "see images")):
        path.write_bytes(data)
        with pytest.raises(AppError, match=why) as caught:
            home.chats.attach(path, chat.id)
        assert caught.value.code == "chat.attachment"
        assert "file.bin" in caught.value.title
    with pytest.raises(AppError, match="can't be read"):
        home.chats.attach(tmp_path / "gone", chat.id)


def test_images_go_to_models_that_see_and_leave_with_their_chat(home: Home, tmp_path: Path) -> None:
    sees = home.library.find
    home.library.find = lambda spec: _with_projector(sees(spec), tmp_path)  # type: ignore[method-assign]
    (tmp_path / "cat.png").write_bytes(PNG)
    chat = home.chats.create("starter")
    image = home.chats.attach(tmp_path / "cat.png", chat.id)
    kept = Path(image.path)
    assert kept.read_bytes() == PNG
    home.chats.send(chat.id, "", [image])
    assert home.engine.next().turns == (Turn("user", "", (image.path,)),)
    assert home.chats.chat(chat.id).title == "cat.png"
    home.chats.stop(chat.id)
    home.recorder.answer(MessageState.STOPPED)
    home.library.find = sees  # type: ignore[method-assign]
    home.chats.send(chat.id, "and now?")
    assert home.engine.next().turns == (Turn("user", "[cat.png]\n\nand now?"),)
    home.close()
    again = Home(tmp_path)
    assert kept.exists()
    again.chats.delete(chat.id)
    again.close()
    last = Home(tmp_path)
    assert not kept.exists()
    last.close()


def _with_projector(row: LibraryModel, folder: Path) -> LibraryModel:
    return dataclasses.replace(row, projector=folder / "mmproj.gguf")


# -- a full context ------------------------------------------------------------------------------------------


def long_chat(home: Home, overflow: Overflow, n_ctx: int = 64, words: int = 4) -> int:
    """A chat of four exchanges; the scripted engine counts words."""
    chat = home.chats.create("starter")
    home.chats.update(
        chat.id, n_ctx=n_ctx, system_prompt="be brief", sampling=Sampling(max_tokens=8), overflow=overflow
    )
    for number in range(4):
        home.answered(chat.id, f"question {number} " + "q " * words, f"answer {number} " + "a " * words)
    return chat.id


@pytest.mark.parametrize("cannot_count", [False, True])
def test_the_oldest_exchanges_are_left_out(home: Home, cannot_count: bool) -> None:
    chat_id = long_chat(home, "drop")
    home.engine.cannot_count = cannot_count
    question = "last " + "w " * 20
    use = home.chats.context_use(chat_id, question)
    home.chats.send(chat_id, question)
    turns = home.engine.next().turns
    assert (turns[0], turns[-1]) == (Turn("system", "be brief"), Turn("user", question))
    assert turns[1].role == "user"
    assert use.left_out == 8 + 1 - (len(turns) - 1) > 0
    assert use.approximate == cannot_count
    if not cannot_count:
        assert turns[1].content.startswith("question 2")
    home.chats.stop(chat_id)
    home.recorder.answer(MessageState.STOPPED)
    home.chats.update(chat_id, overflow="stop")
    home.chats.send(chat_id, "all of it")
    assert home.engine.next().turns[1].content.startswith("question 0")


def test_a_summary_takes_the_place_of_the_oldest_and_can_be_edited(home: Home) -> None:
    chat_id = long_chat(home, "summarise", 512, 60)
    assert home.chats.summary(chat_id) is None
    home.chats.send(chat_id, "last " + "w " * 20)
    asked = home.engine.next()
    assert "summar" in asked.turns[0].content
    assert "User: question 0" in asked.turns[1].content
    assert asked.sampling.max_tokens == 64
    asked.say("They counted.")
    asked.end()
    # The rest of the old part comes with what is known of it already.
    while (generation := home.engine.next()).turns[0].content != _system("They counted."):
        assert "Summary of what came before:\nThey counted." in generation.turns[1].content
        generation.say("They counted.")
        generation.end()
    assert generation.turns[-1].content.startswith("last ")
    summary = home.chats.summary(chat_id)
    assert summary is not None
    assert (summary.text, summary.edited) == ("They counted.", False)
    generation.say("fine")
    generation.end()
    done(home, "fine")
    assert home.chats.set_summary(summary.id, "They counted to four.").edited
    use = home.chats.context_use(chat_id, "go on")
    assert (use.summary, use.left_out > 0) == (10, True)
    home.chats.send(chat_id, "go on")
    assert home.engine.next().turns[0].content == _system("They counted to four.")


def _system(summary: str) -> str:
    return f"be brief\n\nSummary of the conversation so far:\n{summary}"


def test_a_failed_summary_leaves_out_the_oldest_and_says_so(home: Home) -> None:
    chat_id = long_chat(home, "summarise", 512, 60)
    home.chats.send(chat_id, "last " + "w " * 20)
    home.engine.next().end(FinishReason.ERROR, error_title="Out of memory.")
    generation = home.engine.next()
    assert generation.turns[0] == Turn("system", "be brief")
    generation.say("fine")
    generation.end()
    assert "could not be summarised" in done(home, "fine").error_title
    assert home.chats.summary(chat_id) is None
    # Stopping ends a summary, too.
    home.chats.send(chat_id, "more " + "w " * 20)
    home.engine.next()
    home.chats.stop(chat_id)
    home.recorder.answer(MessageState.STOPPED)


# -- order ---------------------------------------------------------------------------------------------------


def test_folders_pins_and_defaults(home: Home) -> None:
    work, play = home.chats.add_folder("  Work "), home.chats.add_folder("Play")
    chat = home.chats.create("starter")
    home.chats.move(chat.id, work.id)
    home.chats.pin(chat.id)
    home.chats.rename_folder(work.id, "Office")
    home.chats.rename(chat.id, "kept in its folder")
    kept = home.chats.chat(chat.id)
    assert (kept.folder_id, kept.pinned) == (work.id, True)
    assert [folder.name for folder in home.chats.folders()] == ["Office", "Play"]
    home.chats.delete_folder(work.id)
    home.chats.pin(chat.id, False)
    assert (home.chats.chat(chat.id).folder_id, home.chats.chat(chat.id).pinned) == (None, False)
    with pytest.raises(LookupError):
        home.chats.move(chat.id, work.id)
    with pytest.raises(AppError, match="empty"):
        home.chats.rename_folder(play.id, " ")
    defaults = ModelDefaults("starter", "Speak Polish.", Sampling(top_k=1), 2048, "q8_0")
    home.chats.set_defaults(defaults)
    assert home.chats.defaults("starter") == defaults
    new = home.chats.create("starter")
    assert (new.system_prompt, new.sampling.top_k, new.n_ctx, new.kv_type) == (
        "Speak Polish.",
        1,
        2048,
        "q8_0",
    )
    home.chats.clear_defaults("starter")
    assert home.chats.create("starter").system_prompt == ""


def test_presets_are_passed_on_as_a_file(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "presets.json"
    kept = home.chats.save_preset("Poet", "Rhyme.", Sampling(temperature=1.2, stop=("THE END",)))
    home.chats.save_preset("Cook", "", Sampling())
    home.chats.export_presets(path)
    home.chats.save_preset("Poet", "Changed.", Sampling(), kept.id)
    home.chats.delete_preset(home.chats.presets()[0].id)
    assert home.chats.import_presets(path) == 2
    assert [(p.name, p.system_prompt, p.sampling.stop) for p in home.chats.presets()] == [
        ("Cook", "", ()),
        ("Poet", "Rhyme.", ("THE END",)),
    ]
    sound = path.read_text()
    for wrong, where in (
        ("[" * 100_000, "no sound JSON"),
        (sound.replace("1.2", '"warm"'), r"presets\[1\].sampling.temperature"),
        (sound.replace('"Poet"', "7"), r"presets\[1\].name"),
        (sound.replace("orangery-presets", "recipes"), "format"),
        ('{"format": "orangery-presets", "presets": 7}', "presets"),
    ):
        path.write_text(wrong)
        with pytest.raises(AppError, match=where) as caught:
            home.chats.import_presets(path)
        assert (caught.value.code, "presets.json" in caught.value.title) == ("chat.import_failed", True)
    assert len(home.chats.presets()) == 2
