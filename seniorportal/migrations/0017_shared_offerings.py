import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('seniorportal', '0016_concern'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferingShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('percent', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Anteil in Prozent')),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='seniorportal.carrier', verbose_name='Träger')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='seniorportal.offering', verbose_name='Angebot')),
            ],
            options={
                'verbose_name': 'Anteil an einem Angebot',
                'verbose_name_plural': 'Anteile an gemeinsamen Angeboten',
                'ordering': ['offering', 'carrier'],
            },
        ),
        migrations.CreateModel(
            name='OfferingShareEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('percent', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Anteil in Prozent')),
                ('carrier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.carrier', verbose_name='Träger')),
                ('offering', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.offering', verbose_name='Angebot')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorportal.offeringshare')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfferingTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('name', models.CharField(max_length=160, verbose_name='Name der Vorlage')),
                ('facts', models.JSONField(default=dict, verbose_name='Angaben')),
                ('sort', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('äöüéèàáçñ„“»«-–/'), models.Value('aoueeaacn'), function='translate', output_field=models.CharField()), models.Value('ß'), models.Value('ss')), output_field=models.CharField(max_length=250))),
                ('carrier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='seniorportal.carrier', verbose_name='Träger')),
            ],
            options={
                'verbose_name': 'Vorlage',
                'verbose_name_plural': 'Vorlagen',
                'ordering': ['sort', 'name'],
            },
        ),
        migrations.CreateModel(
            name='OfferingTemplateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('name', models.CharField(max_length=160, verbose_name='Name der Vorlage')),
                ('facts', models.JSONField(default=dict, verbose_name='Angaben')),
                ('sort', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Replace(models.Func(django.db.models.functions.text.Lower(models.F('name')), models.Value('äöüéèàáçñ„“»«-–/'), models.Value('aoueeaacn'), function='translate', output_field=models.CharField()), models.Value('ß'), models.Value('ss')), output_field=models.CharField(max_length=250))),
                ('carrier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.carrier', verbose_name='Träger')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorportal.offeringtemplate')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offering',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offering',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offering',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='offering',
            name='submission',
            field=models.UUIDField(editable=False, help_text='Nummer des Formulars, aus dem es entstand: ein zweiter Klick macht kein zweites.', null=True, unique=True, verbose_name='Absendung'),
        ),
        migrations.AddField(
            model_name='offeringevent',
            name='submission',
            field=models.UUIDField(editable=False, help_text='Nummer des Formulars, aus dem es entstand: ein zweiter Klick macht kein zweites.', null=True, verbose_name='Absendung'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offering',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_offeringevent" ("active_from", "active_until", "care_meanwhile", "confirmed_at", "confirmed_by_id", "cost_note", "description", "district_id", "example", "first_date", "first_time_free", "form", "greeted_by", "id", "is_free", "meeting_point", "minutes", "needs_registration", "open_to_all", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published", "registration_note", "review_interval", "rhythm_note", "rule", "skip_public_holidays", "skip_school_holidays", "source_url", "source_year", "specialist", "start", "submission", "summary", "title", "venue_id", "version") VALUES (NEW."active_from", NEW."active_until", NEW."care_meanwhile", NEW."confirmed_at", NEW."confirmed_by_id", NEW."cost_note", NEW."description", NEW."district_id", NEW."example", NEW."first_date", NEW."first_time_free", NEW."form", NEW."greeted_by", NEW."id", NEW."is_free", NEW."meeting_point", NEW."minutes", NEW."needs_registration", NEW."open_to_all", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."published", NEW."registration_note", NEW."review_interval", NEW."rhythm_note", NEW."rule", NEW."skip_public_holidays", NEW."skip_school_holidays", NEW."source_url", NEW."source_year", NEW."specialist", NEW."start", NEW."submission", NEW."summary", NEW."title", NEW."venue_id", NEW."version"); RETURN NULL;', hash='2347269d8dd5d30773861f427b12a521e218f866', operation='INSERT', pgid='pgtrigger_insert_insert_86da2', table='seniorportal_offering', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offering',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_offeringevent" ("active_from", "active_until", "care_meanwhile", "confirmed_at", "confirmed_by_id", "cost_note", "description", "district_id", "example", "first_date", "first_time_free", "form", "greeted_by", "id", "is_free", "meeting_point", "minutes", "needs_registration", "open_to_all", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published", "registration_note", "review_interval", "rhythm_note", "rule", "skip_public_holidays", "skip_school_holidays", "source_url", "source_year", "specialist", "start", "submission", "summary", "title", "venue_id", "version") VALUES (NEW."active_from", NEW."active_until", NEW."care_meanwhile", NEW."confirmed_at", NEW."confirmed_by_id", NEW."cost_note", NEW."description", NEW."district_id", NEW."example", NEW."first_date", NEW."first_time_free", NEW."form", NEW."greeted_by", NEW."id", NEW."is_free", NEW."meeting_point", NEW."minutes", NEW."needs_registration", NEW."open_to_all", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."published", NEW."registration_note", NEW."review_interval", NEW."rhythm_note", NEW."rule", NEW."skip_public_holidays", NEW."skip_school_holidays", NEW."source_url", NEW."source_year", NEW."specialist", NEW."start", NEW."submission", NEW."summary", NEW."title", NEW."venue_id", NEW."version"); RETURN NULL;', hash='b576ca813c2fb5e40bd29245e00c56482d42028c', operation='UPDATE', pgid='pgtrigger_update_update_fb776', table='seniorportal_offering', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offering',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_offeringevent" ("active_from", "active_until", "care_meanwhile", "confirmed_at", "confirmed_by_id", "cost_note", "description", "district_id", "example", "first_date", "first_time_free", "form", "greeted_by", "id", "is_free", "meeting_point", "minutes", "needs_registration", "open_to_all", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published", "registration_note", "review_interval", "rhythm_note", "rule", "skip_public_holidays", "skip_school_holidays", "source_url", "source_year", "specialist", "start", "submission", "summary", "title", "venue_id", "version") VALUES (OLD."active_from", OLD."active_until", OLD."care_meanwhile", OLD."confirmed_at", OLD."confirmed_by_id", OLD."cost_note", OLD."description", OLD."district_id", OLD."example", OLD."first_date", OLD."first_time_free", OLD."form", OLD."greeted_by", OLD."id", OLD."is_free", OLD."meeting_point", OLD."minutes", OLD."needs_registration", OLD."open_to_all", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."published", OLD."registration_note", OLD."review_interval", OLD."rhythm_note", OLD."rule", OLD."skip_public_holidays", OLD."skip_school_holidays", OLD."source_url", OLD."source_year", OLD."specialist", OLD."start", OLD."submission", OLD."summary", OLD."title", OLD."venue_id", OLD."version"); RETURN NULL;', hash='5f2a1df31dbf73e679e7c5a1346b2d9661e3b358', operation='DELETE', pgid='pgtrigger_delete_delete_3cfa8', table='seniorportal_offering', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='offeringshare',
            constraint=models.UniqueConstraint(fields=('offering', 'carrier'), name='one_share_per_carrier', violation_error_message='Dieser Träger hat schon einen Anteil.'),
        ),
        migrations.AddConstraint(
            model_name='offeringshare',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='share_at_most_all', violation_error_message='Mehr als 100 Prozent gibt es nicht.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeringshare',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_offeringshareevent" ("carrier_id", "example", "id", "offering_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."carrier_id", NEW."example", NEW."id", NEW."offering_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='c90e2df1c297b6b1fe0317c96d2d0cfcc084995e', operation='INSERT', pgid='pgtrigger_insert_insert_d1dff', table='seniorportal_offeringshare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeringshare',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_offeringshareevent" ("carrier_id", "example", "id", "offering_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."carrier_id", NEW."example", NEW."id", NEW."offering_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='2a623e32c42267a4bb2ad714181a5ab8fa75dff0', operation='UPDATE', pgid='pgtrigger_update_update_e725a', table='seniorportal_offeringshare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeringshare',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_offeringshareevent" ("carrier_id", "example", "id", "offering_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."carrier_id", OLD."example", OLD."id", OLD."offering_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='89eca281923cfc1d15b4820072fd64ca6b5e7c6b', operation='DELETE', pgid='pgtrigger_delete_delete_a6fa0', table='seniorportal_offeringshare', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='offeringtemplate',
            constraint=models.UniqueConstraint(fields=('carrier', 'name'), name='one_template_per_name', violation_error_message='Eine Vorlage mit diesem Namen gibt es bei diesem Träger schon.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeringtemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_offeringtemplateevent" ("carrier_id", "example", "facts", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."carrier_id", NEW."example", NEW."facts", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='78e8ec800f5caee752687c43b960e66641d8e5f8', operation='INSERT', pgid='pgtrigger_insert_insert_1dd7c', table='seniorportal_offeringtemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeringtemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_offeringtemplateevent" ("carrier_id", "example", "facts", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."carrier_id", NEW."example", NEW."facts", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='4d4045c554a3ff66a8ed5eecd901a7e3a913d574', operation='UPDATE', pgid='pgtrigger_update_update_b0226', table='seniorportal_offeringtemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeringtemplate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_offeringtemplateevent" ("carrier_id", "example", "facts", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."carrier_id", OLD."example", OLD."facts", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='583ee19228575584c73c4c3cfb47c2e7aaa92dfa', operation='DELETE', pgid='pgtrigger_delete_delete_f13fc', table='seniorportal_offeringtemplate', when='AFTER')),
        ),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
