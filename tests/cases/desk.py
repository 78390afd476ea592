"""A small invented regime for stories: a desk files and assigns, wards handle and answer, the desk closes.

`desk(...)` gives a case under it; keyword arguments replace whole sections, so a test shows only what it is about.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.people import SYSTEM, Actor, Complainant, Respondent
from huiyin.cases.state import Case
from huiyin.regime import load
from huiyin.regime.model import Regime

from .play import Play

FLOW: dict[str, Any] = {
    "register": {
        "title": "登记",
        "by": ["first-receiver", "desk"],
        "after": "received",
        "marks": "registered",
        "cite": "一",
    },
    "assign": {"title": "分派", "by": "desk", "after": ["register", "returned"], "decides": "routing", "cite": "二"},
    "handle": {"title": "办理", "by": "handler", "after": "assigned", "cite": "三"},
    "reply": {"title": "答复", "by": "handler", "after": "handle", "marks": ["concluded", "replied"], "cite": "四"},
    "close": {"title": "归档", "by": "desk", "after": "reply", "marks": "closed", "cite": "五"},
}
"""The usual way of a case: register, assign, handle, reply, close."""

BASE: dict[str, Any] = {
    "regime": "desk",
    "title": "试用制度",
    "version": "1",
    "kinds": {"complaint": "投诉", "report": "举报"},
    "articles": {number: f"第{number}条。" for number in "一二三四五六七八九"},
    "roles": {
        "units": {"desk": "办公室", "ward": {"title": "科室", "many": True}},
        "posts": {
            "ward-head": {"title": "科室主任", "many": True, "of": "ward"},
            "leader": "分管领导",
            "director": "主要领导",
        },
        "outside": {"authority": "主管部门"},
    },
    "intake": {
        "channels": {"phone": "电话", "web": "网络"},
        "fields": {
            "account": {"title": "经过", "type": "long-text"},
            "amount": {"title": "金额", "type": "money"},
            "harm": {"title": "造成损害", "type": "yes-no"},
        },
        "points": True,
        "anonymous": "taken",
    },
    "routing": {"rest": {"title": "交科室", "to": "ward", "handler": "ward-head", "cite": "二"}},
    "flow": FLOW,
}

WARDS = ("内科", "外科", "儿科")


@cache
def _loaded(text: str) -> Regime:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "regime.yaml"
        file.write_text(text, encoding="utf-8")
        return load(file)


def regime(**sections: Any) -> Regime:
    """The regime with these sections in place of its own; None leaves one out."""
    wanted = {name: section for name, section in {**BASE, **sections}.items() if section is not None}
    return _loaded(json.dumps(wanted, ensure_ascii=False))


def flow(**steps: Any) -> dict[str, Any]:
    """The usual flow with keys of some steps changed, or whole steps added; None removes one. `_` stands for `-`."""
    changed = dict(FLOW)
    for name, keys in steps.items():
        step = name.replace("_", "-")
        if keys is None:
            del changed[step]
        else:
            merged = {**changed.get(step, {}), **keys}
            changed[step] = {key: value for key, value in merged.items() if value is not None}
    return changed


class Desk(Play):
    """A case under a small regime, with a clock that is set by hand."""

    def at(self, moment: str) -> "Desk":
        """Set the clock, local time; what falls due on the way happens."""
        self.now = datetime.fromisoformat(moment + "+08:00")
        if self.case is not None:
            self.do(SYSTEM, cmd.PassTime())
        return self

    @property
    def the_case(self) -> Case:
        """The case as it is."""
        assert self.case is not None
        return self.case

    def file(self, who: str = "first-receiver", **given: Any) -> Case:
        """File a complaint by phone about a nurse in the ward 内科, unless said otherwise."""
        usual = {
            "kind": "complaint",
            "channel": "phone",
            "matter": {"account": "态度冷淡"},
            "respondent": Respondent("person", "内科", "钱护士"),
            "complainant": Complainant(),
        }
        return self.do(who, cmd.File(**{**usual, **given}))

    def step(self, who: Actor | str, work: str, **given: Any) -> Case:
        """Do a step or an act of the regime's own."""
        return self.do(who, cmd.Perform(work=work, **given))

    def assigned(self, unit: str = "内科", **given: Any) -> "Desk":
        """File, register and assign to a ward."""
        self.file(**given)
        self.step("desk", "register")
        self.step("desk", "assign", unit=unit)
        return self

    def answered(self) -> "Desk":
        """Go on from assignment to the reply."""
        self.step("ward-head", "handle")
        self.step("ward-head", "reply")
        return self

    @property
    def open(self) -> set[str]:
        """The steps that are open."""
        return {run.step for run in self.the_case.open_runs()}

    def due(self, limit: str) -> str:
        """When the latest obligation of a limit is due, local time."""
        item = [each for each in self.the_case.obligations.values() if each.limit == limit][-1]
        assert item.due is not None
        return item.due.astimezone(self.world.calendar.zone).strftime("%Y-%m-%d %H:%M")

    def status(self, limit: str) -> list[str]:
        """The states of a limit's obligations, first to last."""
        return [each.status for each in self.the_case.obligations.values() if each.limit == limit]

    def offers(self, who: str) -> set[str]:
        """What is offered to somebody and not blocked: command.work."""
        found = self.possible(self.world.actor(who))
        return {f"{each.command}.{each.work}" for each in found if each.blocked is None}

    def happened(self, name: str) -> int:
        """How often an event has happened."""
        signal = self.the_case.signals.get(name)
        return signal.count if signal else 0


def desk(staff: dict[str, Any] | None = None, **sections: Any) -> Desk:
    """A new play under the small regime, at nine on Monday 2026-03-02; three wards, each with a head."""
    play = Desk(regime(**sections))
    play.now = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    play.world.units = {"ward": list(WARDS)}
    play.world.staff = {
        "ward-head": {"role": "ward-head", "unit": "内科"},
        "孙主任": {"role": "ward-head", "unit": "外科"},
        "李主任": {"role": "ward-head", "unit": "儿科"},
        **(staff or {}),
    }
    return play
