"""Rows of the matrix for «Meine Häuser», «Stimmt noch?» and the printed programmes."""

from django.utils import timezone

from seniorportal.access import Right
from seniorportal.models import Visit
from seniorportal.printing.spans import month_of
from tests.access.counting_pages import Page, only_looked_at
from tests.access.pages import whoever

HOUSES_PAGES: dict[str, Page] = {
    "begegnung:manage:houses": only_looked_at(Right.ADD, Visit),
    "begegnung:manage:confirm": whoever(Right.ADD, Visit, post={400}),  # nothing was ticked
    "begegnung:manage:programmes_now": only_looked_at(Right.ADD, Visit, 302),
    "begegnung:manage:programmes": only_looked_at(Right.ADD, Visit, month=month_of(timezone.localdate())),
}
