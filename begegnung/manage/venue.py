"""One house as tasks: what is known, what is not, and when it was last looked at; name, address, texts; proposals."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.manage.reach import fetch_venue, person
from seniorportal import access, feedback, hours
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.locate import settle
from seniorportal.models import AccessibilityFact, ContactPoint, Feedback, User, Venue
from seniorportal.staff.forms import CarriedUUID, RecordForm


@dataclass
class Task:
    """A task page with what is known in a few words, what is missing, and the day of the last change."""

    title: str
    url: str
    known: str
    missing: list[str] = field(default_factory=list)
    changed: dt.datetime | None = None
    checked: dt.date | None = None


def last(model: str, path: str = "venue") -> Subquery:
    """When history last saw a change of what belongs to the venue."""
    rows = apps.get_model("seniorportal", model)._default_manager.filter(**{path: OuterRef("pk")}).order_by()
    return Subquery(rows.values(path).annotate(latest=Max("pgh_created_at")).values("latest"))


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """A fixed number of statements."""
    user, today = person(request), timezone.localdate()
    rows = Venue.objects.select_related("district", "quarter", "confirmed_by").annotate(
        facts_changed=last("VenueEvent", "pgh_obj"),
        hours_changed=last("OpeningHoursEvent"),
        closures_changed=last("ClosureEvent"),
        contacts_changed=last("ContactPointEvent"),
        rooms_changed=last("RoomEvent"),
    )
    related = (
        "contact_points__hours",
        "opening_hours",
        "closures",
        "accessibility",
        "languages",
        "carriers",
        "rooms",
    )
    found: Any = access.fetch(user, rows.prefetch_related(*related), slug=slug)
    may = access.may(user, Right.CHANGE, found)
    tasks = [facts_task(found), contact_task(found), hours_task(found, today)]
    context = {
        "venue": found,
        "tasks": [*tasks, access_task(found), rooms_task(found)],
        "confirmed": found.is_confirmed(today),
        "may": may,
        "proposes": not may and _belongs(user, found),
        "open_today": hours.today_text(found, timezone.localtime()),
    }
    return render(request, "begegnung/manage/venue.html", context)


def _belongs(user: User, found: Venue) -> bool:
    """Whoever may do something about what takes place there also proposes changes."""
    return access.may(user, Right.SEE, found)


def facts_task(found: Any) -> Task:
    told = {
        "Adresse": found.street,
        "Beschreibung": found.description,
        "Haltestelle": found.stop,
        "Weg von der Haltestelle": found.way,
        "Sprachen": found.languages.all(),
    }
    return Task(
        "Name, Adresse, Beschreibung",
        reverse("begegnung:manage:venue_facts", args=[found.slug]),
        ", ".join(
            part for part in (found.street, found.postal_code and f"{found.postal_code} Dortmund") if part
        ),
        [name for name, value in told.items() if not value],
        found.facts_changed,
    )


def contact_task(found: Any) -> Task:
    points = list(found.contact_points.all())
    numbers = [point for point in points if point.kind == ContactPoint.Kind.PHONE]
    missing = [] if numbers else ["Telefon"]
    if any(not point.hours.all() for point in numbers):
        missing.append("wann jemand ans Telefon geht")
    return Task(
        "Kontakt: Wer geht ans Telefon, und wann",
        reverse("begegnung:manage:contacts", args=[found.slug]),
        ", ".join(point.value for point in points),
        missing,
        found.contacts_changed,
    )


def hours_task(found: Any, today: dt.date) -> Task:
    week = hours.week(found.opening_hours.all(), today)
    known = "offen am " + ", ".join(day for day, _ in week) if week else ""
    coming = [closure for closure in found.closures.all() if closure.last_day >= today]
    if coming:
        known += f"{'; ' if known else ''}geschlossen ab {min(one.first_day for one in coming):%d.%m.%Y}"
    changes = [when for when in (found.hours_changed, found.closures_changed) if when]
    return Task(
        "Zeiten: normale Woche, geschlossen, besonderer Tag",
        reverse("begegnung:manage:hours", args=[found.slug]),
        known,
        [] if week else ["Öffnungszeiten"],
        max(changes, default=None),
    )


def access_task(found: Any) -> Task:
    facts = list(found.accessibility.all())
    told = {fact.feature for fact in facts}
    days = [fact.checked_on for fact in facts if fact.checked_on]
    return Task(
        "Barrierefreiheit: Rundgang durch das Haus",
        reverse("begegnung:manage:access_check", args=[found.slug]),
        f"{len(facts)} von {len(AccessibilityFact.Feature)} Merkmalen bekannt",
        [feature.label for feature in AccessibilityFact.Feature if feature not in told],
        checked=min(days, default=None),
    )


def rooms_task(found: Any) -> Task:
    known = list(found.rooms.all())
    missing = [] if known else ["Räume"]
    missing += [f"Plätze: {room.name}" for room in known if room.seats is None]
    return Task(
        "Räume: Wer passt wo hinein",
        reverse("begegnung:manage:rooms", args=[found.slug]),
        ", ".join(room.told for room in known),
        missing,
        found.rooms_changed,
    )


# Name, address, texts


class VenueForm(RecordForm):
    class Meta:
        model = Venue
        fields = (
            *("name", "street", "postal_code", "place_note", "district", "stop", "way"),
            *("description", "website", "languages"),
        )
        widgets = {
            "way": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 5}),
            "languages": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "name": {"required": "Bitte geben Sie dem Haus einen Namen."},
            "website": {"invalid": "Das ist keine Internetadresse. Beispiel: https://www.beispiel.de"},
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if access.offers(user, Right.ADD, Venue):
            district: Any = self.fields["district"]
            district.queryset = access.targets(user, Right.CHANGE, Venue, "district")
            district.empty_label = "nicht bekannt"
            district.help_text = (
                "Ergibt sich aus der Adresse. Wählen Sie nur, wenn wir die Adresse nicht kennen."
            )
        else:
            del self.fields["district"]


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    rows: Any = Venue.objects.all()
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    found = access.fetch(user, rows, slug=slug)
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, found)
    form = VenueForm(user, request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        located = None
        if "street" in form.changed_data or (found.street and found.quarter_id is None):
            located = settle(found, may_move="district" in form.fields)
        form.save()
        access.ensure(user, Right.CHANGE, found)
        say_where(request, found, located)
        return SeeOther(reverse("begegnung:manage:venue", args=[slug]))
    context = {"venue": found, "form": form, "may": access.may(user, Right.CHANGE, found)}
    return render(request, "begegnung/manage/venue_facts.html", context)


def say_where(request: HttpRequest, found: Venue, located: Any) -> None:
    said = "Gespeichert."
    if located and located.district:
        quarter = f", Quartier {located.quarter}" if located.quarter else ""
        messages.success(request, f"{said} Die Adresse liegt im Stadtbezirk {located.district}{quarter}.")
    elif located and found.street:
        messages.warning(
            request,
            f"{said} Diese Adresse steht nicht im Verzeichnis der Stadt. Bitte prüfen Sie den Stadtbezirk.",
        )
    else:
        messages.success(request, said)


# Proposals of those who see the house and do not keep it


class ProposalForm(forms.Form):
    thema = forms.ChoiceField(
        label="Worum geht es?",
        choices=[choice for choice in Feedback.Topic.choices if choice[0] != Feedback.Topic.BARRIER],
        error_messages={
            "required": "Bitte wählen Sie aus, worum es geht.",
            "invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus.",
        },
    )
    text = forms.CharField(
        label="Wie ist es richtig?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Die Koordination bekommt den Vorschlag als Aufgabe. Bitte keine Namen.",
        error_messages={
            "required": "Bitte schreiben Sie, wie es richtig ist.",
            "max_length": "Bitte höchstens 400 Zeichen. Es sind %(show_value)s.",
            "null_characters_not_allowed": "Der Text enthält ein Zeichen, das wir nicht lesen können.",
        },
    )
    submission = CarriedUUID(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """«Das stimmt nicht mehr», from the hall: a task for whoever keeps the entry."""
    found = fetch_venue(request, slug)
    form = ProposalForm(
        request.POST if request.method == "POST" else None, initial={"submission": Feedback().submission}
    )
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["submission"] or Feedback().submission
        try:
            with transaction.atomic():
                feedback.report(found, form.cleaned_data["thema"], form.cleaned_data["text"].strip(), number)
        except IntegrityError:
            if not Feedback.objects.filter(submission=number).exists():
                raise PermissionDenied("Absendung") from None
        made = Feedback.objects.select_related("carrier", "district", "venue").get(submission=number)
        messages.success(
            request, f"Danke. Darum kümmert sich {made.owner}, Antwort bis {made.answer_by:%d.%m.%Y}."
        )
        return SeeOther(reverse("begegnung:manage:venue", args=[slug]))
    return render(request, "begegnung/manage/propose.html", {"venue": found, "form": form})
