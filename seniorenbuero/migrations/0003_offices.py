import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("seniorenbuero", "0002_log"),
        ("seniorportal", "0023_handover"),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkingWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(choices=[(0, 'Montag'), (1, 'Dienstag'), (2, 'Mittwoch'), (3, 'Donnerstag'), (4, 'Freitag'), (5, 'Samstag'), (6, 'Sonntag')]), blank=True, default=list, size=None, verbose_name='Wochentage im Büro')),
                ('languages', models.ManyToManyField(blank=True, help_text='Außer Deutsch.', related_name='+', to='seniorportal.language', verbose_name='Sprachen')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='working_week', to='seniorportal.membership', verbose_name='Mitgliedschaft')),
            ],
            options={
                'verbose_name': 'Arbeitswoche',
                'verbose_name_plural': 'Arbeitswochen',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='office',
            name='home_visits_note',
            field=models.CharField(blank=True, help_text='Zum Beispiel: montags bis donnerstags, nach Absprache am Telefon.', max_length=160, verbose_name='Hausbesuche in Worten'),
        ),
    ]
