"""Ehrenamt: who helps where, for the coordinators of the carrier. Whatever says something about one person is behind
the second door."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from begegnung import volunteering
from begegnung.manage.volunteer_forms import CertificateForm, EngagementForm, NewForm, PersonForm
from seniorportal import access, parameters
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Certificate, Engagement, Venue, Volunteer


@require_safe
def volunteers(request: HttpRequest) -> HttpResponse:
    """The houses with numbers, nobody's own row. Four statements, however many houses."""
    user: Any = request.user
    if not access.offers(user, Right.SEE, Engagement):
        raise Http404("keine Ehrenamtlichen")
    today = timezone.localdate()
    counted = volunteering.counted(user, today)
    nobody: dict[str, Any] = {"heads": 0, "hours": None, "due": 0}
    rows: list[dict[str, Any]] = [
        {**counted.get(venue.pk, nobody), "venue": venue} for venue in volunteering.houses(user)
    ]
    context = {
        "rows": rows,
        "heads": volunteering.heads(user, today),
        "due": sum(row["due"] for row in rows),
        "amounts": parameters.of_volunteers(today),
        "today": today,
    }
    return render(request, "begegnung/manage/volunteers.html", context)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def of_venue(request: HttpRequest, slug: str) -> HttpResponse:
    user: Any = request.user
    venue: Venue = access.fetch(user, volunteering.houses(user), slug=slug)
    today = timezone.localdate()
    carriers = list(volunteering.carriers(user, venue))
    form = (
        NewForm(request.POST if request.method == "POST" else None, carriers=carriers) if carriers else None
    )
    if request.method == "POST" and form is None:
        raise PermissionDenied("kein Träger")
    if form is not None and form.is_bound and form.is_valid():
        return _engage(request, venue, form)
    every = list(volunteering.of_venue(user, venue))
    context = {
        "venue": venue,
        "active": [one for one in every if one.active_until is None or one.active_until >= today],
        "ended": [one for one in every if one.active_until is not None and one.active_until < today],
        "form": form,
        "today": today,
        "amounts": parameters.of_volunteers(today),
    }
    return render(request, "begegnung/manage/volunteers_of_venue.html", context)


def _engage(request: HttpRequest, venue: Venue, form: NewForm) -> HttpResponse:
    said, user = form.cleaned_data, request.user
    here = SeeOther(reverse("begegnung:manage:volunteers_of_venue", args=[venue.slug]))
    engagement = form.instance
    engagement.submission = said.get("submission")
    engagement.example = venue.example
    try:
        with transaction.atomic():
            person, new = volunteering.engage(
                user,  # type: ignore[arg-type]
                venue,
                form.carrier,
                said["number"],
                said["name"],
                engagement,
            )
    except IntegrityError:  # sent twice
        if engagement.submission is None or not Engagement.objects.filter(submission=engagement.submission):
            raise
        return here
    if new:
        messages.success(request, f"Eingetragen: Nummer {person.number}.")
    else:
        messages.success(
            request, f"Nummer {person.number} gibt es schon. Sie hilft jetzt auch hier und zählt einmal."
        )
    return here


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, name and certificate, each saved by itself; where she helps, with a way to change it."""
    user: Any = request.user
    rows = Volunteer.objects.select_related("carrier", "known_as", "certificate__seen_by")
    found: Volunteer = access.fetch(user, rows, pk=pk)
    act = request.POST.get("was", "") if request.method == "POST" else ""
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, found)
    seen = getattr(found, "certificate", None)
    who = PersonForm(
        request.POST if act == "person" else None,
        instance=found,
        initial={"name": volunteering.name_of(found)},
        prefix="p",
    )
    proof = CertificateForm(request.POST if act == "zeugnis" else None, instance=seen, prefix="z")
    if act == "person" and who.is_valid() or act == "zeugnis" and proof.is_valid() or act == "weg":
        _save(request, found, who, proof, act)
        return SeeOther(reverse("begegnung:manage:volunteer", args=[found.pk]))
    engagements = access.visible(user, Right.SEE, found.engagements.select_related("venue"))
    context = {
        "person": found,
        "name": volunteering.name_of(found),
        "who": who,
        "proof": proof,
        "seen": seen,
        "engagements": engagements.order_by("active_from", "pk"),
        "today": timezone.localdate(),
    }
    return render(request, "begegnung/manage/volunteer.html", context)


def _save(request: HttpRequest, found: Volunteer, who: PersonForm, proof: CertificateForm, act: str) -> None:
    user: Any = request.user
    today = timezone.localdate()
    if act == "person":
        who.save()
        volunteering.rename(found, who.cleaned_data["name"].strip(), today)
        messages.success(request, "Gesichert.")
    elif act == "zeugnis":
        proof.instance.volunteer, proof.instance.seen_by = found, user
        proof.instance.example = found.example
        access.ensure(user, Right.CHANGE, proof.save())
        messages.success(request, "Eingetragen. Das Zeugnis selbst gehört zurück in die Hand der Person.")
    elif seen := Certificate.objects.filter(volunteer=found).first():
        volunteering.take_away(seen, today)
        messages.success(request, "Die Angaben zum Führungszeugnis sind gelöscht.")


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def engagement(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rows = Engagement.objects.select_related("venue", "volunteer__carrier", "volunteer__known_as")
    found: Engagement = access.fetch(user, rows, pk=pk)
    form = EngagementForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST":
        access.ensure(user, Right.CHANGE, found)
        if form.is_valid():
            form.save()
            access.ensure(user, Right.CHANGE, found)
            messages.success(request, "Gesichert.")
            return SeeOther(reverse("begegnung:manage:volunteers_of_venue", args=[found.venue.slug]))
    context = {"form": form, "engagement": found, "name": volunteering.name_of(found.volunteer)}
    return render(request, "begegnung/manage/engagement.html", context)


@personal
@require_safe
def information(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is kept on her, as a file to hand over."""
    rows = Volunteer.objects.select_related("carrier", "known_as", "certificate__seen_by")
    found = access.fetch(request.user, rows, pk=pk)
    answer = JsonResponse(
        volunteering.information(found), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="ehrenamt-{found.pk}.json"'
    return answer
