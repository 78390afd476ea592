"""Playing the stories under a changed regime, until one of them notices."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from huiyin.coverage.carriers import at_work, parts_of
from huiyin.regime import RegimeErrors
from huiyin.regime.loading import check_whole, read_whole
from huiyin.regime.model import Regime
from huiyin.scenarios import ScriptError
from huiyin.scenarios.running import SCENARIOS, play
from huiyin.scenarios.script import Story, read_script

from .changes import Change

INVALID = "invalid"
"""Noticed before any story was played: the checker refuses the changed regime."""
_IN_THREE_PARTS = ("intake", "severity", "accountability")
_BREAKS = (RuntimeError, AssertionError, ArithmeticError, LookupError, AttributeError, TypeError, ValueError)
"""What a core that is given a senseless regime may answer with: the change is noticed all the same."""


class Bench:
    """A regime and its stories, ready for changes.

    Raises:
        ScriptError: there are no stories, or one fails under the regime as it stands.
        huiyin.regime.RegimeErrors: the regime cannot be used as it stands.
    """

    def __init__(self, path: Path) -> None:
        folder = path if path.is_dir() else path.parent
        self.source = read_whole(path)
        self.script = read_script(folder / SCENARIOS)
        self.results = tuple(play(self.script.stories, self._load))
        self.regime = self._load({}, {})
        failed = [story.title for story in self.results if not story.passed]
        if failed:
            raise ScriptError(f"故事“{failed[0]}”没有通过，请先运行 huiyin regime test。")

    def _load(self, answers: dict[str, Any], tables: dict[str, Any], change: Change | None = None) -> Regime:
        source = self.source if change is None else replace(self.source, data=change.applied(self.source.data))
        report = check_whole(source, answers=answers, tables=tables)
        if report.regime is None:
            raise RegimeErrors(report.errors)
        return report.regime

    def noticed_by(self, change: Change) -> str:
        """The story that fails under the change, `invalid` where the checker refuses it, or an empty text."""
        try:
            for result in play(self._likely_first(change), lambda a, t: self._load(a, t, change)):
                if not result.passed:
                    return result.title
        except RegimeErrors:
            return INVALID
        except _BREAKS as trouble:
            return type(trouble).__name__
        return ""

    def _likely_first(self, change: Change) -> list[Story]:
        """All stories; those in which the changed rule was at work stand first."""
        size = 3 if change.path[0] in _IN_THREE_PARTS else 2
        rule = parts_of(".".join(str(part) for part in change.path))[:size]
        used = {result.title for result in self.results if at_work(rule, result.fired)}
        return sorted(self.script.stories, key=lambda story: story.title not in used)
