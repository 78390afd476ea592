"""How grave a case is follows what it depends on, before anything that asks for it."""

from typing import Any

from huiyin.cases import commands as cmd

from .desk import desk, flow

SEVERITY: dict[str, Any] = {
    "levels": {"calm": "平和", "violent": "有暴力苗头"},
    "rules": {"flagged": {"title": "有暴力苗头", "when": "happened('risk-flagged')", "is": "violent", "cite": "六"}},
}
GRAVE = "case.severity == 'violent'"
STEPS = flow(
    protect={"title": "到场保护", "by": "ward", "after": ["register", "risk-flagged"], "when": GRAVE, "cite": "六"},
)
NOTICES: dict[str, Any] = {
    "danger": {"title": "请到场", "after": "risk-flagged", "when": GRAVE, "to": "leader", "text": "请到场。", "cite": "六"}
}


def test_an_event_that_makes_the_case_graver_does_so_before_what_hangs_on_it() -> None:
    play = desk(severity=SEVERITY, flow=STEPS, notices=NOTICES)
    play.file()
    play.step("desk", "register")
    assert (play.the_case.severity, play.open) == ("calm", {"assign"})
    play.do("desk", cmd.Record(kind_of_act="flag-risk", text="家属威胁医生"))
    assert (play.the_case.severity, play.open) == ("violent", {"assign", "protect"})
    assert "danger" in {getattr(event, "notice", "") for event in play.events}


def test_an_event_no_rule_of_severity_asks_for_changes_nothing() -> None:
    play = desk(severity=SEVERITY, flow=STEPS, notices=NOTICES)
    play.file()
    play.step("desk", "register")
    play.do("desk", cmd.Record(kind_of_act="note", text="家属来电"))
    assert (play.the_case.severity, play.open) == ("calm", {"assign"})


def test_a_level_a_person_has_set_stands() -> None:
    play = desk(severity=SEVERITY, flow=STEPS, notices=NOTICES)
    play.file()
    play.step("desk", "register")
    play.do("desk", cmd.Record(kind_of_act="flag-risk", text="家属威胁医生"))
    play.do("desk", cmd.Regrade(severity="calm", text="已当面核实，没有危险"))
    play.do("desk", cmd.Record(kind_of_act="flag-risk", text="有人转述"))
    assert play.the_case.severity == "calm"
