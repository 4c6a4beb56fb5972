import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

EXAMPLE = models.BooleanField(
    default=False,
    editable=False,
    help_text="Zeile der Beispieldaten, öffentlich so gekennzeichnet.",
    verbose_name="Beispiel",
)


def common():
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="Fassung")),
        ("example", EXAMPLE.clone()),
        (
            "submission",
            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="Absendung"),
        ),
        ("date", models.DateField(default=django.utils.timezone.localdate, verbose_name="Tag")),
    ]


def protected(to, name, related="+", null=True, **more):
    optional = {"null": True, "blank": True} if null else {}
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=to,
        verbose_name=name,
        **optional,
        **more,
    )


def office(related):
    return protected(
        "seniorportal.venue",
        "Seniorenbüro",
        related,
        null=False,
        limit_choices_to={"report_area": "seniorenbuero"},
    )


class Migration(migrations.Migration):
    dependencies = [("seniorenbuero", "0005_helpers")]
    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                *common(),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("hin", "vom Seniorenbüro dorthin"),
                            ("her", "von dort ins Seniorenbüro"),
                        ],
                        default="hin",
                        max_length=3,
                        verbose_name="Richtung",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, editable=False, max_length=8, verbose_name="Code der Karte"),
                ),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="angekommen am")),
                (
                    "offering",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="seniorportal.offering",
                        verbose_name="Angebot",
                    ),
                ),
                ("office", office("referrals")),
                ("partner", protected("seniorportal.partner", "Netzwerkpartner", "referrals")),
                ("venue", protected("seniorportal.venue", "Ort")),
            ],
            options={
                "verbose_name": "Vermittlung",
                "verbose_name_plural": "Vermittlungen",
                "ordering": ["-date", "-pk"],
                "indexes": [models.Index(fields=["office", "date"], name="referral_of_office")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="referral_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partner__isnull", True),
                            models.Q(("offering__isnull", True), ("venue__isnull", True)),
                            _connector="OR",
                        ),
                        name="referral_to_one_place",
                        violation_error_message="Bitte nur ein Ziel: ein Angebot, einen Ort oder einen Netzwerkpartner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on__isnull", True),
                            models.Q(("arrived_on__gte", models.F("date")), ("direction", "hin")),
                            _connector="OR",
                        ),
                        name="referral_arrives_afterwards",
                        violation_error_message="Angekommen wird nach der Vermittlung.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                *common(),
                (
                    "lack",
                    models.CharField(
                        choices=[
                            ("nichts", "gibt es im Stadtbezirk nicht"),
                            ("weit", "zu weit weg"),
                            ("stufen", "nicht ohne Stufen"),
                            ("zeit", "zur falschen Zeit"),
                            ("voll", "kein Platz frei"),
                            ("teuer", "zu teuer"),
                            ("sprache", "nicht in der Sprache"),
                            ("begleitung", "niemand, der mitgeht"),
                            ("anderes", "etwas anderes"),
                        ],
                        max_length=10,
                        verbose_name="was fehlte",
                    ),
                ),
                ("category", protected("seniorportal.category", "Thema")),
                ("district", protected("seniorportal.district", "Stadtbezirk", null=False)),
                ("office", office("unmet_needs")),
                ("topic", protected("seniorportal.consultationtopic", "Beratungsthema")),
            ],
            options={
                "verbose_name": "unerfüllter Bedarf",
                "verbose_name_plural": "unerfüllter Bedarf",
                "ordering": ["-date", "-pk"],
                "indexes": [models.Index(fields=["date"], name="unmet_need_in_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("topic__isnull", False), ("category__isnull", False), _connector="OR"
                        ),
                        name="unmet_need_of_something",
                        violation_error_message="Bitte sagen Sie, wonach gesucht wurde.",
                    )
                ],
            },
        ),
    ]
