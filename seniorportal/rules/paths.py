"""Ways from a row to the carrier, the district or the venue that it belongs to, and what several families say alike."""

from collections.abc import Callable

from django.db.models import Model, Q

from seniorportal.access import EDIT, By, Grant, Rule
from seniorportal.models import ReportArea, Role, User

Paths = dict[By, str | tuple[str, ...]]


def at_office(venue: str) -> Callable[[User], Q]:
    """Rows of a Seniorenbüro, which coordinators of a carrier or district never reach; ``venue`` leads to the venue."""
    path = f"{venue}__report_area" if venue else "report_area"
    return lambda user: Q(**{f"{path}": ReportArea.OFFICES}) & Q(**{f"{path}__isnull": False})


def of_venue(venue: str) -> Paths:
    """Paths of what hangs on exactly one venue."""
    return {By.CARRIER: f"{venue}__carriers", By.DISTRICT: f"{venue}__district", By.VENUE: venue}


def of_offering(prefix: str) -> Paths:
    """Paths of the programme: carriers and district of the venue, or the offering's own where they differ."""
    return {
        By.CARRIER: (f"{prefix}venue__carriers", f"{prefix}carriers"),
        By.DISTRICT: (f"{prefix}venue__district", f"{prefix}district"),
        By.VENUE: f"{prefix}venue",
    }


def of_office(model: type[Model], office: str) -> Rule:
    """What only the people of one Seniorenbüro see; ``office`` leads to its venue."""
    return Rule(model, {Role.TANDEM: [Grant(EDIT, By.VENUE)]}, {By.VENUE: office})


# Who plans what there should be: the map of needs, and what it is made of.
PLANNERS = (Role.EDITORS, Role.COORDINATION, Role.VORORT, Role.TANDEM, Role.EVALUATION)
