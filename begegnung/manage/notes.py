"""Notizen zu einem Haus: what those who look after it tell each other. About the house, never about persons."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from begegnung.models import VenueNote
from seniorportal import access, anonymity
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Deletion, Venue
from seniorportal.staff.forms import RecordForm


class NoteForm(RecordForm):
    """Asks once more where the text may point to a person; whoever says «trotzdem» is believed."""

    class Meta:
        model = VenueNote
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "text": {
                "required": "Bitte schreiben Sie etwas.",
                "max_length": "Bitte schreiben Sie höchstens 400 Zeichen. Es sind %(show_value)s.",
            }
        }

    traces: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.traces = []

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "trotzdem" not in self.data:
            self.traces = anonymity.traces(cleaned.get("text") or "")
        return cleaned


def venues(user: Any) -> Any:
    """The places about which the person may write."""
    return access.targets(user, Right.ADD, VenueNote, "venue")


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """The places with notes, the newest first. Two statements."""
    user: Any = request.user
    if not access.offers(user, Right.SEE, VenueNote):
        raise Http404("keine Notizen")
    seen = access.visible(user, Right.SEE, VenueNote.objects.all()).order_by()
    counted = seen.values("venue__slug", "venue__name").annotate(number=Count("pk"), last=Max("written_on"))
    context = {
        "places": counted.order_by("-last", "venue__name"),
        "others": venues(user).order_by("sort", "name").only("slug", "name")[:500],
    }
    return render(request, "begegnung/manage/notes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_venue(request: HttpRequest, slug: str) -> HttpResponse:
    user: Any = request.user
    place = access.fetch(user, venues(user).select_related("district"), slug=slug)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not form.traces:
        return _write(request, form, place)
    rows = access.visible(user, Right.SEE, VenueNote.objects.filter(venue=place)).select_related("written_by")
    context = {"place": place, "form": form, "notes": rows, "months": VenueNote.KEPT_MONTHS}
    return render(request, "begegnung/manage/notes_of_venue.html", context)


def _write(request: HttpRequest, form: NoteForm, place: Venue) -> HttpResponse:
    number = form.cleaned_data.get("submission")
    note = form.instance
    note.venue, note.written_by, note.written_on = place, request.user, timezone.localdate()
    note.submission = number
    try:
        with transaction.atomic():
            note.save()
    except IntegrityError:  # sent twice
        if not VenueNote.objects.filter(Q(submission=number) & Q(submission__isnull=False)).exists():
            raise
    else:
        access.ensure(request.user, Right.ADD, note)
        messages.success(request, "Die Notiz steht jetzt bei diesem Haus.")
    return SeeOther(reverse("begegnung:manage:notes_of_venue", args=[place.slug]))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone for good, whoever wrote it. A second click finds nothing to do."""
    user: Any = request.user
    note = access.fetch(user, VenueNote.objects.select_related("venue"), pk=pk)
    access.ensure(user, Right.CHANGE, note)
    place = note.venue
    Deletion.objects.create(
        label=VenueNote._meta.label, number=str(note.pk), act=Deletion.Act.DELETED, day=timezone.localdate()
    )
    note.delete()
    messages.success(request, "Die Notiz ist gelöscht.")
    return SeeOther(reverse("begegnung:manage:notes_of_venue", args=[place.slug]))
