import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('seniorportal', '0021_log'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='delete_delete',
        ),
        migrations.CreateModel(
            name='PartnerContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('date', models.DateField(verbose_name='Tag')),
                ('occasion', models.CharField(help_text='Eine Zeile, ohne Namen von Menschen: «Runder Tisch vorbereitet», «Flyer gebracht».', max_length=160, verbose_name='Anlass')),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='seniorportal.partner', verbose_name='Netzwerkpartner')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partner_contacts', to='seniorportal.venue', verbose_name='Büro oder Haus')),
            ],
            options={
                'verbose_name': 'Kontakt mit einem Netzwerkpartner',
                'verbose_name_plural': 'Kontakte mit Netzwerkpartnern',
                'ordering': ['-date', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PartnerContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('date', models.DateField(verbose_name='Tag')),
                ('occasion', models.CharField(help_text='Eine Zeile, ohne Namen von Menschen: «Runder Tisch vorbereitet», «Flyer gebracht».', max_length=160, verbose_name='Anlass')),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.partner', verbose_name='Netzwerkpartner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorportal.partnercontact')),
                ('venue', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.venue', verbose_name='Büro oder Haus')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('gone_key', models.PositiveBigIntegerField(unique=True, verbose_name='frühere Nummer')),
                ('gone_name', models.CharField(max_length=160, verbose_name='früherer Name')),
                ('gone_values', models.JSONField(default=dict, verbose_name='frühere Angaben')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='am')),
                ('moved', models.JSONField(default=list, verbose_name='umgezogen')),
                ('dropped', models.JSONField(default=list, verbose_name='doppelte Zeilen')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='von')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='seniorportal.partner', verbose_name='geblieben als')),
            ],
            options={
                'verbose_name': 'Zusammenführung',
                'verbose_name_plural': 'Zusammenführungen',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PartnerMergeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('gone_key', models.PositiveBigIntegerField(verbose_name='frühere Nummer')),
                ('gone_name', models.CharField(max_length=160, verbose_name='früherer Name')),
                ('gone_values', models.JSONField(default=dict, verbose_name='frühere Angaben')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='am')),
                ('moved', models.JSONField(default=list, verbose_name='umgezogen')),
                ('dropped', models.JSONField(default=list, verbose_name='doppelte Zeilen')),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='von')),
                ('kept', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.partner', verbose_name='geblieben als')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorportal.partnermerge')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnersApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('said_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='gesagt am')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seniorportal.partner', verbose_name='ein Partner')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='seniorportal.partner', verbose_name='der andere Partner')),
            ],
            options={
                'verbose_name': 'kein Doppel',
                'verbose_name_plural': 'keine Doppel',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PartnersApartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('said_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='gesagt am')),
                ('one', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.partner', verbose_name='ein Partner')),
                ('other', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.partner', verbose_name='der andere Partner')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorportal.partnersapart')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='partner',
            name='active_until',
            field=models.DateField(blank=True, help_text='Letzter Tag. Leer: besteht weiter.', null=True, verbose_name='besteht bis'),
        ),
        migrations.AddField(
            model_name='partner',
            name='consent_on',
            field=models.DateField(blank=True, help_text='Tag, an dem die Organisation zugestimmt hat.', null=True, verbose_name='Zustimmung vom'),
        ),
        migrations.AddField(
            model_name='partner',
            name='submission',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='active_until',
            field=models.DateField(blank=True, help_text='Letzter Tag. Leer: besteht weiter.', null=True, verbose_name='besteht bis'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='consent_on',
            field=models.DateField(blank=True, help_text='Tag, an dem die Organisation zugestimmt hat.', null=True, verbose_name='Zustimmung vom'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='submission',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='kind',
            field=models.CharField(choices=[('venues', 'Orte'), ('offerings', 'Angebote'), ('partners', 'Netzwerkpartner')], max_length=10, verbose_name='Was'),
        ),
        migrations.AddField(
            model_name='partner',
            name='city',
            field=models.CharField(blank=True, help_text='Leer: Dortmund.', max_length=60, verbose_name='Ort'),
        ),
        migrations.AddField(
            model_name='partner',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='E-Mail der Organisation'),
        ),
        migrations.AddField(
            model_name='partner',
            name='postal_code',
            field=models.CharField(blank=True, max_length=5, verbose_name='PLZ'),
        ),
        migrations.AddField(
            model_name='partner',
            name='street',
            field=models.CharField(blank=True, max_length=120, verbose_name='Straße und Hausnummer'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='city',
            field=models.CharField(blank=True, help_text='Leer: Dortmund.', max_length=60, verbose_name='Ort'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='E-Mail der Organisation'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='postal_code',
            field=models.CharField(blank=True, max_length=5, verbose_name='PLZ'),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='street',
            field=models.CharField(blank=True, max_length=120, verbose_name='Straße und Hausnummer'),
        ),
        # A consent without its day is none.
        migrations.RunSQL(
            "UPDATE seniorportal_partner SET may_be_published = false WHERE may_be_published",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('may_be_published', False), ('consent_on__isnull', False), _connector='OR'), name='partner_consent_has_a_day', violation_error_message='Ohne den Tag der Zustimmung wird nichts veröffentlicht. Bitte den Tag eintragen.'),
        ),
        migrations.AddIndex(
            model_name='partnercontact',
            index=models.Index(fields=['partner', '-date'], name='contact_of_partner'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnercontact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnercontactevent" ("date", "example", "id", "occasion", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission", "venue_id", "version") VALUES (NEW."date", NEW."example", NEW."id", NEW."occasion", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."submission", NEW."venue_id", NEW."version"); RETURN NULL;', hash='1f0501f21958701d1baaa37dacf92ec625cf7aa3', operation='INSERT', pgid='pgtrigger_insert_insert_a38c2', table='seniorportal_partnercontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnercontact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_partnercontactevent" ("date", "example", "id", "occasion", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission", "venue_id", "version") VALUES (NEW."date", NEW."example", NEW."id", NEW."occasion", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."submission", NEW."venue_id", NEW."version"); RETURN NULL;', hash='867100c766eeb200a53ac04d83d391ae6376993d', operation='UPDATE', pgid='pgtrigger_update_update_e42ee', table='seniorportal_partnercontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnercontact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnercontactevent" ("date", "example", "id", "occasion", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "submission", "venue_id", "version") VALUES (OLD."date", OLD."example", OLD."id", OLD."occasion", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."submission", OLD."venue_id", OLD."version"); RETURN NULL;', hash='fc4bec30ae51870bc557edab4ec83ca600a1779f', operation='DELETE', pgid='pgtrigger_delete_delete_c78d0', table='seniorportal_partnercontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnermerge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnermergeevent" ("at", "by_id", "dropped", "example", "gone_key", "gone_name", "gone_values", "id", "kept_id", "moved", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."at", NEW."by_id", NEW."dropped", NEW."example", NEW."gone_key", NEW."gone_name", NEW."gone_values", NEW."id", NEW."kept_id", NEW."moved", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='2a18e7dae3533c465be76e353156060510ecc86a', operation='INSERT', pgid='pgtrigger_insert_insert_b0a2e', table='seniorportal_partnermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnermerge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_partnermergeevent" ("at", "by_id", "dropped", "example", "gone_key", "gone_name", "gone_values", "id", "kept_id", "moved", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."at", NEW."by_id", NEW."dropped", NEW."example", NEW."gone_key", NEW."gone_name", NEW."gone_values", NEW."id", NEW."kept_id", NEW."moved", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='2b75930626c39956d74809f190f0e05d39b680a6', operation='UPDATE', pgid='pgtrigger_update_update_dadcc', table='seniorportal_partnermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnermerge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnermergeevent" ("at", "by_id", "dropped", "example", "gone_key", "gone_name", "gone_values", "id", "kept_id", "moved", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."at", OLD."by_id", OLD."dropped", OLD."example", OLD."gone_key", OLD."gone_name", OLD."gone_values", OLD."id", OLD."kept_id", OLD."moved", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='1d75b1efc5bf34afb76b6e2d7e2ba47e8c824c2c', operation='DELETE', pgid='pgtrigger_delete_delete_e11f6', table='seniorportal_partnermerge', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='partnersapart',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='partners_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='partnersapart',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='partners_apart_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnersapart',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnersapartevent" ("example", "id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "version") VALUES (NEW."example", NEW."id", NEW."one_id", NEW."other_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."said_on", NEW."version"); RETURN NULL;', hash='a3fcf13c0b0182d82eeddef71d8d1787b4a354ab', operation='INSERT', pgid='pgtrigger_insert_insert_4d18a', table='seniorportal_partnersapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnersapart',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_partnersapartevent" ("example", "id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "version") VALUES (NEW."example", NEW."id", NEW."one_id", NEW."other_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."said_on", NEW."version"); RETURN NULL;', hash='20e2d23bf9efeec5f49bc867ba5320d1ca5ed22a', operation='UPDATE', pgid='pgtrigger_update_update_0221b', table='seniorportal_partnersapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnersapart',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnersapartevent" ("example", "id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "version") VALUES (OLD."example", OLD."id", OLD."one_id", OLD."other_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."said_on", OLD."version"); RETURN NULL;', hash='060133855a7b6fd0262ecc4dc91c0e00a7eeebce', operation='DELETE', pgid='pgtrigger_delete_delete_afe57', table='seniorportal_partnersapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnerevent" ("active_until", "city", "consent_on", "email", "example", "id", "kind", "may_be_published", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "street", "submission", "version", "website") VALUES (NEW."active_until", NEW."city", NEW."consent_on", NEW."email", NEW."example", NEW."id", NEW."kind", NEW."may_be_published", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_code", NEW."street", NEW."submission", NEW."version", NEW."website"); RETURN NULL;', hash='7a7291411cf0c4f5e5bd9848fdb74430ac23add7', operation='INSERT', pgid='pgtrigger_insert_insert_94ce5', table='seniorportal_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorportal_partnerevent" ("active_until", "city", "consent_on", "email", "example", "id", "kind", "may_be_published", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "street", "submission", "version", "website") VALUES (NEW."active_until", NEW."city", NEW."consent_on", NEW."email", NEW."example", NEW."id", NEW."kind", NEW."may_be_published", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_code", NEW."street", NEW."submission", NEW."version", NEW."website"); RETURN NULL;', hash='b612669ba8b231a01c72fe4bbd4e384e2dc90fc0', operation='UPDATE', pgid='pgtrigger_update_update_b2800', table='seniorportal_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_partnerevent" ("active_until", "city", "consent_on", "email", "example", "id", "kind", "may_be_published", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "street", "submission", "version", "website") VALUES (OLD."active_until", OLD."city", OLD."consent_on", OLD."email", OLD."example", OLD."id", OLD."kind", OLD."may_be_published", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."postal_code", OLD."street", OLD."submission", OLD."version", OLD."website"); RETURN NULL;', hash='93824c29d622c424927043509675a87c5c9863f2', operation='DELETE', pgid='pgtrigger_delete_delete_7d5ca', table='seniorportal_partner', when='AFTER')),
        ),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
