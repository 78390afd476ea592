"""What the surroundings may set: the environment variables Huiyin reads, each read in this one place."""

import os
from pathlib import Path

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


class SettingError(ValueError):
    """An environment variable has a value we cannot use; the message names it and what is accepted."""


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding space, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise SettingError(f"{name} 只能写 1 或 0，现在是“{value}”。{name} must be 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise SettingError(f"{name} 要写整数，现在是“{value}”。{name} must be a whole number.") from error


def names(name: str, default: tuple[str, ...]) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def data_folder() -> Path:
    """Where database, keys and files live: HUIYIN_DATA, else ./data. Absolute."""
    return Path(text("HUIYIN_DATA", "data")).expanduser().resolve()
