"""Who may see and change what in the Stadtteilzentrum."""

from django.db.models import Q

from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, By, Grant, Rule
from seniorportal.models import Role
from seniorportal.rules import of_venue
from stadtteilzentrum.models import Centre, HouseService

register.rules(
    [
        Rule(
            model,
            {
                Role.COORDINATION: [Grant(rights, By.CARRIER)],
                Role.HOUSE: [Grant(rights, By.VENUE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.CARRIER)],
            },
            of_venue(venue),
            public=Q(**{f"{venue}__published": True}),
        )
        for model, venue, rights in ((Centre, "venue", CHANGE_ONLY), (HouseService, "centre__venue", EDIT))
    ]
)
