"""What each app hands in when it is ready, and the checks that nothing was forgotten.

Apps call the functions in ``AppConfig.ready()``; the ground floor reads what was handed in and names no app.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.apps import apps
from django.core import checks
from django.db import models

if TYPE_CHECKING:
    from seniorportal.access import Rule
    from seniorportal.figures.base import Figure

OUR_APPS = ("seniorportal", "begegnung", "stadtteilzentrum", "seniorenbuero")

_rules: dict[type[models.Model], "Rule"] = {}
_figures: dict[str, "Figure"] = {}


def rules(handed_in: Iterable["Rule"]) -> None:
    for rule in handed_in:
        if rule.model in _rules:
            raise ValueError(f"{rule.model._meta.label} has two rules")
        _rules[rule.model] = rule


def rule_for(model: type[models.Model]) -> "Rule | None":
    """The one rule of a model; None means closed to everybody."""
    return _rules.get(model._meta.concrete_model or model)


def all_rules() -> list["Rule"]:
    return list(_rules.values())


def figures(handed_in: Iterable["Figure"]) -> None:
    for figure in handed_in:
        if figure.key in _figures:
            raise ValueError(f"figure {figure.key} was handed in twice")
        _figures[figure.key] = figure


def all_figures() -> dict[str, "Figure"]:
    """By key, in the order of the report's chapters."""
    return dict(_figures)


def governed_models() -> Iterator[type[models.Model]]:
    """Every table of ours that a rule must speak about: no proxies, through tables or history tables."""
    for label in OUR_APPS:
        for model in apps.get_app_config(label).get_models():
            if not model._meta.proxy and not hasattr(model, "pgh_tracked_model"):
                yield model


@checks.register("access")
def every_model_has_a_rule(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{model._meta.label} has no rule and is closed to everybody.",
            hint="Hand a Rule in from the app's access.py, even an empty one that says: nobody.",
            obj=model,
            id="portal.E001",
        )
        for model in governed_models()
        if model not in _rules
    ]
