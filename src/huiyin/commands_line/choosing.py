"""The organisations a command is about."""

from typing import TYPE_CHECKING

import click

from huiyin.commands_line.language import say

if TYPE_CHECKING:
    from huiyin.organisations.models import Organisation


def chosen_organisations(slugs: tuple[str, ...]) -> "list[Organisation]":
    """The organisations with these slugs, or all; an unknown slug is bad usage."""
    from huiyin.organisations.models import Organisation

    found = list(Organisation.objects.filter(slug__in=slugs) if slugs else Organisation.objects.all())
    unknown = set(slugs) - {organisation.slug for organisation in found}
    if unknown:
        known = "、".join(Organisation.objects.values_list("slug", flat=True))
        raise click.UsageError(say(
            f"没有单位“{'、'.join(sorted(unknown))}”；现有 {known or '（无）'}。",
            f"No organisation {', '.join(sorted(unknown))}; there is {known or 'none'}.",
        ))
    return found
