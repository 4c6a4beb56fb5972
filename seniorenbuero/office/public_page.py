"""What the office's public page says: when somebody answers the telephone, home visits, hours in words."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.languages import by_weekday, with_languages
from seniorenbuero.models import Office
from seniorenbuero.office import spans
from seniorenbuero.office.people import weekday_choices
from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import ContactHours, ContactPoint, Venue
from seniorportal.models.calendar import Moment
from seniorportal.prepared import Statement, number
from seniorportal.staff.forms import RecordForm

MANY = "Bitte schreiben Sie höchstens %(limit_value)s Zeichen. Es sind %(show_value)s."
HOME_VISITS = {
    "choices": (("unknown", "nicht bekannt"), ("true", "ja"), ("false", "nein")),
}


class PageForm(RecordForm):
    """The office's own words, and one field a telephone and weekday: ``t<number>-<weekday>``."""

    class Meta:
        model = Office
        fields = ("home_visits", "home_visits_note", "hours_note")
        help_texts = {
            "home_visits": "",
            "hours_note": "Steht neben den Öffnungszeiten, zum Beispiel: mittwochs offene Sprechstunde.",
        }
        widgets = {"home_visits": forms.RadioSelect(choices=HOME_VISITS["choices"])}
        error_messages = {"home_visits_note": {"max_length": MANY}, "hours_note": {"max_length": MANY}}

    def __init__(self, points: list[ContactPoint], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        self.fields["home_visits"] = forms.NullBooleanField(
            label="Kommt das Büro nach Hause?",
            widget=forms.RadioSelect(choices=HOME_VISITS["choices"]),
            required=False,
        )
        known = {True: "true", False: "false", None: "unknown"}
        self.initial["home_visits"] = known[self.instance.home_visits]
        for point in points:
            for day, label in weekday_choices():
                name = _name(point, day)
                self.fields[name] = forms.CharField(
                    label=label, required=False, max_length=60, error_messages={"max_length": MANY}
                )
                self.initial[name] = spans.write(_stored(point, day))
                # What was shown when the page was opened: whoever changes it meanwhile is not written over.
                self.fields[f"{name}-war"] = forms.CharField(required=False, widget=forms.HiddenInput)
                self.initial[f"{name}-war"] = self.initial[name]
        self.telephones = [
            (
                point,
                [(self[_name(point, day)], self[f"{_name(point, day)}-war"]) for day, _ in weekday_choices()],
            )
            for point in points
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        for point in self.points:
            for day, _ in weekday_choices():
                name = _name(point, day)
                if name in cleaned:
                    self._read(name, _stored(point, day))
        return cleaned

    def _read(self, name: str, stored: list[spans.Span]) -> None:
        try:
            self.cleaned_data[name] = found = spans.read(self.cleaned_data[name])
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return
        was, now = self.cleaned_data.get(f"{name}-war", ""), spans.write(stored)
        if was != now and found != stored:
            self.data = self.data.copy()
            self.data[f"{name}-war"] = now
            self.add_error(
                name,
                f"Inzwischen gespeichert: «{now or 'niemand'}». Sichern Sie noch einmal, wenn Ihre Eingabe gilt.",
            )

    @transaction.atomic
    def write(self, by: Any) -> None:
        office = self.save()
        access.ensure(by, Right.CHANGE, office)
        for point in self.points:
            for day, _ in weekday_choices():
                if (wanted := self.cleaned_data[_name(point, day)]) != _stored(point, day):
                    _replace(point, day, wanted, by)


def _name(point: ContactPoint, day: int) -> str:
    return f"t{point.pk}-{day}"


def _stored(point: ContactPoint, day: int) -> list[spans.Span]:
    return sorted((row.opens, row.closes) for row in point.hours.all() if row.weekday == day)


def _replace(point: ContactPoint, day: int, wanted: list[spans.Span], by: Any) -> None:
    """Rows that stay as they are are left alone: their history says what changed."""
    before = {(row.opens, row.closes): row for row in point.hours.all() if row.weekday == day}
    for span, row in before.items():
        if span not in wanted:
            access.ensure(by, Right.CHANGE, row)
            row.delete()
    for opens, closes in wanted:
        if (opens, closes) not in before:
            row = ContactHours.objects.create(contact_point=point, weekday=day, opens=opens, closes=closes)
            access.ensure(by, Right.ADD, row)


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, desk: Desk) -> HttpResponse:
    office = access.visible(desk.principal, Right.CHANGE, Office.objects.filter(venue=desk.office)).first()
    if office is None:
        raise Http404("keine Seite")
    rows = ContactPoint.objects.filter(venue=desk.office, kind=ContactPoint.Kind.PHONE)
    points = list(access.visible(desk.principal, Right.CHANGE, rows).prefetch_related("hours"))
    form = PageForm(points, request.POST if request.method == "POST" else None, instance=office)
    if form.is_bound and form.is_valid():
        form.write(desk.principal)
        messages.success(request, "Gesichert. So steht es jetzt auf der Seite des Büros.")
        return SeeOther(reverse("desk:office"))
    today = timezone.localdate()
    context = {"desk": desk, "today": today, "form": form, "languages": spoken(desk.office, today)}
    return render(request, "seniorenbuero/office/page.html", context)


def spoken(office: Venue, today: Any) -> list[Any]:
    """As the public page says it. One statement."""
    found: Any = SPOKEN.get(office=office.pk, **vars(Moment.of(timezone.localtime())))
    return by_weekday(found.weeks, today)


SPOKEN: Statement[Venue] = Statement(
    lambda: with_languages(Venue.objects.filter(pk=number("office")).only("pk"))
)
