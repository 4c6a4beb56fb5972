import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('seniorenbuero', '0001_initial'),
        ('seniorportal', '0021_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('month', models.DateField(help_text='Der erste Tag des Monats.', verbose_name='Monat')),
                ('closed_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='abgeschlossen am')),
                ('office', models.ForeignKey(limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.PROTECT, related_name='closed_months', to='seniorportal.venue', verbose_name='Seniorenbüro')),
            ],
            options={
                'verbose_name': 'abgeschlossener Monat',
                'verbose_name_plural': 'abgeschlossene Monate',
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='ClosedMonthEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('month', models.DateField(help_text='Der erste Tag des Monats.', verbose_name='Monat')),
                ('closed_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='abgeschlossen am')),
                ('office', models.ForeignKey(db_constraint=False, limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='seniorportal.venue', verbose_name='Seniorenbüro')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='seniorenbuero.closedmonth')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='closedmonth',
            constraint=models.UniqueConstraint(fields=('office', 'month'), name='month_closed_once', violation_error_message='Dieser Monat ist schon abgeschlossen.'),
        ),
        migrations.AddConstraint(
            model_name='closedmonth',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='closed_month_is_its_first_day', violation_error_message='Bitte den ersten Tag des Monats angeben.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_closedmonthevent" ("closed_on", "example", "id", "month", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."closed_on", NEW."example", NEW."id", NEW."month", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='366bd6ddc5c12b4f6149c8eab3f5821a9d7d0710', operation='INSERT', pgid='pgtrigger_insert_insert_f2548', table='seniorenbuero_closedmonth', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "seniorenbuero_closedmonthevent" ("closed_on", "example", "id", "month", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."closed_on", NEW."example", NEW."id", NEW."month", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='5f1a15786b52a851f084dc6b20e35186b18fac96', operation='UPDATE', pgid='pgtrigger_update_update_be5ec', table='seniorenbuero_closedmonth', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorenbuero_closedmonthevent" ("closed_on", "example", "id", "month", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."closed_on", OLD."example", OLD."id", OLD."month", OLD."office_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='1c72f5c10d6bc3203ef3428ff4b7e626cd2108b1', operation='DELETE', pgid='pgtrigger_delete_delete_68883', table='seniorenbuero_closedmonth', when='AFTER')),
        ),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
