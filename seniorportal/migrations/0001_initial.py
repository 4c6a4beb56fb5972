import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from seniorportal.sql import GRANT_TO_APP, SEAL_HISTORY, InstallTriggers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(GRANT_TO_APP, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(db_collation='C', max_length=60, unique=True, validators=[django.contrib.auth.validators.ASCIIUsernameValidator()], verbose_name='Anmeldename')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='Name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='dienstliche E-Mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='darf sich anmelden')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
            ],
            options={
                'verbose_name': 'Konto',
                'verbose_name_plural': 'Konten',
                'ordering': ['username'],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_userevent" ("date_joined", "email", "example", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (NEW."date_joined", NEW."email", NEW."example", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."username", NEW."version"); RETURN NULL;', hash='15ea4d0c01a261ca77d6075281be70ef1af261da', operation='INSERT', pgid='pgtrigger_insert_insert_72c0b', table='seniorportal_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."example" IS DISTINCT FROM (NEW."example") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "seniorportal_userevent" ("date_joined", "email", "example", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (NEW."date_joined", NEW."email", NEW."example", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."username", NEW."version"); RETURN NULL;', hash='f861a1546725de69400b51472139339181c1f02d', operation='UPDATE', pgid='pgtrigger_update_update_1e50c', table='seniorportal_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "seniorportal_userevent" ("date_joined", "email", "example", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username", "version") VALUES (OLD."date_joined", OLD."email", OLD."example", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."username", OLD."version"); RETURN NULL;', hash='7453bca9eda07228ade9ba93c44f4c42d274da41', operation='DELETE', pgid='pgtrigger_delete_delete_1881f', table='seniorportal_user', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('username', models.CharField(db_collation='C', max_length=60, validators=[django.contrib.auth.validators.ASCIIUsernameValidator()], verbose_name='Anmeldename')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='Name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='dienstliche E-Mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='darf sich anmelden')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='angelegt am')),
            ],
            options={
                'abstract': False,
            },
        ),
        InstallTriggers("seniorportal"),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
