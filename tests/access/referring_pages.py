"""The pages around Vermittlungen, as ``pages.py`` keeps them."""

from collections.abc import Iterator
from typing import Any

from seniorenbuero.models import Referral
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Consultation
from tests.access.pages import FORM, Answers, Page, whoever
from tests.cast import City


def of_office(get: set[int], post: set[int]) -> Page:
    """A row that only the office which wrote it reaches; people of a house who may tick it do not."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        desk = access.offers(user, Right.ADD, Referral)
        for row in city.rows(Referral)[:3]:
            own = desk and access.may(user, Right.SEE, row)
            hidden: set[int] = {404, 405} if desk else {404}
            yield {"pk": row.pk}, {"get": get if own else hidden, "post": post if own else hidden}

    return page


REFERRING_PAGES: dict[str, Page] = {
    "desk:refer": whoever(Right.ADD, Consultation, post=FORM),
    "desk:referring": whoever(Right.ADD, Consultation, post=FORM),
    "desk:card": of_office({200}, {405}),
    "desk:card_pdf": of_office({200, 404}, {405}),  # without a press there is no PDF
    "desk:withdraw_referral": of_office({405}, FORM),
    "arrival:hall": whoever(Right.CHANGE, Referral, post=FORM),
}
