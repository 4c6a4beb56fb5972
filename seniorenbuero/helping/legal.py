"""What the law says about the recognised kind of help, with its day. Information, never a decision."""

import datetime as dt

from seniorportal import parameters
from seniorportal.models import Parameter


def of_today(today: dt.date) -> list[Parameter]:
    """One statement."""
    keys = (parameters.RELIEF, parameters.MOST_PEOPLE)
    return list(Parameter.objects.on(today).filter(key__in=keys))


def most_people(today: dt.date) -> Parameter | None:
    """How many people one recognised helper may help."""
    return Parameter.objects.on(today).filter(key=parameters.MOST_PEOPLE).first()
