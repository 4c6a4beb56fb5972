"""What each app hands in when it is ready, and the checks that nothing was forgotten.

Apps call the functions in ``AppConfig.ready()``; the ground floor reads what was handed in and names no app.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import checks
from django.db import models

if TYPE_CHECKING:
    from seniorportal.access import Rule
    from seniorportal.figures.base import Figure
    from seniorportal.models import Concern, Membership, User
    from seniorportal.privacy.declaration import Nobody, PersonalData

OUR_APPS = ("seniorportal", "begegnung", "stadtteilzentrum", "seniorenbuero")

_rules: dict[type[models.Model], "Rule"] = {}
_figures: dict[str, "Figure"] = {}
_personal: dict[str, "PersonalData"] = {}
_nobody: dict[str, "Nobody"] = {}
_reminders: list[Callable[[dt.date], int]] = []
NeedsPanel = Callable[[dt.date, str], tuple[str, dict[str, Any]]]
_needs_panels: list[NeedsPanel] = []
_letters: dict[str, Callable[[Any], dict[str, Any] | None]] = {}
_doors: list["Door"] = []
_remarks: list[Callable[[Any, dt.date, dt.date], Iterable["Remark"]]] = []
_stop_pages: list[Callable[["User", "Concern"], str]] = []
_left_open: list[Callable[["User", "Membership"], "LeftOpen | None"]] = []


@dataclass(frozen=True)
class Door:
    """A way from the overview into an app's own pages: the name of a URL, and whom it is open to."""

    title: str
    name: str
    open_to: Callable[[Any], bool]


@dataclass(frozen=True)
class Remark:
    """What somebody noted for a chapter of the report; ``of`` says where it comes from."""

    area: str
    day: dt.date
    of: str
    sentence: str


@dataclass(frozen=True)
class LeftOpen:
    """What somebody looks after whose membership ends: how much in words, the page where it goes on, and its button."""

    in_words: str
    page: str
    act: str


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


def personal_data(handed_in: Iterable["PersonalData"]) -> None:
    for declared in handed_in:
        _say_once(declared.label)
        _personal[declared.label] = declared


def nobody(handed_in: Iterable["Nobody"]) -> None:
    for declared in handed_in:
        for label in declared.labels:
            _say_once(label)
            _nobody[label] = declared


def reminders(handed_in: Iterable[Callable[[dt.date], int]]) -> None:
    """What the nightly job ``remind`` asks on a day; each writes its mails and says how many."""
    _reminders.extend(one for one in handed_in if one not in _reminders)


def all_reminders() -> list[Callable[[dt.date], int]]:
    return list(_reminders)


def letters(handed_in: dict[str, Callable[[Any], dict[str, Any] | None]]) -> None:
    """By kind of mail: what its template is filled with, from the numbers of the row; None where it is not to be sent.

    ``reply_to`` among it is whom an answer reaches.
    """
    _letters.update(handed_in)


def letter_of(kind: str) -> "Callable[[Any], dict[str, Any] | None] | None":
    return _letters.get(kind)


def doors(handed_in: Iterable[Door]) -> None:
    _doors.extend(one for one in handed_in if one not in _doors)


def doors_of(user: Any) -> list[Door]:
    """In the order in which the apps handed them in."""
    return [door for door in _doors if door.open_to(user)]


def remarks(handed_in: Iterable[Callable[[Any, dt.date, dt.date], Iterable[Remark]]]) -> None:
    """What the report lists for its editors: asked with the principal, the first and the last day."""
    _remarks.extend(one for one in handed_in if one not in _remarks)


def all_remarks(principal: Any, first: dt.date, last: dt.date) -> list[Remark]:
    """In order of their days. One statement for each that was handed in."""
    found = [remark for ask in _remarks for remark in ask(principal, first, last)]
    return sorted(found, key=lambda remark: (remark.day, remark.of))


def left_open(handed_in: Iterable[Callable[["User", "Membership"], LeftOpen | None]]) -> None:
    """Asked before a membership ends, with whoever ends it: she hears only of what she may change."""
    _left_open.extend(one for one in handed_in if one not in _left_open)


def all_left_open(by: "User", membership: "Membership") -> list[LeftOpen]:
    return [found for ask in _left_open if (found := ask(by, membership))]


def stop_pages(handed_in: Iterable[Callable[["User", "Concern"], str]]) -> None:
    """The one page on which somebody says that a person of the call list has died or wants no calls or letters.

    Each answers with an address, or "" for whoever may not use its page.
    """
    _stop_pages.extend(one for one in handed_in if one not in _stop_pages)


def stop_page_of(user: "User", concern: "Concern") -> str:
    return next((page for ask in _stop_pages if (page := ask(user, concern))), "")


def needs_panels(handed_in: Iterable[NeedsPanel]) -> None:
    """What the map of needs shows besides the programme: of a day and a district, a template and its context."""
    _needs_panels.extend(one for one in handed_in if one not in _needs_panels)


def all_needs_panels() -> list[NeedsPanel]:
    return list(_needs_panels)


def _say_once(label: str) -> None:
    if label in _personal or label in _nobody:
        raise ValueError(f"about {label} something was said twice")


def all_personal_data() -> dict[str, "PersonalData"]:
    return dict(_personal)


def all_about_nobody() -> list["Nobody"]:
    return list(dict.fromkeys(_nobody.values()))


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


@checks.register("privacy")
def every_kind_of_row_is_declared(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    """Tables of libraries too. A history table is what the table is whose history it holds."""
    tables = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
    }
    said = _personal.keys() | _nobody.keys()
    missing: list[checks.CheckMessage] = [
        checks.Error(
            f"Nobody says whether {label} holds anything about persons.",
            hint="Hand a PersonalData or a Nobody in: seniorportal/privacy/declarations.py or the app's personal.py.",
            id="portal.E002",
        )
        for label in sorted(tables - said)
    ]
    return missing + [
        checks.Error(f"{label} is declared and does not exist.", id="portal.E003")
        for label in sorted(said - tables)
    ]
