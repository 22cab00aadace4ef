"""Chat templates come from strangers: they are rendered like transformers does, and can't escape, hang or
flood.

Fault 54.
"""

from __future__ import annotations

import datetime
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.engines.thinking import THINK
from backend.engines.types import ToolCall, Turn
from backend.worker.llama import template as module
from backend.worker.llama.template import ChatTemplate, Renderer, chatml, merge_system
from backend.worker.llama.tools import in_words
from backend.worker.render import answer
from backend.workers.environment import worker_command
from backend.workers.protocol import Failed, Rendered, RenderTemplate
from tests.support.models import CHATML

TURNS = (Turn("system", "Be brief."), Turn("user", "Hi"), Turn("assistant", "Hello"), Turn("user", "Bye"))


def render(template: str, turns: tuple[Turn, ...] = TURNS) -> str:
    reply = answer(RenderTemplate(1, template, turns, "<s>", "</s>", 100_000))
    assert isinstance(reply, Rendered), reply
    return reply.text


def fail(template: str) -> Failed:
    reply = answer(RenderTemplate(1, template, TURNS, "<s>", "</s>", 1_000))
    assert isinstance(reply, Failed), reply
    return reply


def test_chatml_equals_the_built_in_fallback() -> None:
    assert render(CHATML) == chatml(TURNS)


def test_what_templates_expect_is_there() -> None:
    assert render(
        "{{ bos_token }}{{ messages[0]['role'] }}{{ messages[0].content|trim }}{{ eos_token }}"
    ) == ("<s>systemBe brief.</s>")
    assert render("{{ {'a': 'ż<'}|tojson }}") == '{"a": "ż<"}'
    assert render("{{ strftime_now('%Y') }}") == str(datetime.datetime.now().year)
    assert render("{% for m in messages %}{% if loop.index > 1 %}{% break %}{% endif %}x{% endfor %}") == "x"
    assert render("{% generation %}y{% endgeneration %}") == "y"
    assert (
        render(
            "{% set ns = namespace(n=0) %}"
            "{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}"
        )
        == "4"
    )
    assert render("{% if tools %}t{% endif %}{% if add_generation_prompt %}a{% endif %}") == "a"
    assert render("{% if true %}\n  x\n{% endif %}\n") == "  x\n"


def test_a_template_may_refuse() -> None:
    failure = fail("{{ raise_exception('no system role') }}").failure
    assert (failure.code, failure.detail) == ("template.refused", "no system role")


@pytest.mark.parametrize(
    "template",
    [
        "{{ lipsum.__globals__['os'].popen('touch CANARY').read() }}",
        "{{ cycler.__init__.__globals__.os.system('touch CANARY') }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ messages.append(1) }}",
        "{{ (messages|attr('__class__')).__base__.__subclasses__() }}",
        "{{ self._TemplateReference__context.environment.from_string('x') }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ '{0.__class__.__mro__}'.format(messages) }}",
        "{{ 1/0 }}",
        "{% broken",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 'x' * 1001 }}",
        "{% for i in range(1000000000) %}{% endfor %}",
    ],
)
def test_escapes_floods_and_mistakes_are_errors(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert fail(template).failure.code == "template.error"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer((*worker_command(), "--worker", "template"))
    yield renderer
    renderer.close()


LOOPS = "{% for _ in range(99999) %}" * 3 + "{% endfor %}" * 3


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        (LOOPS, {"template.timeout"}),
        ("{{ 'x' * 1000000000 }}", {"template.error", "template.timeout", "template.crashed"}),
        (
            "{% set x = namespace(s='xxxxxxxx') %}"
            "{% for i in range(60) %}{% set x.s = x.s + x.s %}{% endfor %}{{ x.s }}",
            {"template.error", "template.timeout", "template.crashed"},
        ),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", {"template.error", "template.crashed"}),
        ("{{ raise_exception('never') }}", {"template.refused"}),
        ("{{ lipsum.__globals__['os'].popen('touch CANARY').read() }}", {"template.error"}),
    ],
    ids=["loops", "gigabyte", "doubling", "recursion", "raise", "escape"],
)
def test_a_hostile_template_is_replaced_with_a_reason(
    renderer: Renderer, template: str, codes: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rendered = ChatTemplate(renderer, template, "", "").render(TURNS)
    assert rendered.text == chatml(TURNS)
    assert rendered.problem is not None
    assert rendered.problem.code in codes
    assert list(tmp_path.iterdir()) == []
    # The next conversation, of another model, is rendered as if nothing had happened.
    assert ChatTemplate(renderer, "{{ messages|length }}", "", "").render(TURNS).text == "4"


def test_a_template_that_hung_twice_is_not_asked_again(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = ChatTemplate(renderer, LOOPS, "", "")
    first = template.render(TURNS)
    assert template.render(TURNS) == first
    monkeypatch.setattr(renderer, "render", None)
    assert template.render(TURNS) == first


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_waiting_for_a_processor_is_not_hanging(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    template = ChatTemplate(renderer, "{{ messages|length }}", "", "")
    assert template.check() is None
    assert renderer._process
    pid, looked = renderer._process.pid, []

    def spent(_pid: int) -> float:
        looked.append(_pid)
        if len(looked) == 3:  # after the deadline
            os.kill(pid, signal.SIGCONT)
        return 0.0

    monkeypatch.setattr(module, "_spent", spent)
    monkeypatch.setattr(module, "_DEADLINE_S", 0.1)
    monkeypatch.setattr(module, "_WAITING", 300.0)
    os.kill(pid, signal.SIGSTOP)
    assert template.render(TURNS).text == "4"
    assert len(looked) >= 3


def test_a_template_whose_process_died_once_is_asked_again(renderer: Renderer) -> None:
    template = ChatTemplate(renderer, "{{ messages|length }}", "", "")
    assert template.check() is None
    for _ in range(2):
        assert renderer._process
        renderer._process.kill()
        renderer._process.wait()
        assert template.render(TURNS).text == chatml(TURNS)
        assert template.render(TURNS).text == "4"


def test_a_system_turn_moves_into_the_first_question_where_the_template_refuses_it(
    renderer: Renderer,
) -> None:
    picky = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}"
        "[{{ m.content }}]{% endfor %}"
    )
    rendered = ChatTemplate(renderer, picky, "", "").render(TURNS)
    assert rendered.text == "[Be brief.\n\nHi][Hello][Bye]"
    assert rendered.problem is None


def test_system_turns_merge() -> None:
    assert merge_system(TURNS[1:]) == TURNS[1:]
    assert merge_system(TURNS[:1]) == (Turn("user", "Be brief."),)
    assert merge_system(()) == ()


def test_a_model_without_a_template_gets_chatml_and_says_so(renderer: Renderer) -> None:
    template = ChatTemplate(renderer, None, "", "")
    problem = template.check()
    assert problem is not None
    assert problem.code == "template.missing"
    assert template.render(TURNS).text == chatml(TURNS)


def test_the_renderer_survives_the_death_of_its_process() -> None:
    renderer = Renderer((sys.executable, "-c", "import sys; sys.stdin.readline()"))
    reply = renderer.render(RenderTemplate(1, "x", TURNS, "", "", 10))
    renderer.close()
    assert isinstance(reply, Failed)
    assert reply.failure.code == "template.crashed"


@pytest.mark.parametrize("template", [None, "{% for m in messages %}{{ m.content }}{% endfor %}>"])
def test_an_answer_is_continued_word_for_word(renderer: Renderer, template: str | None) -> None:
    asked = (Turn("user", "Count."),)
    prompt = ChatTemplate(renderer, template, "", "").prompt((*asked, Turn("assistant", "One, \n")), THINK)
    before = chatml(asked) if template is None else "Count.>"
    assert (prompt.text, prompt.written, prompt.thinking) == (f"{before}One, \n", "One, \n", False)


def test_reasoning_that_the_template_opens_is_closed_before_a_continued_answer(renderer: Renderer) -> None:
    template = ChatTemplate(renderer, "{{ messages[0].content }}<think>\n", "", "")
    asked = (Turn("user", "Count."),)
    prompt = template.prompt((*asked, Turn("assistant", "One")), THINK)
    assert (prompt.text, prompt.thinking) == ("Count.<think>\n\n</think>\n\nOne", False)
    nothing_yet = template.prompt((*asked, Turn("assistant", "")), THINK)
    assert (nothing_yet.text, nothing_yet.thinking) == ("Count.<think>", True)


TOOLS = '[{"type": "function", "function": {"name": "weather", "parameters": {}}}]'
CALLED = (
    Turn("user", "Weather?"),
    Turn("assistant", "", tool_calls=(ToolCall("abc123def", "weather", '{"city": "Rome"}'),)),
    Turn("tool", "sunny", tool_call_id="abc123def"),
)


def test_a_template_that_knows_tools_gets_them_and_their_results(renderer: Renderer) -> None:
    knowing = (
        "{% for t in tools or [] %}<{{ t.function.name }}>{% endfor %}"
        "{% for m in messages %}[{{ m.role }}{% for c in m.tool_calls or [] %}"
        " {{ c.function.name }}({{ c.function.arguments.city }}){% endfor %}"
        "{% if m.role == 'tool' %} {{ m.name }}{% endif %} {{ m.content }}]{% endfor %}"
    )
    template = ChatTemplate(renderer, knowing, "", "")
    rendered = template.prompt(CALLED, THINK, TOOLS)
    assert rendered.text == "<weather>[user Weather?][assistant weather(Rome) ][tool weather sunny]"
    assert template.render(TURNS[1:2]).text == "[user Hi]"
    joining = knowing.replace("c.function.arguments.city", "'' + c.function.arguments")
    text = ChatTemplate(renderer, joining, "", "").render(CALLED, TOOLS).text
    assert 'weather({"city": "Rome"})' in text


@pytest.mark.parametrize(
    "template",
    [None, CHATML, "{% if tools %}{{ raise_exception('none') }}{% endif %}" + CHATML],
    ids=["none", "unknown", "refused"],
)
def test_other_templates_are_told_of_tools_in_words(renderer: Renderer, template: str | None) -> None:
    chat = ChatTemplate(renderer, template, "", "")
    rendered = chat.render((Turn("system", "Be brief."), *CALLED), TOOLS)
    assert rendered.text == chatml(in_words((Turn("system", "Be brief."), *CALLED), TOOLS))
    head, *_ = rendered.text.partition("<|im_end|>")
    assert head.startswith("<|im_start|>system\nBe brief.\n\n# Tools")
    assert '"name": "weather"' in head
    assert '<tool_call>\n{"name": "weather", "arguments": {"city": "Rome"}}\n</tool_call>' in rendered.text
    assert "<|im_start|>user\n<tool_response>\nsunny\n</tool_response><|im_end|>" in rendered.text
    assert rendered.text.endswith("<|im_start|>assistant\n")
    assert (rendered.problem is None) == (template is not None)
    assert in_words(TURNS, "") == TURNS
