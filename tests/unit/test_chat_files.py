"""Exports and imports of chats, hostile files among them, and replays."""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from backend.chats.types import Message, MessageState
from backend.engines.types import Alternative, Sampling, TokenChoice, Turn
from backend.errors import AppError, Cancelled
from tests.support.chat_home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.close()


def rich_chat(home: Home, tmp_path: Path) -> int:
    """A chat with branches, reasoning, choices, a card, files and a system prompt."""
    (tmp_path / "notes.txt").write_text("<b>bold</b>")
    chat = home.chats.create("starter")
    home.chats.update(chat.id, system_prompt="Be <brief>.", sampling=Sampling(top_k=3), overflow="drop")
    home.chats.send(chat.id, "red <i>or</i> **blue**?", [home.chats.attach(tmp_path / "notes.txt", chat.id)])
    generation = home.engine.next()
    generation.say(
        "[x](javascript:alert(1)) ![](http://tracker/x.png) red\ud83d\ude00".encode(
            "utf-16", "surrogatepass"
        ).decode("utf-16"),
        "hm",
        (TokenChoice("red", -0.5, (Alternative("blue", -1.0),)),),
    )
    generation.end(seed=7)
    first = home.recorder.answer(MessageState.DONE)
    home.chats.edit(first.id, "blue")
    home.chats.select_sibling(first.id)
    return chat.id


def told(messages: tuple[Message, ...]) -> list[tuple[Any, ...]]:
    return [
        (
            m.role,
            m.text,
            m.state,
            m.reasoning,
            m.model_name,
            m.timings,
            m.card,
            m.edited,
            m.attachments,
            m.created,
        )
        for m in messages
    ]


def test_our_own_file_brings_everything_back(home: Home, tmp_path: Path) -> None:
    chat_id = rich_chat(home, tmp_path)
    path = tmp_path / "chats.json"
    home.chats.export([chat_id], path, "json")
    (copy_id,) = home.chats.import_file(path)
    chat, copy = home.chats.chat(chat_id), home.chats.chat(copy_id)
    assert (copy.title, copy.system_prompt, copy.sampling, copy.overflow, copy.model_id) == (
        chat.title,
        "Be <brief>.",
        Sampling(top_k=3),
        "drop",
        "starter",
    )
    original, copied = home.chats.messages(chat_id), home.chats.messages(copy_id)
    assert told(copied) == told(original)
    assert home.chats.choices(copied[1].id) == home.chats.choices(original[1].id) != ()
    assert len(copied[1].siblings) == 2
    assert [m.text for m in home.chats.select_sibling(copied[1].siblings[1])][1] == "blue"
    assert len(home.chats.find_text("javascript")) == 2


def test_the_page_to_print_runs_and_loads_nothing(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "chat.html"
    home.chats.export([rich_chat(home, tmp_path)], path, "html")
    page = path.read_text("utf-8")
    assert "<strong>blue</strong>" in page
    assert "&lt;i&gt;or&lt;/i&gt;" in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    for wrong in ("<script", 'href="javascript', "<img", "<b>bold", "<i>or", 'src="http'):
        assert wrong not in page
    assert "default-src 'none'" in page


def test_text_and_turns_for_others(home: Home, tmp_path: Path) -> None:
    chat_id = rich_chat(home, tmp_path)
    home.chats.export([chat_id, chat_id], tmp_path / "chat.md", "md")
    text = (tmp_path / "chat.md").read_text("utf-8")
    assert text.count("## Orangery Starter · Q8_0\n\n> hm\n\n[x]") == 2
    assert "notes.txt:\n```\n<b>bold</b>\n```" in text
    home.chats.export([chat_id], tmp_path / "chat.jsonl", "sharegpt")
    (line,) = (tmp_path / "chat.jsonl").read_text("utf-8").splitlines()
    assert [turn["from"] for turn in json.loads(line)["conversations"]] == ["system", "human", "gpt"]
    (copy,) = home.chats.import_file(tmp_path / "chat.jsonl")
    assert home.chats.chat(copy).system_prompt == "Be <brief>."
    assert home.chats.messages(copy)[1].text == home.chats.messages(chat_id)[1].text
    with pytest.raises(AppError, match="could not be written") as caught:
        home.chats.export([chat_id], tmp_path / "none" / "chat.md", "md")
    assert caught.value.code == "chat.export_failed"


def node(parent: str | None, role: str, *parts: object, **more: Any) -> dict[str, Any]:
    content = {"content_type": "text", "parts": list(parts)}
    return {"parent": parent, "message": {"author": {"role": role}, "content": content, **more}}


def test_a_tree_of_openai_keeps_its_branches(home: Home, tmp_path: Path) -> None:
    mapping: dict[str, Any] = {
        "root": {"parent": None, "message": None, "children": ["sys"]},
        "sys": node("root", "system", "") | {"children": ["q"]},
        "q": node("sys", "user", "red?", create_time=1700000000.5) | {"children": ["a", "tool", "b"]},
        "a": node("q", "assistant", "red") | {"children": ["a", "gone", "q2"]},
        "q2": node("a", "user", {"content_type": "image_asset_pointer"}, "sure\ud83d?") | {"children": []},
        "tool": node("q", "tool", "searching") | {"children": ["c"]},
        "b": node("q", "assistant", "crimson", metadata={"model_slug": "gpt-x"}) | {"children": None},
        "c": node("tool", "assistant", "scarlet") | {"children": []},
    }
    chats = [{"title": "Colours", "create_time": 1e300, "mapping": mapping, "current_node": "q2"}]
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(chats))
    (chat_id,) = home.chats.import_file(path)
    branch = home.chats.messages(chat_id)
    assert [m.text for m in branch] == ["red?", "red", "[picture]\n\nsure\ufffd?"]
    assert branch[0].created == 1700000000.5
    siblings = [home.chats.select_sibling(number)[1] for number in branch[1].siblings]
    assert [(m.text, m.model_name) for m in siblings] == [("red", ""), ("scarlet", ""), ("crimson", "gpt-x")]


def test_of_two_answers_in_a_row_the_first_is_not_gone_on_with(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    turns = [("human", "red?"), ("gpt", "scarlet"), ("gpt", "ruby")]
    path.write_text(json.dumps({"conversations": [{"from": who, "value": text} for who, text in turns]}))
    (chat_id,) = home.chats.import_file(path)
    home.chats.update(chat_id, model_id="starter")
    _, scarlet, ruby = home.chats.messages(chat_id)
    home.chats.regenerate(ruby.id)
    generation = home.engine.next()
    generation.say("red")
    generation.end()
    again = home.recorder.message(lambda m: m.text == "red" and m.state is MessageState.DONE)
    assert again.parent_id == scarlet.id
    assert home.chats.messages(chat_id)[1].text == "scarlet"


GOOD = '{"conversations": [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "ho"}]}'


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "no sound JSON"),
        (b"\xff\xfe\x00", "no text"),
        (b"[]", "no chats"),
        (b"7", "an object"),
        (b"[" * 200_000, "no sound JSON"),
        (b'{"a":' * 200_000, "no sound JSON"),
        (b'{"conversations": 7}', "conversations"),
        (b'[{"conversations": [{"from": "human", "value": 7}]}]', r"\[0\].conversations\[0\].value"),
        (b'[{"conversations": [{"from": "tool", "value": "x"}]}]', "at least one turn"),
        (b'[{"mapping": {"a": 7}}]', r"\[0\].mapping.a"),
        (b'[{"mapping": {"a": {"parent": "b"}, "b": {"parent": "a"}}}]', "at least one message"),
        (b'{"format": "orangery-chats", "chats": 7}', "chats"),
        (b'{"format": "orangery-chats", "chats": [{"title": "t", "messages": [{"id": 1, "parent": 1, '
         b'"role": "user", "text": "x"}]}]}', r"chats\[0\].messages\[0\].parent"),
        (b'{"format": "orangery-chats", "chats": [{"title": "t", "sampling": {"temperature": 1e999}, '
         b'"messages": []}]}', r"chats\[0\].sampling.temperature"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_name_and_field(
    home: Home, tmp_path: Path, content: bytes, where: str
) -> None:
    path = tmp_path / "hostile.json"
    path.write_bytes(content)
    with pytest.raises(AppError, match=where) as caught:
        home.chats.import_file(path)
    assert (caught.value.code, "hostile.json" in caught.value.title) == ("chat.import_failed", True)
    assert home.chats.chats() == ()


def test_what_can_be_read_is_kept_and_the_rest_is_told(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(f'{GOOD}\n\n{{"conversations": [7]}}\nnot json\n{GOOD}\n', "utf-8")
    with pytest.raises(AppError, match=r"2 chats of mixed\.jsonl were imported, 2 could not") as caught:
        home.chats.import_file(path)
    assert (caught.value.code, "line 3" in caught.value.hint) == ("chat.import_partly", True)
    assert [chat.title for chat in home.chats.chats()] == ["hi", "hi"]
    path.write_text(f"[{GOOD}, {GOOD}", "utf-8")  # cut short
    with pytest.raises(AppError, match="2 chats"):
        home.chats.import_file(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(AppError, match="cannot be read"):
            home.chats.import_file(tmp_path / "pipe")


# -- replays -------------------------------------------------------------------------------------------------


def test_a_replay_says_whether_text_and_speed_are_the_same(home: Home) -> None:
    chat = home.chats.create("starter")
    home.chats.update(chat.id, system_prompt="Be brief.", n_ctx=512)
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("good day")
    generation.end(seed=99)
    answer = home.recorder.answer(MessageState.DONE)
    home.chats.update(chat.id, system_prompt="Changed.", sampling=Sampling(temperature=2.0), n_ctx=None)
    with ThreadPoolExecutor(1) as pool:
        for said in ("good day", "good morning"):
            running = pool.submit(home.chats.replay, answer.id)
            again = home.engine.next()
            assert home.chats.busy(chat.id)
            assert again.turns == (Turn("system", "Be brief."), Turn("user", "hello"))
            assert again.sampling == Sampling(seed=99)
            assert home.engine.loads[-1][1].n_ctx == 512
            again.say(said)
            again.end()
            replay = running.result(60)
            assert (replay.text, replay.same_text) == (said, said == "good day")
            assert (replay.differs_at, replay.changed) == ({"good day": 8, "good morning": 5}[said], ())
            assert replay.before.generation_tps == replay.now.generation_tps == 50.0
        running = pool.submit(home.chats.replay, answer.id)
        home.engine.next()
        home.chats.stop(chat.id)
        with pytest.raises(Cancelled):
            running.result(60)
        assert not home.chats.busy(chat.id)
    edited = home.chats.edit(answer.id, "my words")
    with pytest.raises(AppError) as caught:
        home.chats.replay(edited.id)
    assert caught.value.code == "chat.no_card"


def test_no_damage_of_a_file_is_more_than_an_error(home: Home, tmp_path: Path) -> None:
    chat_id = rich_chat(home, tmp_path)
    path = tmp_path / "file.json"
    home.chats.export([chat_id], path, "json")
    sound = [json.loads(path.read_bytes()), [json.loads(GOOD)]]
    tree = {"r": {"children": ["q"]}, "q": node("r", "user", "red?") | {"children": []}}
    sound.append([{"title": "t", "mapping": tree, "current_node": "q"}])
    chance = random.Random(3)
    values = (None, True, -1, 2**70, 1e300, "", "x", "\ud800", "\0", [], [[]], [7], {}, {"id": {}}, "done")
    outcomes = set()
    for _ in range(150):
        document = copy.deepcopy(chance.choice(sound))
        for _ in range(chance.randint(1, 3)):
            _damage(document, chance, values)
        path.write_text(json.dumps(document))
        try:
            for added in home.chats.import_file(path):
                home.chats.messages(added)
            outcomes.add("read")
        except AppError as error:
            outcomes.add(error.code)
    assert outcomes == {"read", "chat.import_failed"}
    assert home.database.check() == ""


def _damage(document: Any, chance: random.Random, values: tuple[Any, ...]) -> None:
    """Put one of `values` somewhere into a JSON document."""
    places: list[tuple[Any, Any]] = []
    todo = [document]
    while todo:
        inside = todo.pop()
        names = list(inside) if isinstance(inside, dict) else range(len(inside))
        for name in names:
            places.append((inside, name))
            if isinstance(inside[name], dict | list):
                todo.append(inside[name])
    if places:
        inside, name = chance.choice(places)
        inside[name] = copy.deepcopy(chance.choice(values))
