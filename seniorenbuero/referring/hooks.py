"""What it hands to other rooms: worries of the halls are counted, unmet needs stand on the Bedarfskarte."""

from seniorenbuero.models import Referral
from seniorenbuero.referring.numbers import unmet
from seniorportal import concerns, register
from seniorportal.models import Concern, ReportArea


def count_worry(concern: Concern) -> None:
    """«Wir machen uns Gedanken» is a Vermittlung from a house to an office: only that it happened."""
    office = concern.team_venue
    if concern.kind == Concern.Kind.WORRY and office and office.report_area == ReportArea.OFFICES:
        Referral.objects.create(
            office=office,
            venue=concern.venue,
            date=concern.asked_on,
            direction=Referral.Direction.HERE,
            example=concern.example,
        )


concerns.ASKED.append(count_worry)
register.needs_panels([unmet])
