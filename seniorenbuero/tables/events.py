"""Fachveranstaltungen, Aktionstage and Pflegekurse of the office: offerings with a kind that counts."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import ReportRemark
from seniorenbuero.tables.fields import AnonymousForm, ClockField, DayField
from seniorenbuero.tables.forms import RemarkForm
from seniorenbuero.tables.outcome import keep
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Language, Occurrence, Offering
from seniorportal.programme import regenerate

MOST = 80  # events that a page shows
LESSONS = 30
Status = Occurrence.Status
Specialist = Offering.Specialist


class EventForm(AnonymousForm):
    """One date, or a course of so many weeks. All the rest stands on the page of the offering."""

    first_date = DayField(label="Erster Tag")
    start = ClockField(label="Beginn")
    end = ClockField(label="Ende")
    weeks = forms.IntegerField(
        label="Wie viele Wochen",
        min_value=1,
        max_value=LESSONS,
        initial=1,
        help_text="1: ein einziger Termin. Ein Pflegekurs mit acht Abenden: 8.",
        error_messages={
            "min_value": "Mindestens 1.",
            "max_value": f"Höchstens {LESSONS} Wochen.",
            "invalid": "Bitte eine Zahl.",
            "required": "Bitte eine Zahl, für einen einzigen Termin 1.",
        },
    )

    class Meta:
        model = Offering
        fields = ("specialist", "title", "summary", "first_date", "start", "languages")
        labels = {"specialist": "Was ist es?", "languages": "Sprachen außer Deutsch"}
        widgets = {"languages": forms.CheckboxSelectMultiple}
        error_messages = {"title": {"required": "Wie heißt die Veranstaltung?"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialist"] = forms.ChoiceField(
            label="Was ist es?",
            choices=Specialist.choices,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Bitte wählen Sie, was es ist: Davon hängt ab, wie es im Bericht zählt."
            },
        )
        self.order_fields(
            ["specialist", "title", "summary", "first_date", "start", "end", "weeks", "languages"]
        )
        languages = self.fields["languages"]
        assert isinstance(languages, forms.ModelMultipleChoiceField)
        languages.queryset = Language.objects.exclude(code="de").order_by("sort", "name")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", "Das Ende liegt nicht nach dem Beginn.")
        elif start and end:
            day = dt.date.min
            length = dt.datetime.combine(day, end) - dt.datetime.combine(day, start)
            self.instance.minutes = length.seconds // 60
        return cleaned

    def put(self) -> None:
        """The rhythm of the offering from the number of weeks."""
        weeks, row = self.cleaned_data["weeks"], self.instance
        course = row.specialist == Specialist.CARE_COURSE
        row.form = Offering.Form.COURSE if course or weeks > 1 else Offering.Form.EVENT
        row.rule = f"FREQ=WEEKLY;COUNT={weeks}" if weeks > 1 else ""
        row.skip_public_holidays = weeks > 1


def of_office(desk: Desk) -> QuerySet[Offering]:
    rows = Offering.objects.filter(venue=desk.office).exclude(specialist="")
    return access.visible(desk.principal, Right.SEE, rows)


@at_the_desk
@require_safe
def events(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A fixed number of statements, however many events and dates."""
    today = timezone.localdate()
    on = ~Q(occurrences__status=Status.CANCELLED)
    rows: Any = (
        of_office(desk)
        .annotate(
            next=Min("occurrences__date", filter=on & Q(occurrences__date__gte=today)),
            last=Max("occurrences__date", filter=on & Q(occurrences__date__lt=today)),
            held=Count("occurrences", filter=Q(occurrences__status=Status.HELD)),
            held_this_year=Count(
                "occurrences",
                filter=Q(occurrences__status=Status.HELD, occurrences__date__year=today.year),
            ),
        )
        .select_related("report_remark")
        .prefetch_related("languages")
    )
    found = sorted(rows[:MOST], key=lambda row: (row.next is None, row.next or today, row.pk))
    context = {
        "desk": desk,
        "today": today,
        "coming": [row for row in found if row.next],
        "over": sorted(
            (row for row in found if not row.next), key=lambda row: row.last or dt.date.min, reverse=True
        ),
        "adds": _adds(desk),
        "waiting": Occurrence.objects.filter(
            offering__in=[row.pk for row in found], date__lt=today, status=Status.PLANNED
        ).count(),
    }
    return render(request, "seniorenbuero/tables/events.html", context)


def _adds(desk: Desk) -> bool:
    user: Any = desk.principal
    return access.targets(user, Right.ADD, Offering, "venue").filter(pk=desk.office.pk).exists()


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not _adds(desk):
        raise PermissionDenied("keine Veranstaltung")
    started = Offering(venue=desk.office, example=desk.office.example)
    form = EventForm(request.POST if request.method == "POST" else None, instance=started)
    if form.is_bound and form.is_valid():
        return _write(request, desk, form)
    context = {"desk": desk, "today": timezone.localdate(), "form": form, "heading": "Neue Veranstaltung"}
    return render(request, "seniorenbuero/tables/event_new.html", context)


def _write(request: HttpRequest, desk: Desk, form: EventForm) -> HttpResponse:
    """A second click leads to what the first one made."""
    form.put()
    row, today = form.instance, timezone.localdate()
    row.submission = form.cleaned_data.get("submission") or uuid.uuid4()
    row.confirmed_at, row.confirmed_by = today, request.user
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        first = of_office(desk).filter(submission=row.submission).first()
        if first is None:
            raise
        return SeeOther(reverse("desk:event", args=[first.pk]))
    access.ensure(desk.principal, Right.ADD, row)
    regenerate([row], today)
    messages.success(request, "Die Veranstaltung ist angelegt und steht im Programm.")
    return SeeOther(reverse("desk:event", args=[row.pk]))


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """What of it counts, the way to everything else, and the sentence for the report."""
    rows = of_office(desk).select_related("report_remark", "venue")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    found = access.fetch(desk.principal, rows, pk=pk)
    today = timezone.localdate()
    dates = list(found.occurrences.order_by("date", "start")[:MOST])
    past = [one.date for one in dates if one.date <= today and one.status != Status.CANCELLED]
    day = max(past) if past else (found.first_date or today)
    stored = getattr(found, "report_remark", None)
    row = stored or ReportRemark(office=desk.office, offering=found, day=day, example=found.example)
    form = RemarkForm(request.POST if request.method == "POST" else None, instance=row, auto_id="satz_%s")
    if request.method == "POST":
        access.ensure(desk.principal, Right.CHANGE, found)
        if form.fine():
            keep(request, desk, form, day)
            return SeeOther(reverse("desk:event", args=[pk]))
    context = {
        "desk": desk,
        "today": today,
        "event": found,
        "dates": dates,
        "languages": found.languages.all(),
        "remark": stored,
        "remark_form": form,
        "page": reverse("begegnung:manage:offering", args=[desk.office.slug, pk]),
    }
    return render(request, "seniorenbuero/tables/event.html", context)
