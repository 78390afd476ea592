"""What stands around a case, for the caller's eyes: the same as on the case page, by the same rules."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse

from huiyin.api.problems import cites
from huiyin.api.schemas.around import DocumentOut, FlagOut, InvitationOut, SentOut, SignatureOut, TurnOut
from huiyin.api.schemas.cases import OrderItem
from huiyin.application.flags import StandingFlag, flags_of
from huiyin.application.loading import Opened
from huiyin.application.order_lists import left_open
from huiyin.application.outgoing import sent_for
from huiyin.cases.state import Document
from huiyin.cases.turns import Turn, turns
from huiyin.documents.produced import readable
from huiyin.notices.models import Delivery
from huiyin.regime.affairs import split_affair_id
from huiyin.store.projections.order_rows import order_rows

from .orders import order_item


def flags_out(opened: Opened) -> list[FlagOut]:
    """Warnings about the complainant; none for those who do not handle the case."""
    return [_flag(opened, each) for each in flags_of(opened)]


def _flag(opened: Opened, flag: StandingFlag) -> FlagOut:
    regime = opened.world.in_force(split_affair_id(flag.regime)[0])
    return FlagOut(
        title=flag.title,
        by=flag.by,
        by_name=opened.world.people.name_of(flag.by),
        at=flag.at,
        until=flag.until,
        text=flag.text,
        said=dict(flag.said),
        number=flag.number,
        cite=cites(flag.cite, regime.articles),
    )


def orders_out(opened: Opened) -> list[OrderItem]:
    """The orders of the case, in the order in which they were given."""
    directory = opened.world.directory(opened.regime.id)
    return [order_item(row) for row in order_rows(opened.regime, opened.case, opened.row, directory)]


def orders_carried_out(opened: Opened) -> list[OrderItem]:
    """What earlier meetings of the same duty resolved and is not done yet, as far as the caller may see it."""
    occasion = opened.case.occasion
    carried = occasion.carried if occasion is not None else ()
    return [order_item(row) for row in left_open(opened.world, opened.actor, carried)]


def documents_out(opened: Opened) -> list[DocumentOut]:
    """The documents the caller may read, the first one first."""
    return [_document(opened, each) for each in filter(partial(readable, opened), opened.case.documents.values())]


def _document(opened: Opened, document: Document) -> DocumentOut:
    title = opened.regime.role_title
    return DocumentOut(
        key=document.key,
        form=document.form,
        title=document.title,
        number=document.number,
        version=document.version,
        work=document.work,
        produced_at=document.produced_at,
        produced_by=document.produced_by,
        signatures=[SignatureOut(role=role, title=title(role), person=person) for role, person in document.signatures],
        missing=[title(role) for role in document.missing()],
        lacks=list(document.lacks),
        void=document.is_void,
        replaced_by=document.replaced_by,
        pdf=reverse("api:document_pdf", args=(opened.case.number, document.key)),
        word=reverse("api:document_word", args=(opened.case.number, document.key)),
    )


def invitations_out(opened: Opened) -> list[InvitationOut]:
    """The parties outside that were given a link."""
    return [
        InvitationOut(
            key=each.key,
            role=each.role,
            role_title=opened.regime.role_title(each.role),
            name=each.name,
            invited_at=each.invited_at,
            until=each.until,
            open=each.opens(opened.world.now),
        )
        for each in opened.case.invitations.values()
    ]


def sent_out(opened: Opened) -> list[SentOut]:
    """Messages about the case that left the house, the newest first."""
    return [_sent(opened, each) for each in sent_for(opened.row.id)]


def _sent(opened: Opened, each: Delivery) -> SentOut:
    hidden = each.recipient == "complainant" and "complainant" in opened.sight.hidden
    address = each.address if each.address and each.recipient != "group" and not hidden else ""
    to, _sep, person = each.recipient.partition(":")
    outside = str(each.contents.get("recipient", "")) if to in ("party", "source") else ""
    return SentOut(
        to=to,
        name=opened.world.people.name_of(person) if to == "person" else outside,
        way=" ".join(filter(None, (str(each.channel.get_way_display()), address))),
        title=str(each.contents.get("title", "")),
        state=str(each.state),
    )


def turns_out(opened: Opened) -> list[TurnOut]:
    """Whose turn it is, for what; the soonest first."""
    owed = turns(opened.regime, opened.case, opened.world.directory(opened.regime.id))
    return [_turn(each) for each in sorted(owed, key=lambda turn: (turn.due is None, turn.due or turn.since))]


def _turn(turn: Turn) -> TurnOut:
    return TurnOut(
        kind=turn.kind,
        work=turn.work,
        title=turn.title,
        due=turn.due,
        overdue=turn.overdue,
        roles=_each_once(each.role for each in turn.assignees),
        units=_each_once(each.unit for each in turn.assignees),
        people=_each_once(each.person for each in turn.assignees),
    )


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, names)))
