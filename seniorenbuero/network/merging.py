"""Doubles: pairs that may be one organisation, «kein Doppel», and the page on which two become one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seniorenbuero.network.door import changeable, in_the_network, page
from seniorenbuero.network.sifting import Sifted
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Partner, PartnersApart
from seniorportal.partners import doubles, merging

PER_PAGE = 20
MOST = 25  # partners to choose from
SAID = 100  # «kein Doppel» shown below the pairs
# What is chosen together: an address of one and a town of the other would be nobody's.
GROUPS = {
    "name": ("name",),
    "kind": ("kind",),
    "phone": ("phone",),
    "email": ("email",),
    "website": ("website",),
    "street": ("street", "postal_code", "city"),
    "may_be_published": ("may_be_published", "consent_on"),
    "active_until": ("active_until",),
}
LABELS = {"street": "Anschrift", "may_be_published": "Zustimmung zur Veröffentlichung"}
BOTH = "beide"


@in_the_network(Right.CHANGE)
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """Nine statements beside the login, for any number of partners."""
    found = doubles.open_pairs()
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))
    keys = {key for pair in shown for key in (pair.first.pk, pair.second.pk)}
    rows = Partner.objects.filter(pk__in=keys).prefetch_related("districts")
    known = {one.pk: one for one in access.visible(request.user, Right.CHANGE, rows)}
    said = access.visible(request.user, Right.CHANGE, PartnersApart.objects.select_related("one", "other"))
    context = {
        "page": shown,
        "count": len(found),
        "pairs": [
            (pair, known[pair.first.pk], known[pair.second.pk])
            for pair in shown
            if pair.first.pk in known and pair.second.pk in known
        ],
        "said": said[:SAID],
    }
    return page(request, "doubles", context)


@in_the_network(Right.CHANGE)
@require_POST
def apart(request: HttpRequest) -> HttpResponse:
    """«Kein Doppel»: nobody is asked about these two again."""
    keys = [int(key) for key in request.POST.getlist("partner") if key.isdecimal() and len(key) < 10]
    rows = access.visible(request.user, Right.CHANGE, Partner.objects.filter(pk__in=keys))
    found = list(rows.order_by("pk")[:3])
    if len(found) == 2:
        said, made = PartnersApart.objects.get_or_create(one=found[0], other=found[1])
        if made:
            access.ensure(request.user, Right.ADD, said)
        messages.success(request, f"Gemerkt: «{found[0]}» und «{found[1]}» sind zwei Organisationen.")
    else:
        messages.warning(request, "Einen der beiden Partner gibt es nicht mehr.")
    return SeeOther(reverse("desk:doubles"))


@in_the_network(Right.CHANGE)
@require_POST
def not_apart(request: HttpRequest, pk: int) -> HttpResponse:
    said = access.fetch(request.user, PartnersApart.objects.all(), pk=pk)
    access.ensure(request.user, Right.CHANGE, said)
    said.delete()
    messages.success(request, "Die beiden werden wieder vorgeschlagen, wenn sie sich ähneln.")
    return SeeOther(reverse("desk:doubles"))


@in_the_network(Right.CHANGE)
@require_safe
def merge_with(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses the other one by hand, for what no comparison finds."""
    found = changeable(request, pk)
    sifted = Sifted(request)
    rows = sifted.rows.exclude(pk=pk).prefetch_related("districts")[:MOST] if sifted.q else []
    return page(request, "merge_with", {"partner": found, "sifted": sifted, "rows": rows, "most": MOST})


@dataclass(frozen=True)
class Choice:
    """One line of the page: what each of the two says."""

    name: str
    label: str
    first: str
    second: str
    chosen: str  # "1" or "2"

    @property
    def same(self) -> bool:
        return self.first == self.second


@in_the_network(Right.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, one: int, other: int) -> HttpResponse:
    if one == other:
        raise Http404("derselbe Partner")
    user: Any = request.user
    rows = access.visible(user, Right.CHANGE, Partner.objects.prefetch_related("districts"))
    both = {row.pk: row for row in rows.filter(Q(pk=one) | Q(pk=other))}
    if len(both) < 2:
        return _gone(request, one, other)
    first, second = both[one], both[other]
    if request.method == "POST":
        kept, gone = (second, first) if request.POST.get("bleibt") == "2" else (first, second)
        values = {
            field: getattr(second if _asked(request, name, first, second) == "2" else first, field)
            for name, fields in GROUPS.items()
            for field in fields
        }
        versions = {pk: request.POST.get(f"fassung{at}", "") for at, pk in enumerate((one, other), 1)}
        seen = tuple(int(text) if (text := versions[row.pk]).isdecimal() else 0 for row in (kept, gone))
        try:
            trace = merging.merge(
                kept.pk, gone.pk, values, _districts(request, first, second), user, (seen[0], seen[1])
            )
        except merging.AlreadyMerged as why:
            return _told(request, why)
        except merging.NotPossible as why:
            messages.warning(request, str(why))
            both = {row.pk: row for row in rows.filter(Q(pk=one) | Q(pk=other))}
            if len(both) < 2:
                return _gone(request, one, other)
            return _page(request, both[one], both[other])
        access.ensure(user, Right.CHANGE, trace.kept)
        messages.success(request, f"Zusammengeführt: «{trace.gone_name}» ist jetzt «{trace.kept}».")
        return SeeOther(reverse("desk:partner", args=[kept.pk]))
    return _page(request, first, second)


def _page(request: HttpRequest, first: Partner, second: Partner) -> HttpResponse:
    alike = doubles.network().compare(_facts(first), _facts(second))
    hanging = [merging.hanging(row) for row in (first, second)]
    context = {
        "first": first,
        "second": second,
        "alike": alike,
        "lines": [_line(request, name, first, second) for name in GROUPS],
        "districts": request.POST.get("districts", BOTH),
        "stays": request.POST.get("bleibt")
        or ("2" if sum(hanging[1].values()) > sum(hanging[0].values()) else "1"),  # fmt: skip
        "hanging": [
            (label, hanging[0][label], hanging[1][label]) for label in sorted({**hanging[0], **hanging[1]})
        ],  # fmt: skip
    }
    return page(request, "merge", context)


def _line(request: HttpRequest, name: str, first: Partner, second: Partner) -> Choice:
    label = LABELS.get(name) or capfirst(merging.label_of(name))
    return Choice(name, label, _said(first, name), _said(second, name), _asked(request, name, first, second))


def _asked(request: HttpRequest, name: str, first: Partner, second: Partner) -> str:
    """What was chosen; before that, whoever says something, and of two the earlier entry."""
    if (asked := request.POST.get(name)) in ("1", "2"):
        return str(asked)
    return "2" if _is_empty(first, name) and not _is_empty(second, name) else "1"


def _is_empty(partner: Partner, name: str) -> bool:
    value = getattr(partner, name)
    return value in (None, "", False) or (name == "kind" and value == Partner.Kind.OTHER)


def _said(partner: Partner, name: str) -> str:
    if name == "street":
        town = " ".join(filter(None, (partner.postal_code, partner.city)))
        return ", ".join(filter(None, (partner.street, town)))
    if name == "may_be_published":
        given = f", Zustimmung vom {partner.consent_on:%d.%m.%Y}" if partner.consent_on else ""
        return f"{merging.said(partner, name)}{given}"
    return merging.said(partner, name)


def _districts(request: HttpRequest, first: Partner, second: Partner) -> list[int]:
    asked = request.POST.get("districts", BOTH)
    of = {"1": [first], "2": [second]}.get(asked, [first, second])
    return sorted({district.pk for one in of for district in one.districts.all()})


def _facts(partner: Partner) -> doubles.Facts:
    given = {name: getattr(partner, name) for name in ("name", "kind", "phone", "website", "email", "street")}
    return doubles.Facts(partner.pk, **given, districts=frozenset(d.pk for d in partner.districts.all()))


def _gone(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """One of the two is not there (any more): a page that was open while another office merged them."""
    kept = merging.went_to(one) or merging.went_to(other)
    if kept is None or not access.may(request.user, Right.SEE, kept):
        raise Http404("kein Partner")
    messages.warning(request, merging.told_of(one, other))
    answer = SeeOther if request.method == "POST" else HttpResponseRedirect
    return answer(reverse("desk:partner", args=[kept.pk]))


def _told(request: HttpRequest, why: merging.AlreadyMerged) -> HttpResponse:
    messages.warning(request, str(why))
    if why.kept is None or not access.may(request.user, Right.SEE, why.kept):
        return SeeOther(reverse("desk:doubles"))
    return SeeOther(reverse("desk:partner", args=[why.kept.pk]))
