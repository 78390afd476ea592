"""Holding the entries of a `coverage.yaml` against the regime, its stories and the tests."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiyin.regime.model import Regime
from huiyin.regime.problems import Problem, nearest
from huiyin.regime.source import Source
from huiyin.scenarios import StoryResult

from . import carriers
from .features import FEATURES
from .inventories import Inventory
from .messages import problem
from .planned import PLANNED
from .reading import Coverage, Entry

_FEATURE = "feature."


class Examination:
    """One pack with its stories, against which entries are held."""

    def __init__(
        self,
        coverage: Coverage,
        regime: Regime,
        written: Source,
        stories: tuple[StoryResult, ...],
        root: Path | None,
    ) -> None:
        self.coverage = coverage
        self.regime = regime
        self.data: dict[str, Any] = written.data
        self.stories = {story.title: story for story in stories}
        self.root = root

    def say(self, name: str, entry: Entry, key: str = "", /, **values: object) -> Problem:
        """A finding about an entry, at one of its keys."""
        path = (*entry.path, key) if key else entry.path
        return problem(name, self.coverage.source, path, at_key=True, number=entry.number, **values)

    def of_the_head(self, inventory: Inventory | None) -> Iterator[Problem]:
        """The regime and the inventory it names."""
        source = self.coverage.source
        if self.coverage.regime != self.regime.id:
            named = self.coverage.regime or "?"
            yield problem("wrong-regime", source, ("regime",), named=named, regime=self.regime.id)
        if inventory is None:
            yield problem("unknown-inventory", source, ("inventory",), name=self.coverage.inventory or "?")

    def of_all(self, inventory: Inventory) -> Iterator[Problem]:
        """Every fact has an entry, every entry a fact, and each holds."""
        facts = self.coverage.of("facts")
        for number, fact in enumerate(inventory.facts, start=1):
            if number not in facts and not self._is_badly_formed(number):
                source = self.coverage.source
                yield problem("fact-missing", source, ("facts",), at_key=True, number=number, clause=fact.clause)
        for entry in self.coverage.entries:
            most = len(inventory.facts) if entry.section == "facts" else inventory.figures
            if not 1 <= entry.number <= most:
                yield self.say("no-such-number", entry, section=entry.section, most=most)
                continue
            yield from self.of_entry(entry, inventory)

    def _is_badly_formed(self, number: int) -> bool:
        """Whether an entry stands there whose form is told already."""
        return ("facts", str(number)) in self.coverage.source.keys

    def of_entry(self, entry: Entry, inventory: Inventory) -> Iterator[Problem]:
        """What is wrong with one entry."""
        if entry.by:
            yield from self.of_carriers(entry)
        elif entry.planned:
            yield from self.of_plan(entry, inventory)
        elif not entry.information:
            yield self.say("no-reason", entry, key="information")
        if entry.test:
            yield from self.of_test(entry)

    def of_plan(self, entry: Entry, inventory: Inventory) -> Iterator[Problem]:
        """It waits for something that may wait, and that the fact needs."""
        needs = inventory.facts[entry.number - 1].needs if entry.section == "facts" else (entry.planned,)
        if entry.planned not in PLANNED:
            yield self.say("not-planned", entry, "planned", tag=entry.planned, known="、".join(PLANNED))
        elif entry.planned not in needs:
            yield self.say("planned-elsewhere", entry, "planned", tag=entry.planned, needs="、".join(needs))

    def of_carriers(self, entry: Entry) -> Iterator[Problem]:
        """Its rules exist, run, and are shown."""
        sound: list[str] = []
        for path in entry.by:
            trouble = self.trouble_with(entry, path)
            if trouble is not None:
                yield trouble
            else:
                sound.append(path)
        features = [path for path in sound if path.startswith(_FEATURE)]
        rules = [path for path in sound if not path.startswith(_FEATURE)]
        if features and not entry.test:
            yield self.say("feature-untested", entry)
        if rules and not entry.test and not entry.stories:
            yield self.say("no-proof", entry)
        yield from self.of_stories(entry, rules, complete=len(sound) == len(entry.by))

    def trouble_with(self, entry: Entry, path: str) -> Problem | None:
        """What is wrong with a carrier, or None."""
        if path.startswith(_FEATURE):
            name = path.removeprefix(_FEATURE)
            return None if name in FEATURES else self.say(
                "unknown-feature", entry, "by", name=name, known="、".join(FEATURES)
            )
        parts = carriers.parts_of(path)
        if parts[:1] == ("articles",):
            return self.say("carrier-is-text", entry, "by", path=path)
        if len(parts) < 2:
            return self.say("carrier-short", entry, "by", path=path)
        if not carriers.exists(parts, self.data, self.regime):
            near = carriers.near(parts, self.data)
            zh, en = (f"是不是 {near}？", f"Did you mean {near}?") if near else ("请核对名称。", "Check the name.")
            return self.say("carrier-missing", entry, "by", path=path, near=zh, near_en=en)
        waiting = carriers.not_yet(parts, self.regime)
        if waiting is not None:
            return self.say("not-yet", entry, "by", path=path, what=waiting.zh, what_en=waiting.en)
        return None

    def of_stories(self, entry: Entry, rules: list[str], *, complete: bool) -> Iterator[Problem]:
        """The stories exist and pass; each uses one of the rules, and each rule is used by one of them or has a test."""
        played: list[StoryResult] = []
        for title in entry.stories:
            story = self.find(title)
            if isinstance(story, StoryResult):
                played.append(story)
            else:
                count = story
                near, near_en = ("", "") if count else self._near_title(title)
                name = "story-ambiguous" if count else "story-missing"
                yield self.say(name, entry, "story", title=title, count=count, near=near, near_en=near_en)
        if len(played) < len(entry.stories) or not complete:
            return  # with a name to be mended first, nothing sure can be said of the rest
        for story in played:
            if not story.passed:
                yield self.say("story-failed", entry, "story", title=story.title)
        if not rules:
            return  # features leave no trace of their own in a story; their test shows them
        idle = [story for story in played if not any(self._uses(story, path) for path in rules)]
        for story in idle:
            near, near_en = self._users_of(rules)
            yield self.say("story-idle", entry, "story", title=story.title, near=near, near_en=near_en)
        if played and not entry.test and not idle:
            for path in rules:
                if not any(self._uses(story, path) for story in played):
                    near, near_en = self._users_of([path])
                    yield self.say("carrier-idle", entry, "by", path=path, near=near, near_en=near_en)

    def find(self, title: str) -> StoryResult | int:
        """The story of this title, or the one that begins so; else how many begin so."""
        if title in self.stories:
            return self.stories[title]
        found = [story for name, story in self.stories.items() if title and name.startswith(title)]
        return found[0] if len(found) == 1 else len(found)

    def _uses(self, story: StoryResult, path: str) -> bool:
        return carriers.at_work(carriers.parts_of(path), story.fired)

    def _near_title(self, title: str) -> tuple[str, str]:
        holding = [name for name in self.stories if title and title in name]
        found = holding[0] if holding else nearest(title, list(self.stories))
        if not found:
            return "请写故事的题目或其开头。", "Write the title of a story, or its beginning."
        return f"是不是“{found}”？", f"Did you mean {found}?"

    def _users_of(self, rules: list[str]) -> tuple[str, str]:
        """Stories that do use one of the rules, as a hint."""
        found = [name for name, story in self.stories.items() if any(self._uses(story, path) for path in rules)][:3]
        if not found:
            return "没有一个故事用到它，请先写一个。", "No story does; write one first."
        return f"用到的有：{'；'.join(found)}。", f"These do: {'; '.join(found)}."

    def of_test(self, entry: Entry) -> Iterator[Problem]:
        """The test function exists, where tests are at hand."""
        if self.root is None:
            return
        file, _, function = entry.test.partition("::")
        name = re.escape(function.rpartition("::")[2].partition("[")[0])
        path = self.root / file
        inside = file.startswith("tests/") and ".." not in file and path.is_file()
        text = path.read_text(encoding="utf-8") if inside else ""
        if not name.startswith("test_") or not re.search(rf"^\s*(async )?def {name}\(", text, re.MULTILINE):
            yield self.say("test-missing", entry, "test", test=entry.test)
