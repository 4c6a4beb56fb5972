"""What is said about every kind of row: either what it holds about which persons, or why it holds nothing of the kind.

Apps hand their declarations to ``register.personal_data`` and ``register.nobody``; ``checks`` fails for a kind of row
about which nothing is said. Kinds are named by their label («seniorportal.User»), so
that foreign ones can be named too.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from seniorportal.models.walled import Walled


@dataclass(frozen=True)
class Retention:
    """``rows`` are those whose time is over on a day. They are deleted, or their fields take the values of ``blank``.

    ``traces`` are rows of a history whose record went before; they go too.
    ``ledger``: whether a restored backup has to lose them again; not needed where their age alone tells.
    """

    when: str
    rows: Callable[[dt.date], models.QuerySet[Any]]
    blank: Callable[[Any], dict[str, Any]] | None = None
    traces: Callable[[dt.date], models.QuerySet[Any]] | None = None
    ledger: bool = True


@dataclass(frozen=True)
class PersonalData:
    """``people`` the rows are about, ``purpose``, ``data`` in words, ``seen_by`` whom, ``until`` when in words.

    ``of_account``: the lookup that leads from a row to the account it is about, for the export; empty where a row
    cannot be assigned to anybody. ``hidden``: fields that no export shows (secrets that protect the person).
    """

    label: str
    people: str
    purpose: str
    data: str
    seen_by: str
    until: str
    retention: Retention | None = None
    of_account: str = ""
    hidden: tuple[str, ...] = ()
    name: str = ""  # where a library has no German one

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def walled(self) -> bool:
        """Only the work of the night sees these rows."""
        return issubclass(self.model, Walled)

    @property
    def title(self) -> str:
        return self.name or str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class Nobody:
    """Kinds of rows that are about no person, and why."""

    labels: tuple[str, ...]
    why: str
