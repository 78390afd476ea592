"""What can be wrong with a condition, when it is read and when it is evaluated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConditionProblem:
    """One finding in one condition.

    `code` is the number in the list of regime messages (E3, E4, E5, E6, W2). `line` and `column` count from 1 within
    the condition's own text; the caller adds where that text begins in the file. `hint` (Chinese, may be empty)
    says how to mend it.
    """

    code: str
    message_zh: str
    message_en: str
    line: int = 1
    column: int = 1
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.code} 第{self.line}行第{self.column}列：{self.message_zh}{self.hint}"


class ConditionErrors(ValueError):
    """A condition cannot be used; `problems` lists every reason found."""

    def __init__(self, source: str, problems: list[ConditionProblem]) -> None:
        self.source = source
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Undecided(Exception):
    """A condition needs what is still empty, so it is neither true nor false (未能判断).

    `missing` holds the dotted paths of the empty fields, e.g. `matter.distance`; a function that found nothing stands
    there as it was written, e.g. `at('replied')`.
    """

    def __init__(self, missing: frozenset[str]) -> None:
        self.missing = missing
        super().__init__("未能判断：缺少" + "、".join(sorted(missing)))


class WrongValue(TypeError):
    """A value in the scope does not have the type that the condition was checked with.

    This is a fault of whoever built the scope (or of stored data from an older regime), never of the regime's author.
    """
