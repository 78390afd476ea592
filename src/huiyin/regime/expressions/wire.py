"""Reads the serialised syntax tree of the reference implementation (protobuf `cel.expr`) into plain nodes.

Only the few messages that conditions need are read, so no generated protobuf module has to be shipped. Field numbers
are those of the published schema: https://github.com/google/cel-spec/tree/master/proto/cel/expr
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class RawNode:
    """One node as the parser gave it. `what`: constant, name, select, test (`has`), call, list, loop or map.

    `text` is the name, field, function or loop variable; `parts` are the operands (for a loop: range, initial value,
    condition, step, result). A call with a receiver has `receiver` set and it is the first part.
    """

    what: str
    position: int
    text: str = ""
    value: bool | float | str | None = None
    parts: tuple[RawNode, ...] = ()
    receiver: bool = False
    unusable: str = field(default="")
    """For a constant that the language does not have: null, bytes, or a whole number that was not rewritten."""


class _Message:
    """The fields of one protobuf message by number."""

    def __init__(self, data: bytes) -> None:
        self.fields: dict[int, list[int | bytes]] = {}
        place = 0
        while place < len(data):
            tag, place = _varint(data, place)
            number, wire_type = tag >> 3, tag & 7
            value: int | bytes
            if wire_type == _VARINT:
                value, place = _varint(data, place)
            elif wire_type == _BYTES:
                length, place = _varint(data, place)
                value, place = data[place : place + length], place + length
            elif wire_type in (_FIXED64, _FIXED32):
                size = 8 if wire_type == _FIXED64 else 4
                value, place = data[place : place + size], place + size
            else:
                raise ValueError(f"unknown protobuf wire type {wire_type}")
            self.fields.setdefault(number, []).append(value)

    def __contains__(self, number: int) -> bool:
        return number in self.fields

    def integer(self, number: int) -> int:
        """The last value of a number field, 0 if absent."""
        value = self.fields.get(number, [0])[-1]
        return value if isinstance(value, int) else 0

    def data(self, number: int) -> bytes:
        """The last value of a bytes, string or message field, empty if absent."""
        value = self.fields.get(number, [b""])[-1]
        return value if isinstance(value, bytes) else b""

    def text(self, number: int) -> str:
        return self.data(number).decode()

    def message(self, number: int) -> _Message:
        return _Message(self.data(number))

    def messages(self, number: int) -> list[_Message]:
        return [_Message(value) for value in self.fields.get(number, []) if isinstance(value, bytes)]


def _varint(data: bytes, place: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        byte = data[place]
        place += 1
        result |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return result, place
        shift += 7


def read_tree(serialised: bytes) -> RawNode:
    """The root node of a serialised `ParsedExpr` or `CheckedExpr` (inside an `Any`)."""
    wrapped = _Message(serialised)
    content = wrapped.message(2)
    checked = wrapped.text(1).endswith("CheckedExpr")
    first = 4 if checked else 2
    expression, source = content.message(first), content.message(first + 1)
    positions = {entry.integer(1): entry.integer(2) for entry in source.messages(4)}
    return _node(expression, positions)


def _node(message: _Message, positions: dict[int, int]) -> RawNode:
    position = positions.get(message.integer(2), 0)
    if 3 in message:
        return _constant(message.message(3), position)
    if 4 in message:
        return RawNode("name", position, message.message(4).text(1))
    if 5 in message:
        select = message.message(5)
        what = "test" if select.integer(3) else "select"
        return RawNode(what, position, select.text(2), parts=(_node(select.message(1), positions),))
    if 6 in message:
        call = message.message(6)
        operands = call.messages(1) + call.messages(3)
        parts = tuple(_node(operand, positions) for operand in operands)
        return RawNode("call", position, call.text(2), parts=parts, receiver=1 in call)
    if 7 in message:
        items = message.message(7).messages(1)
        return RawNode("list", position, parts=tuple(_node(item, positions) for item in items))
    if 9 in message:
        loop = message.message(9)
        parts = tuple(_node(loop.message(number), positions) for number in (2, 4, 5, 6, 7))
        return RawNode("loop", position, loop.text(1), parts=parts)
    return RawNode("map", position)


def _constant(message: _Message, position: int) -> RawNode:
    if 2 in message:
        return RawNode("constant", position, value=bool(message.integer(2)))
    if 5 in message:
        return RawNode("constant", position, value=float(struct.unpack("<d", message.data(5))[0]))
    if 6 in message:
        return RawNode("constant", position, value=message.text(6))
    unusable = {3: "whole", 4: "whole", 7: "bytes"}
    return RawNode("constant", position, unusable=next((word for n, word in unusable.items() if n in message), "null"))
