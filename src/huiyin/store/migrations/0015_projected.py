"""By which version of the program the lists were computed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0014_transfer")]

    operations = [
        migrations.CreateModel(
            name="ProjectedRow",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=64)),
            ],
        ),
    ]
