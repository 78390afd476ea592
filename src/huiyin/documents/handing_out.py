"""Handing out a package: always as a download that no cache keeps."""

from django.http import FileResponse

from huiyin.application.loading import Opened

from .package import package_name, package_of


def package_answer(opened: Opened) -> FileResponse:
    """The package of a transfer, for a reader who was let in."""
    answer = FileResponse(package_of(opened), as_attachment=True, filename=package_name(opened), content_type="application/zip")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
