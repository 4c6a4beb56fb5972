"""Who looks at the network: everybody whom the rules show a partner, from an office or from elsewhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from seniorenbuero.desk.door import Desk, of_person
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Partner

View = Callable[..., HttpResponseBase]


def in_the_network(right: Right = Right.SEE) -> Callable[[View], View]:
    """404 for whom the rules offer the right on no partner at all."""

    def around(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not access.offers(request.user, right, Partner):
                raise Http404("kein Netzwerk")
            return view(request, *args, **kwargs)

        return never_cache(door)

    return around


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> Any:
    """A page with the frame of the office where somebody is at one; without it elsewhere."""
    desk: Desk | None = of_person(request, None)
    frame = {
        "desk": desk,
        "today": timezone.localdate(),
        "keeps": access.offers(request.user, Right.CHANGE, Partner),
    }
    return render(request, f"seniorenbuero/network/{template}.html", frame | context, status=status)


def changeable(request: HttpRequest, pk: int) -> Partner:
    """The partner, for whoever may change it; 404 for others."""
    rows = access.visible(request.user, Right.CHANGE, Partner.objects.all())
    return access.fetch(request.user, rows, pk=pk)
