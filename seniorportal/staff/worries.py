"""«Wir machen uns Gedanken»: from the hall to the office. With the person's yes a call, without it no name at all."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from seniorportal import access, concerns, contact
from seniorportal.access import PUBLIC, Right
from seniorportal.answers import SeeOther
from seniorportal.models import Concern, ReportArea, Venue, Visit
from seniorportal.public.concerns_forms import CHOOSE, PhoneField, name_field, too_long
from seniorportal.public.forms import once

YES, NO = "ja", "nein"


class WorryForm(forms.Form):
    ort = forms.ModelChoiceField(
        label="Aus welchem Haus?",
        queryset=Venue.objects.none(),
        empty_label="Bitte wählen",
        error_messages=CHOOSE,
    )
    beobachtung = forms.ChoiceField(
        label="Was ist Ihnen aufgefallen? Die Person ...",
        choices=Concern.Topic.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    einverstanden = forms.ChoiceField(
        label="Haben Sie mit der Person gesprochen?",
        choices=[
            (NO, "Nein, oder sie möchte das nicht: ohne Namen melden"),
            (YES, "Ja, sie möchte vom Seniorenbüro angerufen werden"),
        ],
        initial=NO,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    name = name_field()
    telefon = PhoneField()
    text = forms.CharField(
        label="Was soll das Seniorenbüro wissen?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=too_long(300),
    )
    absendung = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def __init__(self, places: Any, *args: Any) -> None:
        super().__init__(*args)
        self.fields["ort"].queryset = places  # type: ignore[attr-defined]
        self.fields["name"].label = "Name der Person, wenn sie ihn nennen möchte"
        self.fields["telefon"].label = "Telefonnummer der Person, mit Vorwahl"
        self.fields["telefon"].required = False
        first = list(places[:2])
        if len(first) == 1:
            self.fields["ort"].initial = first[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("einverstanden") == YES:
            if not cleaned.get("telefon") and "telefon" not in self.errors:
                self.add_error(
                    "telefon", "Bitte schreiben Sie die Nummer, unter der sie angerufen werden möchte."
                )
        elif any(cleaned.get(name) for name in ("name", "telefon", "text")):
            self.add_error(
                "einverstanden",
                "Ohne das Ja der Person dürfen wir nichts über sie aufschreiben. Leeren Sie bitte Name, Nummer und "
                "Text, oder wählen Sie «Ja».",
            )
        return cleaned

    def said(self) -> dict[str, Any]:
        found = self.cleaned_data
        topic = {"topic": found["beobachtung"]}
        if found["einverstanden"] == NO:
            return topic | {"agreed": False}
        return topic | {
            "regards": Concern.Regards.OTHER,
            "name": found["name"] or None,
            "phone": found["telefon"],
            "remark": found["text"] or None,
        }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worries(request: HttpRequest) -> HttpResponse:
    """For whoever counts the visits of a place, and so is there. What was sent is shown to nobody here again."""
    user: Any = request.user
    if not access.offers(user, Right.ADD, Visit):
        raise Http404("kein Haus")
    reached: Any = access.targets(user, Right.ADD, Visit, "venue")
    places = reached.active_on(timezone.localdate())
    form = WorryForm(places, *([request.POST] if request.method == "POST" else []))
    if form.is_bound and form.is_valid():
        venue = form.cleaned_data["ort"]
        try:
            return SeeOther(_sent(form, venue))
        except concerns.Nobody:
            form.add_error(None, "Im Augenblick ist kein Seniorenbüro besetzt. Bitte rufen Sie an.")
    number = form.data.get("absendung") if form.is_bound and "absendung" not in form.errors else uuid.uuid4()
    context = {"form": form, "number": number, "places": places, "contact": contact.city()}
    return render(request, "staff/worries.html", context)


def _sent(form: WorryForm, venue: Venue) -> str:
    number = form.cleaned_data["absendung"]
    if not concerns.is_settled(number):
        now = timezone.localtime()
        once(
            lambda: concerns.ask(Concern.Kind.WORRY, venue, number, now, **form.said()),
            Concern.objects.filter(pk=number).exists,
        )
    return reverse("staff:worry_sent", args=[venue.slug])


@require_safe
def worry_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks after it until when, and the number to ring, large."""
    user: Any = request.user
    places = access.targets(user, Right.ADD, Visit, "venue").select_related("district")
    venue = places.filter(slug=slug).first()
    today = timezone.localdate()
    office = concerns.office_for(venue.district, today) if venue else None
    if venue is None or office is None:
        raise Http404("kein Haus")
    loaded = access.visible(PUBLIC, Right.SEE, Venue.objects.in_area(ReportArea.OFFICES))
    found = loaded.prefetch_related("contact_points__hours").filter(pk=office.pk).first()
    now = timezone.localtime()
    context = {
        "office": concerns.short_name(office),
        "until": concerns.promised(Concern.Kind.WORRY, today),
        "contact": (contact.of_office(found, now) if found else None) or contact.city(),
    }
    return render(request, "staff/worry_sent.html", context)
