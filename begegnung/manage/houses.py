"""«Meine Häuser»: every venue the person may change or looks after, what needs her first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Venue


@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    user = request.user
    rows = access.visible(user, Right.SEE, Venue.objects.all()).select_related("district")
    return render(request, "begegnung/manage/houses.html", {"houses": rows})
