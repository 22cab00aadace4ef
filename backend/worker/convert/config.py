"""Values of ``config.json``, each of the type and range that it must have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from backend.worker.convert.refusal import refuse

FILE = "config.json"
_LARGEST = 2**31 - 1
_LARGEST_FLOAT = 3.4e38
"""What a metadata value of 32 bits can hold; not a number compares as larger."""


class Config:
    """One JSON object of a file; `path` says where it lies, such as ``text_config.``.

    Every method raises `Refusal` for a value of the wrong type, with `code` and naming its field.
    """

    def __init__(
        self, values: Mapping[str, Any], path: str = "", *, file: str = FILE, code: str = "setting"
    ) -> None:
        self._values = values
        self._path = path
        self._file = file
        self._code = code

    def over(self, defaults: Mapping[str, Any]) -> Config:
        """The same, with `defaults` for what is missing."""
        given = {key: value for key, value in self._values.items() if value is not None}
        return Config({**defaults, **given}, self._path, file=self._file, code=self._code)

    def has(self, key: str) -> bool:
        return self._values.get(key) is not None

    def value(self, key: str) -> Any:
        """As it stands there; None where it is missing."""
        return self._values.get(key)

    def integer(self, key: str, default: int | None = None, *, low: int = 1) -> int:
        value = self._values.get(key)
        if value is None and default is not None:
            return default
        if type(value) is not int or not low <= value <= _LARGEST:
            self.refuse(key, f"a whole number from {low} expected, not {_shown(value)}")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        value = self._values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int | float) or type(value) is bool or not abs(value) <= _LARGEST_FLOAT:
            self.refuse(key, f"a number expected, not {_shown(value)}")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self._values.get(key)
        if value is None:
            return default
        if type(value) is not bool:
            self.refuse(key, f"true or false expected, not {_shown(value)}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self._values.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self.refuse(key, f"a text expected, not {_shown(value)}")
        return value

    def numbers(self, key: str, length: int) -> list[float]:
        value = self._values.get(key)
        if (
            not isinstance(value, list)
            or len(value) != length
            or any(type(item) not in (int, float) or not abs(item) <= _LARGEST_FLOAT for item in value)
        ):
            self.refuse(key, f"a list of {length} numbers expected")
        return [float(item) for item in value]

    def section(self, key: str) -> Config | None:
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(key, "an object expected")
        return Config(value, f"{self._path}{key}.", file=self._file, code=self._code)

    def refuse(self, key: str, detail: str, code: str = "") -> NoReturn:
        """Refuse the repository for the value of `key`."""
        refuse(code or self._code, f"{self._file}: {self._path}{key}", detail)

    def expect(self, key: str, *allowed: object) -> None:
        """Refuse anything but a missing value and the `allowed` ones: the engine would compute it
        differently.
        """
        value = self._values.get(key)
        if value is not None and not any(value == item and type(value) is type(item) for item in allowed):
            self.refuse(key, f"{_shown(value)} is not supported")


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)[:100]
