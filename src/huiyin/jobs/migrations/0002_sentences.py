"""What a job does and why it failed are sentences with their values, read in the language of the reader."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs")]

    operations = [
        migrations.AlterField("job", "words", models.TextField(blank=True)),
        migrations.AlterField("job", "trouble", models.TextField(blank=True)),
    ]
