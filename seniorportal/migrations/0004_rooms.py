"""Rooms of venues, the room of an offering, and words looked for in vain by district."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from seniorportal.sql import SEAL_HISTORY, Together


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("seniorportal", "0003_facets"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(default=1, editable=False, verbose_name="Fassung"),
                        ),
                        (
                            "example",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                help_text="Zeile der Beispieldaten, öffentlich so gekennzeichnet.",
                                verbose_name="Beispiel",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="Name")),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="So viele Menschen können an Tischen oder im Kreis sitzen. Leer: nicht bekannt.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(2000),
                                ],
                                verbose_name="Plätze",
                            ),
                        ),
                        (
                            "step_free",
                            models.CharField(
                                blank=True,
                                choices=[("ja", "ja"), ("nein", "nein")],
                                help_text="Leer: nicht bekannt.",
                                max_length=4,
                                verbose_name="ohne Stufen zu erreichen",
                            ),
                        ),
                        (
                            "equipment",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("kueche", "Küche"),
                                        ("beamer", "Beamer oder Leinwand"),
                                        ("klavier", "Klavier"),
                                        ("boden", "Boden für Gymnastik und Tanz"),
                                        ("spiegel", "Spiegelwand"),
                                        ("induktion", "Induktionsschleife"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="Was es dort gibt",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=160, verbose_name="Hinweis")),
                        (
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rooms",
                                to="seniorportal.venue",
                                verbose_name="Ort",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Raum",
                        "verbose_name_plural": "Räume",
                        "ordering": [models.F("seats").desc(nulls_last=True), "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("venue", "name"),
                                name="room_name_once_a_venue",
                                violation_error_message="Einen Raum mit diesem Namen gibt es in diesem Haus schon.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seats__isnull", True), ("seats__gte", 1), _connector="OR"
                                ),
                                name="room_holds_somebody",
                                violation_error_message="In einem Raum ist Platz für mindestens einen Menschen.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "version",
                            models.PositiveIntegerField(default=1, editable=False, verbose_name="Fassung"),
                        ),
                        (
                            "example",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                help_text="Zeile der Beispieldaten, öffentlich so gekennzeichnet.",
                                verbose_name="Beispiel",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="Name")),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="So viele Menschen können an Tischen oder im Kreis sitzen. Leer: nicht bekannt.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(2000),
                                ],
                                verbose_name="Plätze",
                            ),
                        ),
                        (
                            "step_free",
                            models.CharField(
                                blank=True,
                                choices=[("ja", "ja"), ("nein", "nein")],
                                help_text="Leer: nicht bekannt.",
                                max_length=4,
                                verbose_name="ohne Stufen zu erreichen",
                            ),
                        ),
                        (
                            "equipment",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("kueche", "Küche"),
                                        ("beamer", "Beamer oder Leinwand"),
                                        ("klavier", "Klavier"),
                                        ("boden", "Boden für Gymnastik und Tanz"),
                                        ("spiegel", "Spiegelwand"),
                                        ("induktion", "Induktionsschleife"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="Was es dort gibt",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=160, verbose_name="Hinweis")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="seniorportal.room",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="seniorportal.venue",
                                verbose_name="Ort",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="offering",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="offering",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="offering",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="unmetsearch",
                    name="unmet_word_once_a_day",
                ),
                migrations.AddField(
                    model_name="unmetsearch",
                    name="district",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Leer: in der ganzen Stadt gesucht.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="seniorportal.district",
                        verbose_name="Stadtbezirk",
                    ),
                ),
                migrations.AddField(
                    model_name="offering",
                    name="room",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Nur ein Raum des Ortes. Leer: nicht bekannt.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offerings",
                        to="seniorportal.room",
                        verbose_name="Raum",
                    ),
                ),
                migrations.AddField(
                    model_name="offeringevent",
                    name="room",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Nur ein Raum des Ortes. Leer: nicht bekannt.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="seniorportal.room",
                        verbose_name="Raum",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unmetsearch",
                    constraint=models.UniqueConstraint(
                        fields=("word", "day", "district"),
                        name="unmet_word_once_a_day_and_district",
                        nulls_distinct=False,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "seniorportal_offeringevent" ("active_from", "active_until", "care_meanwhile", "confirmed_at", "confirmed_by_id", "cost_note", "description", "district_id", "example", "first_date", "first_time_free", "form", "greeted_by", "id", "is_free", "meeting_point", "minutes", "needs_registration", "open_to_all", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published", "registration_note", "review_interval", "rhythm_note", "room_id", "rule", "skip_public_holidays", "skip_school_holidays", "source_url", "source_year", "specialist", "start", "submission", "summary", "title", "venue_id", "version") VALUES (NEW."active_from", NEW."active_until", NEW."care_meanwhile", NEW."confirmed_at", NEW."confirmed_by_id", NEW."cost_note", NEW."description", NEW."district_id", NEW."example", NEW."first_date", NEW."first_time_free", NEW."form", NEW."greeted_by", NEW."id", NEW."is_free", NEW."meeting_point", NEW."minutes", NEW."needs_registration", NEW."open_to_all", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."published", NEW."registration_note", NEW."review_interval", NEW."rhythm_note", NEW."room_id", NEW."rule", NEW."skip_public_holidays", NEW."skip_school_holidays", NEW."source_url", NEW."source_year", NEW."specialist", NEW."start", NEW."submission", NEW."summary", NEW."title", NEW."venue_id", NEW."version"); RETURN NULL;',
                            hash="ad2f3740a64aad1fab36bc21ddfd3e76dbb452d4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_86da2",
                            table="seniorportal_offering",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "seniorportal_offeringevent" ("active_from", "active_until", "care_meanwhile", "confirmed_at", "confirmed_by_id", "cost_note", "description", "district_id", "example", "first_date", "first_time_free", "form", "greeted_by", "id", "is_free", "meeting_point", "minutes", "needs_registration", "open_to_all", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published", "registration_note", "review_interval", "rhythm_note", "room_id", "rule", "skip_public_holidays", "skip_school_holidays", "source_url", "source_year", "specialist", "start", "submission", "summary", "title", "venue_id", "version") VALUES (NEW."active_from", NEW."active_until", NEW."care_meanwhile", NEW."confirmed_at", NEW."confirmed_by_id", NEW."cost_note", NEW."description", NEW."district_id", NEW."example", NEW."first_date", NEW."first_time_free", NEW."form", NEW."greeted_by", NEW."id", NEW."is_free", NEW."meeting_point", NEW."minutes", NEW."needs_registration", NEW."open_to_all", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."published", NEW."registration_note", NEW."review_interval", NEW."rhythm_note", NEW."room_id", NEW."rule", NEW."skip_public_holidays", NEW."skip_school_holidays", NEW."source_url", NEW."source_year", NEW."specialist", NEW."start", NEW."submission", NEW."summary", NEW."title", NEW."venue_id", NEW."version"); RETURN NULL;',
                            hash="9d4102338be16453a78270333ca3a2596c09ce8b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fb776",
                            table="seniorportal_offering",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "seniorportal_offeringevent" ("active_from", "active_until", "care_meanwhile", "confirmed_at", "confirmed_by_id", "cost_note", "description", "district_id", "example", "first_date", "first_time_free", "form", "greeted_by", "id", "is_free", "meeting_point", "minutes", "needs_registration", "open_to_all", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "published", "registration_note", "review_interval", "rhythm_note", "room_id", "rule", "skip_public_holidays", "skip_school_holidays", "source_url", "source_year", "specialist", "start", "submission", "summary", "title", "venue_id", "version") VALUES (OLD."active_from", OLD."active_until", OLD."care_meanwhile", OLD."confirmed_at", OLD."confirmed_by_id", OLD."cost_note", OLD."description", OLD."district_id", OLD."example", OLD."first_date", OLD."first_time_free", OLD."form", OLD."greeted_by", OLD."id", OLD."is_free", OLD."meeting_point", OLD."minutes", OLD."needs_registration", OLD."open_to_all", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."published", OLD."registration_note", OLD."review_interval", OLD."rhythm_note", OLD."room_id", OLD."rule", OLD."skip_public_holidays", OLD."skip_school_holidays", OLD."source_url", OLD."source_year", OLD."specialist", OLD."start", OLD."submission", OLD."summary", OLD."title", OLD."venue_id", OLD."version"); RETURN NULL;',
                            hash="5a1dfa60e64767edb01fee2ac795e4940ecf5d8d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3cfa8",
                            table="seniorportal_offering",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="room",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "seniorportal_roomevent" ("equipment", "example", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seats", "step_free", "venue_id", "version") VALUES (NEW."equipment", NEW."example", NEW."id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seats", NEW."step_free", NEW."venue_id", NEW."version"); RETURN NULL;',
                            hash="c509c2f0ad448a9a1a92735c9f5db63e06e721fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a2f1",
                            table="seniorportal_room",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="room",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "seniorportal_roomevent" ("equipment", "example", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seats", "step_free", "venue_id", "version") VALUES (NEW."equipment", NEW."example", NEW."id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seats", NEW."step_free", NEW."venue_id", NEW."version"); RETURN NULL;',
                            hash="d1265b46523377d1f3ca6029aee59b01c3055ae7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_945f3",
                            table="seniorportal_room",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="room",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "seniorportal_roomevent" ("equipment", "example", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seats", "step_free", "venue_id", "version") VALUES (OLD."equipment", OLD."example", OLD."id", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seats", OLD."step_free", OLD."venue_id", OLD."version"); RETURN NULL;',
                            hash="a0b64e5bda9bf73b01f7a3f021958e27e90f059f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ceb3b",
                            table="seniorportal_room",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
    ]
