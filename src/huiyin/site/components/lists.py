"""Records of rows: obligations, story entries, steps, filters, facts. All texts are ready to show (translated)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a fact list. An empty value is shown as 未填; `href` makes the value a link."""

    label: str
    value: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """A person, a unit, or someone whose identity is sealed. `kind` is person, unit or sealed."""

    name: str
    role: str = ""
    kind: str = "person"
    me: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One act on a row or a page: a link, or with `post` a button that sends the surrounding form to `href`.

    `primary` is for the one act the regime expects now. `blocked` holds the sentence that says why not (the act is
    then shown dashed), with the `cite` it rests on. `icon` names a symbol of icons.svg; `dialog` the id of a dialog to
    open instead of following the link.
    """

    label: str
    href: str = "#"
    primary: bool = False
    post: bool = False
    icon: str = ""
    dialog: str = ""
    blocked: str = ""
    cite: str = ""
    cite_href: str = ""


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A row of a work list: due, what + cite, number + matter, severity, whose turn, one act.

    `due_state` is overdue, today, soon, later, paused or done; `due_text` says it in people's words (超期1个工作日,
    今天17:30); `due_at` is the machine's time. `severity` is 1 to 3, or 0 for rows that have none (`kind_word` then
    stands in its place, as 定期).
    """

    due_state: str
    due_text: str
    what: str
    number: str
    matter: str
    href: str
    due_at: datetime | date | None = None
    cite: str = ""
    cite_text: str = ""
    cite_href: str = ""
    severity: int = 0
    severity_word: str = ""
    kind_word: str = ""
    who: Who | None = None
    act: Choice | None = None
    select_value: str = ""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One thing that happened, newest first in a story.

    `tone` colours the dot: plain, act, approval, good or warn. `body` is text; `quote` is set as someone's own words in
    a soft panel. `folded` marks a line like 国庆假期7天，不计入时限 that has no act.
    """

    when: str
    icon: str
    title: str
    at: datetime | date | None = None
    tone: str = "plain"
    cite: str = ""
    cite_text: str = ""
    cite_href: str = ""
    who: Who | None = None
    note: str = ""
    body: str = ""
    quote: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step on a line. `state` is done, now or todo; `when` a short date below the word."""

    word: str
    state: str = "todo"
    when: str = ""


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One chip of a filter bar. `kind` is view (with its count, first in the bar), on (chosen, × takes it off) or
    menu (opens `options`, each a chip of its own).
    """

    label: str
    href: str = "#"
    kind: str = "view"
    count: int | None = None
    chosen: bool = False
    options: Sequence["FilterChip"] = ()
