"""Cases and obligations the caller may see."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from huiyin.api.access import Bearer, caller_of
from huiyin.api.language import say
from huiyin.api.papers import pdf_logged, word_logged
from huiyin.api.problems import PROBLEMS, Trouble
from huiyin.api.schemas.cases import CaseOut, CasePage, ObligationPage
from huiyin.api.schemas.parts import Moment
from huiyin.api.showing.cases import case_item, case_out, obligation_item
from huiyin.application.attachments import download
from huiyin.application.case_lists import CaseFilter, list_cases
from huiyin.application.loading import open_by_number
from huiyin.application.personal import log_access
from huiyin.application.transfers import log_fetching, may_fetch_package
from huiyin.application.turn_lists import TurnFilter, my_turns
from huiyin.application.world import world_of
from huiyin.documents.handing_out import package_answer
from huiyin.store.errors import UnknownCase

from .headers import DocumentKey, Number

router = Router(tags=["案件"], auth=Bearer("read"))

MOST = 100


class Paged(Schema):
    """Where a page starts and how long it is."""

    model_config = ConfigDict(extra="forbid")

    after: str = Field(default="", max_length=400, description="`next` of the page before; empty for the first")
    limit: int = Field(default=50, ge=1, le=MOST)


class CaseQuery(Paged):
    """Which cases; empty values do not narrow."""

    q: str = Field(
        default="", max_length=100, description="number, name, telephone number or its tail, or words of the text"
    )
    view: Literal["all", "mine", "received", "unit"] = "all"
    regime: str = ""
    kind: str = ""
    channel: str = ""
    state: Literal["", "open", "waiting", "suspended", "closed", "not-closed", "to-transfer", "transferred"] = ""
    phase: str = ""
    severity: str = ""
    category: str = ""
    unit: str = ""
    handler: str = ""
    respondent_unit: str = ""
    overdue: bool | None = None
    received_from: Moment | None = None
    received_before: Moment | None = None


class ObligationQuery(Paged):
    """Which obligations."""

    scope: Literal["mine", "unit", "all"] = Field(
        default="mine", description="me and the roles I hold, my units, all I may see"
    )
    regime: str = ""
    kind: list[Literal["limit", "step", "approval", "order", "acknowledge", "sign", "decide", "hearing", "invite"]] = []
    severity: str = ""
    overdue: bool | None = None
    paused: bool | None = None
    due_from: Moment | None = None
    due_before: Moment | None = None


def refuse_unknown(request: HttpRequest, query: type[Schema]) -> None:
    """A filter that is misspelt must not give everything."""
    unknown = {
        name: say("这里没有这一项", "There is no such filter") for name in request.GET if name not in query.model_fields
    }
    if unknown:
        known = "、".join(query.model_fields)
        raise Trouble(422, "wrong-value", f"查询条件只能是：{known}。", f"Filters are: {known}.", fields=unknown)


@router.get("/cases", response={200: CasePage, **PROBLEMS}, summary="案件列表")
def list_them(request: HttpRequest, filters: Annotated[CaseQuery, Query(...)]) -> CasePage:
    """Cases you may see, newest first."""
    refuse_unknown(request, CaseQuery)
    caller = caller_of(request)
    wanted = CaseFilter(**filters.model_dump(exclude={"after", "limit", "q"}))
    page = list_cases(caller.organisation, caller.who, wanted, filters.q, filters.after, filters.limit)
    return CasePage(items=[case_item(each, caller.who) for each in page.items], next=page.next)


@router.get("/cases/{number}", response={200: CaseOut, **PROBLEMS}, summary="一件案件")
def one(request: HttpRequest, number: Number) -> CaseOut:
    """A case with its limits and the reasons of their due times, its story, and what you can do now."""
    caller = caller_of(request)
    return case_out(open_by_number(caller.organisation, caller.who, number))


@router.get("/cases/{number}/transfer-package", response=PROBLEMS, summary="移送案卷")
def transfer_package(request: HttpRequest, number: Number) -> FileResponse:
    """The package that went with a transfer, as a ZIP file; taking it out is logged. Without it, or not for you: 404."""
    caller = caller_of(request)
    opened = open_by_number(caller.organisation, caller.who, number)
    if not may_fetch_package(opened):
        raise Trouble(404, "unknown-case", "没有可以取的移送案卷。", "There is no package for you.")
    log_fetching(opened)
    return package_answer(opened)


@router.get("/cases/{number}/files/{attachment}", response=PROBLEMS, summary="一份材料的文件")
def file(request: HttpRequest, number: Number, attachment: str) -> FileResponse:
    """The file of a piece of evidence that you may open (`evidence[].file.id`); of a confidential case it is logged."""
    caller = caller_of(request)
    opened = open_by_number(caller.organisation, caller.who, number)
    try:
        wanted = UUID(attachment)
    except ValueError:
        raise UnknownCase("没有找到这个附件。") from None
    found = download(caller.organisation, caller.who, opened.row.id, wanted)
    if opened.row.confidential:
        log_access(opened, "download", found.row.name)
    response = FileResponse(found.path.open("rb"))
    for name, value in found.headers.items():
        response.headers[name] = value
    return response


@router.get("/cases/{number}/documents/{key}/pdf", response=PROBLEMS, summary="一份文书，PDF")
def document_pdf(request: HttpRequest, number: Number, key: DocumentKey) -> HttpResponse:
    """A document of the case that you may read (`documents[].key`), as a PDF file; taking it out is logged."""
    caller = caller_of(request)
    return pdf_logged(open_by_number(caller.organisation, caller.who, number), key)


@router.get("/cases/{number}/documents/{key}/word", response=PROBLEMS, summary="一份文书，Word")
def document_word(request: HttpRequest, number: Number, key: DocumentKey) -> HttpResponse:
    """The same as a Word file; taking it out is logged."""
    caller = caller_of(request)
    return word_logged(open_by_number(caller.organisation, caller.who, number), key)


@router.get("/obligations", response={200: ObligationPage, **PROBLEMS}, tags=["待办"], summary="我的待办")
def obligations(request: HttpRequest, filters: Annotated[ObligationQuery, Query(...)]) -> ObligationPage:
    """What is owed, soonest first."""
    refuse_unknown(request, ObligationQuery)
    caller = caller_of(request)
    world = world_of(caller.organisation)
    wanted = TurnFilter(
        scope=filters.scope,
        regime=filters.regime,
        kinds=tuple(filters.kind),
        severity=filters.severity,
        overdue=filters.overdue,
        paused=filters.paused,
        due_from=filters.due_from,
        due_before=filters.due_before,
    )
    page = my_turns(caller.organisation, caller.who, wanted, filters.after, filters.limit, world=world)
    return ObligationPage(items=[obligation_item(row) for row in page.items], next=page.next)
