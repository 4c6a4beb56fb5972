"""Pages of an office about itself, in the table of tests/access/pages.py."""

from collections.abc import Iterator
from typing import Any

from seniorenbuero.models import WorkingWeek
from seniorportal.access import Right
from seniorportal.models import Absence
from tests.access.pages import FORM, Answers, Page, holds, of_rows, whoever
from tests.cast import City


def last_day(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    """The weeks of the cast are those of the tandems themselves, and nobody enters her own last day."""
    for week in city.rows(WorkingWeek):
        sees = holds(user, Right.SEE, week)
        yield {"pk": week.member_id}, {"get": {200 if sees else 404}, "post": {403 if sees else 404}}


OFFICE_PAGES: dict[str, Page] = {
    "desk:office": whoever(Right.ADD, Absence),
    "desk:office_page": whoever(Right.ADD, Absence, post=FORM),
    "desk:office_hand_over": whoever(Right.ADD, Absence, post=FORM),
    "desk:office_absent": whoever(Right.ADD, Absence, post=FORM),
    "desk:office_absence": of_rows(Absence),
    "desk:office_week": of_rows(WorkingWeek, lambda week: {"pk": week.member_id}),
    "desk:office_last_day": last_day,
}
