"""What the checker reports: problems with a place, a code and a mend, in Chinese and English."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from .messages import MESSAGES
from .source import Fault, Source, written
from .source import Path as SourcePath

if TYPE_CHECKING:
    from .model import Regime


class Severity(StrEnum):
    """Errors keep a regime from being loaded, warnings should be looked at, information is good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


_SEVERITY_OF = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFORMATION}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` and `column` count from 1; `path` is dotted, such as `limits.conclude.within`."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message_zh: str
    message_en: str
    mend_zh: str = ""
    mend_en: str = ""
    path: str = ""

    def __str__(self) -> str:
        return self.say("zh")

    def say(self, language: str = "zh") -> str:
        """One line, `file:line:column code message mend`; `language` is `zh` or `en`."""
        chinese = language == "zh"
        message = self.message_zh if chinese else self.message_en
        mend = self.mend_zh if chinese else self.mend_en
        gap = "" if chinese or not mend else " "
        return f"{self.file}:{self.line}:{self.column} {self.code} {message}{gap}{mend}"


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` gives back: every problem in the order of the file, and the regime when there is no error."""

    problems: tuple[Problem, ...]
    regime: "Regime | None" = None

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """The problems of one severity."""
        return tuple(problem for problem in self.problems if problem.severity == severity)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the regime from being loaded."""
        return self.of(Severity.ERROR)

    @property
    def codes(self) -> frozenset[str]:
        """All codes that occur."""
        return frozenset(problem.code for problem in self.problems)


class RegimeErrors(Exception):
    """A regime that cannot be loaded; `problems` says all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


MOST_FINDINGS = 300
"""Kept of one regime; whoever has that many mends those first. Errors beyond still keep it from being loaded."""


@dataclass(slots=True)
class Findings:
    """Collects problems while a regime is read; each message is looked up by name in `messages`."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    failed: bool = False
    _seen: set[Problem] = field(default_factory=set)

    def add(
        self,
        name: str,
        path: SourcePath,
        /,
        *,
        at_key: bool = False,
        shift: int = 0,
        severity: Severity | None = None,
        **values: object,
    ) -> None:
        """Report the message `name` at `path` (at its key if `at_key`), `shift` columns further right."""
        message = MESSAGES[name]
        place = self.source.place(path, at_key=at_key)
        words = {key: show(value) for key, value in values.items()}
        problem = Problem(
            code=message.code,
            severity=severity or _SEVERITY_OF[message.code[0]],
            file=place.file,
            line=place.line,
            column=place.column + shift,
            message_zh=message.zh.format(**words),
            message_en=message.en.format(**words),
            mend_zh=message.mend_zh.format(**words),
            mend_en=message.mend_en.format(**words),
            path=written(path),
        )
        self._keep(problem)

    def _keep(self, problem: Problem) -> None:
        self.failed = self.failed or problem.severity == Severity.ERROR
        if problem not in self._seen and len(self._seen) < MOST_FINDINGS:
            self._seen.add(problem)
            self.problems.append(problem)

    def add_fault(self, fault: Fault) -> None:
        """Report something wrong with the file as YAML; its place may lie in another file than this source."""
        message = MESSAGES[fault.message]
        words = {key: show(value) for key, value in fault.values.items()}
        self._keep(
            Problem(
                code=message.code,
                severity=_SEVERITY_OF[message.code[0]],
                file=fault.place.file,
                line=fault.place.line,
                column=fault.place.column,
                message_zh=message.zh.format(**words),
                message_en=message.en.format(**words),
                mend_zh=message.mend_zh.format(**words),
                mend_en=message.mend_en.format(**words),
                path=written(fault.path),
            )
        )

    def report(self, regime: "Regime | None" = None) -> Report:
        """Everything found, sorted by severity and place."""
        order = [Severity.ERROR, Severity.WARNING, Severity.INFORMATION]
        ranked = sorted(self.problems, key=lambda p: (order.index(p.severity), p.file, p.line, p.column, p.code))
        return Report(tuple(ranked), None if self.failed else regime)


LONGEST_SHOWN = 200
"""Characters of what somebody wrote that a message quotes."""


def show(value: object) -> str:
    """A value inside a message, shortened where it is very long: lists are joined as Chinese lists are."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    if isinstance(value, Sequence | frozenset | set):
        return show("、".join(str(item) for item in list(value)[:LONGEST_SHOWN]))
    return show(str(value))


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word most like `word`, or an empty text."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return found[0] if found else ""
