"""The note of a consultation on a page of its own, so that the log beside it stays free of everything personal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from seniorportal import access, anonymity, keys, notes, wall
from seniorportal.access import Right
from seniorportal.accounts import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Consultation, ConsultationNote
from seniorportal.sealed import Unreadable

from .admin import ScopedAdmin
from .forms import RecordForm

OF_ANOTHER_BODY = (
    "Zu dieser Beratung gibt es schon eine Notiz einer anderen verantwortlichen Stelle. Sie können sie nicht sehen und "
    "keine zweite anlegen."
)


class NoteForm(RecordForm):
    class Meta:
        model = ConsultationNote
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "cols": 70, "aria-describedby": "note-rules"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.traces: list[str] = []
        self.fields["text"].required = self.instance._state.adding
        self.fields["text"].error_messages["required"] = "Bitte schreiben Sie etwas."

    def _carry_version(self) -> None:
        """A note has its key before it is stored; only one that is stored has a version to compare."""
        if not self.instance._state.adding:
            super()._carry_version()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if "anyway" not in self.data and "text" in self.changed_data:
            self.traces = anonymity.traces(cleaned.get("text") or "")
        return cleaned


# While the personal door is shut, the wall is shut as well: beside the open log of a shift there are no notes at all.
wall.locks.append(lambda request: not personal.is_open(request))


def page(model_admin: ScopedAdmin, request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The note behind the second door, for a consultation that the person may see."""

    def inside(request: HttpRequest) -> HttpResponse:
        if wall.of(request) is None:  # the door was opened by this very request
            wall.for_request(request)
        return _page(model_admin, request, consultation)

    answer: Any = personal.personal(inside)(request)
    return answer


def _page(model_admin: ScopedAdmin, request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Reads, writes and, when its text is emptied, deletes the note. What the wall hides is not here."""
    place = wall.of(request)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Notiz: {consultation}",
        "opts": model_admin.opts,
        "consultation": consultation,
        "place": place if place and place.venue_id == consultation.office_id else None,
        "several": len(wall.memberships(request.user)) > 1,
        "form": None,
        "problem": "",
        "last_day": None,
    }
    if context["place"] is None and request.method == "POST":
        raise PermissionDenied("die Mauer ist zu")
    if context["place"]:
        try:
            return _with_form(request, consultation, context)
        except (Unreadable, keys.Unusable) as why:
            transaction.set_rollback(True)
            context["problem"] = str(why)
    return render(request, "staff/note.html", context)


def _with_form(request: HttpRequest, consultation: Consultation, context: dict[str, Any]) -> HttpResponse:
    place = context["place"]
    rows = access.visible(request.user, Right.SEE, ConsultationNote.objects.all())
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    note = rows.filter(consultation=consultation).first()
    stored = note is not None
    note = note or ConsultationNote(consultation=consultation, office=place.venue, body=place.employer)
    form = NoteForm(request.POST if request.method == "POST" else None, instance=note)
    context |= {"form": form, "stored": stored, "last_day": notes.last_day(note), "body": place.employer}
    if request.method == "POST" and form.is_valid() and not form.traces and _write(request, form, stored):
        return SeeOther(reverse("admin:seniorportal_consultation_change", args=[consultation.pk]))
    return render(request, "staff/note.html", context)


def _write(request: HttpRequest, form: NoteForm, stored: bool) -> bool:
    note = form.instance
    right = Right.CHANGE if stored else Right.ADD
    if stored:
        access.ensure(request.user, right, note)
    if not form.cleaned_data["text"]:
        note.delete()
        messages.success(request, "Die Notiz ist gelöscht.")
        return True
    try:
        with transaction.atomic():
            note.save()
    except IntegrityError:
        form.add_error(None, OF_ANOTHER_BODY)
        return False
    access.ensure(request.user, right, note)
    messages.success(request, "Die Notiz ist gesichert.")
    return True
