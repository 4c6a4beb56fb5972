"""The page after the login."""

import datetime as dt
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from seniorportal import access, concerns, feedback, register
from seniorportal.access import Right
from seniorportal.accounts import invitations
from seniorportal.models import (
    Concern,
    Feedback,
    Membership,
    Offering,
    Venue,
    Visit,
)

from .site import site


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who one is here, until when, and what one may do; all of it asked of the door."""
    user: Any = request.user
    today = timezone.localdate()
    rows = Membership.objects.filter(user=user).select_related("carrier", "district", "venue")
    roles = list(rows.order_by("role", "active_from", "pk"))
    offered = pages(request)
    context = {
        "name": user.name or user.username,
        "roles": [role for role in roles if role.is_active_on(today)],
        "later": [role for role in roles if role.active_from and role.active_from > today],
        "over": [role for role in roles if role.active_until and role.active_until < today],
        "doors": register.doors_of(user),
        "counts": counts(user),
        "feedback": waiting_feedback(user, today),
        "calls": concerns.waiting(user, today),
        "has_calls": access.offers(user, Right.CHANGE, Concern),
        "has_worries": access.offers(user, Right.ADD, Visit),
        "team": invitations.news(user),
        "works": [page for page in offered if page["works"]],
        "reads": [page for page in offered if not page["works"]],
    }
    return render(request, "staff/overview.html", context)


def counts(user: Any) -> list[tuple[int, str]]:
    """How many venues and offerings are the person's own, that is: hers to change. Two statements."""
    found = []
    for model, one, many in ((Venue, "Ort", "Orte"), (Offering, "Angebot", "Angebote")):
        if access.offers(user, Right.CHANGE, model):
            count = access.visible(user, Right.CHANGE, model._default_manager.all()).count()
            found.append((count, one if count == 1 else many))
    return found


def waiting_feedback(user: Any, today: dt.date) -> dict[str, Any] | None:
    """How many Rückmeldungen wait for her answer, and until when the first is promised. One statement."""
    if not access.offers(user, Right.CHANGE, Feedback):
        return None
    found = feedback.open_for(user).aggregate(number=Count("pk"), first=Min("answer_by"))
    return found | {"late": found["first"] < today} if found["number"] else None


def pages(request: HttpRequest) -> list[dict[str, Any]]:
    """The lists of the admin that its menus name to the person, in the order of their names."""
    user: Any = request.user
    found = []
    for model, model_admin in site._registry.items():
        if not model_admin.has_module_permission(request):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        adds = access.offers(user, Right.ADD, model)
        found.append(
            {
                "title": capfirst(model._meta.verbose_name_plural),
                "url": reverse(f"{name}_changelist"),
                "add_url": reverse(f"{name}_add") if adds else "",
                "add_title": f"Neu: {capfirst(model._meta.verbose_name)}",
                "works": adds or access.offers(user, Right.CHANGE, model),
            }
        )
    return sorted(found, key=lambda page: page["title"])
