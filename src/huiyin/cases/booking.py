"""Work that is entered in a ledger when it is done: parts taken, money paid, points counted (`books` of the work)."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import FieldType, Work

from .draft import Draft
from .events import LedgerBooked
from .refusals import Refused


def book(draft: Draft, work: Work, fields: Mapping[str, Any], *, by: str) -> None:
    """Enter the numbers of finished work in their ledgers; a field that was left empty, or is 0, enters nothing."""
    for ledger, name in work.books.items():
        amount = fields.get(name)
        if isinstance(amount, bool) or not isinstance(amount, int | float) or amount == 0:
            continue
        draft.add(
            LedgerBooked(
                at=draft.context.now,
                by=by,
                cite=work.cite,
                ledger=ledger,
                account=_account(draft, work, ledger, fields, by),
                amount=float(amount),
                measure=work.id,
                rule="",
            )
        )


def refuse_unbookable(draft: Draft, work: Work, fields: Mapping[str, Any], *, by: str) -> None:
    """Raise unless it is known on whose account the work is entered.

    Raises:
        Refused: the part is not named, or nobody handles the case yet.
    """
    for ledger, name in work.books.items():
        if fields.get(name) and not _account(draft, work, ledger, fields, by):
            declared = draft.regime.accountability.ledgers[ledger]
            wanted = _product_fields(draft, work)
            titles = "、".join(wanted.values()) or "承办部门"
            message = f"记入“{declared.title}”须写明{titles}。"
            raise Refused("missing-field", message, cite=work.cite, fields=dict.fromkeys(wanted, "记账需要，请填写"))


def _account(draft: Draft, work: Work, ledger: str, fields: Mapping[str, Any], by: str) -> str:
    """Whose account it is: that of the doer, of the handling unit, of the case, or of the part that was named."""
    match draft.regime.accountability.ledgers[ledger].of:
        case "case":
            return draft.case.number
        case "person":
            return by
        case "unit":
            return draft.case.handling_unit or draft.context.directory.unit_of(by) or ""
        case _:
            values = {**draft.case.matter, **fields}
            return next((str(values[name]) for name in _product_fields(draft, work) if values.get(name)), "")


def _product_fields(draft: Draft, work: Work) -> dict[str, str]:
    """Fields that name a part, with their titles: those of the work before those of the filing."""
    declared = dict(work.fields) | {
        name: field for name, field in draft.regime.intake.fields.items() if name not in work.fields
    }
    return {name: field.title for name, field in declared.items() if field.type is FieldType.PRODUCT}
