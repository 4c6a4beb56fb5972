"""Zeiten: the ordinary week as seven lines, and days with hours of their own."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from begegnung.manage.fields import ClockField
from begegnung.manage.reach import person
from seniorportal import access, timetable
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.hours import clock
from seniorportal.models import OpeningHours, Venue, Weekday
from seniorportal.staff.forms import CONFLICT
from seniorportal.timetable import Span

SLOTS = 2  # on one day; more where more are stored
BACK = 400  # days
DAY = {"type": "date"}
DATE_ERRORS = {
    "required": "Bitte geben Sie den Tag an.",
    "invalid": "Diesen Tag gibt es nicht. Beispiel: 24.12.2026",
}


class WeekForm(forms.Form):
    """Per weekday some pairs of times and a note; then from when it holds. ``stand`` tells what was shown."""

    data: Any  # a QueryDict; our own copy where the carried mark is renewed

    gilt = forms.ChoiceField(
        label="Ab wann gilt das?",
        choices=[
            ("ab", "Ab diesem Tag:"),
            ("immer", "Das war vorher falsch eingetragen: Es galt schon immer so"),
        ],
        initial="ab",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, ab wann es gilt."},
    )
    ab = forms.DateField(
        label="Ab diesem Tag",
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages=DATE_ERRORS,
    )
    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, rows: list[OpeningHours], data: Any = None, *, day: dt.date) -> None:
        self.stored = {d: [row for row in rows if row.weekday == d] for d in Weekday.values}
        initial: dict[str, Any] = {"ab": day, "stand": timetable.mark(rows)}
        super().__init__(data, initial=initial)
        for weekday in Weekday:
            lines = self.stored[weekday.value]
            for slot in range(max(SLOTS, len(lines) + 1 if len(lines) >= SLOTS else SLOTS)):
                row = lines[slot] if slot < len(lines) else None
                self._add(weekday, slot, row)
            name = f"feiertag_{weekday.value}"
            self.fields[name] = forms.BooleanField(label="auch an Feiertagen", required=False)
            self.initial[name] = any(row.on_public_holidays for row in lines)

    def _add(self, weekday: Weekday, slot: int, row: OpeningHours | None) -> None:
        more = f", {slot + 1}. Zeit" if slot else ""
        for name, label, value in (
            ("von", "von", row and row.opens),
            ("bis", "bis", row and row.closes),
        ):
            key = f"{name}_{weekday.value}_{slot}"
            self.fields[key] = ClockField(label=label, required=False)
            self.fields[key].widget.attrs["aria-label"] = f"{weekday.label}{more} {label}"
            self.initial[key] = value
        key = f"hinweis_{weekday.value}_{slot}"
        self.fields[key] = forms.CharField(label="Hinweis", max_length=120, required=False)
        self.fields[key].widget.attrs["aria-label"] = f"{weekday.label}{more}: Hinweis"
        self.initial[key] = row.note if row else ""

    def days(self) -> list[dict[str, Any]]:
        """For the page: each weekday with its pairs of fields; ``more`` are those that nothing fills."""
        found = []
        for weekday in Weekday:
            slots = [
                name.rpartition("_")[2] for name in self.fields if name.startswith(f"von_{weekday.value}_")
            ]
            pairs = [
                {part: self[f"{part}_{weekday.value}_{slot}"] for part in ("von", "bis", "hinweis")}
                for slot in slots
            ]
            used = [any(pair[part].value() or pair[part].errors for part in pair) for pair in pairs]
            count = max([1, *(at + 1 for at, filled in enumerate(used) if filled)])
            found.append(
                {
                    "name": weekday.label,
                    "pairs": pairs[:count],
                    "more": pairs[count:],
                    "holidays": self[f"feiertag_{weekday.value}"],
                }
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.spans: list[Span] = []
        for weekday in Weekday:
            mine: list[Span] = []
            for name in [one for one in self.fields if one.startswith(f"von_{weekday.value}_")]:
                slot = name.rpartition("_")[2]
                end, note = f"bis_{weekday.value}_{slot}", f"hinweis_{weekday.value}_{slot}"
                opens, closes = cleaned.get(name), cleaned.get(end)
                if name in self.errors or end in self.errors:
                    continue
                if opens is None and closes is None:
                    continue
                if opens is None or closes is None:
                    self.add_error(end if closes is None else name, "Hier fehlt die zweite Uhrzeit.")
                elif closes <= opens:
                    self.add_error(end, "Das Ende liegt nicht nach dem Anfang.")
                elif any(span.opens < closes and opens < span.closes for span in mine):
                    self.add_error(name, "Diese Zeiten überschneiden sich.")
                else:
                    holidays = bool(cleaned.get(f"feiertag_{weekday.value}"))
                    mine.append(Span(weekday.value, opens, closes, holidays, cleaned.get(note, "")))
            self.spans += mine
        self._check_start(cleaned)
        self._compare(cleaned)
        return cleaned

    def _check_start(self, cleaned: dict[str, Any]) -> None:
        day, today = cleaned.get("ab"), timezone.localdate()
        if cleaned.get("gilt") != "ab" or "ab" in self.errors:
            return
        if day is None:
            self.add_error("ab", DATE_ERRORS["required"])
        elif abs((day - today).days) > BACK:
            self.add_error("ab", "Bitte einen Tag, der nicht mehr als ein Jahr entfernt ist.")

    def _compare(self, cleaned: dict[str, Any]) -> None:
        """Where somebody else saved the week meanwhile: what is stored now, beside what was typed."""
        now = self.initial["stand"]
        if cleaned.get("stand", "") == now:
            return
        self.data = self.data.copy()
        self.data["stand"] = now
        for weekday in Weekday:
            stored = {timetable.span_of(row) for row in self.stored[weekday.value]}
            typed = {span for span in self.spans if span.weekday == weekday.value}
            if stored != typed:
                said = ", ".join(
                    f"{clock(one.opens, unit=False)} bis {clock(one.closes)}" for one in sorted(stored)
                )
                self.add_error(
                    f"von_{weekday.value}_0",
                    f"Inzwischen gespeichert: «{said or 'nichts'}». Ihre Eingabe steht im Feld.",
                )
        if self.errors:
            self.add_error(None, CONFLICT)


def held(request: HttpRequest, slug: str) -> Venue:
    """The venue with its hours; locked and hers to change where something is going to be written."""
    user = person(request)
    rows: Any = Venue.objects.all()
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    venue = access.fetch(user, rows, slug=slug)
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, venue)
    return venue


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, slug: str) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    venue = held(request, slug)
    rows = list(venue.opening_hours.all())
    posted = request.POST if request.method == "POST" else None
    form = WeekForm(timetable.ordinary(rows, today), posted, day=today)
    if form.is_bound and form.is_valid():
        since = form.cleaned_data["gilt"] == "ab"
        day = form.cleaned_data["ab"] if since else today
        changed = timetable.set_week(venue, form.spans, user, day=day, since=since)
        when = f" Es gilt ab {date_format(day, 'j. F Y')}." if since and changed and day != today else ""
        messages.success(
            request, f"Die normale Woche ist gespeichert.{when}" if changed else "Es war nichts zu ändern."
        )
        return SeeOther(reverse("begegnung:manage:hours", args=[slug]))
    change = timetable.next_change(rows, today)
    context = {"venue": venue, "form": form, "change": change, "may": access.may(user, Right.CHANGE, venue)}
    return render(request, "begegnung/manage/week.html", context)


# A day with hours of its own


class DayForm(forms.Form):
    tag = forms.DateField(
        label="An welchem Tag?",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages=DATE_ERRORS,
    )
    von = ClockField(label="Geöffnet von")
    bis = ClockField(label="bis")
    von2 = ClockField(label="und noch einmal von (wenn es so ist)", required=False)
    bis2 = ClockField(label="bis (zweite Zeit)", required=False)
    anlass = forms.CharField(
        label="Anlass",
        max_length=120,
        required=False,
        help_text="Steht öffentlich dabei. Zum Beispiel: Sommerfest",
        error_messages={"max_length": "Bitte höchstens 120 Zeichen. Es sind %(show_value)s."},
    )

    def __init__(self, venue: Venue, *args: Any, **kwargs: Any) -> None:
        self.venue = venue
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, today = cleaned.get("tag"), timezone.localdate()
        if day and abs((day - today).days) > BACK:
            self.add_error("tag", "Bitte einen Tag, der nicht mehr als ein Jahr entfernt ist.")
        elif day and self.venue.closures.filter(first_day__lte=day, last_day__gte=day).exists():
            self.add_error(
                "tag", "An diesem Tag ist das Haus als geschlossen eingetragen. Bitte öffnen Sie es zuerst."
            )
        self.spans: list[tuple[dt.time, dt.time]] = []
        for first, last in (("von", "bis"), ("von2", "bis2")):
            opens, closes = cleaned.get(first), cleaned.get(last)
            if opens and closes and closes <= opens:
                self.add_error(last, "Das Ende liegt nicht nach dem Anfang.")
            elif opens and closes and self.spans and opens < self.spans[0][1] and self.spans[0][0] < closes:
                self.add_error(first, "Diese Zeiten überschneiden sich.")
            elif opens and closes:
                self.spans.append((opens, closes))
            elif first == "von2" and (opens or closes):
                self.add_error(first if closes else last, "Hier fehlt die zweite Uhrzeit.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def special_day(request: HttpRequest, slug: str) -> HttpResponse:
    """``?tag=`` shows the hours of a special day that is known; saving a day a second time replaces them."""
    user = person(request)
    venue = held(request, slug)
    form = DayForm(venue, request.POST if request.method == "POST" else None, initial=_known(request, venue))
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["tag"]
        timetable.set_day(venue, day, form.spans, form.cleaned_data["anlass"], user)
        messages.success(request, f"Gespeichert. Am {date_format(day, 'l, j. F Y')} gelten nur diese Zeiten.")
        return SeeOther(reverse("begegnung:manage:hours", args=[slug]))
    context = {"venue": venue, "form": form, "may": access.may(user, Right.CHANGE, venue)}
    return render(request, "begegnung/manage/special_day.html", context)


def _known(request: HttpRequest, venue: Venue) -> dict[str, Any]:
    try:
        day = dt.date.fromisoformat(request.GET.get("tag", ""))
    except ValueError:
        return {}
    rows = timetable.of_day(venue.opening_hours.all(), day)
    found: dict[str, Any] = {"tag": day, "anlass": rows[0].note if rows else ""}
    for row, (first, last) in zip(rows, (("von", "bis"), ("von2", "bis2")), strict=False):
        found |= {first: row.opens, last: row.closes}
    return found
