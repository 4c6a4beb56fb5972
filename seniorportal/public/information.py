"""The pages that every site owes its readers, and the first one in Leichte Sprache.

Their text is kept by the Redaktion; where there is no row yet, the text of ``data/seiten`` is shown.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from seniorportal import contact, pages
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Page
from seniorportal.public import privacy
from seniorportal.public.parameters import Parameters


@login_not_required
@require_safe
def easy(request: HttpRequest) -> HttpResponse:
    return show(request, Page.Key.EASY, "public/easy.html")


@login_not_required
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    return show(request, Page.Key.ACCESS)


@login_not_required
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return show(request, Page.Key.IMPRINT)


@login_not_required
@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    visiting, others = privacy.declared()
    facts = {"cookies": privacy.cookies(), "visiting": visiting, "others": others, "logs": privacy.LOGS}
    return show(request, Page.Key.PRIVACY, "public/privacy.html", **facts)


def show(
    request: HttpRequest, key: Page.Key, template: str = "public/page.html", **more: Any
) -> HttpResponse:
    """One statement."""
    page = visible(PUBLIC, Right.SEE, Page.objects.filter(key=key)).first() or pages.first_text(key)
    context = {"page": page, "ignored": Parameters(request).ignored, "contact": contact.city()}
    return render(request, template, context | more)
