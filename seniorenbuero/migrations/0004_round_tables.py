"""Round tables with rhythm, agenda, minutes, decisions, tasks; where invitations go; sentences for the report."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.utils import timezone

from seniorportal.sql import SEAL_HISTORY


def past_meetings_were_held(apps, schema_editor):
    """Until now a meeting was entered after it had been."""
    rows = apps.get_model("seniorenbuero", "RoundTableMeeting").objects
    rows.filter(date__lte=timezone.localdate()).update(state="stattgefunden")


class Migration(migrations.Migration):
    dependencies = [
        ("seniorenbuero", "0003_offices"),
        ("seniorportal", "0022_partners"),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Platz')),
                ('title', models.CharField(max_length=200, verbose_name='Punkt')),
                ('said', models.TextField(blank=True, max_length=4000, verbose_name='Protokoll')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='seniorenbuero.roundtablemeeting', verbose_name='Treffen')),
            ],
            options={
                'verbose_name': 'Punkt der Tagesordnung',
                'verbose_name_plural': 'Punkte der Tagesordnung',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('day', models.DateField(verbose_name='Tag')),
                ('sentence', models.CharField(max_length=240, verbose_name='Ein Satz für den Bericht')),
                ('meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remark', to='seniorenbuero.roundtablemeeting', verbose_name='Treffen')),
                ('offering', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='report_remark', to='seniorportal.offering', verbose_name='Veranstaltung')),
                ('office', models.ForeignKey(limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.PROTECT, related_name='report_remarks', to='seniorportal.venue', verbose_name='Seniorenbüro')),
            ],
            options={
                'verbose_name': 'Vormerkung für den Bericht',
                'verbose_name_plural': 'Vormerkungen für den Bericht',
                'ordering': ['day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TableDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('text', models.CharField(max_length=400, verbose_name='Beschluss')),
                ('public', models.BooleanField(default=False, verbose_name='darf im öffentlichen Auszug stehen')),
                ('submission', models.UUIDField(editable=False, null=True, unique=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='seniorenbuero.roundtablemeeting', verbose_name='Treffen')),
            ],
            options={
                'verbose_name': 'Beschluss eines Runden Tisches',
                'verbose_name_plural': 'Beschlüsse der Runden Tische',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TableTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('text', models.CharField(max_length=300, verbose_name='Aufgabe')),
                ('due', models.DateField(verbose_name='Bis wann')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='erledigt am')),
                ('submission', models.UUIDField(editable=False, null=True, unique=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='seniorenbuero.roundtablemeeting', verbose_name='Treffen')),
                ('partner', models.ForeignKey(blank=True, help_text='Leer: das Seniorenbüro.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='table_tasks', to='seniorportal.partner', verbose_name='Wer')),
            ],
            options={
                'verbose_name': 'Aufgabe eines Runden Tisches',
                'verbose_name_plural': 'Aufgaben der Runden Tische',
                'ordering': ['due', 'pk'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='attendance',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='attendance',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='attendance',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roundtable',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roundtable',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roundtable',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roundtablemeeting',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roundtablemeeting',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='roundtablemeeting',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='attendance',
            name='invited_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='eingeladen am'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='way',
            field=models.CharField(blank=True, choices=[('brief', 'Brief'), ('mail', 'E-Mail')], editable=False, max_length=6, verbose_name='Eingeladen mit'),
        ),
        migrations.AddField(
            model_name='attendanceevent',
            name='invited_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='eingeladen am'),
        ),
        migrations.AddField(
            model_name='attendanceevent',
            name='way',
            field=models.CharField(blank=True, choices=[('brief', 'Brief'), ('mail', 'E-Mail')], editable=False, max_length=6, verbose_name='Eingeladen mit'),
        ),
        migrations.AddField(
            model_name='roundtable',
            name='rhythm',
            field=models.CharField(blank=True, help_text='In Worten, zum Beispiel: im Frühjahr und im Herbst.', max_length=120, verbose_name='Wie oft'),
        ),
        migrations.AddField(
            model_name='roundtable',
            name='usual_place',
            field=models.CharField(blank=True, max_length=160, verbose_name='Gewöhnlich wo'),
        ),
        migrations.AddField(
            model_name='roundtable',
            name='usual_time',
            field=models.CharField(blank=True, help_text='Zum Beispiel: mittwochs von 15 bis 17 Uhr.', max_length=120, verbose_name='Gewöhnlich wann'),
        ),
        migrations.AddField(
            model_name='roundtableevent',
            name='rhythm',
            field=models.CharField(blank=True, help_text='In Worten, zum Beispiel: im Frühjahr und im Herbst.', max_length=120, verbose_name='Wie oft'),
        ),
        migrations.AddField(
            model_name='roundtableevent',
            name='usual_place',
            field=models.CharField(blank=True, max_length=160, verbose_name='Gewöhnlich wo'),
        ),
        migrations.AddField(
            model_name='roundtableevent',
            name='usual_time',
            field=models.CharField(blank=True, help_text='Zum Beispiel: mittwochs von 15 bis 17 Uhr.', max_length=120, verbose_name='Gewöhnlich wann'),
        ),
        migrations.AddField(
            model_name='roundtablemeeting',
            name='end',
            field=models.TimeField(blank=True, null=True, verbose_name='Ende'),
        ),
        migrations.AddField(
            model_name='roundtablemeeting',
            name='place',
            field=models.CharField(blank=True, max_length=160, verbose_name='Ort'),
        ),
        migrations.AddField(
            model_name='roundtablemeeting',
            name='published',
            field=models.BooleanField(default=False, verbose_name='Auszug öffentlich'),
        ),
        migrations.AddField(
            model_name='roundtablemeeting',
            name='start',
            field=models.TimeField(blank=True, null=True, verbose_name='Beginn'),
        ),
        migrations.AddField(
            model_name='roundtablemeeting',
            name='state',
            field=models.CharField(choices=[('geplant', 'geplant'), ('stattgefunden', 'hat stattgefunden'), ('ausgefallen', 'ist ausgefallen')], default='geplant', max_length=14, verbose_name='Stand'),
        ),
        migrations.AddField(
            model_name='roundtablemeetingevent',
            name='end',
            field=models.TimeField(blank=True, null=True, verbose_name='Ende'),
        ),
        migrations.AddField(
            model_name='roundtablemeetingevent',
            name='place',
            field=models.CharField(blank=True, max_length=160, verbose_name='Ort'),
        ),
        migrations.AddField(
            model_name='roundtablemeetingevent',
            name='published',
            field=models.BooleanField(default=False, verbose_name='Auszug öffentlich'),
        ),
        migrations.AddField(
            model_name='roundtablemeetingevent',
            name='start',
            field=models.TimeField(blank=True, null=True, verbose_name='Beginn'),
        ),
        migrations.AddField(
            model_name='roundtablemeetingevent',
            name='state',
            field=models.CharField(choices=[('geplant', 'geplant'), ('stattgefunden', 'hat stattgefunden'), ('ausgefallen', 'ist ausgefallen')], default='geplant', max_length=14, verbose_name='Stand'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_attendanceevent" ("example", "id", "invited_on", "meeting_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version", "way") VALUES (NEW."example", NEW."id", NEW."invited_on", NEW."meeting_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."version", NEW."way"); RETURN NULL;', hash='badfc93ac3b4791e64b76bbb355b195fa568f3a9', operation='INSERT', pgid='pgtrigger_insert_insert_5b5a3', table='seniorenbuero_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_attendanceevent" ("example", "id", "invited_on", "meeting_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version", "way") VALUES (NEW."example", NEW."id", NEW."invited_on", NEW."meeting_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."version", NEW."way"); RETURN NULL;', hash='5048d911bfcb877fa12c6887645442157561d99e', operation='UPDATE', pgid='pgtrigger_update_update_99ac0', table='seniorenbuero_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_attendanceevent" ("example", "id", "invited_on", "meeting_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version", "way") VALUES (OLD."example", OLD."id", OLD."invited_on", OLD."meeting_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."version", OLD."way"); RETURN NULL;', hash='7f9f6653f136af9b4a50b048ac1e395a7aaecff9', operation='DELETE', pgid='pgtrigger_delete_delete_d747a', table='seniorenbuero_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundtable',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtableevent" ("example", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "title", "usual_place", "usual_time", "version") VALUES (NEW."example", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rhythm", NEW."title", NEW."usual_place", NEW."usual_time", NEW."version"); RETURN NULL;', hash='59e2818f33c0ae988b098e4068655a0df9f0929e', operation='INSERT', pgid='pgtrigger_insert_insert_fd63f', table='seniorenbuero_roundtable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundtable',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_roundtableevent" ("example", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "title", "usual_place", "usual_time", "version") VALUES (NEW."example", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rhythm", NEW."title", NEW."usual_place", NEW."usual_time", NEW."version"); RETURN NULL;', hash='a8b708fb22ea7f00766787b6cb591f770322ba65', operation='UPDATE', pgid='pgtrigger_update_update_77c57', table='seniorenbuero_roundtable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundtable',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtableevent" ("example", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm", "title", "usual_place", "usual_time", "version") VALUES (OLD."example", OLD."id", OLD."office_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rhythm", OLD."title", OLD."usual_place", OLD."usual_time", OLD."version"); RETURN NULL;', hash='e44328198f93aa5563181ac8d01834d28d0a31ba', operation='DELETE', pgid='pgtrigger_delete_delete_2f25d', table='seniorenbuero_roundtable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundtablemeeting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtablemeetingevent" ("date", "end", "example", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published", "round_table_id", "start", "state", "topic", "version") VALUES (NEW."date", NEW."end", NEW."example", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."published", NEW."round_table_id", NEW."start", NEW."state", NEW."topic", NEW."version"); RETURN NULL;', hash='99d0b46435ff3c366271df70f0cbab3ba3442f02', operation='INSERT', pgid='pgtrigger_insert_insert_63965', table='seniorenbuero_roundtablemeeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundtablemeeting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_roundtablemeetingevent" ("date", "end", "example", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published", "round_table_id", "start", "state", "topic", "version") VALUES (NEW."date", NEW."end", NEW."example", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."published", NEW."round_table_id", NEW."start", NEW."state", NEW."topic", NEW."version"); RETURN NULL;', hash='cb7d833c62f7884a9a5d2d8fe2f678cfd3fe7757', operation='UPDATE', pgid='pgtrigger_update_update_9c613', table='seniorenbuero_roundtablemeeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundtablemeeting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtablemeetingevent" ("date", "end", "example", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published", "round_table_id", "start", "state", "topic", "version") VALUES (OLD."date", OLD."end", OLD."example", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."published", OLD."round_table_id", OLD."start", OLD."state", OLD."topic", OLD."version"); RETURN NULL;', hash='d45c39a7cc5b0ef4407d2b3dc15c24282663d223', operation='DELETE', pgid='pgtrigger_delete_delete_b19fe', table='seniorenbuero_roundtablemeeting', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='roundtablemeeting',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name='meeting_ends_after_it_began', violation_error_message='Das Ende liegt nicht nach dem Beginn.'),
        ),
        migrations.AddConstraint(
            model_name='reportremark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('offering__isnull', True)), models.Q(('meeting__isnull', True), ('offering__isnull', False)), _connector='OR'), name='remark_is_about_one_thing'),
        ),
        migrations.AddIndex(
            model_name='tabletask',
            index=models.Index(condition=models.Q(('done_on__isnull', True)), fields=['due'], name='table_task_open'),
        ),
        migrations.RunPython(past_meetings_were_held, migrations.RunPython.noop),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
