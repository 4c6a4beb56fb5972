"""What every record has in common: a version against lost updates, a mark for example rows, a first and a last day."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class Conflict(Exception):
    """Somebody else saved the record in between; nothing was written."""

    def __init__(self, record: models.Model) -> None:
        super().__init__(f"{record._meta.label} {record.pk} was changed in between")
        self.record = record


class Record(models.Model):
    """A row that staff edit. ``save()`` is one UPDATE ... WHERE version = n and raises Conflict where none matched.

    ``QuerySet.update()`` does not count the version up: pass ``version=F("version") + 1`` where people may be editing.
    """

    version = models.PositiveIntegerField("Fassung", default=1, editable=False)
    example = models.BooleanField(
        "Beispiel",
        default=False,
        editable=False,
        help_text="Zeile der Beispieldaten, öffentlich so gekennzeichnet.",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            return super().save(*args, **kwargs)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        self.version += 1
        try:
            super().save(*args, **kwargs)
        except BaseException:
            self.version -= 1
            raise

    def _do_update(self, *args: Any) -> Any:
        """Django's own hook for the UPDATE of ``save()``, narrowed to the version that was loaded."""
        base_qs, *rest = args
        updated = super()._do_update(base_qs.filter(version=self.version - 1), *rest)
        if not updated:
            raise Conflict(self)
        return updated


class PeriodQuerySet(models.QuerySet):
    def active_on(self, day: dt.date) -> Self:
        return self.active_within(day, day)

    def active_within(self, first: dt.date, last: dt.date) -> Self:
        """Active on at least one day from ``first`` to ``last``, both included."""
        return self.filter(
            Q(active_from__isnull=True) | Q(active_from__lte=last),
            Q(active_until__isnull=True) | Q(active_until__gte=first),
        )


class Period(models.Model):
    """Active from the first to the last day, both included; empty means open."""

    active_from = models.DateField("aktiv ab", null=True, blank=True)
    active_until = models.DateField(
        "aktiv bis", null=True, blank=True, help_text="Letzter Tag. Leer: bis auf Weiteres."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_until__gte=F("active_from")),
                name="%(app_label)s_%(class)s_period",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            )
        ]
