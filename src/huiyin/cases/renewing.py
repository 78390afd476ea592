"""A new tracking code for a complainant who lost the old one.

How a code is made is not the core's business; here it is who may have one issued, and that everybody can see it was.
"""

from .access import sight
from .commands import RenewCode
from .draft import Draft
from .events import CodeRenewed
from .principles import COMPLETE_RECORDS, NOT_ONES_OWN_CASE
from .refusals import Refused
from .standing import refuse_the_concerned


def refuse_renewal(draft: Draft) -> None:
    """Raise unless the actor is of the staff and deals with the complainant: the code opens all the complainant sees.

    Raises:
        Refused: this person is concerned, or has no need of personal data in this case.
    """
    refuse_the_concerned(draft.case, draft.actor)
    seen = sight(draft.regime, draft.case, draft.actor, draft.context.directory)
    if draft.actor.kind != "staff" or not seen.personal:
        raise Refused("not-yours", "重新发放查询码，由可以查看当事人信息的经办人员办理。", cite=NOT_ONES_OWN_CASE)


def renew_code(draft: Draft, command: RenewCode) -> None:
    """Void the code and issue another; the complainant is told that it happened, never the code.

    Raises:
        Refused: as `refuse_renewal`; it is not said how the caller was recognised as the complainant.
    """
    refuse_renewal(draft)
    if not command.text.strip():
        words = "请写明怎样核实是投诉人本人"
        raise Refused("missing-field", f"{words}。", cite=COMPLETE_RECORDS, fields={"text": words})
    draft.add(
        CodeRenewed(
            **draft.stamp,
            names=("code-renewed",),
            cite=(COMPLETE_RECORDS.id,),
            issue=draft.case.code_issue + 1,
            text=command.text.strip(),
        )
    )
