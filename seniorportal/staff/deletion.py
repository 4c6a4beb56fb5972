"""Datenschutz: what would go tonight, what went, and everything that is kept on a person, as data and as a document."""

import uuid
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from seniorportal import register
from seniorportal.models import Deletion, Membership, Role, User
from seniorportal.printing import press
from seniorportal.privacy import export, retention

from .admin import ScopedAdmin
from .site import site


@admin.register(Deletion, site=site)
class DeletionAdmin(ScopedAdmin):
    """Above the list of what went: every kind of row with its time, and how many rows are over it today."""

    change_list_template = "staff/privacy.html"
    list_display = ("number", "label", "act", "day")
    list_filter = ("act",)
    fieldsets = ((None, {"fields": ("label", "number", "act", "day")}),)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        due = {declared.label: number for declared, _, number in retention.plan(timezone.localdate())}
        kinds = [
            {"declared": declared, "due": due.get(declared.label)}
            for declared in register.all_personal_data().values()
        ]
        more = {"title": "Datenschutz", "kinds": kinds, "example": example()}
        return super().changelist_view(request, {**more, **(extra_context or {})})


def example() -> dict[str, Any]:
    """The export of a person who does not exist: made, read and gone again within one transaction."""
    with transaction.atomic():
        name = f"erika-beispiel-{uuid.uuid4().hex[:8]}"
        user = User.objects.create_user(name, name="Erika Beispiel", email="erika@beispiel.invalid")
        Membership.objects.create(user=user, role=Role.EDITORS, active_from=timezone.localdate())
        found = export.of_account(user)
        transaction.set_rollback(True)
    return found


@require_safe
def my_data_as_json(request: HttpRequest) -> HttpResponse:
    """Everything on one's own account; nobody else's can be asked for."""
    user: Any = request.user
    return _to_keep(export.as_json(user), "application/json; charset=utf-8", "meine-daten.json")


@require_safe
def my_data_as_pdf(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    try:
        return _to_keep(as_pdf(export.of_account(user)), "application/pdf", "meine-daten.pdf")
    except (press.Missing, press.Busy):
        return render(request, "staff/no_pdf.html", status=503)


def as_pdf(found: dict[str, Any]) -> bytes:
    moment = parse_datetime(found["stand"])
    said = f"{date_format(moment, 'j. F Y, H.i')} Uhr" if moment else found["stand"]
    words = {"titel": f"Auskunft zum Konto {found['konto']}", "stand_in_worten": said}
    return press.printed("account", found | words)


def _to_keep(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
