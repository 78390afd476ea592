"""Where boxes and arrows of the flow stand on the paper, in pixels."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from huiyin.regime.model import Regime

from .graph import Arrow, Node, flow_graph, sentences
from .layers import Layered, layered

WIDTH, HEIGHT = 184, 60
"""Of a box."""
ACROSS, DOWN = 24, 60
"""Between boxes, and between layers."""
LANE = 28
"""Room for an arrow that passes a layer."""
MARGIN = 16
ROW, ROWS = 13, 3
"""Height of a line of words beside arrows, and how many stand below each other."""
BESIDE = WIDTH / 4
"""How far from the middle arrows that lead back leave and enter."""
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
    labelled: Counter[str] = Counter()
    paths = []
    for arrow in (each for each in arrows if each.source != each.target):
        paths.append(_path(arrow, order, boxes, middles, tops, labelled[arrow.source]))
        labelled[arrow.source] += bool(arrow.label)
    width = max((middle + (WIDTH if name in real else LANE) / 2 for name, middle in middles.items()), default=0)
    height = len(order.layers) * (HEIGHT + DOWN) - DOWN
    return Drawing(width + MARGIN, height + 2 * MARGIN, tuple(boxes.values()), tuple(paths), tuple(sentences(nodes, arrows)))


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


def _path(
    arrow: Arrow, order: Layered, boxes: Mapping[str, Box], middles: Mapping[str, float], tops: Mapping[str, float], row: int
) -> Path:
    """A line from below its source to above its target; one that leads back runs beside, from above to below.

    `row`: which line of words this is among those of its source, so that they do not lie on each other.
    """
    edge = (arrow.source, arrow.target)
    between = order.chains[edge][1:-1]
    first, last = boxes[arrow.source], boxes[arrow.target]
    down = row % ROWS * ROW
    if edge in order.back:
        points = [(first.middle + BESIDE, first.y)]
        for name in reversed(between):
            points += [(middles[name], tops[name] + HEIGHT), (middles[name], tops[name])]
        points.append((last.middle + BESIDE, last.y + HEIGHT))
        return Path(arrow, _line(points), *_along(points, first.y - ROW - down), back=True)
    points = [(first.middle, first.y + HEIGHT)]
    for name in between:
        points += [(middles[name], tops[name]), (middles[name], tops[name] + HEIGHT)]
    points.append((last.middle, last.y))
    return Path(arrow, _line(points), *_along(points, first.y + HEIGHT + ROW + 6 + down), back=False)


def _along(points: list[tuple[float, float]], y: float) -> tuple[float, float]:
    """A place beside the first stretch of a line, at this height."""
    (x1, y1), (x2, y2) = points[:2]
    share = min(max((y - y1) / (y2 - y1), 0.0), 1.0)
    return x1 + (x2 - x1) * share, y


def _line(points: list[tuple[float, float]]) -> str:
    d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (y1 + y2) / 2
        d += f"V{y2:.1f}" if abs(x1 - x2) < 0.5 else f"C{x1:.1f} {half:.1f} {x2:.1f} {half:.1f} {x2:.1f} {y2:.1f}"
    return d
