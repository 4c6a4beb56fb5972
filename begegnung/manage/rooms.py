"""Räume: which rooms a house has, how many people they hold, and what is in them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.manage.reach import fetch_venue, person
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Room, Venue
from seniorportal.staff.forms import RecordForm

NUMBER = "Bitte eine ganze Zahl, zum Beispiel 40. Leer heißt: nicht bekannt."


class RoomForm(RecordForm):
    equipment = forms.MultipleChoiceField(
        label="Was gibt es dort?",
        choices=Room.Equipment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kreuzen Sie an, was Sie sicher wissen. Ohne Kreuz heißt: nicht bekannt.",
        error_messages={"invalid_choice": "Bitte wählen Sie nur aus dieser Liste."},
    )

    class Meta:
        model = Room
        fields = ("name", "seats", "step_free", "equipment", "note")
        widgets = {
            "seats": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
            "step_free": forms.RadioSelect,
        }
        error_messages = {
            "name": {
                "required": "Bitte geben Sie dem Raum einen Namen. Zum Beispiel: Saal",
                "max_length": "Bitte höchstens 60 Zeichen. Es sind %(show_value)s.",
            },
            "seats": {
                "invalid": NUMBER,
                "min_value": "In einem Raum ist Platz für mindestens einen Menschen. " + NUMBER,
                "max_value": f"Mehr als {Room.MOST_SEATS} Plätze hat kein Haus. Bitte sehen Sie noch einmal nach.",
            },
            "step_free": {"invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus."},
            "note": {"max_length": "Bitte höchstens 160 Zeichen. Es sind %(show_value)s."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step_free"].choices = [*Room.StepFree.choices, ("", "nicht bekannt")]  # type: ignore[attr-defined]
        self.fields["name"].help_text = "So, wie er im Haus heißt: Saal, Gruppenraum 1."
        self.fields["note"].help_text = "Zum Beispiel: geht nur zusammen mit dem Saal. Bitte keine Namen."

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Room.objects.filter(venue=self.instance.venue, name__iexact=name).exclude(
            pk=self.instance.pk
        )
        if others.exists():
            raise forms.ValidationError("Einen Raum mit diesem Namen gibt es in diesem Haus schon.")
        return name


@require_safe
def rooms(request: HttpRequest, slug: str) -> HttpResponse:
    user, venue = person(request), fetch_venue(request, slug)
    found = access.visible(user, Right.SEE, venue.rooms.all())
    context = {"venue": venue, "rooms": list(found), "may": access.may(user, Right.CHANGE, venue)}
    return render(request, "begegnung/manage/rooms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """One room; without ``pk`` a new one. Two editors are shown both values."""
    user, posts = person(request), request.method == "POST"
    venues: Any = Venue.objects.all()
    # Whoever writes holds the house: of two clicks the second finds the name taken.
    venue = access.fetch(user, venues.select_for_update(of=("self",)) if posts else venues, slug=slug)
    if pk is None:
        if posts:
            access.ensure(user, Right.CHANGE, venue)
        found = Room(venue=venue, example=venue.example)
    else:
        rows: Any = venue.rooms.all()
        found = access.fetch(user, rows.select_for_update(of=("self",)) if posts else rows, pk=pk)
        if posts:
            access.ensure(user, Right.CHANGE, found)
    name = found.name
    if posts and pk is not None and request.POST.get("schritt") == "entfernen":
        return remove(request, found)
    form = RoomForm(request.POST if posts else None, instance=found)
    if posts and form.is_valid():
        form.save()
        access.ensure(user, Right.ADD if pk is None else Right.CHANGE, found)
        messages.success(request, f"Gespeichert: {found.told}.")
        return SeeOther(reverse("begegnung:manage:rooms", args=[slug]))
    context = {
        "venue": venue,
        "room": found,
        "name": name,
        "form": form,
        "offerings": found.offerings.count() if pk else 0,
        "may": access.may(user, Right.CHANGE, venue),
    }
    return render(request, "begegnung/manage/room.html", context)


def remove(request: HttpRequest, found: Room) -> HttpResponse:
    """Its offerings stay, without a room; whoever edits one of them at this moment is told so."""
    found.offerings.update(room=None, version=F("version") + 1)
    found.delete()
    messages.success(request, f"Entfernt: {found.name}. Angebote in diesem Raum stehen jetzt ohne Raum da.")
    return SeeOther(reverse("begegnung:manage:rooms", args=[found.venue.slug]))
