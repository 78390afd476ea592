from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0016_measures_in_force'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedRow',
            fields=[
                ('case_id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('regime', models.CharField(max_length=80)),
                ('regime_version', models.CharField(help_text='under which the contents have their titles', max_length=40)),
                ('category', models.CharField(blank=True, max_length=80)),
                ('unit', models.CharField(blank=True, help_text='who handled it', max_length=80)),
                ('received_at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('contents', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', '-published_at', '-case_id'], name='store_published_newest')],
            },
        ),
    ]
