"""Where boxes and arrows of the flow stand on the paper, in pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from huiyin.regime.model import Regime

from .graph import Arrow, Node, flow_graph, sentences
from .layers import Layered, layered

WIDTH, HEIGHT = 184, 60
"""Of a box."""
ACROSS, DOWN = 24, 52
"""Between boxes, and between layers."""
LANE = 28
"""Room for an arrow that passes a layer."""
MARGIN = 16
PASSES = 8
LINE = 12
"""Characters of a title on a line."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text in a box: `title` or `by`, with the middle of its base line."""

    kind: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A node with the place of its left upper corner, and its words: the title in at most two lines, and who does it."""

    node: Node
    x: float
    y: float
    words: tuple[Words, ...]

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.x + WIDTH / 2


@dataclass(frozen=True, slots=True)
class Path:
    """An arrow as the `d` of an SVG path, with the place of its label. `back`: it leads upwards, to a new round."""

    arrow: Arrow
    d: str
    x: float
    y: float
    back: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing, and the same in sentences."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]
    words: tuple[str, ...]


def draw(regime: Regime) -> Drawing:
    """The flow of a regime, drawn from the top down."""
    nodes, arrows = flow_graph(regime)
    order = layered([node.id for node in nodes], [(arrow.source, arrow.target) for arrow in arrows])
    real = {node.id for node in nodes}
    middles = _middles(order, real)
    tops = {name: MARGIN + number * (HEIGHT + DOWN) for number, layer in enumerate(order.layers) for name in layer}
    boxes = {
        node.id: Box(node, middles[node.id] - WIDTH / 2, tops[node.id], _words(node, middles[node.id], tops[node.id]))
        for node in nodes
    }
    paths = tuple(_path(arrow, order, boxes, middles, tops) for arrow in arrows if arrow.source != arrow.target)
    width = max((middle + (WIDTH if name in real else LANE) / 2 for name, middle in middles.items()), default=0)
    height = len(order.layers) * (HEIGHT + DOWN) - DOWN
    return Drawing(width + MARGIN, height + 2 * MARGIN, tuple(boxes.values()), paths, tuple(sentences(nodes, arrows)))


def _words(node: Node, middle: float, top: float) -> tuple[Words, ...]:
    lines = [node.title[:LINE]]
    if len(node.title) > LINE:
        rest = node.title[LINE:]
        lines.append(rest if len(rest) <= LINE else rest[: LINE - 1] + "…")
    by = [node.by if len(node.by) <= LINE + 1 else node.by[:LINE] + "…"] if node.by else []
    gap = 16
    first = top + HEIGHT / 2 + 5 - gap * (len(lines) + len(by) - 1) / 2
    titles = [Words("title", text, middle, first + gap * number) for number, text in enumerate(lines)]
    return (*titles, *(Words("by", text, middle, first + gap * len(lines)) for text in by))


def _middles(order: Layered, real: set[str]) -> dict[str, float]:
    """Name → horizontal middle: as near to the neighbours as the order and the room between allow."""
    size = {name: float(WIDTH if name in real else LANE) for layer in order.layers for name in layer}
    neighbours: dict[str, list[str]] = {name: [] for name in size}
    for chain in order.chains.values():
        for upper, lower in pairwise(chain):
            neighbours[upper].append(lower)
            neighbours[lower].append(upper)
    middle: dict[str, float] = {}
    for layer in order.layers:
        x = 0.0
        for name in layer:
            middle[name] = x + size[name] / 2
            x += size[name] + ACROSS
    for number in range(PASSES):
        for layer in order.layers if number % 2 == 0 else reversed(order.layers):
            _settle(layer, middle, size, neighbours)
    left = min((middle[name] - size[name] / 2 for name in middle), default=0)
    return {name: x - left + MARGIN for name, x in middle.items()}


def _settle(layer: tuple[str, ...], middle: dict[str, float], size: Mapping[str, float], near: Mapping[str, list[str]]) -> None:
    """Move the boxes of a layer towards their neighbours: from the left, from the right, and the mean of both."""
    wanted = {name: sum(middle[each] for each in near[name]) / len(near[name]) if near[name] else middle[name] for name in layer}
    lowest: dict[str, float] = {}
    edge = float("-inf")
    for name in layer:
        lowest[name] = max(wanted[name], edge + size[name] / 2)
        edge = lowest[name] + size[name] / 2 + ACROSS
    highest: dict[str, float] = {}
    edge = float("inf")
    for name in reversed(layer):
        highest[name] = min(wanted[name], edge - size[name] / 2)
        edge = highest[name] - size[name] / 2 - ACROSS
    for name in layer:
        middle[name] = (lowest[name] + highest[name]) / 2


def _path(arrow: Arrow, order: Layered, boxes: Mapping[str, Box], middles: Mapping[str, float], tops: Mapping[str, float]) -> Path:
    """A line that leaves below and enters above; one that leads back leaves and enters at the right side."""
    edge = (arrow.source, arrow.target)
    chain = order.chains[edge]
    back = edge in order.back
    points: list[tuple[float, float]] = []
    if back:
        upper, lower = boxes[arrow.target], boxes[arrow.source]
        points = [(lower.x + WIDTH, lower.y + HEIGHT / 2)]
        points += [(middles[name], tops[name] + HEIGHT / 2) for name in reversed(chain[1:-1])]
        points.append((upper.x + WIDTH, upper.y + HEIGHT / 2))
        return Path(arrow, _sideways(points), (points[0][0] + points[1][0]) / 2 + 12, points[0][1] - 10, back)
    first, last = boxes[arrow.source], boxes[arrow.target]
    points = [(first.middle, first.y + HEIGHT)]
    for name in chain[1:-1]:
        points += [(middles[name], tops[name]), (middles[name], tops[name] + HEIGHT)]
    points.append((last.middle, last.y))
    x = points[0][0] + (points[1][0] - points[0][0]) * 0.62
    return Path(arrow, _downwards(points), x, points[0][1] + DOWN * 0.6, back)


def _downwards(points: list[tuple[float, float]]) -> str:
    d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (y1 + y2) / 2
        d += f"V{y2:.1f}" if abs(x1 - x2) < 0.5 else f"C{x1:.1f} {half:.1f} {x2:.1f} {half:.1f} {x2:.1f} {y2:.1f}"
    return d


def _sideways(points: list[tuple[float, float]]) -> str:
    """Out at the right, up through the waypoints, in at the right."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    reach = max(x1, x2, *(x for x, _y in points[1:-1])) + 20 if len(points) == 2 else 0
    if len(points) == 2:
        return f"M{x1:.1f} {y1:.1f}C{reach:.1f} {y1:.1f} {reach:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    d = f"M{x1:.1f} {y1:.1f}"
    x, y = points[1]
    d += f"C{x:.1f} {y1:.1f} {x:.1f} {y1:.1f} {x:.1f} {y:.1f}"
    for (xa, ya), (xb, yb) in pairwise(points[1:-1]):
        half = (ya + yb) / 2
        d += f"C{xa:.1f} {half:.1f} {xb:.1f} {half:.1f} {xb:.1f} {yb:.1f}"
    x, y = points[-2]
    return d + f"C{x:.1f} {y2:.1f} {x:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
