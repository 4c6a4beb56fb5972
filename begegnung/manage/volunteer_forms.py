"""Forms around one volunteer: who helps where and from when, what is known of her, what was seen when."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from seniorportal.models import Carrier, Certificate, Engagement, Volunteer
from seniorportal.staff.forms import RecordForm

DAY = "Das ist kein Tag, den es gibt. Bitte so schreiben: 31.12.2026"
MOST_HOURS = 300
WORDS = {
    "task": {"max_length": "Bitte schreiben Sie höchstens 80 Zeichen. Es sind %(show_value)s."},
    "hours_per_month": {
        "invalid": "Bitte eine ganze Zahl, zum Beispiel 8.",
        "min_value": "Bitte 0 oder mehr.",
    },
    "active_from": {"invalid": DAY},
    "active_until": {"invalid": DAY},
}


def days(*names: str) -> dict[str, forms.Widget]:
    return {name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in names}


class EngagementForm(RecordForm):
    class Meta:
        model = Engagement
        fields = ("task", "hours_per_month", "active_from", "active_until")
        labels = {"task": "Aufgabe", "active_from": "hilft seit", "active_until": "hilft bis"}
        help_texts = {
            "task": "zum Beispiel Café, Gruppenleitung, Fahrdienst. Kein Name.",
            "hours_per_month": "Ungefähr genügt. Leer: nicht bekannt.",
            "active_until": "Letzter Tag. Leer: hilft weiter.",
        }
        widgets = days("active_from", "active_until")
        error_messages = WORDS

    def clean_hours_per_month(self) -> int | None:
        hours: int | None = self.cleaned_data["hours_per_month"]
        if hours is not None and hours > MOST_HOURS:
            raise ValidationError(
                f"Mehr als {MOST_HOURS} Stunden im Monat sind kein Ehrenamt mehr. Bitte prüfen."
            )
        return hours


class NewForm(EngagementForm):
    """Without a number the next one is taken; a known number is the same person, who counts once."""

    number = forms.CharField(
        label="Nummer",
        max_length=24,
        required=False,
        help_text="Leer: Das Portal vergibt die nächste. Hilft die Person schon anderswo: ihre Nummer von dort.",
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Muss nicht sein. Wird verschlüsselt; nur die Koordination des Trägers sieht ihn.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("carrier", "number", "name", "task", "hours_per_month", "active_from", "active_until")

    def __init__(self, *args: Any, carriers: list[Carrier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carriers = carriers
        if len(carriers) > 1:
            self.fields["carrier"] = forms.ChoiceField(
                label="Träger",
                choices=[(str(one.pk), one.name) for one in carriers],
                error_messages={"required": "Bitte wählen Sie den Träger."},
            )
            self.order_fields(self.field_order)
        self.initial.setdefault("active_from", timezone.localdate())

    @property
    def carrier(self) -> Carrier:
        key = self.cleaned_data.get("carrier")
        return next((one for one in self.carriers if str(one.pk) == key), self.carriers[0])


class PersonForm(RecordForm):
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Verschlüsselt. Leer: Der Name wird gelöscht, die Nummer zählt weiter.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Volunteer
        fields = ("number",)
        error_messages = {"number": {"required": "Ohne Nummer kann niemand gezählt werden."}}

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        others = Volunteer.objects.filter(carrier=self.instance.carrier_id, number=number)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Diese Nummer hat der Träger schon vergeben.")
        return number


class CertificateForm(RecordForm):
    class Meta:
        model = Certificate
        fields = ("issued_on", "seen_on", "again_on")
        widgets = days("issued_on", "seen_on", "again_on")
        error_messages = {
            "issued_on": {"invalid": DAY, "required": "Das Datum steht oben auf dem Zeugnis."},
            "seen_on": {"invalid": DAY, "required": "An welchem Tag haben Sie es gesehen?"},
            "again_on": {"invalid": DAY},
        }

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day > timezone.localdate():
            raise ValidationError("Dieser Tag liegt in der Zukunft. Eingetragen wird, was gesehen wurde.")
        return day
