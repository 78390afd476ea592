"""Filing in two pages: say what happened, look it over with the days that follow, hand it in. Works without scripts.

What was typed travels in the form itself, so nothing of a visitor who leaves stays with us; files wait under signed
tickets (huiyin.portal.drafts). The key in the form makes handing in twice the same as once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.application.filing import Receipt, file_case
from huiyin.application.source_cases import file_from_source
from huiyin.application.sources import OwnPage
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.decide import Decision
from huiyin.cases.events import Assessed
from huiyin.cases.refusals import Refused
from huiyin.cases.sources import source_actor
from huiyin.organisations.models import Source
from huiyin.portal import drafts, preview
from huiyin.portal.forms.evidence import controls_of, data_of, unused_words
from huiyin.portal.forms.filing import ANONYMOUS, FilingForm
from huiyin.portal.forms.source_filing import SourceFilingForm
from huiyin.portal.pages.journey import Journey
from huiyin.portal.pages.matters import branch_of
from huiyin.portal.pages.review import facts_of
from huiyin.portal.pages.secrets import secrets_of
from huiyin.portal.pages.ways import online_channel, ways_to
from huiyin.portal.place import Place
from huiyin.portal.sessions import remember_receipt
from huiyin.regime.model import EvidenceKind, Regime
from huiyin.site.components import Step
from huiyin.store.errors import KeyReused, StoreUnavailable, TooManyFilings, UploadRefused
from huiyin.store.files.storage import LARGEST, MOST, Upload

from .common import public, show

FILE = "file-"
"""Prefix of upload controls, one for each kind of evidence."""


@dataclass
class Evidence:
    """One kind of evidence on the form: its control, what waits already, what was refused."""

    kind: EvidenceKind
    kept: list[drafts.Kept] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    controls: list[BoundField] = field(default_factory=list)

    @property
    def control(self) -> str:
        return FILE + self.kind.id

    @property
    def needed(self) -> bool:
        return self.kind.required is True

    @property
    def asked_at_once(self) -> bool:
        """Whether what is asked about the kind stands open: something has to be said, was said, or was wrong."""
        must = any(field.required for field in self.kind.fields.values())
        return must or bool(self.kept) or any(bound.errors or bound.value() for bound in self.controls)


@dataclass(frozen=True, slots=True)
class Door:
    """By which way a visitor comes to the form: everybody, or a body outside from its own page through `page`.

    `back`: where the form was entered from; `gives`: what the visitor takes home.
    """

    back: str
    gives: str
    source: Source | None = None
    page: OwnPage | None = None


@dataclass
class Filing:
    """One visit to the form: what came in, and what was made of it. `put_off`: nothing is wrong, it is only too early."""

    place: Place
    regime: Regime
    door: Door
    form: FilingForm
    evidence: list[Evidence]
    key: str
    refused: Refused | None = None
    put_off: bool = False

    @property
    def kept(self) -> list[drafts.Kept]:
        """All files that wait, in the order of the kinds."""
        return [kept for each in self.evidence for kept in each.kept]

    @property
    def uploads(self) -> list[Upload]:
        """The files with what was said about them. Call after the form was found valid."""
        return [
            replace(drafts.upload_of(kept), data=data_of(self.form, each.kind))
            for each in self.evidence
            for kept in each.kept
        ]

    @property
    def wrong_files(self) -> bool:
        return any(each.wrong for each in self.evidence)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, place: Place, regime: str) -> HttpResponse:
    """The form of a regime; POST carries one of: check, submit, edit, upload, remove-N."""
    found = place.regime(regime)
    if online_channel(found) is None:
        return show(request, place, "not_online.html", {"regime": found, "ways": ways_to(found)})
    answer = visit(request, place, found, Door(f"{place.url('home')}#matters", _("给您编号和查询码")))
    if isinstance(answer, HttpResponse):
        return answer
    remember_receipt(request, place, answer.case_id)
    return HttpResponseRedirect(place.url("receipt"))


def visit(request: HttpRequest, place: Place, regime: Regime, door: Door) -> HttpResponse | Receipt:
    """One visit to the form: the page to show next, or the receipt once the case is filed."""
    filing = _read(request, place, regime, door)
    act = request.POST.get("do", "check") if request.method == "POST" else ""
    if act == "submit":
        return _hand_in(request, filing)
    if act == "check":
        return _check(request, filing)
    if act.startswith("remove-"):
        _remove(filing, act.removeprefix("remove-"))
    page = _form(request, filing, asked=False)
    if request.method != "POST":  # the empty form may be kept, so that going back from the check page finds what was typed
        page.headers["Cache-Control"] = "private, no-cache"
    return page


# -- reading -----------------------------------------------------------------------------------------------------------


def _read(request: HttpRequest, place: Place, regime: Regime, door: Door) -> Filing:
    posted = request.method == "POST"
    kinds = tuple(regime.intake.evidence.values()) or (EvidenceKind("", _("材料")),)
    evidence = [Evidence(kind) for kind in kinds]
    data = request.POST if posted else None
    form = FilingForm(regime, place.world, data)
    if door.source is not None:
        form = SourceFilingForm(door.source, regime, place.world, data)
    filing = Filing(place, regime, door, form, evidence, _key(request))
    by_kind = {each.kind.id: each for each in evidence}
    for ticket in request.POST.getlist("kept")[:MOST]:
        kept = drafts.of_ticket(ticket)
        if kept is None:
            evidence[-1].wrong.append(_("有一个文件放得太久，已经清除，请重新选择。"))
        elif kept.evidence in by_kind:
            by_kind[kept.evidence].kept.append(kept)
    for each in evidence:
        _keep(filing, each, request.FILES.getlist(each.control))
    return filing


def _keep(filing: Filing, each: Evidence, files: Sequence[UploadedFile]) -> None:
    for uploaded in files:
        try:
            each.kept.append(drafts.keep(uploaded, each.kind.id, len(filing.kept)))
        except UploadRefused as refused:
            each.wrong.append(refused.said)
        except OSError:
            each.wrong.append(_("“%(name)s”没有存下来，请稍后再试，或者先提交文字再补。") % {"name": uploaded.name})


def _key(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid4())


def _remove(filing: Filing, which: str) -> None:
    for each in filing.evidence:
        for kept in [kept for kept in each.kept if kept.file == which]:
            each.kept.remove(kept)
            drafts.drop(kept)


# -- deciding ----------------------------------------------------------------------------------------------------------


def _check(request: HttpRequest, filing: Filing) -> HttpResponse:
    """The check page when all is well, else the form with what is wrong beside each field."""
    form = filing.form
    if _is_whole(filing):
        try:
            decision = _foreseen(filing)
        except Refused as refused:
            _tell(filing, refused)
        else:
            assessed = [event for event in decision.events if isinstance(event, Assessed)]
            journey = Journey(filing.place, filing.regime, decision.case, assessed)
            words = {
                "facts": facts_of(form),
                "journey": journey.entries(filing.door.gives),
                "anonymous": form.identity == ANONYMOUS,
                "steps": _steps(3),
            }
            return show(request, filing.place, "check.html", _words(filing) | words)
    return _form(request, filing, status=422)


def _foreseen(filing: Filing) -> Decision:
    """What handing in would bring. Raises Refused."""
    form, page = filing.form, filing.door.page
    command, who = form.command(), COMPLAINANT
    if page is not None and filing.door.source is not None:
        command = replace(command, channel=page.channel.id, source=filing.door.source.name)
        who = source_actor(filing.regime, page.channel.id)
    return preview.decide_filing(filing.place.world, filing.regime, command, form.personal(), filing.uploads, who)


def _filed(filing: Filing) -> Receipt:
    """The case, filed in the visitor's name. Raises what `file_case` raises."""
    form, door, key = filing.form, filing.door, f"portal:{filing.key}"
    if door.source is not None and door.page is not None:
        return file_from_source(
            filing.place.world, door.source, door.page, form.command(), personal=form.personal(), uploads=filing.uploads, key=key
        )
    return file_case(
        filing.place.organisation, filing.regime.id, COMPLAINANT, form.command(), personal=form.personal(),
        uploads=filing.uploads, key=key,
    )  # fmt: skip


def _is_whole(filing: Filing) -> bool:
    """Whether the form is valid and everything said about evidence came with evidence."""
    if not filing.form.is_valid():
        return False
    for each in filing.evidence:
        each.wrong += unused_words(filing.form, each.kind, files=bool(each.kept))
    return not filing.wrong_files


def _hand_in(request: HttpRequest, filing: Filing) -> HttpResponse | Receipt:
    """File the case; a second press gives the same receipt."""
    form = filing.form
    if not _is_whole(filing):
        return _form(request, filing, status=422)
    try:
        return _filed(filing)
    except Refused as refused:
        _tell(filing, refused)
        return _form(request, filing, status=422)
    except KeyReused:
        form.add_error(
            None, _("这张表已经交过一次，编号在那时的回执上。要补充，请查进度后补充；确实要另交一件，请再核对提交一次。")
        )
        return _form(request, replace(filing, key=str(uuid4())), status=422)
    except TooManyFilings as full:
        form.add_error(None, full.said)
        form.add_error(None, _("填写的内容和文件都还在这一页，请不要关闭；到时再点“下一步”提交，不用重新填写。"))
        form.add_error(None, _("需要提高件数的，请联系登记您单位的工作人员。"))
        return _form(request, replace(filing, put_off=True), status=429)
    except (UploadRefused, StoreUnavailable) as trouble:
        form.add_error(None, trouble.said)
        return _form(request, filing, status=503 if isinstance(trouble, StoreUnavailable) else 422)

def _tell(filing: Filing, refused: Refused) -> None:
    """Put a refusal where it belongs: beside a field, beside a kind of evidence, or at the top."""
    filing.refused = refused
    for each in filing.evidence:
        words = refused.fields.get(f"evidence.{each.kind.id}")
        if words:
            each.wrong.append(words)
    filing.form.show(refused.fields, refused.message)


# -- showing -----------------------------------------------------------------------------------------------------------


def _form(request: HttpRequest, filing: Filing, *, status: int = 200, asked: bool = True) -> HttpResponse:
    """The form; with `asked` off what was typed is shown without finding fault, since nothing was handed in yet."""
    form = filing.form if asked else filing.form.unjudged()
    for each in filing.evidence:
        each.controls = controls_of(form, each.kind)
    words = _words(replace(filing, form=form)) | {"steps": _steps(2)}
    return show(request, filing.place, "file.html", words, status)


def _words(filing: Filing) -> dict[str, object]:
    return {
        "filing": filing,
        "door": filing.door,
        "form": filing.form,
        "regime": filing.regime,
        "branch": branch_of(filing.place, filing.regime),
        "refused": filing.refused,
        "secret": secrets_of(filing.regime),
        "largest": LARGEST // 1024 // 1024,
        "most": MOST,
    }



def _steps(now: int) -> list[Step]:
    words = (_("选事项"), _("说清事情"), _("核对提交"))
    return [
        Step(word, "done" if number < now else "now" if number == now else "todo")
        for number, word in enumerate(words, start=1)
    ]
