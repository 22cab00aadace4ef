"""Tools in words, for chat templates that do not know of them.

The words are those of Hermes (https://github.com/NousResearch/Hermes-Function-Calling), which many models
have seen, with or without a template that writes them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from backend.engines.types import ToolCall, Turn

_INTRODUCTION = """\
# Tools

You may call one or more functions to assist with the user query.

You are provided with function signatures within <tools></tools> XML tags:
<tools>
{tools}
</tools>

For each function call, return a json object with function name and arguments within \
<tool_call></tool_call> XML tags:
<tool_call>
{{"name": <function-name>, "arguments": <args-json-object>}}
</tool_call>"""


def in_words(turns: Sequence[Turn], tools: str) -> tuple[Turn, ...]:
    """The same conversation with the tools in the system turn, and calls and their results as text; `turns`
    as they are where there is nothing of that.
    """
    told: list[Turn] = []
    for turn in turns:
        if turn.role == "tool":
            result = f"<tool_response>\n{turn.content}\n</tool_response>"
            if told and told[-1].role == "user" and told[-1].content.endswith("</tool_response>"):
                told[-1] = Turn("user", f"{told[-1].content}\n{result}", told[-1].images)
            else:
                told.append(Turn("user", result))
        elif turn.tool_calls:
            parts = [turn.content, *map(_call, turn.tool_calls)]
            told.append(Turn(turn.role, "\n".join(part for part in parts if part), turn.images))
        else:
            told.append(turn)
    if tools:
        listed = "\n".join(json.dumps(tool, ensure_ascii=False) for tool in json.loads(tools))
        text = _INTRODUCTION.format(tools=listed)
        if told and told[0].role == "system":
            told[0] = Turn("system", f"{told[0].content}\n\n{text}".strip())
        else:
            told.insert(0, Turn("system", text))
    return tuple(told)


def _call(call: ToolCall) -> str:
    return f'<tool_call>\n{{"name": {json.dumps(call.name)}, "arguments": {call.arguments}}}\n</tool_call>'
