"""The flow of a regime as a drawing: boxes and arrows with their places, ready for SVG. Pure."""

from .layout import HEIGHT, WIDTH, Box, Drawing, Path, draw

__all__ = ["HEIGHT", "WIDTH", "Box", "Drawing", "Path", "draw"]
