"""Kontakt: the numbers of a house, and when somebody answers each of them."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Max
from django.forms import inlineformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.manage.fields import ClockField
from begegnung.manage.reach import person
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import ContactHours, ContactPoint, Venue
from seniorportal.staff.forms import RecordForm, RecordFormSet, RowForm

FEWEST_DIGITS = 5


class PointForm(RecordForm):
    class Meta:
        model = ContactPoint
        fields = ("kind", "value", "label")
        error_messages = {"value": {"required": "Bitte geben Sie die Nummer oder die E-Mail-Adresse ein."}}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        value = cleaned.get("value", "")
        if value and cleaned.get("kind") == ContactPoint.Kind.EMAIL:
            try:
                validate_email(value)
            except ValidationError:
                self.add_error("value", "Das ist keine E-Mail-Adresse. Beispiel: treff@beispiel.de")
        elif value and len(re.sub(r"\D", "", value)) < FEWEST_DIGITS:
            self.add_error("value", "Das ist keine vollständige Telefonnummer. Beispiel: 02 31 / 50 00 00")
        return cleaned


class HoursForm(RowForm):
    opens = ClockField(label="von")
    closes = ClockField(label="bis")

    class Meta:
        model = ContactHours
        fields = ("weekday", "opens", "closes")


HoursFormSet = inlineformset_factory(
    ContactPoint, ContactHours, form=HoursForm, formset=RecordFormSet, extra=3, can_delete=True, max_num=21
)


@require_safe
def contacts(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    venue = access.fetch(user, Venue.objects.prefetch_related("contact_points__hours"), slug=slug)
    points = [{"point": point, "hours": point.hours.all()} for point in venue.contact_points.all()]
    context = {"venue": venue, "points": points, "may": access.may(user, Right.CHANGE, venue)}
    return render(request, "begegnung/manage/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """One number with its hours; without ``pk`` a new one. Two editors are shown both values."""
    user = person(request)
    venue = access.fetch(user, Venue.objects.all(), slug=slug)
    posts = request.method == "POST"
    if pk is None:
        if posts:
            access.ensure(user, Right.CHANGE, venue)
        point = ContactPoint(venue=venue, example=venue.example)
    else:
        rows: Any = venue.contact_points.all()
        point = access.fetch(user, rows.select_for_update(of=("self",)) if posts else rows, pk=pk)
        if posts:
            access.ensure(user, Right.CHANGE, point)
    here = SeeOther(reverse("begegnung:manage:contacts", args=[slug]))
    if posts and pk is not None and request.POST.get("schritt") == "entfernen":
        point.delete()
        messages.success(request, f"Entfernt: {point.value}.")
        return here
    data = request.POST.copy() if posts else None
    form = PointForm(data, instance=point)
    hours = HoursFormSet(data, instance=point, prefix="zeit")
    if posts and form.is_valid() & hours.is_valid():
        _save(request, venue, form, hours)
        messages.success(request, f"Gespeichert: {point.value}.")
        return here
    context = {
        "venue": venue,
        "point": point,
        "form": form,
        "hours": hours,
        "may": access.may(user, Right.CHANGE, venue),
    }
    return render(request, "begegnung/manage/contact.html", context)


def _save(request: HttpRequest, venue: Venue, form: PointForm, hours: Any) -> None:
    user, new = person(request), form.instance.pk is None
    if new:
        highest = venue.contact_points.aggregate(highest=Max("position"))["highest"]
        form.instance.position = 0 if highest is None else highest + 1
    form.save()
    access.ensure(user, Right.ADD if new else Right.CHANGE, form.instance)
    hours.save(commit=False)
    for row in hours.deleted_objects:
        access.ensure(user, Right.CHANGE, row)
        row.delete()
    for row in [row for row, _ in hours.changed_objects]:
        row.save()
        access.ensure(user, Right.CHANGE, row)
    for row in hours.new_objects:
        row.example = venue.example
        row.save()
        access.ensure(user, Right.ADD, row)
