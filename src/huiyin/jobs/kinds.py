"""What kinds of jobs there are. Each is declared where its work lives and named in HUIYIN_JOB_KINDS."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from huiyin.store.sentences import SentenceError

if TYPE_CHECKING:
    from .steps import Run


class JobFailed(SentenceError):
    """The job cannot go on: the sentence says where, why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job.

    `step` does one small step of the work and saves it, see `Run`; it is called again until the job has ended, in
    another process if need be, and begins where `run.position` says. A step takes well under a minute.
    `counts` gives figures of the result their titles.
    """

    name: str
    title: Promise | str
    step: Callable[["Run"], None]
    administrators_only: bool = False
    counts: tuple[tuple[str, Promise | str], ...] = ()


@cache
def kinds() -> dict[str, Kind]:
    """Name → kind; the modules are loaded when first asked for."""
    found: list[Kind] = [import_string(path) for path in settings.HUIYIN_JOB_KINDS]
    return {kind.name: kind for kind in found}
