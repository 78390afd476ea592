"""与我有关的处理: what is proposed or decided about the reader, with the right to be heard and to object.

The case behind it stays closed: who complained, and what was found, is not shown here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from huiyin.application.concerning_me import MyConcern, MyDuty, concerning_me, parent_of
from huiyin.application.running import run
from huiyin.cases.commands import Command, ObjectTo, StateView
from huiyin.cases.refusals import Refused
from huiyin.site.components import Fact
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.words.articles import all_cited
from huiyin.workbench.words.measures import in_force
from huiyin.workbench.words.moments import moment_words

SETTLED = {
    "objected": gettext_lazy("已提出异议，等待处理"),
    "withdrawn": gettext_lazy("异议成立，已撤销"),
    "upheld": gettext_lazy("异议不成立，维持处理"),
}


DUTY_STAGES = {
    "to-confirm": gettext_lazy("已经报告，等待确认"),
    "done": gettext_lazy("已经做到"),
    "off": gettext_lazy("处理已撤销，不再执行"),
}


class SayForm(forms.Form):
    """What the person has to say."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("您的意见"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写下您的意见。")},
    )


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal or decision in words. `form` None: nothing can be said now."""

    mine: MyConcern
    title: str
    stage: str
    facts: list[Fact]
    cites: list[object]
    form: SayForm | None


@require_GET
@staff_page
def about_me(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All of it, newest first."""
    return _page(request, desk)


@require_POST
@staff_page
def state_view(request: HttpRequest, desk: Desk, case: UUID, key: str) -> HttpResponse:
    """State a view on a proposal."""
    return _say(request, desk, case, key, lambda text: StateView(text=text, key=key), _("您的陈述已交给作出决定的人。"))


@require_POST
@staff_page
def object_to(request: HttpRequest, desk: Desk, case: UUID, sanction: int) -> HttpResponse:
    """Object to a decision."""
    done = _("您的异议已提出，由作出决定以外的人处理。")
    return _say(request, desk, case, str(sanction), lambda text: ObjectTo(text=text, sanction=sanction), done)


def _say(request: HttpRequest, desk: Desk, case: UUID, key: str, command: Callable[[str], Command], done: str) -> HttpResponse:
    form = _form(case, key, request)
    if form.is_valid():
        try:
            run(desk.organisation, desk.who, case, command(form.cleaned_data["text"]))
        except Refused as refused:
            form.add_error("text" if "text" in refused.fields else None, refused.message)
        else:
            messages.success(request, done)
            return redirect("desk-about-me")
    return _page(request, desk, said={(case, key): form}, status=422)


def _form(case: UUID, key: str, request: HttpRequest | None = None) -> SayForm:
    data = request.POST if request is not None else None
    return SayForm(data, label_suffix="", auto_id=f"say_{case}_{key}_%s")


def _page(
    request: HttpRequest, desk: Desk, *, said: dict[tuple[UUID, str], SayForm] | None = None, status: int = 200
) -> HttpResponse:
    found = concerning_me(desk.organisation, desk.who, desk.world)
    words = {"cards": [_card(desk, mine, (said or {}).get((mine.case_id, mine.concern.key))) for mine in found]}
    return desk_page(request, desk, "workbench/about_me.html", words, status=status)


def _card(desk: Desk, mine: MyConcern, form: SayForm | None) -> Card:
    concern, regime = mine.concern, mine.regime
    proposed = concern.stage == "proposed"
    open_now = concern.until is not None and desk.world.now <= concern.until and (proposed or not concern.settled)
    facts = [Fact(_("拟议") if proposed else _("决定"), moment_words(concern.at, desk.world))]
    facts += [Fact(title, amount) for title, amount in _measures(mine)]
    facts += in_force(desk, mine.regime, concern.stands_until)
    facts += [_duty(desk, mine, duty) for duty in mine.duties]
    if concern.until is not None:
        until = moment_words(concern.until, desk.world)
        late = desk.world.now > concern.until
        facts.append(Fact(_("陈述期限") if proposed else _("异议期限"), _("%(until)s，已过") % {"until": until} if late else until))
    if concern.said:
        facts.append(Fact(_("您说"), concern.said))
    if concern.settled:
        facts.append(Fact(_("异议"), str(SETTLED[concern.settled])))
    return Card(
        mine=mine,
        title=concern.title,
        stage=concern.stage,
        facts=facts,
        cites=list(all_cited(regime, concern.cite)),
        form=form or (_form(mine.case_id, concern.key) if open_now else None),
    )


def _duty(desk: Desk, mine: MyConcern, duty: MyDuty) -> Fact:
    """How far a measure has been carried out, and where to report it."""
    title = parent_of(mine.regime).accountability.measures[duty.measure].title
    if duty.stage == "to-do":
        words = _("请在%(moment)s前做到并报告") if duty.number else _("应在%(moment)s前执行")
        text = words % {"moment": moment_words(duty.due, desk.world)} if duty.due else _("请尽快做到并报告")
        if duty.until is not None:
            text = _("执行到%(until)s；%(text)s") % {"until": moment_words(duty.until, desk.world), "text": text}
    else:
        text = str(DUTY_STAGES[duty.stage])
    return Fact(_("执行：%(title)s") % {"title": title}, text, reverse("desk-case", args=[duty.number]) if duty.number else "")


def _measures(mine: MyConcern) -> list[tuple[str, str]]:
    found = []
    for name, amount in mine.concern.measures.items():
        measure = mine.regime.accountability.measures[name]
        if amount is True:
            found.append((_("处理"), measure.title))
            continue
        if isinstance(amount, list | tuple):
            words = f"{amount[0]:g}–{amount[1]:g}{measure.unit}"
        else:
            words = f"{amount:g}{measure.unit}"
        found.append((measure.title, words))
    return found
