"""Vorlagen: an offering kept for all branches of a carrier, and a new one begun from it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_time
from django.views.decorators.http import require_http_methods, require_safe

from begegnung import rhythm
from begegnung.manage.reach import fetch_offering, path_of, person
from begegnung.rhythm import Kind
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Carrier, Offering, OfferingTemplate, User, Venue
from seniorportal.staff.forms import RecordForm

COLUMNS = (
    *("title", "summary", "form", "description", "is_free", "cost_note", "first_time_free"),
    *("needs_registration", "registration_note", "open_to_all", "care_meanwhile", "greeted_by"),
    *("start", "minutes", "skip_public_holidays", "skip_school_holidays"),
)
TICKS = ("categories", "target_groups", "languages")
RHYTHM = ("kind", "weekdays", "interval", "places")


def facts_of(offering: Offering) -> dict[str, Any]:
    """What a template keeps: neither place nor days, nobody's number, and no word about one single rhythm."""
    found: dict[str, Any] = {name: getattr(offering, name) for name in COLUMNS}
    found["start"] = f"{offering.start:%H:%M}" if offering.start else None
    for name in TICKS:
        found[name] = sorted(getattr(offering, name).values_list("slug", flat=True))
    chosen = rhythm.read(offering.rule, offering.first_date)
    if chosen.kind in (Kind.WEEKLY, Kind.EVERY, Kind.MONTHLY):
        said = (chosen.kind.value, list(chosen.weekdays), chosen.interval, list(chosen.places))
        found |= dict(zip(RHYTHM, said, strict=True))
    return found


def begin(offering: Offering, template: OfferingTemplate) -> None:
    """The columns of a new offering, as far as the template names any."""
    for name in COLUMNS:
        if name in template.facts:
            setattr(offering, name, template.facts[name])
    offering.start = parse_time(template.facts.get("start") or "")


def initial(template: OfferingTemplate) -> dict[str, Any]:
    """What the form begins with beside columns. Three statements."""
    found: dict[str, Any] = {name: template.facts[name] for name in RHYTHM if name in template.facts}
    for name in TICKS:
        related: Any = Offering._meta.get_field(name).related_model
        found[name] = list(related.objects.filter(slug__in=template.facts.get(name, ())))
    return found


def fetch(user: User, number: str) -> OfferingTemplate:
    if not number.isdecimal():
        raise Http404("keine Vorlage")
    return access.fetch(user, OfferingTemplate.objects.all(), pk=number)


def offered(user: User, venue: Venue | None) -> list[OfferingTemplate]:
    """The templates that may be used at a venue: of its carriers and of those above them; outside, all one sees."""
    rows = access.visible(user, Right.SEE, OfferingTemplate.objects.select_related("carrier"))
    if venue is not None:
        own = Carrier.objects.filter(venues=venue)
        above = models.Q(carrier__in=own) | models.Q(carrier__branches__in=own)
        rows = rows.filter(above | models.Q(carrier__branches__branches__in=own)).distinct()
    return list(rows)


class TemplateForm(forms.Form):
    name = forms.CharField(
        label="Name der Vorlage",
        max_length=160,
        error_messages={"required": "Bitte geben Sie der Vorlage einen Namen."},
    )
    carrier = forms.ModelChoiceField(
        Carrier.objects.none(),
        label="Für welchen Träger?",
        help_text="Sehen können sie dieser Träger und alle Ortsvereine darunter.",
        error_messages={"required": "Bitte wählen Sie den Träger."},
    )
    replace = forms.BooleanField(label="Die vorhandene Vorlage ersetzen", required=False)

    there: OfferingTemplate | None = None

    def __init__(self, *args: Any, user: User, facts: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        carriers = access.targets(user, Right.ADD, OfferingTemplate, "carrier")
        field = self.fields["carrier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = carriers
        if len(own := list(carriers[:2])) == 1:
            self.initial.setdefault("carrier", own[0].pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rows = OfferingTemplate.objects.select_for_update()
        self.there = rows.filter(carrier=cleaned.get("carrier"), name=cleaned.get("name")).first()
        if self.there and self.there.facts != self.facts and not cleaned.get("replace"):
            self.add_error("name", "Eine Vorlage mit diesem Namen gibt es schon. Soll sie ersetzt werden?")
        return cleaned

    def store(self) -> OfferingTemplate:
        template = self.there or OfferingTemplate(
            carrier=self.cleaned_data["carrier"], name=self.cleaned_data["name"]
        )
        template.facts = self.facts
        template.save()
        return template


@require_http_methods(["GET", "HEAD", "POST"])
def offering_template(request: HttpRequest, pk: int, slug: str | None = None) -> HttpResponse:
    """Keep an offering as a template. A second click finds it kept."""
    user, found = person(request), fetch_offering(request, pk, slug)
    if not access.offers(user, Right.ADD, OfferingTemplate):
        raise PermissionDenied("keine Vorlagen")
    form = TemplateForm(request.POST or None, user=user, facts=facts_of(found), initial={"name": found.title})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            template = form.store()
            access.ensure(user, Right.ADD, template)
        messages.success(request, f"Die Vorlage «{template}» ist da für {template.carrier}.")
        return SeeOther(path_of(found))
    context = {"form": form, "offering": found, "back": path_of(found)}
    return render(request, "begegnung/manage/offering_template.html", context)


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not access.offers(user, Right.SEE, OfferingTemplate):
        raise Http404("keine Vorlagen")
    rows = access.visible(user, Right.SEE, OfferingTemplate.objects.select_related("carrier"))
    return render(request, "begegnung/manage/templates.html", {"rows": rows})


class NameForm(RecordForm):
    class Meta:
        model = OfferingTemplate
        fields = ("name",)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """One template: begin an offering from it, give it another name, take it away. Its history stays."""
    user = person(request)
    rows = OfferingTemplate.objects.select_related("carrier")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    found = access.fetch(user, rows, pk=pk)
    may, name = access.may(user, Right.CHANGE, found), found.name
    form = NameForm(request.POST or None, instance=found)
    if request.method == "POST":
        if not may:
            raise PermissionDenied("nicht ändern")
        if "entfernen" in request.POST:
            found.delete()
            messages.success(request, f"Die Vorlage «{name}» ist entfernt. Angebote daraus bleiben.")
            return SeeOther(reverse("begegnung:manage:templates"))
        if form.is_valid():
            form.save()
            access.ensure(user, Right.CHANGE, found)
            messages.success(request, f"Die Vorlage heißt jetzt «{found.name}».")
            return SeeOther(reverse("begegnung:manage:templates"))
    venues = access.targets(user, Right.ADD, Offering, "venue").order_by("sort", "name")
    context = {"form": form, "template": found, "name": name, "may": may, "venues": venues}
    chosen = request.GET.get("ort", "")
    if chosen and (at := venues.filter(slug=chosen).first()):
        return SeeOther(f"{reverse('begegnung:manage:offering_new', args=[at.slug])}?vorlage={found.pk}")
    return render(request, "begegnung/manage/template.html", context)
