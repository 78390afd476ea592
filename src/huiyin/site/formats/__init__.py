"""How days and times are written, by the language of the page."""
