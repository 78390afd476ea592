"""What playing stories gave."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StoryResult:
    """One story. `failure` is the text for the person who wrote it; `fired` are the rules at work in it (see firing)."""

    title: str
    line: int
    passed: bool
    failure: str = ""
    seconds: float = 0.0
    fired: frozenset[str] = field(default_factory=frozenset)
    cited: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class FolderResult:
    """All stories of a folder."""

    regime: str
    stories: tuple[StoryResult, ...]

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(1 for story in self.stories if story.passed)

    @property
    def failed(self) -> int:
        """How many failed."""
        return len(self.stories) - self.passed
