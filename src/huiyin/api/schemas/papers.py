"""Documents as the complainant and parties outside see them."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class PaperOut(Schema):
    """A document you may read. Its PDF is had with the same code, at `/track/papers` or `/party/papers`."""

    key: str = Field(description="goes into `document`")
    title: str
    number: str
    produced_at: datetime
