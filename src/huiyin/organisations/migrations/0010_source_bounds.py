"""How much a body outside files at most, and triggers that keep each use of its code."""

from django.db import migrations, models

from huiyin.organisations import guard


class Migration(migrations.Migration):

    dependencies = [("organisations", "0009_sources")]

    operations = [
        migrations.AddField("source", "hourly", models.PositiveSmallIntegerField("每小时最多提交", default=60)),
        migrations.AddField("source", "daily", models.PositiveSmallIntegerField("每天最多提交", default=300)),
        migrations.AddField("source", "full_at", models.DateTimeField("达到上限的时间", blank=True, null=True)),
        migrations.AlterField(
            "sourceentry", "kind",
            models.CharField(
                "事项", max_length=10,
                choices=[
                    ("opened", "进入"), ("wrong", "单位码不对"), ("closed", "单位码已停用或过期"), ("issued", "发码"),
                    ("revoked", "停用"), ("full", "提交太多，暂不收"),
                ],
            ),
        ),
        migrations.RunPython(guard.source_entries.put_in_migration, guard.source_entries.lift_in_migration),
    ]
