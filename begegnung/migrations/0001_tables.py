"""The tables of the meeting places."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY, InstallTriggers, Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("begegnung", "0001_initial"),
        ("begegnung", "0002_returns"),
        ("begegnung", "0003_needs"),
    ]

    dependencies = [
        ('seniorportal', '0001_tables'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='MeetingPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                    ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                    ('venue', models.OneToOneField(limit_choices_to={'report_area': 'begegnung'}, on_delete=django.db.models.deletion.CASCADE, related_name='meeting_place', to='seniorportal.venue', verbose_name='Ort')),
                    ('kind', models.CharField(blank=True, help_text='zum Beispiel Gemeindehaus, Nachbarschaftstreff', max_length=80, verbose_name='Zuschnitt')),
                    ('staffing', models.CharField(blank=True, choices=[('ehrenamt', 'ehrenamtlich geführt'), ('hauptamt', 'hauptamtlich geführt')], help_text='Leer: nicht bekannt.', max_length=8, verbose_name='Führung')),
                    ('counting', models.CharField(blank=True, choices=[('tag', 'jeden Tag an der Tür'), ('monat', 'einmal im Monat')], help_text='Leer: wie zuletzt, sonst einmal im Monat.', max_length=5, verbose_name='Besuche werden gezählt')),
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
                    ('question', models.CharField(blank=True, help_text='Von denen, die prüfen. Keine Namen.', max_length=400, verbose_name='Rückfrage')),
                    ('printed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Bogen gedruckt am')),
                    ('reported_on', models.DateField(blank=True, editable=False, null=True, verbose_name='gemeldet am')),
                    ('reported_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemeldet von')),
                    ('checked_on', models.DateField(blank=True, editable=False, null=True, verbose_name='geprüft am')),
                    ('checked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geprüft von')),
                ],
                options={
                    'verbose_name': 'Jahresmeldung',
                    'verbose_name_plural': 'Jahresmeldungen',
                    'ordering': ['-year', 'venue'],
                    'constraints': [models.UniqueConstraint(fields=('venue', 'year'), name='one_return_per_year', violation_error_message='Für dieses Jahr gibt es schon eine Meldung.'), models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='return_year', violation_error_message='Das Jahr muss zwischen 2000 und 2100 liegen.'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('reported_by')), _negated=True), _connector='OR'), name='return_four_eyes', violation_error_message='Prüfen muss eine zweite Person.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "begegnung_annualreturnevent" ("checked_by_id", "checked_on", "comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_on", "question", "reported_by_id", "reported_on", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (NEW."checked_by_id", NEW."checked_on", NEW."comment", NEW."example", NEW."id", NEW."opening_hours", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_on", NEW."question", NEW."reported_by_id", NEW."reported_on", NEW."state", NEW."venue_id", NEW."version", NEW."visits", NEW."volunteers", NEW."year"); RETURN NULL;', hash='3b53b660658107cc1b9013cd326adb3cf2a1a0f6', operation='INSERT', pgid='pgtrigger_insert_insert_62377', table='begegnung_annualreturn', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "begegnung_annualreturnevent" ("checked_by_id", "checked_on", "comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_on", "question", "reported_by_id", "reported_on", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (NEW."checked_by_id", NEW."checked_on", NEW."comment", NEW."example", NEW."id", NEW."opening_hours", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_on", NEW."question", NEW."reported_by_id", NEW."reported_on", NEW."state", NEW."venue_id", NEW."version", NEW."visits", NEW."volunteers", NEW."year"); RETURN NULL;', hash='b41ce2d75ebe84fc05624af8ebe0fda358eb8542', operation='UPDATE', pgid='pgtrigger_update_update_f4862', table='begegnung_annualreturn', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "begegnung_annualreturnevent" ("checked_by_id", "checked_on", "comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_on", "question", "reported_by_id", "reported_on", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (OLD."checked_by_id", OLD."checked_on", OLD."comment", OLD."example", OLD."id", OLD."opening_hours", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."printed_on", OLD."question", OLD."reported_by_id", OLD."reported_on", OLD."state", OLD."venue_id", OLD."version", OLD."visits", OLD."volunteers", OLD."year"); RETURN NULL;', hash='d062d4b9b73c72e8a770daaa990abbc79a4597e5', operation='DELETE', pgid='pgtrigger_delete_delete_d0641', table='begegnung_annualreturn', when='AFTER'))],
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
                    ('question', models.CharField(blank=True, help_text='Von denen, die prüfen. Keine Namen.', max_length=400, verbose_name='Rückfrage')),
                    ('printed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Bogen gedruckt am')),
                    ('reported_on', models.DateField(blank=True, editable=False, null=True, verbose_name='gemeldet am')),
                    ('reported_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemeldet von')),
                    ('checked_on', models.DateField(blank=True, editable=False, null=True, verbose_name='geprüft am')),
                    ('checked_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geprüft von')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='VenueNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                    ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                    ('submission', models.UUIDField(editable=False, null=True, unique=True)),
                    ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='seniorportal.venue', verbose_name='Ort')),
                    ('text', models.TextField(help_text='Nur zum Haus. Keine Namen, nichts über Personen.', max_length=400, verbose_name='Notiz')),
                    ('written_on', models.DateField(verbose_name='geschrieben am')),
                    ('written_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschrieben von')),
                ],
                options={
                    'verbose_name': 'Notiz zu einem Ort',
                    'verbose_name_plural': 'Notizen zu Orten',
                    'ordering': ['-written_on', '-pk'],
                },
            ),
        ]),
        InstallTriggers("begegnung"),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
