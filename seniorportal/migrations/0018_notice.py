import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('seniorportal', '0017_shared_offerings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('scope', models.CharField(choices=[('haus', 'ein Haus'), ('traeger', 'alle Häuser eines Trägers'), ('stadtbezirk', 'alle Häuser eines Stadtbezirks'), ('stadt', 'alle Häuser der Stadt')], max_length=12, verbose_name='Was schließt')),
                ('first_day', models.DateField(verbose_name='geschlossen von')),
                ('last_day', models.DateField(help_text='Letzter Tag.', verbose_name='bis')),
                ('text', models.CharField(help_text='Ein kurzer Satz, den alle lesen. Zum Beispiel: Wegen Sturmwarnung. Keine Namen.', max_length=120, verbose_name='Warum')),
                ('meeting_points', models.BooleanField(default=False, verbose_name='Auch Treffpunkte ohne Haus fallen aus (Spaziergänge, Plauderbänke)')),
                ('taken_back', models.BooleanField(default=False, editable=False, verbose_name='zurückgenommen')),
                ('carrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seniorportal.carrier', verbose_name='Träger')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seniorportal.district', verbose_name='Stadtbezirk')),
                ('made_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschlossen von Konto')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='seniorportal.venue', verbose_name='Haus')),
            ],
            options={
                'verbose_name': 'Schließung',
                'verbose_name_plural': 'Schließungen',
                'ordering': ['first_day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('geplant', 'geplant'), ('stattgefunden', 'hat stattgefunden'), ('ausgefallen', 'fällt aus'), ('verlegt', 'verlegt')], max_length=14)),
                ('note', models.CharField(blank=True, max_length=160)),
                ('touched', models.BooleanField()),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='seniorportal.notice')),
                ('occurrence', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='closed_with', to='seniorportal.occurrence')),
            ],
            options={
                'verbose_name': 'Termin einer Schließung',
                'verbose_name_plural': 'Termine einer Schließung',
            },
        ),
        migrations.CreateModel(
            name='NoticeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('scope', models.CharField(choices=[('haus', 'ein Haus'), ('traeger', 'alle Häuser eines Trägers'), ('stadtbezirk', 'alle Häuser eines Stadtbezirks'), ('stadt', 'alle Häuser der Stadt')], max_length=12, verbose_name='Was schließt')),
                ('first_day', models.DateField(verbose_name='geschlossen von')),
                ('last_day', models.DateField(help_text='Letzter Tag.', verbose_name='bis')),
                ('text', models.CharField(help_text='Ein kurzer Satz, den alle lesen. Zum Beispiel: Wegen Sturmwarnung. Keine Namen.', max_length=120, verbose_name='Warum')),
                ('meeting_points', models.BooleanField(default=False, verbose_name='Auch Treffpunkte ohne Haus fallen aus (Spaziergänge, Plauderbänke)')),
                ('taken_back', models.BooleanField(default=False, editable=False, verbose_name='zurückgenommen')),
                ('carrier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.carrier', verbose_name='Träger')),
                ('district', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.district', verbose_name='Stadtbezirk')),
                ('made_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschlossen von Konto')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorportal.notice')),
                ('venue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.venue', verbose_name='Haus')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='closure',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='closure',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='closure',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_closureevent" ("example", "first_day", "id", "last_day", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "venue_id", "version") VALUES (NEW."example", NEW."first_day", NEW."id", NEW."last_day", NEW."notice_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."venue_id", NEW."version"); RETURN NULL;', hash='747059cb8148200b00d6abdbf73af223bc101157', operation='INSERT', pgid='pgtrigger_insert_insert_a84f1', table='seniorportal_closure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_closureevent" ("example", "first_day", "id", "last_day", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "venue_id", "version") VALUES (NEW."example", NEW."first_day", NEW."id", NEW."last_day", NEW."notice_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."venue_id", NEW."version"); RETURN NULL;', hash='830dcd8460c15d2f983898b478782637cd898072', operation='UPDATE', pgid='pgtrigger_update_update_f7576', table='seniorportal_closure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_closureevent" ("example", "first_day", "id", "last_day", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "venue_id", "version") VALUES (OLD."example", OLD."first_day", OLD."id", OLD."last_day", OLD."notice_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."venue_id", OLD."version"); RETURN NULL;', hash='c3bef8b82e85be243330defe57fbb55c20e67f75', operation='DELETE', pgid='pgtrigger_delete_delete_50606', table='seniorportal_closure', when='AFTER')),
        ),
        migrations.AddField(
            model_name='closure',
            name='notice',
            field=models.ForeignKey(editable=False, help_text='Der Akt, der diese Schließzeit machte und sie wieder beendet.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='seniorportal.notice', verbose_name='Schließung'),
        ),
        migrations.AddField(
            model_name='closureevent',
            name='notice',
            field=models.ForeignKey(db_constraint=False, editable=False, help_text='Der Akt, der diese Schließzeit machte und sie wieder beendet.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.notice', verbose_name='Schließung'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('taken_back', False)), fields=['last_day'], name='notice_standing'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='notice_order', violation_error_message='Der letzte Tag liegt vor dem ersten.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('carrier', None), ('district', None), ('scope', 'haus'), ('venue__isnull', False)), models.Q(('carrier__isnull', False), ('district', None), ('scope', 'traeger'), ('venue', None)), models.Q(('carrier', None), ('district__isnull', False), ('scope', 'stadtbezirk'), ('venue', None)), models.Q(('carrier', None), ('district', None), ('scope', 'stadt'), ('venue', None)), _connector='OR'), name='notice_of_one_scope', violation_error_message='Eine Schließung gilt einem Haus, einem Träger, einem Stadtbezirk oder der Stadt.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_noticeevent" ("carrier_id", "district_id", "example", "first_day", "id", "last_day", "made_by_id", "meeting_points", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "submission", "taken_back", "text", "venue_id", "version") VALUES (NEW."carrier_id", NEW."district_id", NEW."example", NEW."first_day", NEW."id", NEW."last_day", NEW."made_by_id", NEW."meeting_points", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."submission", NEW."taken_back", NEW."text", NEW."venue_id", NEW."version"); RETURN NULL;', hash='74f1575d53c922ba3c3afcd00adb0a690dda79e5', operation='INSERT', pgid='pgtrigger_insert_insert_40de9', table='seniorportal_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_noticeevent" ("carrier_id", "district_id", "example", "first_day", "id", "last_day", "made_by_id", "meeting_points", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "submission", "taken_back", "text", "venue_id", "version") VALUES (NEW."carrier_id", NEW."district_id", NEW."example", NEW."first_day", NEW."id", NEW."last_day", NEW."made_by_id", NEW."meeting_points", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scope", NEW."submission", NEW."taken_back", NEW."text", NEW."venue_id", NEW."version"); RETURN NULL;', hash='a7929c4ae9c5f399e4f4198de2d392f5fe89525c', operation='UPDATE', pgid='pgtrigger_update_update_b806a', table='seniorportal_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_noticeevent" ("carrier_id", "district_id", "example", "first_day", "id", "last_day", "made_by_id", "meeting_points", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "submission", "taken_back", "text", "venue_id", "version") VALUES (OLD."carrier_id", OLD."district_id", OLD."example", OLD."first_day", OLD."id", OLD."last_day", OLD."made_by_id", OLD."meeting_points", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scope", OLD."submission", OLD."taken_back", OLD."text", OLD."venue_id", OLD."version"); RETURN NULL;', hash='41e16011f90b868f6d1d584c8bc8e5b2b3fd0597', operation='DELETE', pgid='pgtrigger_delete_delete_55284', table='seniorportal_notice', when='AFTER')),
        ),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
