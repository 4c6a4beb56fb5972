"""The ways from the overview to the pages of the offices."""

from collections.abc import Callable
from typing import Any

from django.db import models

from seniorenbuero.models import ConsultationCount
from seniorportal import access, register
from seniorportal.access import Right
from seniorportal.models import Consultation, Partner
from seniorportal.register import Door


def whoever(right: Right, model: type[models.Model]) -> Callable[[Any], bool]:
    return lambda user: access.offers(user, right, model)


register.doors(
    [
        Door("Beratung eintragen", "desk:log", whoever(Right.ADD, Consultation)),
        Door("Ihr Büro", "desk:start", whoever(Right.ADD, Consultation)),
        Door("Zahlen der Seniorenbüros", "desk:numbers", whoever(Right.SEE, ConsultationCount)),
        Door("Netzwerkpartner der Stadt", "desk:network", whoever(Right.SEE, Partner)),
    ]
)
