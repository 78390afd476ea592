"""Frozen dataclasses made quickly are what they were: frozen, equal, hashable, with the same parameters."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field
from dataclasses import replace as standard_replace

import pytest

from huiyin.records import made_quickly, replace


@made_quickly
@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    pages: int = 1
    marks: dict[str, int] = field(default_factory=dict)


@made_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    to: str
    kind: str = "parcel"


@made_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Crate(Parcel):
    weight: float


def test_it_is_made_as_the_dataclass_says():
    assert (Letter("林").to, Letter("林").pages, Letter("林", 3, {"急": 1}).marks) == ("林", 1, {"急": 1})
    assert Crate(to="林", weight=2.5).kind == "parcel"
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'to'"):
        Letter()
    with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
        Letter("林", size=3)
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        Parcel("林")


def test_each_one_has_containers_of_its_own():
    assert Letter("林").marks is not Letter("林").marks


def test_it_is_of_its_own_class_and_frozen():
    letter = Letter("林")
    assert type(letter) is Letter
    for change in (lambda: setattr(letter, "to", "何"), lambda: delattr(letter, "to"), lambda: setattr(letter, "__class__", Parcel)):
        with pytest.raises((FrozenInstanceError, TypeError)):
            change()
    assert letter.to == "林"


def test_equal_ones_are_equal_and_copies_are_too():
    crate = Crate(to="林", weight=2.5)
    assert crate == Crate(to="林", weight=2.5) != Crate(to="林", weight=3)
    assert hash(crate) == hash(Crate(to="林", weight=2.5))
    assert copy.deepcopy(crate) == pickle.loads(pickle.dumps(crate)) == crate
    assert repr(Letter("林")) == "Letter(to='林', pages=1, marks={})"


def test_its_parameters_can_be_asked_for():
    assert list(inspect.signature(Letter).parameters) == ["to", "pages", "marks"]
    assert Letter.__init__.__annotations__["pages"] in (int, "int")


def test_a_class_that_does_something_afterwards_is_left_alone():
    @dataclass(frozen=True, slots=True)
    class Checked:
        size: int

        def __post_init__(self) -> None:
            assert self.size > 0

    with pytest.raises(TypeError, match="Checked has a __post_init__"):
        made_quickly(Checked)


@pytest.mark.parametrize("record", [Letter("林", 2, {"急": 1}), Crate(to="林", weight=2.5)])
def test_replacing_does_what_the_standard_library_does(record):
    assert replace(record, to="何") == standard_replace(record, to="何")
    assert replace(record) == record
    with pytest.raises(TypeError, match="has no field size"):
        replace(record, size=3)
