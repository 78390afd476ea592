from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0008_affairs'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='audiencerow', name='store_audience_received'),
    ]
