from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('seniorportal', '0014_ways_in'),
    ]

    operations = []
