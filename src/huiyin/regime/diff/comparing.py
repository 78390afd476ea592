"""What a version says otherwise than another, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from huiyin.regime.cards import Card, cards
from huiyin.regime.model import Regime

Kind = Literal["added", "removed", "changed"]
ORDERED = {"severity.rules": "定级", "assessment": "受理审查", "routing": "分派", "records": "存档"}
"""Tables in which the first row that fits counts, so that their order matters."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` and `after` are the words that changed, empty where there are none."""

    kind: Kind
    path: str
    sentence: str
    before: str = ""
    after: str = ""

    @property
    def section(self) -> str:
        """The part of the file it is in."""
        return self.path.partition(".")[0]

    def __str__(self) -> str:
        return self.sentence


def compare(before: Regime, after: Regime) -> tuple[Change, ...]:
    """Everything in which two versions differ, in the order of the later one; what went stands after its neighbours.

    What is only written otherwise (a comment, the order of keys) is no difference. Answers of settings count.
    """
    old = {card.path: card for card in cards(before)}
    new = {card.path: card for card in cards(after)}
    return (*_rules(old, new), *_order(old, new))


def _rules(old: Mapping[str, Card], new: Mapping[str, Card]) -> Iterator[Change]:
    for path in _in_order(old, new):
        if path not in old:
            yield _added(new[path])
        elif path not in new:
            yield _removed(old[path])
        else:
            yield from _changed(old[path], new[path])


def _in_order(old: Mapping[str, Card], new: Mapping[str, Card]) -> list[str]:
    """Every path: those of the later version as they stand there, each that went after the one it followed."""
    paths = list(new)
    place = ""
    for path in old:
        if path not in new:
            paths.insert(paths.index(place) + 1 if place else 0, path)
        place = path
    return paths


def _added(card: Card) -> Change:
    words = said(card)
    return Change("added", card.path, f"增加{_name(card)}{f'：{words}' if words else ''}{_cite(card)}", after=words)


def _removed(card: Card) -> Change:
    return Change("removed", card.path, f"删去{_name(card)}{_cite(card)}", before=said(card))


def _changed(old: Card, new: Card) -> Iterator[Change]:
    if (old.kind, old.title) != (new.kind, new.title):
        yield Change("changed", new.path, f"{_name(old)}改称{_name(new)}{_cite(new)}", old.title, new.title)
    for aspect in dict.fromkeys((*old.says, *new.says)):
        before, after = old.says.get(aspect, ""), new.says.get(aspect, "")
        if before != after:
            yield Change("changed", new.path, _aspect_changed(new, aspect, before, after), before, after)
    if old.cite != new.cite:
        before, after = "、".join(old.cite) or "无", "、".join(new.cite) or "无"
        yield Change("changed", new.path, f"{_name(new)}的依据由{before}改为{after}", before, after)


def _aspect_changed(card: Card, aspect: str, before: str, after: str) -> str:
    if not before:
        return f"{_name(card)}增加规定{aspect or '内容'}：{after}{_cite(card)}"
    if not after:
        return f"{_name(card)}不再规定{aspect or '内容'}（原为{before}）{_cite(card)}"
    return f"{_name(card)}{_about(aspect)}由{before}改为{after}{_cite(card)}"


def _about(aspect: str) -> str:
    """The aspect as part of a sentence; a row of a limit names the condition under which it holds."""
    if aspect == "其余" or aspect.endswith("的"):
        return f"（{aspect}）"
    return f"的“{aspect}”" if aspect else ""


def _order(old: Mapping[str, Card], new: Mapping[str, Card]) -> Iterator[Change]:
    for section, title in ORDERED.items():
        both = [[path for path in each if path.startswith(f"{section}.") and path in old and path in new] for each in (old, new)]
        if both[0] != both[1]:
            before, after = ("、".join(new[path].title for path in each) for each in both)
            sentence = f"{title}表各行的先后次序由“{before}”改为“{after}”"
            yield Change("changed", section, sentence, before, after)


def said(card: Card) -> str:
    """All that a rule says, on a line."""
    return "；".join(f"{aspect}{'：' if aspect else ''}{words}" for aspect, words in card.says.items())


def _name(card: Card) -> str:
    return card.title if card.kind == "条款" else f"{card.kind}“{card.title}”"


def _cite(card: Card) -> str:
    return f"（{'、'.join(card.cite)}）" if card.cite else ""
