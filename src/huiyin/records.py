"""Frozen dataclasses made as quickly as mutable ones: the core makes dozens of them in every decision.

The `__init__` that `dataclass(frozen=True)` writes goes through `object.__setattr__` for each field, which costs six times
as much as plain assignment. `made_quickly` gives a class one that assigns plainly; the instances are as frozen as before.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

AnyClass = TypeVar("AnyClass")

if TYPE_CHECKING:
    from dataclasses import replace  # typed field by field, which no signature of our own could be
else:

    def replace(record: Any, /, **changes: Any) -> Any:
        """As `dataclasses.replace`, several times quicker; for frozen or mutable dataclasses of two fields and more."""
        kind = type(record)
        read, places, by_name = _parts(kind)
        values = list(read(record))
        try:
            for name, value in changes.items():
                values[places[name]] = value
        except KeyError:
            raise TypeError(f"{kind.__name__} has no field {name}") from None
        return kind(**dict(zip(places, values, strict=True))) if by_name else kind(*values)


@cache
def _parts(kind: type[Any]) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int], bool]:
    """(what reads all fields at once, field → its place, whether the fields are given by name)."""
    known = fields(kind)
    return (
        attrgetter(*(each.name for each in known)),
        {each.name: place for place, each in enumerate(known)},
        any(each.kw_only for each in known),
    )


def made_quickly(kind: type[AnyClass]) -> type[AnyClass]:
    """Let instances of a frozen dataclass with slots be made quickly. They stay frozen, equal and hashable as they were.

    Stands above `@dataclass(frozen=True, slots=True)`. While its fields are filled in, an instance belongs to a subclass that
    may be assigned to (it adds no slots, so the two are laid out alike); the last thing `__init__` does is to put it back
    into its own class. Nobody else sees it before.

    Raises:
        TypeError: the class does something after its fields are set, which is left to `dataclass`.
    """
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} has a __post_init__")
    filling = type(
        f"{kind.__name__} being made",
        (kind,),
        # both, or Python does not see that assignment is the plain one again
        {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__},
    )
    kind.__init__ = _init(kind, filling)  # type: ignore[method-assign]
    return kind


def _init(kind: type[Any], filling: type[Any]) -> Callable[..., None]:
    """An `__init__` with the parameters of the dataclass's own, written out and compiled as `dataclass` does with its."""
    given: dict[str, Any] = {"_set": object.__setattr__, "_filling": filling, "_kind": kind, "_MISSING": MISSING}
    positional = [_parameter(each, given) for each in fields(kind) if not each.kw_only]
    by_name = [_parameter(each, given) for each in fields(kind) if each.kw_only]
    parameters = ", ".join(["self", *positional, *(["*", *by_name] if by_name else [])])
    lines = [f"self.{each.name} = {_value(each)}" for each in fields(kind)]
    body = "\n    ".join(["_set(self, '__class__', _filling)", *lines, "self.__class__ = _kind"])
    exec(f"def __init__({parameters}):\n    {body}\n", given)  # noqa: S102 - text made of the class's own field names
    made: Callable[..., None] = given["__init__"]
    made.__qualname__, made.__annotations__ = f"{kind.__qualname__}.__init__", kind.__init__.__annotations__
    return made


def _parameter(field: "Field[Any]", given: dict[str, Any]) -> str:
    if field.default is not MISSING:
        given[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    if field.default_factory is not MISSING:
        given[f"_make_{field.name}"] = field.default_factory
        return f"{field.name}=_MISSING"
    return field.name


def _value(field: "Field[Any]") -> str:
    if field.default_factory is MISSING:
        return field.name
    return f"_make_{field.name}() if {field.name} is _MISSING else {field.name}"
