"""`huiyin documents`: samples of a regime's forms for the person who writes them."""

from pathlib import Path

import click

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import start_django

FORMATS = ("pdf", "docx", "html")


@click.group(help=say("试印制度里的文书。", "Print samples of a regime's documents."))
def command() -> None:
    """Hold the subcommands."""


@command.command("sample", help=say(
    "用情景故事填好每一种文书，存到文件夹里。", "Fill every form from the stories and save it to a folder."
))
@click.argument("name", metavar=say("制度包或路径", "PACK or PATH"))
@click.argument("folder", metavar=say("文件夹", "FOLDER"), type=click.Path(file_okay=False, path_type=Path))
@click.option("--form", "wanted", multiple=True, help=say("只印这一种，可写多次", "Only this form, repeatable"))
@click.option("--as", "formats", multiple=True, type=click.Choice(FORMATS), default=("pdf",), show_default=True,
              help=say("存成什么，可写多次", "What to save, repeatable"))
def sample(name: str, folder: Path, wanted: tuple[str, ...], formats: tuple[str, ...]) -> int:
    """Save a sample of each form; 1 when the regime or its stories cannot be used or a file could not be made."""
    start_django()
    from huiyin.documents.pdf import PdfNotMade
    from huiyin.documents.samples import samples_of
    from huiyin.regime import RegimeErrors, packs
    from huiyin.scenarios import ScriptError

    place = packs().get(name, Path(name))
    place = place if place.is_dir() else place.parent
    folder.mkdir(parents=True, exist_ok=True)
    failed = False
    try:
        for one in samples_of(place):
            if wanted and one.form.id not in wanted:
                continue
            for ending in formats:
                try:
                    (folder / f"{one.form.id}.{ending}").write_bytes(_made(one.paper, ending))
                except PdfNotMade as trouble:
                    failed = True
                    click.echo(f"✗ {one.form.id}：{trouble.message_zh}", err=True)
            note = "" if one.produced else say("（没有故事出具它）", " (no story produces it)")
            click.echo(f"{one.form.id}  《{one.form.title}》{note}")
    except (RegimeErrors, ScriptError) as error:
        raise click.ClickException(str(error)) from error
    return 1 if failed else 0


def _made(paper: object, ending: str) -> bytes:
    from django.template.loader import render_to_string

    from huiyin.documents.pdf import pdf_of, styles
    from huiyin.documents.printed import Printed
    from huiyin.documents.word import word_of

    assert isinstance(paper, Printed)
    if ending == "pdf":
        return pdf_of(paper)
    if ending == "docx":
        return word_of(paper)
    return render_to_string("documents/pdf.html", {"paper": paper, "styles": styles()}).encode()
