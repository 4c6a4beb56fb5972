"""What a file brought in."""

from collections.abc import Callable

from django.db.models import Model, Q

from seniorportal import register
from seniorportal.access import EDIT, READ, By, Grant, Right, Rule
from seniorportal.models import ImportRow, ImportRun, Role, User


def of_others(path: str) -> Callable[[User], Q]:
    """Imports that somebody else made; ``path`` leads to the account."""
    return lambda user: ~Q(**{path: user.pk})


def own_imports(model: type[Model], path: str, rights: frozenset[Right]) -> Rule:
    """For those who may add venues or offerings: what a file did, each sees her own."""
    planners = (Role.COORDINATION, Role.VORORT, Role.HOUSE, Role.TANDEM)
    return Rule(model, {role: [Grant(rights, By.EVERYWHERE, never=of_others(path))] for role in planners})


register.rules(
    [
        own_imports(ImportRun, "by", EDIT),
        own_imports(ImportRow, "run__by", READ),
    ]
)
