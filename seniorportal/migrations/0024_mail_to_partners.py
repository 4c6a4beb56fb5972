"""Mails to organisations: each goes to an account or to a partner."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("seniorportal", "0023_handover")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="seniorportal.partner",
                verbose_name="an die Organisation",
            ),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="an das Konto",
            ),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="kind",
            field=models.CharField(
                choices=[
                    ("aufgaben", "Es warten Aufgaben"),
                    ("stimmt-noch", "Angaben sind zu prüfen"),
                    ("jahresmeldung", "Jahresmeldungen stehen aus"),
                    ("konto-ruht", "Ein Konto wird lange nicht benutzt"),
                    ("runder-tisch", "Einladung zu einem Runden Tisch"),
                ],
                max_length=20,
                verbose_name="Art",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(("partner__isnull", True), ("to__isnull", False))
                | models.Q(("partner__isnull", False), ("to__isnull", True)),
                name="mail_goes_to_one",
            ),
        ),
    ]
