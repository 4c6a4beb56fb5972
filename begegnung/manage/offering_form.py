"""The form of one offering: what and when first, all the rest behind; what it saves, and which dates follow."""

import datetime as dt
import hashlib
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from begegnung import outlook, rhythm, rooms
from begegnung.manage.rhythm_form import RhythmFields
from begegnung.outlook import Outlook
from begegnung.rhythm import Kind, Rhythm
from seniorportal import access, programme
from seniorportal.access import Right
from seniorportal.models import Occurrence, Offering, User
from seniorportal.staff.forms import CONFLICT, RecordForm, told

OWN = ("kind", "weekdays", "interval", "places", "days")  # fields of the rhythm that are no columns
WHAT = ("title", "summary", "form")
WHEN = (
    *("kind", "weekdays", "interval", "places", "days", "first_date", "active_until"),
    *("start", "minutes", "skip_public_holidays", "skip_school_holidays"),
)
WHERE = ("meeting_point", "district", "carrier")
MORE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Beschreibung", ("description",)),
    ("Kosten und Anmeldung", ("is_free", "cost_note", "first_time_free", "needs_registration", "registration_note")),
    ("Für wen", ("categories", "target_groups", "languages", "open_to_all", "care_meanwhile", "greeted_by")),
    ("Telefon", ("phone",)),
)  # fmt: skip
TICKS = ("categories", "target_groups", "languages")
TEMPLATE = (  # what a template keeps beside the rhythm
    *("title", "summary", "form", "description", "is_free", "cost_note", "first_time_free", "needs_registration"),
    *("registration_note", "categories", "target_groups", "languages", "open_to_all", "care_meanwhile", "greeted_by"),
    *("start", "minutes", "skip_public_holidays", "skip_school_holidays"),
)  # fmt: skip


class OfferingForm(RhythmFields, RecordForm):
    """``user`` decides what the choices are. ``seen`` comes back with the digest of the dates that were shown."""

    confirm = forms.BooleanField(
        label="Ich habe die Angaben angesehen: sie stimmen",
        required=False,
        help_text="Dann steht bei den Terminen «Findet statt», sonst «Geplant. Bitte rufen Sie vorher an.»",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Offering
        fields = (
            *("title", "summary", "form", "room", "first_date", "active_until", "start", "minutes"),
            *("skip_public_holidays", "skip_school_holidays", "meeting_point", "district"),
            *(name for _, names in MORE for name in names),
            "published",
        )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering = self.instance
        self.user, self.is_new = user, not offering.pk
        stored = read_stored(offering, timezone.localdate())
        self.show(stored, self.is_new)
        self.before = digest(stored, offering)
        for name in TICKS:
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=self.fields[name].choices)  # type: ignore[attr-defined]
        self.fields["published"].label = "Im Portal zeigen"
        self.fields["description"].widget.attrs["rows"] = 5
        self.fields["phone"].help_text = "Nur, wenn hier eine andere Nummer gilt als die des Hauses."
        self.initial.setdefault("confirm", self.is_new)
        self._place()

    def _place(self) -> None:
        """At a venue the place is settled; without one a point, and a district or a carrier, are needed."""
        if self.instance.venue_id:
            for name in ("meeting_point", "district"):
                del self.fields[name]
            self._offer_rooms()
            return
        del self.fields["room"]
        right = Right.ADD if self.is_new else Right.CHANGE
        point, district = self.fields["meeting_point"], self.fields["district"]
        point.required, point.label = True, "Treffpunkt"
        point.error_messages["required"] = "Bitte eintragen, wo man sich trifft."
        point.help_text = "Zum Beispiel: Phoenix-See, Bank am Bootsverleih."
        assert isinstance(district, forms.ModelChoiceField)
        keep = district.queryset if self.instance.district_id else None
        district.queryset = access.targets(self.user, right, Offering, "district")
        if keep is not None and self.instance.district_id:
            self._keep_current(district, self.instance.district_id)
        district.help_text = "In welchem Stadtbezirk man sich trifft."
        if self.is_new:
            carriers = access.targets(self.user, right, Offering, "carriers")
            self.fields["carrier"] = forms.ModelChoiceField(carriers, label="Träger", required=False)
            own = list(carriers[:2])
            if len(own) == 1:
                self.initial.setdefault("carrier", own[0].pk)
            districts = list(district.queryset[:2])
            if len(districts) == 1 and not self.initial.get("district"):
                self.initial["district"] = districts[0].pk

    def _offer_rooms(self) -> None:
        """Only rooms of the house; where it has told us none, the form does not ask."""
        room = self.fields["room"]
        assert isinstance(room, forms.ModelChoiceField)
        room.queryset = rooms.of_venue(self.user, self.instance.venue)
        room.label_from_instance = _told  # type: ignore[method-assign]
        room.empty_label = "nicht bekannt"
        room.help_text = "In welchem Raum des Hauses. Dann weiß die Bedarfskarte, welche Räume frei sind."
        room.error_messages["invalid_choice"] = (
            "Diesen Raum gibt es in diesem Haus nicht. Bitte wählen Sie neu."
        )
        if not room.queryset.exists():
            del self.fields["room"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self.choose(cleaned)
        if self.chosen is not None:
            if not {*OWN, "first_date"} & set(self.errors):  # half a rhythm has no rule
                rhythm.put(self.instance, self.chosen, self.stored)
            cleaned["first_date"] = self.instance.first_date
            if self.chosen.kind in (Kind.ONCE, Kind.DATES):
                cleaned["active_until"] = self.instance.active_until
        if {"start", "minutes"} & set(self.changed_data):
            self.instance.rhythm_note = ""
        if "carrier" in self.fields and not cleaned.get("carrier") and not cleaned.get("district"):
            self.add_error("district", "Bitte einen Stadtbezirk oder einen Träger wählen.")
        return cleaned

    def _show_both_values(self) -> None:
        """The rhythm has no columns of its own: its fields say themselves what is stored now."""
        super()._show_both_values()
        changed = [name for name in OWN if name in self.changed_data]
        if "kind" in changed or {"weekdays", "interval", "places", "days"} & set(changed):
            said = rhythm.told(Offering.objects.get(pk=self.instance.pk)) or told(
                self.fields["kind"], self["kind"].initial
            )
            self.add_error("kind", f"Inzwischen gespeichert: «{said}». Ihre Eingabe steht in den Feldern.")
            if CONFLICT not in self.non_field_errors():
                self.add_error(None, CONFLICT)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """What stands behind the main fields: heading, fields, and whether one of them needs attention."""
        return [
            (name, [self[one] for one in names], any(self[one].errors for one in names))
            for name, names in MORE
        ]

    def when(self) -> list[forms.BoundField]:
        return [self[name] for name in WHEN]

    @property
    def rhythm_changed(self) -> bool:
        return self.chosen is not None and digest(self.chosen, self.instance) != self.before

    def outlook(self, today: dt.date) -> Outlook:
        """The dates as they would be. Only after a form that is valid."""
        assert self.chosen is not None
        return outlook.of(self.instance, self.chosen, self.stored, today)

    @property
    def digest(self) -> str:
        assert self.chosen is not None
        return digest(self.chosen, self.instance)

    @transaction.atomic
    def store(self, today: dt.date) -> Offering:
        """Saves offering and dates, and asks the door again: 403 undoes everything."""
        assert self.chosen is not None
        offering = self.instance
        if self.cleaned_data.get("confirm"):
            offering.confirmed_at, offering.confirmed_by = today, self.user
        if self.is_new and self.cleaned_data.get("submission"):
            offering.submission = self.cleaned_data["submission"]
        self.save()
        if carrier := self.cleaned_data.get("carrier"):
            offering.carriers.set([carrier])
        if self.is_new or self.rhythm_changed:
            settle(offering, self.chosen, self.stored, today)
        access.ensure(self.user, Right.ADD if self.is_new else Right.CHANGE, offering)
        return offering


def _told(obj: Any) -> str:
    return str(obj.told)


def read_stored(offering: Offering, today: dt.date) -> Rhythm:
    """One statement where there is no rule, for the days named one by one."""
    days: tuple[dt.date, ...] = ()
    if offering.pk and not offering.rule:
        days = tuple(outlook.plain_dates(offering, today).values_list("date", flat=True))
    return rhythm.read(offering.rule, offering.first_date, days)


def digest(chosen: Rhythm, offering: Offering) -> str:
    """What the dates follow from, in short: two forms with the same digest make the same dates."""
    skips = offering.skip_public_holidays, offering.skip_school_holidays
    said = (chosen, offering.start, offering.minutes, offering.active_until, *skips)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:20]


def settle(offering: Offering, chosen: Rhythm, stored: Rhythm, today: dt.date) -> None:
    """Brings the dates in line with a saved rhythm. What somebody moved, cancelled or counted stays as it is."""
    end = programme.end_of(offering.start, offering.minutes)
    if stored.kind == Kind.DATES:
        for row in outlook.plain_dates(offering, today):
            stays = chosen.kind == Kind.DATES and row.date in chosen.days
            if not stays or (row.start, row.end) != (offering.start, end):
                row.delete()
    programme.regenerate([offering], today)
    if chosen.kind != Kind.DATES or not chosen.days:
        return
    free = outlook.Free.between(today, chosen.days[-1], offering.venue_id)
    there = set(offering.occurrences.filter(planned_date__gte=today).values_list("planned_date", flat=True))
    Occurrence.objects.bulk_create(
        Occurrence(
            offering=offering,
            date=day,
            start=offering.start,
            end=end,
            planned_date=day,
            planned_start=offering.start,
            touched=True,
            example=offering.example,
        )
        for day, reason in outlook.days_of(offering, chosen, today, chosen.days[-1], free)
        if not reason and day not in there
    )
