"""What can be put right on a case, and what stands there now."""

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.correcting import RESPONDENT
from huiyin.regime.model import Field, FieldType

_TYPES = {"respondent.unit": FieldType.UNIT, "respondent.person": FieldType.PERSON, "respondent.name": FieldType.TEXT}


def known_values(opened: Opened) -> dict[str, Field]:
    """Path → field of everything this person sees and may put right: the filing, who it is about, what work found."""
    regime, case, hidden = opened.regime, opened.case, opened.sight.hidden
    known = {f"matter.{name}": field for name, field in regime.intake.fields.items()}
    if "respondent" not in hidden:
        known.update({path: Field(path, title, _TYPES[path]) for path, title in RESPONDENT.items()})
    for work in (*regime.flow.values(), *regime.acts.values()):
        known.update({f"facts.{name}": field for name, field in work.fields.items() if name in case.facts})
    return {path: field for path, field in known.items() if path not in hidden and field.type is not FieldType.FILE}


def current_words(opened: Opened, path: str) -> str:
    """What stands there now, in words; a private value stays a mark."""
    section, _dot, name = path.partition(".")
    case = opened.case
    value = getattr(case.respondent, name) if section == "respondent" else getattr(case, section).get(name)
    if value in (None, "", []):
        return _("现在空着")
    words = Words(opened.regime, case, opened.world, opened.sight.hidden)
    return _("现在是：%(value)s") % {"value": words.value(path, value)}
