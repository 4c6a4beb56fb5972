"""Small words that several lists show."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import ExpressionWrapper, F
from django.http import HttpRequest
from django.utils import timezone


def day(value: dt.date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else "–"


def joined(rows: Iterable[Any]) -> str:
    return ", ".join(str(row) for row in rows) or "–"


class Review(admin.SimpleListFilter):
    """Whether somebody still vouches for the entry, by its own review interval."""

    title = "Prüfung"
    parameter_name = "pruefung"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("gilt", "geprüft und gültig"), ("faellig", "fällig"), ("nie", "nie geprüft")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if self.value() == "nie":
            return queryset.filter(confirmed_at__isnull=True)
        if self.value() not in ("gilt", "faellig"):
            return queryset
        until = ExpressionWrapper(F("confirmed_at") + F("review_interval"), output_field=models.DateField())
        rows = queryset.alias(confirmed_until=until)
        today = timezone.localdate()
        if self.value() == "gilt":
            return rows.filter(confirmed_until__gte=today)
        return rows.filter(confirmed_until__lt=today)


class ActiveToday(admin.SimpleListFilter):
    title = "Zeitraum"
    parameter_name = "zeitraum"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("heute", "gilt heute"), ("vorbei", "vorbei"), ("kommt", "beginnt später")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "heute":
            rows: Any = queryset
            return rows.active_on(today)
        if self.value() == "vorbei":
            return queryset.filter(active_until__lt=today)
        if self.value() == "kommt":
            return queryset.filter(active_from__gt=today)
        return queryset


class Confirming:
    """The action «Stimmt noch» and the column beside it."""

    @admin.action(description="Stimmt noch: heute geprüft", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        count = queryset.model._default_manager.filter(pk__in=queryset.order_by().values("pk")).update(
            confirmed_at=timezone.localdate(), confirmed_by=request.user, version=F("version") + 1
        )
        many = "Ein Eintrag gilt" if count == 1 else f"{count} Einträge gelten"
        self.message_user(request, f"Danke. {many} als heute geprüft.")  # type: ignore[attr-defined]

    @admin.display(description="Prüfung", ordering="confirmed_at")
    def review(self, record: Any) -> str:
        if record.confirmed_at is None:
            return "nie geprüft"
        state = "" if record.is_confirmed(timezone.localdate()) else ", wieder fällig"
        return f"{record.confirmed_at:%d.%m.%Y}{state}"
