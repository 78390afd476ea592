"""Ids of a regime file among the words of a page: roles, steps, kinds and the like have titles, and only these are shown."""

import re
from html.parser import HTMLParser

import yaml

_WORD = re.compile(r"(?<![\w@.:/?=&#%-])[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?![\w@.:/=-])")
_UNSEEN = {"script", "style", "template", "head"}
_SPOKEN = {"aria-label", "title", "placeholder", "alt"}


def ids_of(file):
    """Every name a regime file gives: the keys of its mappings."""
    found = set()

    def walk(node):
        if isinstance(node, dict):
            found.update(key for key in node if re.fullmatch(r"[a-z][a-z0-9_-]*", key))
        for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(each)

    walk(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader))
    return found


def ids_shown(page, ids):
    """Those words of a page that are ids of the file, or look like one (`ward-head`), with the words around them."""
    words = _Words(page).found
    return {
        match[0]: text.strip()[:80]
        for text in words
        for match in _WORD.finditer(text)
        if match[0] in ids or "-" in match[0] or "_" in match[0]
    }


class _Words(HTMLParser):
    """What is read on a page, or read out."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self._unseen = [], 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._unseen += tag in _UNSEEN
        self.found += [value for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag):
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data):
        if not self._unseen:
            self.found.append(data)
