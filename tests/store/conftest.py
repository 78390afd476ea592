"""The stories of the store are told in the same hospital as those of the application."""

from tests.application.conftest import assigned, at, command, do, file, hospital

__all__ = ["assigned", "at", "command", "do", "file", "hospital"]
