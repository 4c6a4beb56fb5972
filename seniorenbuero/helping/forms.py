"""Forms of the Nachbarschaftshilfe: who helps, who asks, what was when."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from seniorenbuero.helping import walking
from seniorenbuero.models import Help, Helper, HelperRecord, HelpRequest, Milestone
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Language, Quarter
from seniorportal.staff.forms import CarriedUUID, RecordForm

DAY = "Das ist kein Tag, den es gibt. Bitte so schreiben: 31.12.2026"
WHOLE = {"invalid": "Bitte eine ganze Zahl, zum Beispiel 15.", "min_value": "Bitte 0 oder mehr."}
MOST_MINUTES, MOST_HOURS = 120, 100
State = Helper.State


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def some_help(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=Help,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Diese Hilfe gibt es nicht auf der Liste."},
    )


def quarters() -> Any:
    return visible(PUBLIC, Right.SEE, Quarter.objects.select_related("district"))


def languages() -> Any:
    return visible(PUBLIC, Right.SEE, Language.objects.exclude(code="de"))


def no_more_than(most: int, words: str, value: int | None) -> int | None:
    if value is not None and value > most:
        raise ValidationError(words)
    return value


class FactsForm(RecordForm):
    """What is counted and matched; no name. A new helper may go without a number: the next one is taken."""

    offers = some_help("Bietet an")

    class Meta:
        model = Helper
        fields = (
            "number",
            "kind",
            "state",
            "offers",
            "languages",
            "quarter",
            "minutes_on_foot",
            "hours_per_month",
            "active_from",
            "active_until",
        )
        labels = {
            "languages": "Spricht außer Deutsch",
            "active_from": "Aktiv ab",
            "active_until": "Aktiv bis",
        }
        help_texts = {
            "number": "Leer: Das Portal vergibt die nächste. Kein Name.",
            "kind": "Die beiden Arten werden nie vermischt: Für § 45b SGB XI gelten eigene Regeln.",
            "languages": "",
            "quarter": "Ist die Straße eingetragen, ergibt es sich von selbst.",
            "minutes_on_foot": "Fahrten werden nicht erstattet: Deshalb zählt der Weg zu Fuß. Leer: nicht bekannt.",
            "active_from": "Erster Tag als «aktiv»; ab da zählt der Bericht.",
            "active_until": "Letzter Tag. Leer: bis auf Weiteres.",
        }
        widgets = {
            "languages": forms.CheckboxSelectMultiple,
            "active_from": day_input(),
            "active_until": day_input(),
        }
        error_messages = {
            "number": {"max_length": "Bitte höchstens 24 Zeichen."},
            "minutes_on_foot": WHOLE,
            "hours_per_month": WHOLE,
            "active_from": {"invalid": DAY},
            "active_until": {"invalid": DAY},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = bool(self.instance.pk)
        if self.instance.pk:
            self.fields["number"].help_text = "Kein Name."
        self.fields["quarter"].queryset = quarters()  # type: ignore[attr-defined]
        self.fields["languages"].queryset = languages()  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        office = self.instance.office_id
        if (
            number
            and office
            and Helper.objects.filter(office=office, number=number).exclude(pk=self.instance.pk)
        ):
            raise ValidationError("Diese Nummer hat das Büro schon vergeben.")
        return number

    def clean_minutes_on_foot(self) -> int | None:
        words = f"Mehr als {MOST_MINUTES} Minuten zu Fuß? Bitte prüfen."
        return no_more_than(MOST_MINUTES, words, self.cleaned_data["minutes_on_foot"])

    def clean_hours_per_month(self) -> int | None:
        words = f"Mehr als {MOST_HOURS} Stunden im Monat sind keine Nachbarschaftshilfe mehr. Bitte prüfen."
        return no_more_than(MOST_HOURS, words, self.cleaned_data["hours_per_month"])

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        today = timezone.localdate()
        state, first, last = said.get("state"), said.get("active_from"), said.get("active_until")
        if state == State.ACTIVE and first is None and "active_from" not in self.errors:
            said["active_from"] = today
        if state in (State.INTERESTED, State.CHECKED) and first:
            self.add_error(
                "active_from", "Wer noch nicht aktiv ist, hat noch keinen ersten Tag: Er zählt im Bericht."
            )
        if state == State.LEFT and first and last is None and "active_until" not in self.errors:
            said["active_until"] = today
        if state == State.ACTIVE and last and last < today:
            self.add_error(
                "active_until", "Dieser Tag ist vorbei. Wer wieder hilft, hat noch keinen letzten Tag."
            )
        if state == State.LEFT and self.instance.pk and self.instance.matches.open().exists():
            self.add_error("state", "Es läuft noch eine vereinbarte Hilfe. Bitte zuerst die Hilfe beenden.")
        if state == State.ACTIVE and self.instance.stopped_on:
            self.add_error("state", "Diese Nummer ist angehalten. Bitte zuerst die Sperre aufheben.")
        return said


class PersonForm(RecordForm):
    """Name and address, to be sealed; ``place`` is what the street told."""

    place = walking.Place()

    name = forms.CharField(
        label="Name",
        max_length=120,
        error_messages={"required": "Wie heißt die Person?"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="Telefonnummer",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    street = forms.CharField(
        label="Straße und Hausnummer",
        max_length=120,
        required=False,
        help_text="Mit Hausnummer findet das Portal Quartier und Fußweg.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    town = forms.CharField(
        label="Postleitzahl und Ort",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    remark = forms.CharField(
        label="Was man wissen muss",
        max_length=400,
        required=False,
        help_text="Wann es passt, was nicht geht, Stockwerk, Hund. Keine Diagnosen.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = HelperRecord
        fields: tuple[str, ...] = ("name", "phone", "street", "town", "remark")

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        street = said.get("street", "")
        self.place = walking.place_of(street) if street else walking.Place()
        for name in ("phone", "street", "town", "remark"):
            said[name] = said.get(name) or None
        if street and not self.place.is_known and not self.may_be_elsewhere(said):
            self.add_error("street", walking.UNKNOWN)
        return said

    def may_be_elsewhere(self, said: dict[str, Any]) -> bool:
        """Somebody may live just beyond the city: then her town is not Dortmund."""
        town = said.get("town") or ""
        return bool(town) and "dortmund" not in town.casefold()


class NewPersonForm(PersonForm):
    """Beside the facts of a new helper: everything may stay empty, but no address without a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].help_text = "Kann leer bleiben, solange die Nummer genügt."

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if not said.get("name") and any(said.get(name) for name in ("phone", "street", "town", "remark")):
            self.add_error("name", "Zu wem gehören diese Angaben? Bitte einen Namen eintragen.")
        return said


class MilestoneForm(RecordForm):
    class Meta:
        model = Milestone
        fields = ("kind", "day", "issued_on", "again_on")
        widgets = {"day": day_input(), "issued_on": day_input(), "again_on": day_input()}
        error_messages = {
            "kind": {"required": "Bitte wählen Sie, was es war."},
            "day": {"invalid": DAY, "required": "An welchem Tag war es?"},
            "issued_on": {"invalid": DAY},
            "again_on": {"invalid": DAY},
        }

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("Dieser Tag liegt in der Zukunft. Eingetragen wird, was war.")
        return day

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        paper = said.get("kind") == Milestone.Kind.CERTIFICATE
        if paper and not said.get("issued_on") and "issued_on" not in self.errors:
            self.add_error("issued_on", "Das Datum steht oben auf dem Zeugnis.")
        if not paper and said.get("issued_on") and said.get("kind"):
            self.add_error("issued_on", "Das gehört nur zum Führungszeugnis.")
        return said


class RequestForm(PersonForm):
    """Who asks for help, for what, until when the office answers."""

    wanted = some_help("Gewünschte Hilfe")
    agreed = forms.BooleanField(
        label="Die Person möchte das so: Das Büro darf dies aufschreiben und jemandem sagen, der helfen kann.",
        error_messages={"required": "Ohne das Ja der Person schreiben wir nichts über sie auf."},
    )
    field_order = (
        *("name", "phone", "street", "town", "quarter", "kind", "wanted", "language", "when", "often"),
        *("remark", "answer_by", "owner", "agreed"),
    )

    class Meta:
        model = HelpRequest
        fields: tuple[str, ...] = (
            *PersonForm.Meta.fields,
            *("kind", "wanted", "language", "quarter", "when", "often", "answer_by", "owner"),
        )
        help_texts = {
            "kind": "Anerkannt nur, wenn jemand den Entlastungsbetrag dafür nutzen will.",
            "quarter": "Ist die Straße eingetragen, ergibt es sich von selbst.",
            "answer_by": "Bis dahin ruft jemand vom Büro an und sagt, wie weit es ist.",
            "owner": "Leer: das ganze Büro.",
        }
        widgets = {"answer_by": day_input()}
        error_messages = {"answer_by": {"invalid": DAY, "required": "Bis wann ruft jemand an?"}}

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].queryset = quarters()  # type: ignore[attr-defined]
        self.fields["language"].queryset = languages()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = "das Büro"  # type: ignore[attr-defined]
        self.fields["language"].empty_label = "Deutsch genügt"  # type: ignore[attr-defined]
        if self.instance._state.adding:  # its key is the number of the submission
            self.fields["submission"] = CarriedUUID(required=False)
            self.initial["submission"] = self.instance.pk
        else:
            del self.fields["agreed"]

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if not said.get("phone") and not said.get("street") and "name" in said:
            self.add_error(
                "phone", "Wie erreicht das Büro die Person? Bitte Telefonnummer oder Straße eintragen."
            )
        if self.place.quarter:
            said["quarter"] = self.place.quarter
        return said
