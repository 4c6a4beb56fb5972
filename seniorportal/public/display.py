"""Text size and colours: one click on a plain link, kept by the visitor's own browser, over all pages."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from seniorportal import visitors
from seniorportal.answers import SeeOther
from seniorportal.public.parameters import Parameters
from seniorportal.public.sameplace import page_before


@login_not_required
@never_cache
@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keeps what was chosen and leads back to the page of ours that had the link; else shows the page of all choices.

    A link that a browser or a search engine only looks into ahead keeps nothing.
    """
    parameters = Parameters(request, "schrift", "farben")
    text = parameters.choices("schrift", set(visitors.TEXT_SIZES))[-1:]
    colours = parameters.choices("farben", set(visitors.COLOURS))[-1:]
    kept = visitors.current()
    chosen = replace(kept, text=(text or [kept.text])[0], colours=(colours or [kept.colours])[0])
    if (text or colours) and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        back = page_before(request, but=reverse("public:display"))
        if back:
            response: HttpResponse = SeeOther(back)
        else:
            before = visitors.activate(chosen)
            try:
                response = page(request, parameters, changed=True)
            finally:
                visitors.deactivate(before)
        visitors.remember_display(response, chosen)
        return response
    return page(request, parameters, changed=False)


def page(request: HttpRequest, parameters: Parameters, *, changed: bool) -> HttpResponse:
    context = {"changed": changed, "ignored": parameters.ignored, "days": visitors.KEPT_DAYS}
    return render(request, "public/display.html", context)
