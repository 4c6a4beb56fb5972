"""The tables of the district centres."""

import django.db.models.deletion
from django.db import migrations, models

from seniorportal.sql import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("stadtteilzentrum", "0001_initial"),
    ]

    dependencies = [
        ('seniorportal', '0001_tables'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Centre',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                    ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                    ('venue', models.OneToOneField(limit_choices_to={'report_area': 'stadtteilzentrum'}, on_delete=django.db.models.deletion.CASCADE, related_name='centre', to='seniorportal.venue', verbose_name='Ort')),
                    ('opened_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='eröffnet im Jahr')),
                    ('motto', models.CharField(blank=True, max_length=120, verbose_name='Motto')),
                ],
                options={
                    'verbose_name': 'Stadtteilzentrum',
                    'verbose_name_plural': 'Stadtteilzentren',
                    'ordering': ['venue'],
                },
            ),
            migrations.CreateModel(
                name='HouseService',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                    ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='stadtteilzentrum.centre', verbose_name='Haus')),
                    ('name', models.CharField(max_length=120, verbose_name='Was im Haus ist')),
                    ('note', models.CharField(blank=True, max_length=240, verbose_name='Hinweis')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ],
                options={
                    'verbose_name': 'Dienst im Haus',
                    'verbose_name_plural': 'Dienste im Haus',
                    'ordering': ['position', 'pk'],
                },
            ),
        ]),
    ]
