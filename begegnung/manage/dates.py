"""One date of an offering: moved, cancelled, noted; and a date beside the rhythm."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from begegnung.manage.reach import fetch_offering, path_of, person
from begegnung.manage.rhythm_form import ClockField, DayField
from seniorportal import access, programme
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Occurrence, Offering
from seniorportal.staff.forms import RecordForm

Status = Occurrence.Status


class DateForm(RecordForm):
    date = DayField(label="Tag", error_messages={"required": "Bitte den Tag eintragen."})
    start = ClockField(label="Beginn", required=False, help_text="Zum Beispiel 15:00.")
    end = ClockField(label="Ende", required=False)
    off = forms.BooleanField(label="Fällt aus", required=False)

    class Meta:
        model = Occurrence
        fields = ("date", "start", "end", "note")

    def __init__(self, *args: Any, offering: Offering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offering = offering
        self.fields["note"].help_text = "Steht öffentlich beim Termin, zum Beispiel: diesmal im Garten."
        self.initial["off"] = self.instance.status == Status.CANCELLED
        if not self.instance.pk:
            del self.fields["off"]
            self.initial.setdefault("start", offering.start)
            self.initial.setdefault("end", programme.end_of(offering.start, offering.minutes))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        day, start, end = cleaned.get("date"), cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", "Das Ende liegt nicht nach dem Beginn.")
        last = self.offering.active_until
        if day and last and day > last and self.offering.rule and "date" in self.changed_data:
            self.add_error(
                "date",
                f"Das Angebot geht nur bis zum {last:%d.%m.%Y}. Bitte dort zuerst den letzten Tag ändern.",
            )
        if day and "date" in self.changed_data and abs((day - timezone.localdate()).days) > 730:
            self.add_error("date", "Bitte einen Tag eintragen, der höchstens zwei Jahre entfernt ist.")
        if day and "date" in self.changed_data:
            same = self.offering.occurrences.filter(date=day, start=start).exclude(pk=self.instance.pk)
            if self.instance.pk and same.exists():
                self.add_error("date", "An diesem Tag steht schon ein Termin zu dieser Zeit.")
            taken = self.offering.occurrences.filter(planned_date=day, planned_start=start)
            if not self.instance.pk and (moved := taken.exclude(date=day, start=start).first()):
                self.add_error(
                    "date", f"Der Termin dieses Tages ist verlegt auf {moved}. Bitte ändern Sie ihn dort."
                )
        return cleaned

    def store(self, today: dt.date) -> Occurrence:
        row = self.instance
        row.touched = True
        if not row.pk:
            row.offering, row.example = self.offering, self.offering.example
            row.status = Status.HELD if row.date < today else Status.PLANNED
        elif self.cleaned_data["off"]:
            row.status = Status.CANCELLED
        elif (row.date, row.start) != (row.planned_date, row.planned_start):
            row.status = Status.MOVED
        elif row.status in (Status.CANCELLED, Status.MOVED):
            row.status = Status.PLANNED
        row.save()
        offering = self.offering
        if not offering.rule and offering.active_until and offering.active_until < row.date:
            offering.active_until = row.date
            offering.save()
        return row


@require_http_methods(["GET", "HEAD", "POST"])
def offering_date(request: HttpRequest, pk: int, date: int, slug: str | None = None) -> HttpResponse:
    user, found = person(request), fetch_offering(request, pk, slug)
    rows = Occurrence.objects.filter(offering=found)
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    row = access.fetch(user, rows, pk=date)
    may, title = access.may(user, Right.CHANGE, row), str(row)
    if request.method == "POST" and not may:
        raise PermissionDenied("nicht ändern")
    form = DateForm(request.POST or None, instance=row, offering=found)
    if request.method == "POST" and form.is_valid():
        form.store(timezone.localdate())
        access.ensure(user, Right.CHANGE, row)
        messages.success(request, f"{row}: {row.get_status_display()}.")
        return SeeOther(path_of(found))
    return page(request, form, found, title, locked=not may)


@require_http_methods(["GET", "HEAD", "POST"])
def offering_date_new(request: HttpRequest, pk: int, slug: str | None = None) -> HttpResponse:
    """A second click finds the date of the first."""
    user, found = person(request), fetch_offering(request, pk, slug, lock=request.method == "POST")
    if not access.may(user, Right.CHANGE, found):
        raise PermissionDenied("nicht ändern")
    form = DateForm(request.POST or None, offering=found)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("date", "start")}
        row = found.occurrences.filter(**typed).first()
        if row is None:
            row = form.store(timezone.localdate())
            access.ensure(user, Right.ADD, row)
        messages.success(request, f"Der Termin am {row} steht im Programm.")
        return SeeOther(path_of(found))
    return page(request, form, found, "Termin hinzufügen")


def page(
    request: HttpRequest, form: DateForm, offering: Offering, title: str, locked: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "offering": offering,
        "title": title,
        "locked": locked,
        "back": path_of(offering),
    }
    return render(request, "begegnung/manage/offering_date.html", context)
