"""The filing form of a regime: its own fields, evidence by kind, and how far one wants to be known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.application.world import World
from huiyin.cases.commands import File
from huiyin.cases.people import Complainant, Respondent
from huiyin.portal.pages.ways import online_channel
from huiyin.regime.model import FieldType, Regime, RoleGroup
from huiyin.store.personal.data import PersonalData

from .evidence import add_evidence_controls, control_name, control_of_problem, of_evidence, things_of
from .fields import Options, form_field, missing_message

NAMED, CONFIDENTIAL, ANONYMOUS = "named", "confidential", "anonymous"
MATTER = "matter-"
"""Prefix of controls that stand for fields of the matter, so that no field's name collides with ours."""

INSIDERS = frozenset({"internal"})
"""Kinds that staff bring up at work, not visitors of the portal."""

SUGGEST_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Identity:
    """One way to be known: what it is called and what it costs."""

    value: str
    title: str
    note: str


class FilingForm(forms.Form):
    """What a visitor fills in. Only what the regime always requires is checked here; the rest is for the case core."""

    use_required_attribute = False
    contact_fields = ("name", "phone", "email", "address")
    identity_title = gettext_lazy("要不要让人知道您是谁")
    contact_title = gettext_lazy("怎样联系您")
    called_title = gettext_lazy("怎样称呼您")

    def __init__(
        self,
        regime: Regime,
        world: World,
        data: MultiValueDict[str, Any] | None = None,
        *,
        typed: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, label_suffix="")
        self.typed = data if data is not None else typed
        self.regime = regime
        self.world = world
        self._add_kind()
        self._add_matter()
        self._add_respondent()
        if regime.intake.points:
            self.fields["points"] = forms.CharField(
                label=_("要点，一行一条"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("把要我们查的事一条一条写，我们逐条查、逐条答"),
            )
        add_evidence_controls(self, regime.intake.evidence.values(), self.units)
        self._add_identity()
        for name, field in self.fields.items():
            if field.required:
                missing_message(field, str(field.label or name))
            if typed is not None:
                many = isinstance(field, forms.MultipleChoiceField)
                field.initial = typed.getlist(name) if many else typed.get(name)

    def unjudged(self) -> "FilingForm":
        """The same form with what was typed, before anybody asked whether it is right."""
        return FilingForm(self.regime, self.world, typed=self.typed)

    # -- controls ------------------------------------------------------------------------------------------------------

    def _add_kind(self) -> None:
        kinds = public_kinds(self.regime)
        if len(kinds) > 1:
            self.fields["kind"] = forms.ChoiceField(label=_("这件事属于"), choices=kinds, widget=forms.RadioSelect)
        if self.regime.categories and not _category_field(self.regime):
            tree = tuple((each.id, _indented(self.regime, each.id)) for each in self.regime.categories.values())
            self.fields["category"] = forms.ChoiceField(
                label=_("属于哪一类"), required=False, choices=(("", _("不清楚，请你们判断")), *tree)
            )

    def _add_matter(self) -> None:
        tables = self.world.tables(self.regime.id)
        for field in self.regime.intake.fields.values():
            if field.id == CONFIDENTIAL or field.type is FieldType.FILE:
                continue
            listed = tuple(tables.get(field.lists, {}))[:SUGGEST_AT_MOST] if field.lists else ()
            self.fields[MATTER + field.id] = form_field(
                field, required=field.required is True, suggestions=listed, units=self.units
            )

    def _add_respondent(self) -> None:
        """Which of our units it is about, unless the regime asks for that in a field of its own."""
        asked = any(field.type is FieldType.UNIT or field.lists for field in self.regime.intake.fields.values())
        if self.units and not asked:
            self.fields["unit"] = forms.ChoiceField(
                label=_("涉及哪个部门"), required=False, choices=(("", _("不清楚，或者不涉及")), *self.units)
            )

    def _add_identity(self) -> None:
        ways = self.identities
        if len(ways) > 1:
            self.fields["identity"] = forms.ChoiceField(
                label=self.identity_title,
                choices=tuple((way.value, way.title) for way in ways),
                widget=forms.RadioSelect,
            )
        common: dict[str, Any] = {"required": False}
        self.fields["name"] = forms.CharField(
            label=_("姓名"),
            max_length=100,
            required=not self.is_bound or self.identity in (NAMED, CONFIDENTIAL),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        self.fields["phone"] = forms.CharField(
            label=_("电话"),
            max_length=40,
            help_text=_("核实情况、告诉您结果都靠它；不留电话的请留邮箱"),
            widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            **common,
        )
        self.fields["email"] = forms.EmailField(
            label=_("电子邮箱"),
            max_length=200,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={"invalid": _("请填写完整的邮箱地址，例如 lin@example.cn")},
            **common,
        )
        self.fields["address"] = forms.CharField(
            label=_("通信地址"),
            max_length=300,
            widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
            **common,
        )

    # -- choices -------------------------------------------------------------------------------------------------------

    @property
    def units(self) -> Options:
        """Units that play a role of which there are many: wards, departments."""
        directory = self.world.directory(self.regime.id)
        roles = (role for role in self.regime.roles.values() if role.many and role.group is RoleGroup.UNIT)
        keys = dict.fromkeys(unit for role in roles for unit in directory.units_of(role.id))
        return tuple((key, self.world.people.unit_title(key)) for key in keys)

    @property
    def identities(self) -> Sequence[Identity]:
        """The ways to be known that this regime has."""
        ways = [Identity(NAMED, _("实名"), _("经办的人知道您是谁，核实最快，答复能直接联系您"))]
        if CONFIDENTIAL in self.regime.intake.fields:
            note = _("只有受理的部门知道；承办和被反映的一方看不到，每次查看都有记录")
            ways.append(Identity(CONFIDENTIAL, _("实名，对承办方保密"), note))
        if self.regime.intake.anonymous == "taken":
            note = _("谁也不知道您是谁。我们没法打电话给您，请凭编号和查询码看答复")
            ways.append(Identity(ANONYMOUS, _("匿名"), note))
        return ways

    @property
    def identity(self) -> str:
        """How this visitor wants to be known; empty while nothing was chosen."""
        return str(self.data.get("identity", "")) if "identity" in self.fields else NAMED

    @property
    def identity_choices(self) -> list[dict[str, object]]:
        """The ways to be known with the chosen one marked; empty where there is only one."""
        if "identity" not in self.fields:
            return []
        chosen = self["identity"].value()
        ways = self.identities
        return [
            {"value": way.value, "title": way.title, "note": way.note, "chosen": way.value == chosen} for way in ways
        ]

    # -- what the template walks over ----------------------------------------------------------------------------------

    def about(self) -> list[BoundField]:
        """The controls about the matter, in the order of the regime."""
        others = {"points", "identity", *self.contact_fields, *of_evidence(self.fields)}
        return [self[name] for name in self.fields if name not in others]

    def contact(self) -> list[BoundField]:
        """Name and ways to reach the visitor."""
        return [self[name] for name in self.contact_fields]

    def money(self) -> frozenset[str]:
        """Names of controls that take an amount in CNY."""
        intake = self.regime.intake
        asked = {MATTER + field.id: field for field in intake.fields.values()}
        asked |= {
            control_name(kind.id, field.id): field for kind in intake.evidence.values() for field in kind.fields.values()
        }
        return frozenset(name for name, field in asked.items() if field.type is FieldType.MONEY)

    def carried(self) -> list[tuple[str, str]]:
        """Every value as typed, to be carried through the check page and back. Files travel as tickets."""
        assert self.typed is not None
        return [(name, value) for name in self.fields for value in self.typed.getlist(name) if value]

    # -- checking ------------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Where nobody may stay unknown, there must be a way to reach the person."""
        said = dict(super().clean() or self.cleaned_data)
        reachable = said.get("phone") or said.get("email") or self.errors.keys() & {"phone", "email"}
        if not self._may_hide and not reachable:
            self.add_error("phone", _("请留下电话或者邮箱，至少一样"))
        return said

    @property
    def _may_hide(self) -> bool:
        return any(way.value == ANONYMOUS for way in self.identities)

    def show(self, problems: Mapping[str, str], message: str) -> None:
        """Put what the case core found beside the controls it is about; anything else at the top."""
        placed = False
        for name, words in problems.items():
            control = next((each for each in (MATTER + name, name) if each in self.fields), None)
            control = control or control_of_problem(self, name)
            if control is None and name == "anonymous":
                control = "identity" if "identity" in self.fields else "name"
            if control is not None:
                self.add_error(control, words)
                placed = True
            elif name.startswith("evidence."):
                placed = True
        if not placed:
            self.add_error(None, message)

    # -- what it means -------------------------------------------------------------------------------------------------

    def command(self) -> File:
        """The filing, without files. Call after the form was found valid."""
        said = self.cleaned_data
        matter = {name.removeprefix(MATTER): value for name, value in said.items() if name.startswith(MATTER)}
        if self.identity == CONFIDENTIAL:
            matter[CONFIDENTIAL] = True
        anonymous = self.identity == ANONYMOUS
        unit = said.get("unit", "")
        personal = self.personal()
        return File(
            kind=said.get("kind") or _only(public_kinds(self.regime)),
            channel=online_channel(self.regime) or "",
            matter={name: value for name, value in matter.items() if value not in ("", None, [])},
            category=said.get("category", ""),
            points=tuple(line.strip() for line in said.get("points", "").splitlines() if line.strip()),
            complainant=Complainant(anonymous=anonymous, reachable=personal is not None and bool(_ways_to(personal))),
            respondent=Respondent(kind="unit", unit=unit) if unit else Respondent(),
            evidence=things_of(self, self.regime.intake.evidence.values()),
        )

    def personal(self) -> PersonalData | None:
        """Name and contact, to be sealed; None for somebody who stays unknown."""
        if self.identity == ANONYMOUS:
            return None
        said = self.cleaned_data
        return PersonalData(said["name"], said["phone"], said["address"], email=said["email"]) or None


def public_kinds(regime: Regime) -> Options:
    """Kinds a visitor may choose, with their titles."""
    return tuple((kind, title) for kind, title in regime.kinds.items() if kind not in INSIDERS) or tuple(
        regime.kinds.items()
    )


def _ways_to(personal: PersonalData) -> Iterable[str]:
    return [way for way in (personal.phone, personal.email, personal.address) if way]


def _only(kinds: Options) -> str:
    return kinds[0][0]


def _category_field(regime: Regime) -> bool:
    """Whether a field of the form is the category itself."""
    fields = regime.intake.fields.values()
    return any(field.choices and all(each in regime.categories for each in field.choices) for field in fields)


def _indented(regime: Regime, category: str) -> str:
    known, depth = regime.categories[category], 0
    parent = known.parent
    while parent:
        depth, parent = depth + 1, regime.categories[parent].parent
    return "　" * depth + known.title
