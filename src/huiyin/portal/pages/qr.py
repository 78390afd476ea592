"""QR codes as SVG paths, made here: nothing is fetched, nothing is sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code: the side of its square in modules, and the path of its dark ones."""

    side: int
    path: str


def qr_of(text: str) -> Picture:
    """The QR code of a text, with the quiet zone of four modules that readers need."""
    from qrcode import QRCode  # brings an imaging library along, which pages without a code need not load
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(border=4, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    runs = (
        f"M{column} {row}h1v1h-1z" for row, modules in enumerate(matrix) for column, dark in enumerate(modules) if dark
    )
    return Picture(len(matrix), "".join(runs))
