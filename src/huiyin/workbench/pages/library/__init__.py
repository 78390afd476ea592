"""The library: what the pages about a regime show, part by part."""
