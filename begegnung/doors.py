"""The way from the overview to the pages of those who look after houses."""

from typing import Any

from seniorportal import access, register
from seniorportal.access import Right
from seniorportal.models import ReportArea, Visit
from seniorportal.register import Door


def keeps_houses(user: Any) -> bool:
    """Whether there are houses to look after. One statement, where there may be any."""
    if not access.offers(user, Right.ADD, Visit):
        return False
    return access.targets(user, Right.ADD, Visit, "venue").exclude(report_area=ReportArea.OFFICES).exists()


register.doors([Door("Meine Häuser", "begegnung:manage:houses", keeps_houses)])
