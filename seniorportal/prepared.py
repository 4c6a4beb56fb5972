"""Statements of public pages that are built once in a process and planned once on a connection.

A page that asks for everything about one thing pays more for building, compiling and planning that question than for
the answer. A ``Statement`` is the same queryset, through the same door, with ``Given`` where values come later.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.query import get_related_populators
from django.http import Http404
from psycopg.sql import Literal
from psycopg.types.numeric import Int8

from seniorportal.models.calendar import Moment

M = TypeVar("M", bound=models.Model)
LARGEST = 2**63 - 1


class Given(models.Expression):
    """A value by name, told each time the statement is asked. Never None: PostgreSQL plans for one type."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return f"(%s)::{self.output_field.db_type(connection)}", [self]


def number(name: str) -> Given:
    return Given(name, models.BigIntegerField())


def text(name: str) -> Given:
    return Given(name, models.TextField())


NOW = Moment(
    Given("today", models.DateField()),
    Given("time", models.TimeField()),
    Given("begun", models.TimeField()),
)


class Statement(Generic[M]):
    """What ``build`` asks for, which is called once; rows are models, with ``select_related`` and annotations.

    The queryset may depend on nothing that changes while the process lives, apart from what is ``Given``.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build

    def all(self, **given: Any) -> list[M]:
        """One statement."""
        values = {name: Int8(value) if type(value) is int else value for name, value in given.items()}
        database: Any = connection
        database.ensure_connection()
        cursor_of: Any = ServerBindingCursor
        # Django's own wrapper: the statement is counted, logged and translated into Django's errors like any other.
        with database._prepare_cursor(cursor_of(database.connection)) as cursor:
            cursor.execute(self._built.sql, values)
            return list(self._built.records(cursor.fetchall()))

    def get(self, **given: Any) -> M:
        """The one row, or 404. One statement."""
        if any(type(value) is int and abs(value) > LARGEST for value in given.values()):
            raise Http404("nicht gefunden")
        for record in self.all(**given):
            return record
        raise Http404("nicht gefunden")

    @cached_property
    def _built(self) -> "_Built[M]":
        return _Built(self.build())


class _Built(Generic[M]):
    """Finished SQL and what Django's ``ModelIterable`` works out anew for every queryset."""

    def __init__(self, queryset: models.QuerySet[M]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql = _with_names(*compiler.as_sql())
        select, found = compiler.select, compiler.klass_info
        first, last = found["select_fields"][0], found["select_fields"][-1] + 1
        self.model: type[M] = found["model"]
        self.columns = slice(first, last)
        self.names = [column[0].target.attname for column in select[self.columns]]
        populators: Any = get_related_populators
        self.related = populators(found, select, DEFAULT_DB_ALIAS)
        self.annotations = list((compiler.annotation_col_map or {}).items())
        self.converters = compiler.get_converters([column[0] for column in select])
        self.apply_converters = compiler.apply_converters

    def records(self, rows: list[tuple[Any, ...]]) -> Iterator[M]:
        for row in self.apply_converters(rows, self.converters):
            record = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.columns])
            for populator in self.related:
                populator.populate(row, record)
            for name, column in self.annotations:
                setattr(record, name, row[column])
            yield record


def _with_names(sql: str, params: tuple[Any, ...]) -> str:
    """Constants become part of the text, where the planner sees them; what is ``Given`` becomes a named parameter."""
    values = iter(params)

    def put(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return "%%"
        value = next(values)
        if isinstance(value, Given):
            return f"%({value.name})s"
        return Literal(value).as_string(connection.connection).replace("%", "%%")

    return re.sub("%[%s]", put, sql)
