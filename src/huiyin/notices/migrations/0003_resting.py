"""Channels rest as a whole and say why; the log of messages keeps no names."""

from typing import Any

from django.db import migrations, models


def forget_words(apps: Any, _schema_editor: Any) -> None:
    """Earlier versions kept the words of a message with the recipient's name and the code of a link in them."""
    apps.get_model("notices", "Delivery").objects.exclude(text="").update(text="")


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_calendar_feed")]

    operations = [
        migrations.AddField("channel", "rest_until", models.DateTimeField(null=True)),
        migrations.AddField("channel", "trouble", models.TextField(blank=True)),
        migrations.AlterField("delivery", "trouble", models.TextField(blank=True, help_text="see huiyin.store.sentences")),
        migrations.RunPython(forget_words, migrations.RunPython.noop, elidable=True),
    ]
