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
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('venue', models.OneToOneField(limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.CASCADE, related_name='office', to='seniorportal.venue', verbose_name='Ort')),
                ('hours_note', models.CharField(blank=True, max_length=160, verbose_name='Sprechzeiten in Worten')),
                ('home_visits', models.BooleanField(blank=True, help_text='Leer: nicht bekannt.', null=True, verbose_name='Hausbesuche')),
            ],
            options={
                'verbose_name': 'Seniorenbüro',
                'verbose_name_plural': 'Seniorenbüros',
                'ordering': ['venue'],
            },
        ),
        migrations.CreateModel(
            name='RoundTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('office', models.ForeignKey(limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.PROTECT, related_name='round_tables', to='seniorportal.venue', verbose_name='Seniorenbüro')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
            ],
            options={
                'verbose_name': 'Runder Tisch',
                'verbose_name_plural': 'Runde Tische',
                'ordering': ['title'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtableevent" ("example", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."example", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='9cc8fe3f5385f35c9a7dea0487ed0db9e1918531', operation='INSERT', pgid='pgtrigger_insert_insert_fd63f', table='seniorenbuero_roundtable', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_roundtableevent" ("example", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."example", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='207e26e5a7ac4992cd3d2a1d1340c5e7ec91c6c2', operation='UPDATE', pgid='pgtrigger_update_update_77c57', table='seniorenbuero_roundtable', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtableevent" ("example", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."example", OLD."id", OLD."office_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='61067a003f3b105bdb142bd6e6d321e7d765088d', operation='DELETE', pgid='pgtrigger_delete_delete_2f25d', table='seniorenbuero_roundtable', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RoundTableEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorenbuero.roundtable')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('office', models.ForeignKey(db_constraint=False, limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.venue', verbose_name='Seniorenbüro')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundTableMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('round_table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='seniorenbuero.roundtable', verbose_name='Runder Tisch')),
                ('date', models.DateField(verbose_name='Tag')),
                ('topic', models.CharField(blank=True, max_length=160, verbose_name='Thema')),
            ],
            options={
                'verbose_name': 'Treffen eines Runden Tisches',
                'verbose_name_plural': 'Treffen der Runden Tische',
                'ordering': ['-date'],
                'constraints': [models.UniqueConstraint(fields=('round_table', 'date'), name='one_meeting_a_day', violation_error_message='An diesem Tag ist schon ein Treffen eingetragen.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtablemeetingevent" ("date", "example", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_table_id", "topic", "version") VALUES (NEW."date", NEW."example", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_table_id", NEW."topic", NEW."version"); RETURN NULL;', hash='9b1201caef881028baaab5a6a2ffff20dc6c949b', operation='INSERT', pgid='pgtrigger_insert_insert_63965', table='seniorenbuero_roundtablemeeting', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_roundtablemeetingevent" ("date", "example", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_table_id", "topic", "version") VALUES (NEW."date", NEW."example", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_table_id", NEW."topic", NEW."version"); RETURN NULL;', hash='292c3dafdb4facf22c32f77476194a47fdf86775', operation='UPDATE', pgid='pgtrigger_update_update_9c613', table='seniorenbuero_roundtablemeeting', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_roundtablemeetingevent" ("date", "example", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_table_id", "topic", "version") VALUES (OLD."date", OLD."example", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_table_id", OLD."topic", OLD."version"); RETURN NULL;', hash='656af7e902204071511fd95da7f45168036eceb9', operation='DELETE', pgid='pgtrigger_delete_delete_b19fe', table='seniorenbuero_roundtablemeeting', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='RoundTableMeetingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorenbuero.roundtablemeeting')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('round_table', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorenbuero.roundtable', verbose_name='Runder Tisch')),
                ('date', models.DateField(verbose_name='Tag')),
                ('topic', models.CharField(blank=True, max_length=160, verbose_name='Thema')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='seniorenbuero.roundtablemeeting', verbose_name='Treffen')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='seniorportal.partner', verbose_name='Netzwerkpartner')),
                ('state', models.CharField(choices=[('eingeladen', 'eingeladen'), ('dabei', 'war dabei'), ('entschuldigt', 'entschuldigt')], default='eingeladen', max_length=12, verbose_name='Stand')),
            ],
            options={
                'verbose_name': 'Teilnahme',
                'verbose_name_plural': 'Teilnahmen',
                'ordering': ['partner'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'partner'), name='partner_once_per_meeting', violation_error_message='Diese Organisation ist für das Treffen schon eingetragen.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_attendanceevent" ("example", "id", "meeting_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version") VALUES (NEW."example", NEW."id", NEW."meeting_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."version"); RETURN NULL;', hash='ba7f211aa70f272f01adda4db7bb6a12f516c838', operation='INSERT', pgid='pgtrigger_insert_insert_5b5a3', table='seniorenbuero_attendance', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_attendanceevent" ("example", "id", "meeting_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version") VALUES (NEW."example", NEW."id", NEW."meeting_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."version"); RETURN NULL;', hash='e876648bb14fb9c0681ab6dffa5f2745b24fb59f', operation='UPDATE', pgid='pgtrigger_update_update_99ac0', table='seniorenbuero_attendance', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_attendanceevent" ("example", "id", "meeting_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version") VALUES (OLD."example", OLD."id", OLD."meeting_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."version"); RETURN NULL;', hash='5f30c56edbe052989cc3e2d285b7aa909ffd05d1', operation='DELETE', pgid='pgtrigger_delete_delete_d747a', table='seniorenbuero_attendance', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AttendanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorenbuero.attendance')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorenbuero.roundtablemeeting', verbose_name='Treffen')),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.partner', verbose_name='Netzwerkpartner')),
                ('state', models.CharField(choices=[('eingeladen', 'eingeladen'), ('dabei', 'war dabei'), ('entschuldigt', 'entschuldigt')], default='eingeladen', max_length=12, verbose_name='Stand')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('active_from', models.DateField(blank=True, null=True, verbose_name='aktiv ab')),
                ('active_until', models.DateField(blank=True, help_text='Letzter Tag. Leer: bis auf Weiteres.', null=True, verbose_name='aktiv bis')),
                ('office', models.ForeignKey(limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='seniorportal.venue', verbose_name='Seniorenbüro')),
                ('number', models.CharField(help_text='Vergibt das Büro. Kein Name.', max_length=24, unique=True, verbose_name='Nummer')),
                ('kind', models.CharField(choices=[('buero', 'Nachbarschaftshilfe des Seniorenbüros'), ('anerkannt', 'Nachbarschaftshilfe nach § 45b SGB XI (AnFöVO NRW)')], default='buero', max_length=10, verbose_name='Art der Hilfe')),
                ('state', models.CharField(choices=[('interesse', 'interessiert'), ('geprueft', 'geprüft'), ('aktiv', 'aktiv'), ('pause', 'pausiert'), ('ausgeschieden', 'ausgeschieden')], default='interesse', max_length=14, verbose_name='Stand')),
                ('quarter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seniorportal.quarter', verbose_name='Quartier')),
                ('languages', models.ManyToManyField(blank=True, related_name='+', to='seniorportal.language', verbose_name='Sprachen')),
            ],
            options={
                'verbose_name': 'Nachbarschaftshelfer*in',
                'verbose_name_plural': 'Nachbarschaftshelfer*innen',
                'ordering': ['number'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('active_until__isnull', True), ('active_from__isnull', True), ('active_until__gte', models.F('active_from')), _connector='OR'), name='seniorenbuero_helper_period', violation_error_message='Der letzte Tag liegt vor dem ersten.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_helperevent" ("active_from", "active_until", "example", "id", "kind", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_id", "state", "version") VALUES (NEW."active_from", NEW."active_until", NEW."example", NEW."id", NEW."kind", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quarter_id", NEW."state", NEW."version"); RETURN NULL;', hash='8014b3d934557caa9e37102f09db3cee9fd5b86d', operation='INSERT', pgid='pgtrigger_insert_insert_ce31a', table='seniorenbuero_helper', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_helperevent" ("active_from", "active_until", "example", "id", "kind", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_id", "state", "version") VALUES (NEW."active_from", NEW."active_until", NEW."example", NEW."id", NEW."kind", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quarter_id", NEW."state", NEW."version"); RETURN NULL;', hash='dab5e6f95fcc46042a5865a6366adef715d380b4', operation='UPDATE', pgid='pgtrigger_update_update_cc9cc', table='seniorenbuero_helper', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_helperevent" ("active_from", "active_until", "example", "id", "kind", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter_id", "state", "version") VALUES (OLD."active_from", OLD."active_until", OLD."example", OLD."id", OLD."kind", OLD."number", OLD."office_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quarter_id", OLD."state", OLD."version"); RETURN NULL;', hash='fbea2a60197231c5c129a361cdd72ddeba1ea466', operation='DELETE', pgid='pgtrigger_delete_delete_b22e8', table='seniorenbuero_helper', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='HelperEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorenbuero.helper')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('active_from', models.DateField(blank=True, null=True, verbose_name='aktiv ab')),
                ('active_until', models.DateField(blank=True, help_text='Letzter Tag. Leer: bis auf Weiteres.', null=True, verbose_name='aktiv bis')),
                ('office', models.ForeignKey(db_constraint=False, limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.venue', verbose_name='Seniorenbüro')),
                ('number', models.CharField(help_text='Vergibt das Büro. Kein Name.', max_length=24, verbose_name='Nummer')),
                ('kind', models.CharField(choices=[('buero', 'Nachbarschaftshilfe des Seniorenbüros'), ('anerkannt', 'Nachbarschaftshilfe nach § 45b SGB XI (AnFöVO NRW)')], default='buero', max_length=10, verbose_name='Art der Hilfe')),
                ('state', models.CharField(choices=[('interesse', 'interessiert'), ('geprueft', 'geprüft'), ('aktiv', 'aktiv'), ('pause', 'pausiert'), ('ausgeschieden', 'ausgeschieden')], default='interesse', max_length=14, verbose_name='Stand')),
                ('quarter', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.quarter', verbose_name='Quartier')),
            ],
            options={
                'abstract': False,
            },
        ),
        InstallTriggers("seniorenbuero"),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
