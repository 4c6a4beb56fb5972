"""A venue's offerings and the points outside: their lists, the form of one with its dates, and how it will look."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from begegnung import rhythm, rooms
from begegnung.manage import offering_templates
from begegnung.manage.offering_form import MORE, OfferingForm
from begegnung.manage.reach import fetch_offering, fetch_venue, list_of, path_of, person
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Occurrence, Offering, User, Venue
from seniorportal.public import views as public

COMING = 10  # dates that stand on the page of an offering


@require_safe
def offerings(request: HttpRequest, slug: str) -> HttpResponse:
    user, venue = person(request), fetch_venue(request, slug)
    rows = listed(user, Offering.objects.filter(venue=venue))
    return render(
        request,
        "begegnung/manage/offerings.html",
        {"venue": venue, "adds": may_add_at(user, venue)} | sorted_out(rows, timezone.localdate()),
    )


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """What takes place without a venue, and what is carried together at venues of others."""
    user = person(request)
    if not access.offers(user, Right.CHANGE, Offering):
        raise Http404("keine Angebote")
    mine = listed(user, Offering.objects.filter(venue=None))
    own_venues = access.visible(user, Right.SEE, Venue.objects.all()).order_by().values("pk")
    elsewhere = Offering.objects.exclude(venue=None).exclude(venue__in=own_venues)
    return render(
        request,
        "begegnung/manage/points.html",
        {
            "adds": access.offers(user, Right.ADD, Offering),
            "joint": list(dressed(listed(user, elsewhere), timezone.localdate())),
        }
        | sorted_out(mine, timezone.localdate()),
    )


def may_add_at(user: User, venue: Venue) -> bool:
    return access.targets(user, Right.ADD, Offering, "venue").filter(pk=venue.pk).exists()


def listed(user: User, rows: models.QuerySet[Offering]) -> models.QuerySet[Offering]:
    """One statement: with place and the next date, whether she may change them or only see."""
    today = timezone.localdate()
    coming = (
        Occurrence.objects.filter(offering=OuterRef("pk"), date__gte=today)
        .exclude(status=Occurrence.Status.CANCELLED)
        .order_by("date", F("start").asc(nulls_last=True))
    )
    return (
        access.visible(user, Right.SEE, rows)
        .select_related("venue", "district")
        .annotate(next_day=Subquery(coming.values("date")[:1]))
        .order_by("sort", "pk")
    )


def sorted_out(rows: models.QuerySet[Offering], today: dt.date) -> dict[str, Any]:
    """What runs, and what is over: past its last day, or its only date."""
    running: list[Offering] = []
    over: list[Offering] = []
    for row in dressed(rows, today):
        ended = row.active_until is not None and row.active_until < today
        gone = not row.rule and row.first_date is not None and row.first_date < today
        is_over = row.next_day is None and (ended or gone)
        (over if is_over else running).append(row)
    return {"running": running, "over": over}


def dressed(rows: Iterable[Offering], today: dt.date) -> Iterator[Any]:
    """With what a line shows beside its columns."""
    row: Any
    for row in rows:
        row.how_often, row.confirmed, row.path = rhythm.told(row), row.is_confirmed(today), path_of(row)
        yield row


@require_http_methods(["GET", "HEAD", "POST"])
def offering_new(request: HttpRequest, slug: str) -> HttpResponse:
    venue = fetch_venue(request, slug)
    if not may_add_at(person(request), venue):
        raise PermissionDenied("kein Angebot an diesem Ort")
    return new(request, Offering(venue=venue, example=venue.example))


@require_http_methods(["GET", "HEAD", "POST"])
def point_new(request: HttpRequest) -> HttpResponse:
    if not access.offers(person(request), Right.ADD, Offering):
        raise Http404("keine Angebote")
    return new(request, Offering())


def new(request: HttpRequest, offering: Offering) -> HttpResponse:
    user, template = person(request), None
    if number := request.GET.get("vorlage", ""):
        template = offering_templates.fetch(user, number)
        offering_templates.begin(offering, template)
    initial = offering_templates.initial(template) if template else {}
    if first := first_result(request, user):
        return SeeOther(path_of(first))
    form = OfferingForm(request.POST or None, instance=offering, user=user, initial=initial)
    try:
        with transaction.atomic():
            if done := saved(request, form):
                return done
    except IntegrityError:  # the other click was quicker by an instant
        if first := first_result(request, user):
            return SeeOther(path_of(first))
        raise
    templates = offering_templates.offered(user, offering.venue) if request.method != "POST" else ()
    return page(request, form, "Neues Angebot", template=template, templates=templates)


def first_result(request: HttpRequest, user: User) -> Offering | None:
    """What the first POST of this form made."""
    try:
        number = uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return None
    return access.visible(user, Right.SEE, Offering.objects.filter(submission=number)).first()


@require_http_methods(["GET", "HEAD", "POST"])
def offering(request: HttpRequest, pk: int, slug: str | None = None) -> HttpResponse:
    """The form; for those who may only look, the same without a button."""
    user, found = person(request), fetch_offering(request, pk, slug, lock=request.method == "POST")
    may = access.may(user, Right.CHANGE, found)
    if request.method == "POST" and not may:
        raise PermissionDenied("nicht ändern")
    title = found.title
    form = OfferingForm(request.POST or None, instance=found, user=user)
    if done := saved(request, form):
        return done
    return page(request, form, title, locked=not may)


def saved(request: HttpRequest, form: OfferingForm) -> HttpResponse | None:
    """Where a form that was sent leads to: on, or None back to the page, with the dates where they are to be seen."""
    form.shown, form.clashes = None, []  # type: ignore[attr-defined]
    if request.method != "POST" or not form.is_valid():
        return None
    today = timezone.localdate()
    unseen = form.rhythm_changed and form.cleaned_data.get("seen") != form.digest
    if "ansehen" in request.POST or unseen:
        form.shown = form.outlook(today)  # type: ignore[attr-defined]
        form.clashes = rooms.clashes(form.user, form.instance, form.shown.held)  # type: ignore[attr-defined]
        form.data = form.data.copy()
        form.data["seen"] = form.digest
        return None
    found = form.store(today)
    count = found.occurrences.filter(date__gte=today).count()
    said = "Ein Termin steht" if count == 1 else f"{count or 'Keine'} Termine stehen"
    messages.success(request, f"«{found.title}» ist gespeichert. {said} im Programm.")
    return SeeOther(path_of(found))


def page(request: HttpRequest, form: OfferingForm, title: str, **more: Any) -> HttpResponse:
    found, today = form.instance, timezone.localdate()
    stored = Offering.objects.filter(pk=found.pk).first() if found.pk and form.is_bound else found
    context = {
        "form": form,
        "title": title,
        "offering": found,
        "back": list_of(found),
        "shown": form.shown,  # type: ignore[attr-defined]
        "unsent": form.shown is not None,  # type: ignore[attr-defined]
        "clashes": form.clashes,  # type: ignore[attr-defined]
        "more": MORE,
        "locked": False,
        "templates": (),
        "template": None,
        "dates": (),
        "other_dates": 0,
        "words": rhythm.told(stored) if stored and stored.pk else "",
        "carriers": (),
        "public": "",
    }
    if found.pk:
        coming = found.occurrences.filter(Q(date__gte=today)).order_by("date", "start", "pk")
        dates = list(coming[: COMING + 1])
        context |= {
            "dates": [(path_of(found, "offering_date", date=date.pk), date) for date in dates[:COMING]],
            "other_dates": len(dates) > COMING,
            "clashes": form.clashes  # type: ignore[attr-defined]
            or (rooms.clashes(form.user, stored, [date.date for date in dates]) if stored else []),
            "carriers": list(found.carriers.all())
            or (list(found.venue.carriers.all()) if found.venue else []),
            "public": stored.get_absolute_url()
            if stored and access.may(access.PUBLIC, Right.SEE, stored)
            else "",
            "preview": path_of(found, "offering_preview"),
            "paths": {
                name: path_of(found, f"offering_{name}")
                for name in ("preview", "carriers", "template", "date_new")
            },
            "here": path_of(found),
        }
    return render(request, "begegnung/manage/offering.html", context | more)


@require_safe
def offering_preview(request: HttpRequest, pk: int, slug: str | None = None) -> HttpResponse:
    """The public page of an offering that is not public yet: shown as if it were, and left as it is."""
    found = fetch_offering(request, pk, slug)
    if access.may(access.PUBLIC, Right.SEE, found):
        return SeeOther(found.get_absolute_url())
    with transaction.atomic():
        Offering.objects.filter(pk=found.pk).update(published=True)
        if found.venue_id:
            Venue.objects.filter(pk=found.venue_id).update(published=True)
        response = public.offering(request, found.pk, found.slug)
        transaction.set_rollback(True)
    response["X-Robots-Tag"] = "noindex"
    return response
