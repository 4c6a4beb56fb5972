"""Indexes for the filters by language and by weekday: both leave few cards of very many."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('seniorportal', '0010_jobs'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='card',
            index=django.contrib.postgres.indexes.GinIndex(fields=['languages'], name='card_languages'),
        ),
        migrations.AddIndex(
            model_name='card',
            index=django.contrib.postgres.indexes.GinIndex(fields=['slots'], name='card_slots'),
        ),
    ]
