"""Logs as JSON lines on standard error, Chinese kept readable; what a log may never hold is blotted out here."""

import json
import logging.config
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

BLOTTED = frozenset({"password", "token", "secret", "code", "phone", "id_number", "address", "email", "name"})
"""Keys whose values never reach a log, whoever passes them."""


def blot(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Replace the values of keys that hold secrets or personal data."""
    return {key: "…" if key in BLOTTED else value for key, value in event.items()}


OF_THE_MACHINE = (OSError, OperationalError, ImportError, ImproperlyConfigured)
"""Errors whose messages are about files, connections and settings; those of all others may quote what a person typed."""


def errors_without_values(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """Where an error and those behind it happened, line by line, and of which type they are, first cause first."""
    return "\n".join(reversed(list(_errors(exc_info[1]))))


def _errors(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        said = f": {error}" if isinstance(error, OF_THE_MACHINE) else ": …"
        yield f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__module__}.{type(error).__qualname__}{said}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _as_json(value: Any, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **options)


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    blot,
]


def logging_settings(level: str) -> dict[str, Any]:
    """The dictionary for logging.config: all of Django's and our own loggers as JSON lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(errors_without_values),
                    structlog.processors.JSONRenderer(serializer=_as_json),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": [], "propagate": False},
            "axes": {"level": "WARNING"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Set up the standard library's logging and structlog on top of it."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
