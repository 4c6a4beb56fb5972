"""Pages of the network: who sees partners, who keeps them, whose contacts one may correct."""

from collections.abc import Iterator
from typing import Any

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Partner, PartnerContact, PartnersApart
from tests.access.pages import FORM, Answers, Page, of_rows, of_rows_sent, only_sent, whoever
from tests.cast import City


def two_rows(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    """Nothing is chosen in the form: it is shown again."""
    one, other = city.rows(Partner)[:2]
    keeps = access.offers(user, Right.CHANGE, Partner)
    answers = {"get": {200}, "post": FORM} if keeps else {"get": {404}, "post": {404}}
    yield {"one": one.pk, "other": other.pk}, answers


NETWORK_PAGES: dict[str, Page] = {
    "desk:network": whoever(Right.SEE, Partner),
    "desk:network_on_paper": whoever(Right.SEE, Partner),
    "desk:partner": of_rows(Partner, changes=None),
    "desk:partner_new": whoever(Right.ADD, Partner, post=FORM),
    "desk:partner_edit": of_rows(Partner, sees=Right.CHANGE),
    "desk:partner_contact": of_rows(Partner, sees=Right.CHANGE),
    "desk:contact": of_rows(PartnerContact, sees=Right.CHANGE),
    "desk:doubles": whoever(Right.CHANGE, Partner),
    "desk:apart": only_sent(Right.CHANGE, Partner, post={303}),
    "desk:not_apart": of_rows_sent(PartnersApart),
    "desk:merge_with": of_rows(Partner, sees=Right.CHANGE, changes=None),
    "desk:merge": two_rows,
}
