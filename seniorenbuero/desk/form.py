"""The form of an entry: codes to choose by key, topics and a place to type. It has no field for a text."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from seniorenbuero import months
from seniorenbuero.desk import place, topics
from seniorenbuero.desk.door import Desk
from seniorportal.models import AgeGroup, Consultation, ConsultationTopic
from seniorportal.staff.forms import RecordForm

FROM_AFTERNOON = 13  # o'clock
NO_CHOICE = "Bitte wählen Sie eine der Möglichkeiten."
NEEDS_LOGIN = "Für einen früheren Tag melden Sie sich bitte an: Das offene Protokoll schreibt nur heute."
# The keys of a German keyboard from left to right; ages have the key of their first digit.
KEYS = "1234567890ß"
KEYS_OF_AGES = {
    AgeGroup.BELOW_60: "5",
    AgeGroup.FROM_60: "6",
    AgeGroup.FROM_70: "7",
    AgeGroup.FROM_80: "8",
    AgeGroup.FROM_90: "9",
    AgeGroup.UNKNOWN: "0",
}
PRESET = ("channel", "age_group")  # taken over from the last entry of the device


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    key: str
    checked: bool


def half_day_now() -> str:
    morning = timezone.localtime().hour < FROM_AFTERNOON
    return Consultation.HalfDay.MORNING if morning else Consultation.HalfDay.AFTERNOON


class EntryForm(RecordForm):
    is_first = forms.TypedChoiceField(
        label="Kontakt",
        choices=(("1", "erster Kontakt"), ("0", "weiterer Kontakt")),
        coerce=lambda value: value == "1",
    )
    ort = forms.CharField(
        label="Wo wohnt die Person?",
        max_length=120,
        required=False,
        error_messages={"max_length": "Bitte nur die Straße mit Hausnummer oder den Stadtteil."},
    )
    quartier = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    bezirk = forms.CharField(max_length=60, required=False)

    class Meta:
        model = Consultation
        fields = ("date", "half_day", "channel", "asker", "outcome", "duration", "age_group")

    def __init__(self, desk: Desk, *args: Any, known: list[ConsultationTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.known = known
        self.topics: list[ConsultationTopic] = []
        self.place: place.Place = self.initial.get("place") or place.Place()
        self.fields["date"].required = desk.signed_in
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.error_messages |= {"required": NO_CHOICE, "invalid_choice": NO_CHOICE}
                if name != "is_first":
                    choices: Any = field.choices
                    field.choices = [choice for choice in choices if choice[0]]
        self.fields["date"].error_messages |= {
            "required": "Bitte geben Sie den Tag an.",
            "invalid": "Diesen Tag können wir nicht lesen. Schreiben Sie ihn so: 23.11.2026.",
        }
        if self.instance.pk:
            self.initial["is_first"] = "1" if self.instance.is_first else "0"
            self.place = place.Place(self.instance.district, self.instance.quarter)

    # What was typed or chosen, for the page

    @property
    def typed_topics(self) -> list[str]:
        """Three fields: what stands in them now."""
        said = self.data.getlist("thema") if self.is_bound else [str(one) for one in self.initial_topics]
        return [*said, "", "", ""][: topics.MOST]

    @property
    def initial_topics(self) -> list[ConsultationTopic]:
        chosen: list[ConsultationTopic] = self.initial.get("topics") or []
        return chosen

    def options(self, name: str) -> list[Option]:
        """The choices of a field, each with the key that takes it."""
        choices: Any = self.fields[name].choices  # type: ignore[attr-defined]
        now = str(self[name].value())
        return [
            Option(
                str(value),
                label,
                KEYS_OF_AGES[AgeGroup(value)] if name == "age_group" else KEYS[number],
                str(value) == now,
            )
            for number, (value, label) in enumerate(choices)
        ]

    # What is wrong

    def clean_date(self) -> dt.date:
        """The open log does not ask for the day: it is today."""
        day: dt.date = self.cleaned_data["date"] or timezone.localdate()
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_day(cleaned.get("date"))
        self._clean_topics(cleaned.get("outcome"))
        self._clean_place(cleaned)
        return cleaned

    def _clean_day(self, day: dt.date | None) -> None:
        if day is None:
            return
        if why := months.why_not(self.desk.office, day):
            self.add_error("date", why)
        elif not self.desk.signed_in and day != timezone.localdate():
            self.add_error("date", NEEDS_LOGIN)

    def _clean_topics(self, outcome: str | None) -> None:
        said = [one.strip() for one in self.data.getlist("thema") if one.strip()]
        for typed in dict.fromkeys(said):
            found = topics.find(typed[:80], self.known)
            if len(found) == 1:
                self.topics.append(found[0])
            elif found:
                names = ", ".join(str(one) for one in found[: topics.NAMED])
                self.add_error(None, f"«{typed[:80]}» passt zu mehreren Themen: {names}.")
            else:
                self.add_error(None, f"Zu «{typed[:80]}» gibt es kein Thema.")
        self.topics = list(dict.fromkeys(self.topics))
        if len(self.topics) > topics.MOST:
            self.add_error(None, "Bitte höchstens drei Themen.")
        if not said and outcome != Consultation.Outcome.WRONG_NUMBER:
            self.add_error(None, "Bitte geben Sie ein Thema an: Worum ging es?")

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        """What is typed goes before what was found earlier; a choice among several goes before both."""
        if typed := cleaned.get("ort", "").strip():
            if chosen := self._chosen(cleaned):
                self.place = chosen
                return
            self.place = place.of_typed(typed)
            if self.place.problem:
                self.add_error("ort", self.place.problem)
        else:
            self.place = place.of_codes(cleaned.get("quartier", ""), cleaned.get("bezirk", ""))

    def _chosen(self, cleaned: dict[str, Any]) -> place.Place | None:
        """An answer to «Bitte wählen Sie aus»."""
        if "wahl" not in self.data or not self.data["wahl"]:
            return None
        found = place.of_codes("", self.data["wahl"])
        return found if found.district else None
