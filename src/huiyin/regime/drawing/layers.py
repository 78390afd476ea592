"""Layers of a directed graph and the order in each (after Sugiyama, Tagawa and Toda 1981).

Arrows that lead back are turned round; each box goes below all that lead to it; arrows over several layers get a waypoint
in each; boxes are ordered by the mean place of their neighbours, several times up and down, and the order with the fewest
crossings is kept.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12
MOST_WAYPOINTS = 4_000
"""More would not be readable, nor quick to order: longer arrows are then drawn straight."""

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Layered:
    """Boxes and waypoints by layer, from the top, each layer from the left.

    `chains`: (source, target) of an arrow as it really leads → the places it passes from the upper end to the lower;
    `back`: the arrows that lead upwards.
    """

    layers: tuple[tuple[str, ...], ...]
    chains: dict[Edge, tuple[str, ...]]
    back: frozenset[Edge]


def layered(nodes: Sequence[str], edges: Sequence[Edge]) -> Layered:
    """The layers of a graph. An arrow from a box to itself is left out."""
    edges = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    back = _back_edges(nodes, edges)
    down = {edge: (edge[1], edge[0]) if edge in back else edge for edge in edges}
    depth = _depths(nodes, list(dict.fromkeys(down.values())))
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        layers[depth[node]].append(node)
    chains: dict[Edge, tuple[str, ...]] = {}
    count = sum(max(depth[lower] - depth[upper] - 1, 0) for upper, lower in down.values())
    for number, (edge, (upper, lower)) in enumerate(down.items()):
        between = range(depth[upper] + 1, depth[lower]) if count <= MOST_WAYPOINTS else range(0)
        points = [f"·{number}·{layer}" for layer in between]
        for layer, point in zip(between, points, strict=True):
            layers[layer].append(point)
        chains[edge] = (upper, *points, lower)
    return Layered(tuple(tuple(each) for each in _ordered(layers, chains)), chains, frozenset(back))


def _back_edges(nodes: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """Arrows in a circle that lead to a box written earlier: without them nothing goes in a circle.

    The order of `nodes` is that in which somebody wrote the steps down, so these are what a reader takes for going back.
    """
    following: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        following[source].append(target)
    place = {node: number for number, node in enumerate(nodes)}
    reached = {node: _reach(node, following) for node in nodes}
    return {(source, target) for source, target in edges if place[target] < place[source] and source in reached[target]}


def _reach(node: str, following: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        for target in following[waiting.pop()]:
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _depths(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Box → layer: one below the lowest box that leads to it; a box nothing leads to stands just above its first follower."""
    following: dict[str, list[str]] = defaultdict(list)
    waiting = dict.fromkeys(nodes, 0)
    for source, target in edges:
        following[source].append(target)
        waiting[target] += 1
    roots = [node for node in nodes if not waiting[node]]
    depth = dict.fromkeys(nodes, 0)
    free = list(roots)
    for node in free:
        for target in following[node]:
            depth[target] = max(depth[target], depth[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                free.append(target)
    for root in roots[1:]:
        if following[root]:
            depth[root] = max(min(depth[target] for target in following[root]) - 1, 0)
    return depth


def _ordered(layers: list[list[str]], chains: dict[Edge, tuple[str, ...]]) -> list[list[str]]:
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for chain in dict.fromkeys(chains.values()):
        for upper, lower in pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, below)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        downwards = sweep % 2 == 0
        order = range(1, len(layers)) if downwards else range(len(layers) - 2, -1, -1)
        for number in order:
            fixed = {node: place for place, node in enumerate(layers[number - 1 if downwards else number + 1])}
            _by_neighbours(layers[number], above if downwards else below, fixed)
        found = _crossings(layers, below)
        if found < fewest:
            best, fewest = [list(layer) for layer in layers], found
    return best


def _by_neighbours(layer: list[str], neighbours: dict[str, list[str]], fixed: dict[str, int]) -> None:
    places: dict[str, float] = {}
    for place, node in enumerate(layer):
        known = [fixed[each] for each in neighbours[node] if each in fixed]
        places[node] = sum(known) / len(known) if known else float(place)
    layer.sort(key=places.__getitem__)


def _crossings(layers: list[list[str]], below: dict[str, list[str]]) -> int:
    """How many pairs of arrows cross, counted between neighbouring layers."""
    total = 0
    for upper, lower in pairwise(layers):
        place = {node: number for number, node in enumerate(lower)}
        seen: list[int] = []
        for node in upper:
            ends = sorted(place[each] for each in below[node] if each in place)
            total += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
