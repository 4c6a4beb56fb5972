"""The list of all partners, the page of one, entering and changing it, and who spoke with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from rapidfuzz import fuzz, process

from seniorenbuero.models import Attendance
from seniorenbuero.network.door import changeable, in_the_network, page
from seniorenbuero.network.forms import ContactForm, PartnerForm, places
from seniorenbuero.network.sifting import Sifted
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import ImportRun, Partner, PartnerContact, PartnerMerge, PartnersApart
from seniorportal.partners.merging import went_to
from seniorportal.partners.names import key
from seniorportal.public.filters import asked_page

PER_PAGE = 50
SHOWN = 20  # contacts and meetings on the page of one
NEAREST, ALIKE = 5, 75  # how many the list asks about with «Meinten Sie», and how like they are (of 100)


@in_the_network()
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Seven statements beside the login, for any number of partners; one more where nothing was found."""
    sifted = Sifted(request)
    found = Paginator(sifted.rows.prefetch_related("districts"), PER_PAGE)
    shown = found.get_page(asked_page(sifted.asked))
    context = {
        "sifted": sifted,
        "page": shown,
        "count": found.count,
        "nearest": _nearest(request, sifted.q) if sifted.q and not found.count else [],
        "imports": access.offers(request.user, Right.ADD, ImportRun)
        and access.offers(request.user, Right.ADD, Partner),
        "ignored": sifted.asked.ignored,
    }
    return page(request, "network", context)


@in_the_network()
@require_safe
def on_paper(request: HttpRequest) -> HttpResponse:
    """The whole list, as chosen, to be printed. Six statements beside the login."""
    sifted = Sifted(request)
    return page(
        request, "on_paper", {"sifted": sifted, "partners": sifted.rows.prefetch_related("districts")}
    )


def _nearest(request: HttpRequest, q: str) -> list[Partner]:
    names = dict(access.visible(request.user, Right.SEE, Partner.objects.all()).values_list("pk", "name"))
    folded = {pk: key(name) for pk, name in names.items()}
    alike = process.extract(key(q), folded, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=NEAREST)
    return [Partner(pk=pk, name=names[pk]) for _, _, pk in alike]


@in_the_network()
@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """An old number of a partner that was merged leads to the one that stayed."""
    user: Any = request.user
    rows = access.visible(user, Right.SEE, Partner.objects.prefetch_related("districts"))
    found = rows.filter(pk=pk).first()
    if found is None:
        kept = went_to(pk)
        if kept is None or not access.may(user, Right.SEE, kept):
            raise Http404("kein Partner")
        return HttpResponseRedirect(reverse("desk:partner", args=[kept.pk]))
    contacts = access.visible(user, Right.SEE, found.contacts.select_related("venue"))
    meetings = access.visible(user, Right.SEE, Attendance.objects.filter(partner=found))
    merges = access.visible(user, Right.SEE, PartnerMerge.objects.filter(kept=found))
    shown = list(contacts[:SHOWN])
    own = access.visible(user, Right.CHANGE, PartnerContact.objects.filter(partner=found))
    mine = set(own.values_list("pk", flat=True))
    context = {
        "partner": found,
        "contacts": [(one, one.pk in mine) for one in shown],
        "more": contacts.count() - len(shown) if len(shown) == SHOWN else 0,
        "meetings": meetings.select_related("meeting__round_table").order_by("-meeting__date")[:SHOWN],
        "merges": merges,
        "over": found.active_until is not None and found.active_until < timezone.localdate(),
        "form": ContactForm(user=user) if access.offers(user, Right.ADD, PartnerContact) else None,
    }
    return page(request, "partner", context)


@in_the_network(Right.ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """In a second step where the network has somebody like it: seen and said «a different one», it is entered."""
    user: Any = request.user
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return page(request, "edit", {"form": form, "partner": None})
    good = form.is_valid()
    made = form.instance
    made.submission = form.cleaned_data.get("submission")
    if made.submission and (first := Partner.objects.filter(submission=made.submission).first()):
        return SeeOther(reverse("desk:partner", args=[first.pk]))  # sent twice
    alike = form.alike()
    seen = {str(one.first.pk) for one in alike}
    if not good or (seen and not seen <= set(request.POST.getlist("andere"))):
        return page(request, "edit", {"form": form, "partner": None, "alike": alike, "good": good})
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:  # the other click, or the other office, was quicker by an instant
        first = Partner.objects.filter(submission=made.submission).first() if made.submission else None
        if first is None:
            form = PartnerForm(request.POST)
            form.is_valid()
            return page(request, "edit", {"form": form, "partner": None, "alike": form.alike()})
        return SeeOther(reverse("desk:partner", args=[first.pk]))
    access.ensure(user, Right.ADD, made)
    for one in alike:
        PartnersApart.objects.create(one=Partner(pk=one.first.pk), other=made)
    messages.success(request, f"«{made}» steht jetzt im Netzwerk der Stadt.")
    return SeeOther(reverse("desk:partner", args=[made.pk]))


@in_the_network(Right.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    form = PartnerForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        alike = form.alike()
        form.save()
        access.ensure(request.user, Right.CHANGE, found)
        messages.success(request, "Gesichert.")
        if alike:
            others = [one.first if one.first.pk != pk else one.second for one in alike[:3]]
            names = ", ".join(f"«{one.name}»" for one in others)
            messages.warning(
                request,
                f"Vielleicht steht dieselbe Organisation noch einmal im Netzwerk: {names}. "
                "Bitte unter «Doppelte» ansehen.",
            )
        return SeeOther(reverse("desk:partner", args=[pk]))
    return page(request, "edit", {"form": form, "partner": changeable(request, pk)})


@in_the_network(Right.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def spoke(request: HttpRequest, pk: int) -> HttpResponse:
    """That an office spoke with the partner. While it is written, the partner cannot be merged away."""
    user: Any = request.user
    found = changeable(request, pk)
    form = ContactForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        made = form.instance
        made.partner, made.submission = found, form.cleaned_data.get("submission") or made.submission
        back = SeeOther(reverse("desk:partner", args=[pk]))
        if PartnerContact.objects.filter(submission=made.submission).exists():
            return back  # sent twice
        try:
            with transaction.atomic():
                if not Partner.objects.select_for_update(no_key=True).filter(pk=pk).exists():
                    made.partner = went_to(pk)  # merged in this instant
                if made.partner is None:
                    raise Http404("kein Partner")
                form.save()
        except IntegrityError:
            if not PartnerContact.objects.filter(submission=made.submission).exists():
                raise
            return back
        access.ensure(user, Right.ADD, made)
        messages.success(request, "Der Kontakt ist eingetragen.")
        return SeeOther(reverse("desk:partner", args=[made.partner_id]))
    return page(request, "contact", {"form": form, "partner": found, "contact": None, "places": places(user)})


@in_the_network(Right.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct or take back what one's own office entered."""
    user: Any = request.user
    rows = access.visible(user, Right.CHANGE, PartnerContact.objects.select_related("partner", "venue"))
    found: PartnerContact = access.fetch(user, rows, pk=pk)
    back = SeeOther(reverse("desk:partner", args=[found.partner_id]))
    if request.method == "POST" and "zurueck" in request.POST:
        found.delete()
        messages.success(request, "Der Kontakt ist zurückgenommen.")
        return back
    form = ContactForm(request.POST if request.method == "POST" else None, instance=found, user=user)
    if form.is_bound and form.is_valid():
        form.save()
        access.ensure(user, Right.CHANGE, found)
        messages.success(request, "Gesichert.")
        return back
    return page(request, "contact", {"form": form, "partner": found.partner, "contact": found})
