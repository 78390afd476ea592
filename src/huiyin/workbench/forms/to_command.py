"""A filled-in form becomes the command it stands for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.cases.reporting import ABOUT_ORDERS
from huiyin.cases.state import Evidence
from huiyin.workbench.forms.act_form import ActForm, extension_unit
from huiyin.workbench.forms.order_controls import charges_of

FindCase = Callable[[str], str]
"""A register number → the id of a case this person may see; raises Refused when there is none."""


def command_of(form: ActForm, *, approving: bool, find_case: FindCase) -> cmd.Command:
    """The command of a form. `approving` tells yes from no where the form is about an approval.

    Raises:
        Refused: something cannot be read at all (a number of days, the number of another case).
    """
    name = form.possible.command
    if name == "approve" and not approving:
        return cmd.Reject(key=form.possible.work, text=_text(form), present=_listed(form, "present"))
    command = _MAKERS.get(name, _only_text)(form, find_case)
    if form.possible.on_behalf:
        command = replace(command, on_behalf=True)
    return _with_what_the_regime_asks(form, command) if isinstance(command, cmd.CoreAct) else command


def _with_what_the_regime_asks(form: ActForm, command: cmd.CoreAct) -> cmd.CoreAct:
    """A core act with what the regime asks of it: fields, outcome, answers, orders, the copy, who took part, by what means."""
    present = (*command.present, *_listed(form, "present"))
    return replace(
        command,
        fields=form.values("f-"),
        outcome=str(form.value("outcome")),
        present=present,
        orders=charges_of(form),
        answers=form.values("a-"),
        member="" if form.possible.command in ABOUT_ORDERS else form.possible.member,
        via=_listed(form, "via"),
    )


def _text(form: ActForm) -> str:
    return str(form.value("text")).strip()


def _listed(form: ActForm, name: str) -> tuple[str, ...]:
    value = form.value(name)
    return tuple(value) if isinstance(value, list | tuple) else ()


def _body(form: ActForm) -> str:
    """The body outside that was chosen, with the name written where only its kind stands in the list."""
    chosen = str(form.value("body"))
    return f"{chosen}{str(form.value('body_name')).strip()}" if chosen.endswith("/") else chosen


def _span(form: ActForm, unit: Unit) -> Span:
    typed = str(form.value("amount")).strip()
    if not typed.isdecimal() or not 0 < int(typed) < 10_000:
        message = "请填写天数，例如 5。"
        raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields={"amount": message.rstrip("。")})
    return Span(int(typed), unit)


def _perform(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Perform(
        work=form.possible.work,
        member=form.possible.member,
        outcome=str(form.value("outcome")),
        fields=form.values("f-"),
        answers=form.values("a-"),
        present=_listed(form, "present"),
        row=str(form.value("row")),
        body=_body(form),
        unit=str(form.value("unit")),
        handler=str(form.value("handler")),
        also=_listed(form, "also"),
        text=_text(form),
        via=_listed(form, "via"),
        orders=charges_of(form),
    )


def _decide(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.DecideTable(
        table=form.possible.work,
        row=str(form.value("row")),
        body=_body(form),
        unit=str(form.value("unit")),
        handler=str(form.value("handler")),
        also=_listed(form, "also"),
        text=_text(form),
    )


def _approve(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Approve(
        key=form.possible.work,
        text=_text(form),
        measures=form.values("m-"),
        conduct=_listed(form, "conduct"),
        person=str(form.value("person")),
        present=_listed(form, "present"),
    )


def _record(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Record(kind_of_act=form.possible.work, text=_text(form))


def _seal_evidence(form: ActForm, _find: FindCase) -> cmd.Command:
    """The pieces ticked go under one seal; where there is only one it is not asked which."""
    first, *others = _listed(form, "evidence") or (str(form.value("evidence")),)
    return cmd.SealEvidence(
        evidence=first,
        together_with=tuple(others),
        seal=str(form.value("seal")),
        place=str(form.value("place")),
        present=_witnesses(form),
        text=_text(form),
    )


def _witnesses(form: ActForm) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(form.value("witnesses")).split("、") if part.strip())


def _add_evidence(form: ActForm, _find: FindCase) -> cmd.Command:
    """A thing without a file is a piece by itself; files come as uploads beside the command."""
    kind = form.opened.regime.intake.evidence.get(str(form.value("kind")))
    if kind is None or not kind.physical or form.value("files"):
        return cmd.AddEvidence(evidence=())
    piece = Evidence(f"thing-{kind.id}", kind.id, kind.title, data=form.values("e-"), place=str(form.value("place")))
    return cmd.AddEvidence(evidence=(piece,))


def _ask_more(form: ActForm, _find: FindCase) -> cmd.Command:
    within = _span(form, Unit.WORKDAYS) if form.value("amount") else None
    return cmd.AskMore(text=_text(form), within=within)


def _transfer(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Transfer(to=str(form.value("to")), unit=str(form.value("unit")), text=_text(form))


def _send_transfer(form: ActForm, _find: FindCase) -> cmd.Command:
    chosen = set(_listed(form, "enclosures"))
    offered = [item.key for item in form.opened.case.evidence] if "enclosures" in form.fields else []
    without = tuple(key for key in offered if key not in chosen)
    return cmd.SendTransfer(body=_body(form), without=without, text=_text(form))


def _confirm_transfer(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.ConfirmTransfer(
        received_by=str(form.value("received_by")),
        received_on=_day(form, "received_on"),
        their_number=str(form.value("their_number")),
        text=_text(form),
    )


def _day(form: ActForm, name: str) -> date | None:
    typed = str(form.value(name)).strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        message = "请填写日期，例如 2026-10-09。"
        raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields={name: message.rstrip("。")}) from None


def _return(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Return(to=str(form.value("to")), text=_text(form))


def _reassign(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Reassign(
        to=str(form.value("to")), unit=str(form.value("unit")), handler=str(form.value("handler")), text=_text(form)
    )


def _extend(form: ActForm, _find: FindCase) -> cmd.Command:
    by = _span(form, extension_unit(form))
    return cmd.Extend(limit=form.possible.work, by=by, text=_text(form))


def _correct(form: ActForm, _find: FindCase) -> cmd.Command:
    return cmd.Correct(path=str(form.value("path")), value=form.value("value"), text=_text(form))


def _only_text(form: ActForm, _find: FindCase) -> cmd.Command:
    command: cmd.Command = cmd.COMMANDS[form.possible.command](text=_text(form))  # type: ignore[call-arg]
    return command


_MAKERS: dict[str, Callable[[ActForm, FindCase], cmd.Command]] = {
    "perform": _perform,
    "decide": _decide,
    "approve": _approve,
    "fill": lambda form, _find: cmd.Fill(questionnaire=form.possible.work, answers=form.values("a-"), on_behalf=True),
    "acknowledge": lambda form, _find: cmd.Acknowledge(notice=form.possible.work),
    "reverse-booking": lambda form, _find: cmd.ReverseBooking(booking=int(form.possible.work), text=_text(form)),
    "sign": lambda form, _find: cmd.Sign(document=form.possible.work),
    "record": _record,
    "add-evidence": _add_evidence,
    "seal-evidence": _seal_evidence,
    "open-evidence": lambda form, _find: cmd.OpenEvidence(
        evidence=str(form.value("evidence")), present=_witnesses(form), text=_text(form)
    ),
    "weigh-evidence": lambda form, _find: cmd.WeighEvidence(
        evidence=str(form.value("evidence")), force=str(form.value("force")), text=_text(form)
    ),
    "ask-more": _ask_more,
    "transfer": _transfer,
    "send-transfer": _send_transfer,
    "confirm-transfer": _confirm_transfer,
    "return": _return,
    "reissue": lambda form, _find: cmd.Reissue(document=str(form.value("document")), text=_text(form)),
    "recall": lambda form, _find: cmd.Recall(
        paper=str(form.value("paper")),
        stage=form.value("stage"),
        text=_text(form),
    ),
    "reassign": _reassign,
    "add-unit": lambda form, _find: cmd.AddUnit(unit=str(form.value("unit")), text=_text(form)),
    "extend": _extend,
    "complete": lambda form, _find: cmd.Complete(matter=form.values("i-"), text=_text(form)),
    "merge": lambda form, find: cmd.Merge(into=find(str(form.value("into"))), text=_text(form)),
    "link": lambda form, find: cmd.Link(other=find(str(form.value("other"))), text=_text(form)),
    "supervise": lambda form, _find: cmd.Supervise(text=_text(form), limit=str(form.value("limit"))),
    "answer-order": lambda form, _find: cmd.AnswerOrder(text=_text(form), order=form.possible.member),
    "accept-report": lambda form, _find: cmd.AcceptReport(text=_text(form), order=form.possible.member),
    "return-report": lambda form, _find: cmd.ReturnReport(text=_text(form), order=form.possible.member),
    "amend-report": lambda form, _find: cmd.AmendReport(
        text=_text(form), report=str(form.value("report")), order=form.possible.member
    ),
    "withdraw-report": lambda form, _find: cmd.WithdrawReport(text=_text(form), order=form.possible.member),
    "recall-order": lambda form, _find: cmd.RecallOrder(text=_text(form), order=form.possible.member),
    "invite": lambda form, _find: cmd.Invite(
        role=str(form.value("role")), name=str(form.value("name")), text=_text(form), email=str(form.value("email"))
    ),
    "uninvite": lambda form, _find: cmd.Uninvite(invitation=str(form.value("invitation")), text=_text(form)),
    "renew-link": lambda form, _find: cmd.RenewLink(invitation=str(form.value("invitation")), text=_text(form)),
    "tell-outside": lambda form, _find: cmd.TellOutside(invitation=str(form.value("invitation")), text=_text(form)),
    "regrade": lambda form, _find: cmd.Regrade(
        severity=str(form.value("severity")), category=str(form.value("category")), text=_text(form)
    ),
    "correct": _correct,
    "recuse": lambda form, _find: cmd.Recuse(person=str(form.value("person")), text=_text(form)),
}
"""Command → how it is made of the form."""
