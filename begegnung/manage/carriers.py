"""Gemeinsam getragen: who carries an offering, and which part of its visits counts for whom."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from begegnung.manage.reach import fetch_offering, path_of, person
from seniorportal import access
from seniorportal.access import PUBLIC, Right
from seniorportal.answers import SeeOther
from seniorportal.importing.words import folded
from seniorportal.models import Carrier, Offering, OfferingShare, User

STALE = (
    "Das hat inzwischen jemand anderes geändert. Was jetzt gespeichert ist, steht bei den Feldern; Ihre Eingaben "
    "sind noch da. Speichern Sie noch einmal, wenn Ihre Eingaben gelten sollen."
)


class Percent(forms.IntegerField):
    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=100,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
            error_messages={
                "invalid": "Bitte eine ganze Zahl eintragen.",
                "min_value": "Weniger als 0 Prozent gibt es nicht.",
                "max_value": "Mehr als 100 Prozent gibt es nicht.",
            },
        )


class CarriersForm(forms.Form):
    """A part and a box to take out for each carrier there is, and one by name. ``version`` is the offering's."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    add = forms.CharField(
        label="Weiterer Träger",
        required=False,
        max_length=160,
        help_text="Der Name, wie er im Portal steht. Dieser Träger darf das Angebot dann ebenso bearbeiten.",
    )
    share_new = Percent("Anteil des weiteren Trägers in Prozent")

    def __init__(self, data: QueryDict | None, offering: Offering) -> None:
        super().__init__(data, initial={"version": offering.version})
        self.offering = offering
        self.own = list(offering.carriers.all())
        self.carriers = self.own or (list(offering.venue.carriers.all()) if offering.venue else [])
        self.stored = {share.carrier_id: share.percent for share in offering.shares.all()}
        for carrier in self.carriers:
            share = self.fields[f"share_{carrier.pk}"] = Percent(f"Anteil in Prozent: {carrier}")
            share.initial = self.stored.get(carrier.pk)
            self.fields[f"out_{carrier.pk}"] = forms.BooleanField(
                label=f"{carrier} herausnehmen", required=False
            )
        if data is not None:
            self.stale = str(data.get("version", "")) != str(offering.version)
            self.data = again = data.copy()
            again["version"] = str(offering.version)

    @property
    def rows(self) -> list[tuple[Carrier, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"share_{one.pk}"], self[f"out_{one.pk}"]) for one in self.carriers]

    def clean_add(self) -> Carrier | None:
        name = self.cleaned_data["add"].strip()
        return find(name) if name else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        new = cleaned.get("add")
        parts = {
            one: cleaned.get(f"share_{one.pk}") for one in self.carriers if not cleaned.get(f"out_{one.pk}")
        }
        if new and new in parts:
            self.add_error("add", f"{new} trägt das Angebot schon.")
        elif new:
            parts[new] = cleaned.get("share_new")
        elif cleaned.get("share_new") is not None and "add" not in self.errors:
            self.add_error("add", "Bitte den Namen des weiteren Trägers eintragen.")
        if not parts:
            self.add_error(None, "Ein Angebot braucht mindestens einen Träger.")
        if not self.errors:
            self._whole(parts)
        if self.stale and self.has_changed():
            self._both_values()
        self.parts = parts
        return cleaned

    def _whole(self, parts: dict[Carrier, int | None]) -> None:
        said = [part for part in parts.values() if part is not None]
        if said and len(said) < len(parts):
            self.add_error(
                None,
                "Bitte für jeden Träger einen Anteil eintragen, oder für keinen: dann zählen alle gleich.",
            )
        elif said and sum(said) != 100:
            self.add_error(None, f"Zusammen sind es {sum(said)} Prozent. Bitte auf 100 bringen.")

    def _both_values(self) -> None:
        for name in self.changed_data:
            if name.startswith("share_") and name != "share_new":
                stored = self.get_initial_for_field(self.fields[name], name)
                now = "kein Anteil" if stored is None else f"{stored} Prozent"
                self.add_error(name, f"Inzwischen gespeichert: «{now}». Ihre Eingabe steht im Feld.")
        self.add_error(None, STALE)

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - {"version"})

    def store(self) -> None:
        """The offering's version counts up, so that whoever has the page open is told."""
        offering, carriers = self.offering, list(self.parts)
        if self.own or set(carriers) != set(self.carriers):
            offering.carriers.set(carriers)
        wanted = {one.pk: part for one, part in self.parts.items() if part is not None}
        for share in offering.shares.all():
            if share.carrier_id not in wanted:
                share.delete()
            elif share.percent != wanted[share.carrier_id]:
                share.percent = wanted[share.carrier_id]
                share.save()
        for key in wanted.keys() - self.stored.keys():
            OfferingShare(
                offering=offering, carrier_id=key, percent=wanted[key], example=offering.example
            ).save()
        offering.save()


def find(name: str) -> Carrier:
    """By the whole name, the short one, or the one name that begins or contains what was typed."""
    wanted = folded(name)
    every = list(access.visible(PUBLIC, Right.SEE, Carrier.objects.all()))
    tests = (
        lambda one: wanted in (folded(one.name), folded(one.short_name)),
        lambda one: folded(one.name).startswith(wanted),
        lambda one: wanted in folded(one.name),
    )
    for test in tests if wanted else ():
        found = [one for one in every if test(one)]
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(f"«{one}»" for one in found[:5])
            raise forms.ValidationError(
                f"Damit können mehrere gemeint sein: {some}. Bitte genauer schreiben."
            )
    raise forms.ValidationError(
        "Diesen Träger kennt das Portal nicht. Bitte den Namen prüfen; neue Träger legt die Redaktion an."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def offering_carriers(request: HttpRequest, pk: int, slug: str | None = None) -> HttpResponse:
    user, found = person(request), fetch_offering(request, pk, slug, lock=request.method == "POST")
    may = access.may(user, Right.CHANGE, found)
    if request.method == "POST" and not may:
        raise PermissionDenied("nicht ändern")
    form = CarriersForm(request.POST or None, offering=found)
    if request.method == "POST" and form.is_valid() and stored(user, form):
        messages.success(request, f"Gespeichert: wer «{found}» trägt und was für wen zählt.")
        return SeeOther(path_of(found))
    context = {"form": form, "offering": found, "back": path_of(found), "locked": not may}
    return render(request, "begegnung/manage/offering_carriers.html", context)


def stored(user: User, form: CarriersForm) -> bool:
    """Saved, unless the person would lock herself out."""
    with transaction.atomic():
        form.store()
        if access.may(user, Right.CHANGE, form.offering):
            return True
        transaction.set_rollback(True)
    form.add_error(
        None,
        "Ohne Ihren Träger könnten Sie das Angebot selbst nicht mehr bearbeiten. "
        "Bitten Sie den anderen Träger, Ihren herauszunehmen.",
    )
    return False
