"""Kinds of samples."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from .parts import Count, Listed, NumberText, Part


def _sealed(value: Any) -> Any:
    """`true`, or the roles in whose presence it is sealed."""
    return value if isinstance(value, bool | list | tuple) else [value]


def _tolerance(value: Any) -> Any:
    return "same" if value is True else value


class SamplePart(Part):
    """One kind of sample."""

    sealed: Annotated[bool | tuple[str, ...], BeforeValidator(_sealed)] = False
    number: str = ""
    blind: str = ""
    testers: Count = 1
    agree: dict[str, Annotated[Literal["same"] | NumberText, BeforeValidator(_tolerance)]] = {}
    keep: str | None = None
    disposed_by: Listed = ()


SAMPLE_WORK = ("takes", "hands_over", "blinds", "tests", "compares")
"""What work may do with samples: the keys of a step or act, each a list of kinds."""
