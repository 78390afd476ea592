"""The shapes of commands, made from the commands themselves, so that page, interface and command line ask for the same."""

from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import Field, JsonValue, create_model

from huiyin.calendars import Span
from huiyin.cases.commands import COMMANDS, Charge, Command
from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.state import Evidence
from huiyin.regime.vocabulary import CORE_ACTS

from .parts import ChargeIn, ComplainantIn, EvidenceIn, Given, Moment, RespondentIn, SpanText, Text, Values

MOST_ITEMS = 200

TITLES: dict[str, str] = {
    "file": "登记案件",
    "perform": "办理环节",
    "decide": "人工判断",
    "approve": "审批同意",
    "reject": "审批不同意",
    "fill": "填写问卷",
    "acknowledge": "确认收到",
    "reverse-booking": "冲销入账",
    "renew-code": "重新发放查询码",
    "state-view": "对针对本人的处理建议陈述意见",
    "object-to": "对针对本人的处理决定提出异议",
    "pass-time": "推进时间",
    "recalculate": "重算到期日",
    "record": "记录（沟通、告知进展、催办、批示等）",
    **{act: title for act, (title, _event) in CORE_ACTS.items() if act in COMMANDS},
}
"""Command → Chinese title."""

OF_THE_CLOCK = frozenset({"pass-time", "recalculate"})
"""Commands the machine gives; by hand only those who maintain it."""

ON_CASES: dict[str, type[Command]] = {name: kind for name, kind in COMMANDS.items() if name != "file"}
"""Commands for a case that exists: all but filing, which makes one."""


class CommandIn(Given):
    """A command as sent: its fields, and the version of the case it is based on."""

    command: ClassVar[type[Command]]

    def to_core(self) -> Command:
        """The command itself."""
        given = {name: _value(getattr(self, name)) for name in type(self).model_fields if name in _names(self.command)}
        return self.command(**given)


class OnCase(CommandIn):
    """What every command on a case takes besides its own fields."""

    based_on: int | None = Field(
        default=None, ge=0, description="the version you saw; when the case has moved on since, the answer is 409"
    )


def _names(command: type[Command]) -> frozenset[str]:
    return frozenset(each.name for each in fields(command))


def _value(given: Any) -> Any:
    """Parts of the interface as parts of the core."""
    if isinstance(given, ChargeIn | ComplainantIn | RespondentIn | EvidenceIn):
        return given.to_core()
    if isinstance(given, list | tuple):
        return tuple(_value(each) for each in given)
    return given


_PARTS: dict[Any, Any] = {
    str: Text,
    datetime: Moment,
    Span: SpanText,
    Complainant: ComplainantIn,
    Respondent: RespondentIn,
    Evidence: EvidenceIn,
    Charge: ChargeIn,
    date: date,
    Any: JsonValue,
}


def _shape(hint: Any) -> Any:
    """The type of a field as the interface takes it."""
    if hint in _PARTS:
        return _PARTS[hint]
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        return Annotated[list[_shape(arguments[0])], Field(max_length=MOST_ITEMS)]  # type: ignore[misc]
    if type(None) in arguments:
        return Union[(*tuple(_shape(each) for each in arguments if each is not type(None)), None)]
    if get_origin(hint) is Literal:
        return hint
    if arguments:
        return Values  # the only other generic of commands: a mapping of JSON values
    return hint


def schema_of(command: type[Command], base: type[CommandIn]) -> type[Any]:
    """The shape of a command on top of `base`."""
    hints = get_type_hints(command)
    shapes: dict[str, Any] = {}
    for each in fields(command):
        shape = _shape(hints[each.name])
        if each.default is not MISSING:
            shapes[each.name] = (shape, _plain(each.default))
        elif each.default_factory is not MISSING:
            made = _plain(each.default_factory())
            shapes[each.name] = (shape, Field(default_factory=type(made)))
        else:
            shapes[each.name] = (shape, ...)
    model = create_model(f"{command.__name__}In", __base__=base, __doc__=command.__doc__, **shapes)
    model.command = command
    return model


def _plain(default: Any) -> Any:
    match default:
        case ():
            return []
        case Complainant():
            return ComplainantIn()
        case Respondent():
            return RespondentIn()
    return default


COMMAND_SCHEMAS: dict[str, Any] = {name: schema_of(kind, OnCase) for name, kind in ON_CASES.items()}
"""Command name → its shape on a case."""
