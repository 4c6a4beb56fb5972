"""Organisations of the network."""

from seniorportal import register
from seniorportal.access import EDIT, READ, By, Grant, Rule
from seniorportal.models import Partner, PartnerContact, PartnerMerge, PartnersApart, Role

register.rules(
    [
        Rule(
            Partner,
            {
                Role.TANDEM: [Grant(EDIT, By.EVERYWHERE)],
                Role.HOUSE: [Grant(EDIT, By.EVERYWHERE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.DISTRICT: "districts"},
        ),
        Rule(
            PartnerContact,
            {
                Role.TANDEM: [Grant(READ, By.EVERYWHERE), Grant(EDIT, By.VENUE)],
                Role.HOUSE: [Grant(READ, By.EVERYWHERE), Grant(EDIT, By.VENUE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.DISTRICT: "partner__districts", By.VENUE: "venue"},
        ),
        Rule(
            PartnersApart,
            {role: [Grant(EDIT, By.EVERYWHERE)] for role in (Role.TANDEM, Role.HOUSE)},
        ),
        Rule(
            PartnerMerge,
            {
                Role.TANDEM: [Grant(EDIT, By.EVERYWHERE)],
                Role.HOUSE: [Grant(EDIT, By.EVERYWHERE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.DISTRICT: "kept__districts"},
        ),
    ]
)
