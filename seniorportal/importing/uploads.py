"""The upload behind a preview: kept until it is confirmed or discarded, at most an hour."""

import datetime as dt

from django.utils import timezone

from seniorportal.models import ImportRow, ImportRun

KEPT = dt.timedelta(hours=1)
State = ImportRun.State


def forget_old() -> int:
    """Discards previews that nobody confirmed in time; answers how many."""
    old = ImportRun.objects.filter(state=State.PREVIEW, made_at__lt=timezone.now() - KEPT)
    keys = list(old.values_list("pk", flat=True))
    ImportRow.objects.filter(run__in=keys).delete()
    return ImportRun.objects.filter(pk__in=keys).update(state=State.DISCARDED, upload=None)


def discard(run: ImportRun) -> None:
    run.rows.all().delete()
    run.state, run.upload = State.DISCARDED, None
    run.save()
