import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY


class Migration(migrations.Migration):

    dependencies = [
        ('begegnung', '0001_initial'),
        ('seniorportal', '0014_ways_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='annualreturn',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='annualreturn',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='annualreturn',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='annualreturn',
            name='checked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geprüft von'),
        ),
        migrations.AddField(
            model_name='annualreturn',
            name='checked_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='geprüft am'),
        ),
        migrations.AddField(
            model_name='annualreturn',
            name='printed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='Bogen gedruckt am'),
        ),
        migrations.AddField(
            model_name='annualreturn',
            name='question',
            field=models.CharField(blank=True, help_text='Von denen, die prüfen. Keine Namen.', max_length=400, verbose_name='Rückfrage'),
        ),
        migrations.AddField(
            model_name='annualreturn',
            name='reported_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemeldet von'),
        ),
        migrations.AddField(
            model_name='annualreturn',
            name='reported_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='gemeldet am'),
        ),
        migrations.AddField(
            model_name='annualreturnevent',
            name='checked_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geprüft von'),
        ),
        migrations.AddField(
            model_name='annualreturnevent',
            name='checked_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='geprüft am'),
        ),
        migrations.AddField(
            model_name='annualreturnevent',
            name='printed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='Bogen gedruckt am'),
        ),
        migrations.AddField(
            model_name='annualreturnevent',
            name='question',
            field=models.CharField(blank=True, help_text='Von denen, die prüfen. Keine Namen.', max_length=400, verbose_name='Rückfrage'),
        ),
        migrations.AddField(
            model_name='annualreturnevent',
            name='reported_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemeldet von'),
        ),
        migrations.AddField(
            model_name='annualreturnevent',
            name='reported_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='gemeldet am'),
        ),
        migrations.AddField(
            model_name='meetingplace',
            name='counting',
            field=models.CharField(blank=True, choices=[('tag', 'jeden Tag an der Tür'), ('monat', 'einmal im Monat')], help_text='Leer: wie zuletzt, sonst einmal im Monat.', max_length=5, verbose_name='Besuche werden gezählt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annualreturn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "begegnung_annualreturnevent" ("checked_by_id", "checked_on", "comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_on", "question", "reported_by_id", "reported_on", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (NEW."checked_by_id", NEW."checked_on", NEW."comment", NEW."example", NEW."id", NEW."opening_hours", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_on", NEW."question", NEW."reported_by_id", NEW."reported_on", NEW."state", NEW."venue_id", NEW."version", NEW."visits", NEW."volunteers", NEW."year"); RETURN NULL;', hash='3b53b660658107cc1b9013cd326adb3cf2a1a0f6', operation='INSERT', pgid='pgtrigger_insert_insert_62377', table='begegnung_annualreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annualreturn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "begegnung_annualreturnevent" ("checked_by_id", "checked_on", "comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_on", "question", "reported_by_id", "reported_on", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (NEW."checked_by_id", NEW."checked_on", NEW."comment", NEW."example", NEW."id", NEW."opening_hours", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_on", NEW."question", NEW."reported_by_id", NEW."reported_on", NEW."state", NEW."venue_id", NEW."version", NEW."visits", NEW."volunteers", NEW."year"); RETURN NULL;', hash='b41ce2d75ebe84fc05624af8ebe0fda358eb8542', operation='UPDATE', pgid='pgtrigger_update_update_f4862', table='begegnung_annualreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='annualreturn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "begegnung_annualreturnevent" ("checked_by_id", "checked_on", "comment", "example", "id", "opening_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_on", "question", "reported_by_id", "reported_on", "state", "venue_id", "version", "visits", "volunteers", "year") VALUES (OLD."checked_by_id", OLD."checked_on", OLD."comment", OLD."example", OLD."id", OLD."opening_hours", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."printed_on", OLD."question", OLD."reported_by_id", OLD."reported_on", OLD."state", OLD."venue_id", OLD."version", OLD."visits", OLD."volunteers", OLD."year"); RETURN NULL;', hash='d062d4b9b73c72e8a770daaa990abbc79a4597e5', operation='DELETE', pgid='pgtrigger_delete_delete_d0641', table='begegnung_annualreturn', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='annualreturn',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('reported_by')), _negated=True), _connector='OR'), name='return_four_eyes', violation_error_message='Prüfen muss eine zweite Person.'),
        ),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
