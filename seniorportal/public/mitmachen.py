"""/mitmachen/: who is looked for, ideas that look for others, and their forms. Nobody's name is ever shown here."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from seniorportal import contact, taking_part, vocabularies
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Companion, District, Idea
from seniorportal.public.forms import answered, once
from seniorportal.public.mitmachen_forms import IdeaForm, JoinForm
from seniorportal.public.parameters import Parameters

PER_PAGE = 20
NEWEST = 60  # ideas on one page; more than a city has at a time


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Openings by pages and the ideas of today. A fixed number of statements, however many there are."""
    now = timezone.localtime()
    names = vocabularies.current().districts
    parameters = Parameters(request, "bezirk")
    chosen = parameters.choices("bezirk", set(names))
    openings, ideas = taking_part.openings(now.date()), taking_part.ideas(now.date())
    numbers: dict[str, int] = {}
    for rows, path in ((openings, "venue__district__slug"), (ideas, "district__slug")):
        for slug, number in rows.order_by().values_list(path).annotate(Count("pk")):
            numbers[slug] = numbers.get(slug, 0) + number
    if chosen:
        openings = openings.filter(venue__district__slug__in=chosen)
        ideas = ideas.filter(district__slug__in=chosen)
    shown = parameters.page_of(openings, PER_PAGE)
    found = list(ideas[:NEWEST])
    context = {
        "page": shown,
        "openings": taking_part.with_contacts(shown, now),
        "ideas": found,
        "count": counted(shown.paginator.count, len(found)),
        "districts": [
            {"slug": slug, "name": name, "number": numbers.get(slug, 0), "chosen": slug in chosen}
            for slug, name in names.items()
            if slug in numbers or slug in chosen
        ],
        "chosen": [names[slug] for slug in chosen],
        "query": "".join(f"bezirk={slug}&" for slug in chosen),
        "ignored": parameters.ignored,
        "contact": contact.for_district(District.objects.filter(slug=chosen[0]).first(), now)
        if len(chosen) == 1
        else contact.city(),
    }
    return render(request, "public/mitmachen.html", context)


def counted(openings: int, ideas: int) -> str:
    first = ngettext("%(n)s Gesuch", "%(n)s Gesuche", openings) % {"n": openings}
    second = ngettext("%(n)s Idee", "%(n)s Ideen", ideas) % {"n": ideas}
    return f"{first}, {second}"


def fetch_idea(pk: int) -> Idea:
    """Shown today, or 404: one that is over is gone."""
    found = visible(PUBLIC, Right.SEE, taking_part.ideas(timezone.localdate())).filter(pk=pk).first()
    if found is None:
        raise Http404("nicht gefunden")
    return found


@login_not_required
@require_safe
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch_idea(pk)
    context = {"idea": found, "contact": taking_part.contact_of_idea(found, timezone.localtime())}
    return render(request, "public/idea.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_idea(request: HttpRequest) -> HttpResponse:
    form = IdeaForm(request.POST) if request.method == "POST" else IdeaForm()
    found, status = answered(request, form, post)
    context = {"form": form, "contact": contact.city(), "days": taking_part.ANSWERED_WITHIN}
    return found or render(request, "public/idea_new.html", context, status=status)


def post(form: Any) -> str:
    said, number = form.cleaned_data, form.submission
    fields = {
        "title": said["titel"],
        "text": said["text"],
        "where": said["wo"],
        "when": said["wann"],
        "name": said["name"],
        "phone": said["telefon"],
        "district": District.objects.filter(slug=said["bezirk"]).first() if said["bezirk"] else None,
    }
    once(
        lambda: taking_part.post(fields, number, timezone.localdate()),
        Idea.objects.filter(submission=number).exists,
    )
    return reverse("public:idea_receipt", args=[number])


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch_idea(pk)
    form = JoinForm(request.POST) if request.method == "POST" else JoinForm()
    sent, status = answered(request, form, lambda form: joined(form, found))
    context = {
        "form": form,
        "idea": found,
        "contact": taking_part.contact_of_idea(found, timezone.localtime()),
        "kept": Idea.KEPT_DAYS,
    }
    return sent or render(request, "public/idea_join.html", context, status=status)


def joined(form: Any, idea: Idea) -> str:
    said, number = form.cleaned_data, form.submission
    fields = {"name": said["name"], "phone": said["telefon"], "message": said["nachricht_an"]}
    once(
        lambda: taking_part.join(idea, fields, number, timezone.localdate()),
        Companion.objects.filter(submission=number).exists,
    )
    return reverse("public:idea_receipt", args=[number])


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """How far it is. After the end the number leads nowhere."""
    found, posted = taking_part.idea_of_receipt(submission)
    if found is None:
        raise Http404("nicht gefunden")
    today = timezone.localdate()
    context = {
        "posted": posted,
        "owner": found.owner,
        "answer_by": found.answer_by,
        "idea": found if found.state == Idea.State.PUBLIC and found.until >= today else None,
        "waits": found.state == Idea.State.NEW,
        "contact": taking_part.contact_of_idea(found, timezone.localtime()),
    }
    return render(request, "public/idea_receipt.html", context)
