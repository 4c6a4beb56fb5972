"""Barrierefreiheit: a walk through the house with a telephone in the hand, one feature after the other.

Each answer is saved at once. Whoever comes back goes on with the first feature that nobody has answered.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.manage.reach import fetch_venue, person
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import AccessibilityFact, Venue

Feature, Value = AccessibilityFact.Feature, AccessibilityFact.Value
FEATURES = list(Feature)
UNKNOWN = "weiss-nicht"
ANSWERS = [(Value.YES, "Ja"), (Value.PARTLY, "Teilweise"), (Value.NO, "Nein"), (UNKNOWN, "Weiß ich nicht")]
QUESTIONS = {
    Feature.STEP_FREE: "Kommt man ohne eine einzige Stufe ins Haus?",
    Feature.LIFT: "Gibt es einen Aufzug, wenn Räume nicht im Erdgeschoss liegen?",
    Feature.RAMP: "Gibt es eine Rampe, wo sonst Stufen wären?",
    Feature.DOORS: "Sind die Türen mindestens 90 cm breit?",
    Feature.TOILET: "Gibt es eine Toilette, in die man mit dem Rollstuhl kommt?",
    Feature.HEARING_LOOP: "Gibt es eine Induktions- oder Höranlage?",
    Feature.FLAT_WAY: "Ist der Weg von der Haltestelle flach?",
    Feature.WALKER: "Ist das Haus mit dem Rollator gut zu schaffen?",
    Feature.PARKING: "Gibt es einen Behindertenparkplatz in der Nähe?",
    Feature.SEATS: "Kann man sich auf dem Weg unterwegs hinsetzen?",
}
HINTS = {
    Feature.STEP_FREE: "Auch eine hohe Schwelle ist eine Stufe. Teilweise: nur über einen anderen Eingang.",
    Feature.DOORS: "Ein DIN-A4-Blatt ist 30 cm lang: Dreimal passt es hinein.",
    Feature.TOILET: "Haltegriffe, Platz zum Wenden, die Tür geht nach außen auf.",
    Feature.FLAT_WAY: "Keine Stufen, keine steile Straße, kein Kopfsteinpflaster.",
}


@dataclass(frozen=True)
class Stop:
    """A feature on the walk, with what is known of it."""

    feature: Any
    question: str
    fact: AccessibilityFact | None


def stops(venue: Venue) -> list[Stop]:
    told = {fact.feature: fact for fact in venue.accessibility.all()}
    return [Stop(feature, QUESTIONS[feature], told.get(feature.value)) for feature in FEATURES]


@require_safe
def access_check(request: HttpRequest, slug: str) -> HttpResponse:
    venue = fetch_venue(request, slug)
    walk = stops(venue)
    first = next((stop for stop in walk if stop.fact is None), None)
    context = {
        "venue": venue,
        "stops": walk,
        "next": first or walk[0],
        "known": sum(stop.fact is not None for stop in walk),
        "number": len(walk),
        "may": access.may(person(request), Right.CHANGE, venue),
    }
    return render(request, "begegnung/manage/access_check.html", context)


class AnswerForm(forms.Form):
    antwort = forms.ChoiceField(
        choices=ANSWERS,
        error_messages={
            "required": "Bitte wählen Sie eine Antwort.",
            "invalid_choice": "Bitte wählen Sie eine Antwort.",
        },
    )
    hinweis = forms.CharField(
        label="Hinweis für Besucherinnen und Besucher, wenn Sie mögen",
        max_length=160,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": "Bitte höchstens 160 Zeichen. Es sind %(show_value)s.",
            "null_characters_not_allowed": "Der Text enthält ein Zeichen, das wir nicht lesen können.",
        },
    )
    fassung = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_hinweis(self) -> str:
        return " ".join(self.cleaned_data["hinweis"].split())


@require_http_methods(["GET", "HEAD", "POST"])
def feature(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One question. A POST saves the answer as checked today and leads to the next one."""
    if key not in Feature.values:
        raise Http404("kein Merkmal")
    user, venue = person(request), fetch_venue(request, slug)
    rows: Any = venue.accessibility.filter(feature=key)
    posts = request.method == "POST"
    if posts:
        Venue.objects.select_for_update(of=("self",)).get(
            pk=venue.pk
        )  # two answers at once come one after the other
        access.ensure(user, Right.CHANGE, venue)
    fact = (rows.select_for_update() if posts else rows).first()
    version = str(fact.version) if fact else ""
    form = AnswerForm(request.POST if posts else None, initial={"hinweis": fact.note if fact else ""})
    stale = False
    if posts and form.is_valid():
        stale = form.cleaned_data["fassung"] != version and _differs(fact, form.cleaned_data)
        if not stale:
            _answer(request, venue, fact, key, form.cleaned_data)
            return SeeOther(_after(venue, key))
    at = FEATURES.index(Feature(key))
    context = {
        "venue": venue,
        "form": form,
        "fact": fact,
        "version": version,
        "stale": stale,
        "answers": ANSWERS,
        "chosen": form.data.get("antwort", "") if posts else (fact.value if fact else ""),
        "question": QUESTIONS[Feature(key)],
        "hint": HINTS.get(Feature(key), ""),
        "number": at + 1,
        "of": len(FEATURES),
        "before": FEATURES[at - 1].value if at else "",
        "after": FEATURES[at + 1].value if at + 1 < len(FEATURES) else "",
        "may": access.may(user, Right.CHANGE, venue),
    }
    return render(request, "begegnung/manage/access_feature.html", context)


def _differs(fact: AccessibilityFact | None, said: dict[str, Any]) -> bool:
    stored = (fact.value, fact.note) if fact else (UNKNOWN, "")
    return stored != (said["antwort"], said["hinweis"])


def _answer(
    request: HttpRequest, venue: Venue, fact: AccessibilityFact | None, key: str, said: dict[str, Any]
) -> None:
    user = person(request)
    if said["antwort"] == UNKNOWN:
        if fact:
            access.ensure(user, Right.CHANGE, fact)
            fact.delete()
        return
    new = fact is None
    fact = fact or AccessibilityFact(venue=venue, feature=key, example=venue.example)
    fact.value, fact.note, fact.checked_on = said["antwort"], said["hinweis"], timezone.localdate()
    fact.save()
    access.ensure(user, Right.ADD if new else Right.CHANGE, fact)
    if FEATURES[-1] == key:
        messages.success(request, "Danke. Das war das letzte Merkmal; alles ist gespeichert.")


def _after(venue: Venue, key: str) -> str:
    at = FEATURES.index(Feature(key)) + 1
    if at == len(FEATURES):
        return reverse("begegnung:manage:access_check", args=[venue.slug])
    return reverse("begegnung:manage:access_feature", args=[venue.slug, FEATURES[at].value])
