import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY, InstallTriggers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('seniorportal', '0002_model'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('venue', models.OneToOneField(limit_choices_to={'report_area': 'begegnung'}, on_delete=django.db.models.deletion.CASCADE, related_name='meeting_place', to='seniorportal.venue', verbose_name='Ort')),
                ('kind', models.CharField(blank=True, help_text='zum Beispiel Gemeindehaus, Nachbarschaftstreff', max_length=80, verbose_name='Zuschnitt')),
                ('staffing', models.CharField(blank=True, choices=[('ehrenamt', 'ehrenamtlich geführt'), ('hauptamt', 'hauptamtlich geführt')], help_text='Leer: nicht bekannt.', max_length=8, verbose_name='Führung')),
            ],
            options={
                'verbose_name': 'Begegnungsstätte',
                'verbose_name_plural': 'Begegnungsstätten',
                'ordering': ['venue'],
            },
        ),
        migrations.CreateModel(
            name='AnnualReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('venue', models.ForeignKey(limit_choices_to={'report_area': 'begegnung'}, on_delete=django.db.models.deletion.PROTECT, related_name='annual_returns', to='seniorportal.venue', verbose_name='Begegnungsstätte')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Jahr')),
                ('opening_hours', models.PositiveIntegerField(blank=True, null=True, verbose_name='Öffnungsstunden (geschätzt)')),
                ('visits', models.PositiveIntegerField(blank=True, null=True, verbose_name='Besuche (geschätzt)')),
                ('volunteers', models.PositiveIntegerField(blank=True, null=True, verbose_name='Ehrenamtliche (gemeldet)')),
                ('state', models.CharField(choices=[('entwurf', 'Entwurf'), ('gemeldet', 'gemeldet'), ('geprueft', 'geprüft')], default='entwurf', max_length=8, verbose_name='Stand')),
                ('comment', models.TextField(blank=True, help_text='Keine Namen.', verbose_name='Bemerkung')),
            ],
            options={
                'verbose_name': 'Jahresmeldung',
                'verbose_name_plural': 'Jahresmeldungen',
                'ordering': ['-year', 'venue'],
                'constraints': [models.UniqueConstraint(fields=('venue', 'year'), name='one_return_per_year', violation_error_message='Für dieses Jahr gibt es schon eine Meldung.'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='return_year', violation_error_message='Das Jahr muss zwischen 2000 und 2100 liegen.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "begegnung_annualreturnevent" ("comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (NEW."comment", NEW."example", NEW."id", NEW."opening_hours", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."venue_id", NEW."version", NEW."visits", NEW."volunteers", NEW."year"); RETURN NULL;', hash='06cb4f7dc3075e7e46bf53d287fe491da12fc207', operation='INSERT', pgid='pgtrigger_insert_insert_62377', table='begegnung_annualreturn', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "begegnung_annualreturnevent" ("comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (NEW."comment", NEW."example", NEW."id", NEW."opening_hours", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."venue_id", NEW."version", NEW."visits", NEW."volunteers", NEW."year"); RETURN NULL;', hash='d2e7fdef0ae39c2a3ffb48da9e91932713532637', operation='UPDATE', pgid='pgtrigger_update_update_f4862', table='begegnung_annualreturn', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "begegnung_annualreturnevent" ("comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (OLD."comment", OLD."example", OLD."id", OLD."opening_hours", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."venue_id", OLD."version", OLD."visits", OLD."volunteers", OLD."year"); RETURN NULL;', hash='2cb637af489c053573583710e3f5439483dbabd7', operation='DELETE', pgid='pgtrigger_delete_delete_d0641', table='begegnung_annualreturn', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AnnualReturnEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='begegnung.annualreturn')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('venue', models.ForeignKey(db_constraint=False, limit_choices_to={'report_area': 'begegnung'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.venue', verbose_name='Begegnungsstätte')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)], verbose_name='Jahr')),
                ('opening_hours', models.PositiveIntegerField(blank=True, null=True, verbose_name='Öffnungsstunden (geschätzt)')),
                ('visits', models.PositiveIntegerField(blank=True, null=True, verbose_name='Besuche (geschätzt)')),
                ('volunteers', models.PositiveIntegerField(blank=True, null=True, verbose_name='Ehrenamtliche (gemeldet)')),
                ('state', models.CharField(choices=[('entwurf', 'Entwurf'), ('gemeldet', 'gemeldet'), ('geprueft', 'geprüft')], default='entwurf', max_length=8, verbose_name='Stand')),
                ('comment', models.TextField(blank=True, help_text='Keine Namen.', verbose_name='Bemerkung')),
            ],
            options={
                'abstract': False,
            },
        ),
        InstallTriggers("begegnung"),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
