"""Answers of the local server in the shapes that clients read."""

from __future__ import annotations

import pytest

from backend.engines.types import Delta, Finished, FinishReason, Timings, TokenChoice, ToolCall
from backend.server.answers import joined
from backend.server.forms import ChatForm, Gathered

CALLS = tuple(ToolCall(f"call{number}", "weather", "{}") for number in range(3))


@pytest.mark.parametrize(("one_call", "count"), [(False, 3), (True, 1)])
def test_who_wants_one_call_gets_one(one_call: bool, count: int) -> None:
    form, whole, told = ChatForm("m", False, 0, one_call=one_call), Gathered(), []
    for calls in (CALLS[:1], CALLS[1:]):
        delta = Delta("", tool_calls=calls)
        told += form.piece(delta, len(whole.calls))["delta"].get("tool_calls", [])
        whole.take(delta)
    whole.end = Finished(FinishReason.STOP, Timings())
    answer = form.answer(0, whole)
    assert [call["index"] for call in told] == list(range(count))
    assert [call["id"] for call in answer["message"]["tool_calls"]] == [call["id"] for call in told]
    assert answer["finish_reason"] == "tool_calls"


def test_pieces_that_come_together_are_one_up_to_a_call_or_the_end() -> None:
    def piece(text: str, index: int, calls: tuple[ToolCall, ...] = ()) -> Delta:
        return Delta(text, "", index, 1, (TokenChoice(text, -1.0, ()),), calls)

    end = Finished(FinishReason.STOP, Timings(), 0)
    events = [piece("a", 0), piece("x", 1), piece("b", 0, CALLS[:1]), piece("c", 0), piece("y", 1), end]
    first, second, third, last = joined([*events])
    assert isinstance(first, Delta) and isinstance(second, Delta)
    assert (first.text, first.tokens, first.tool_calls) == ("ab", 2, CALLS[:1])
    assert [choice.text for choice in first.choices] == ["a", "b"]
    assert (second.text, second.index) == ("xy", 1) and third == events[3] and last is end
    assert joined([end]) == [end]
