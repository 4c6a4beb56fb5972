"""The database as the application has it, and a harness that lets nothing pass in silence."""

import copy
import gc
import logging
import os
import pathlib
import socket
import sys
from collections.abc import Callable, Generator
from typing import Any, TypeVar

import hypothesis
import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
T = TypeVar("T")

# Django's pages make many short-lived objects; searching them for cycles every 700 is a tenth of the run.
gc.set_threshold(100_000, 20, 20)

# No test measures time: on a busy machine every example may take its time.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


# --- the database: made by its owner, used by portal_app ----------------------------------------------


def become(url: str) -> None:
    """The one connection of the tests, as another role; NAME stays, it is the test database."""
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    connection.close()
    for key, part in (("USER", "user"), ("PASSWORD", "password"), ("HOST", "host"), ("PORT", "port")):
        connection.settings_dict[key] = str(parts.get(part) or "")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Generator[None]:
    from django.conf import settings
    from django.db import connection

    from tests import template

    app = os.environ["DATABASE_URL"]
    owner = os.environ.get("DATABASE_OWNER_URL") or app
    before, name = connection.settings_dict["NAME"], connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        become(owner)
        template.copy_to(name, owner, app)
        connection.settings_dict["NAME"] = name
        # Emptying tables sends post_migrate, at which pghistory would define its function anew: portal_app must not.
        settings.PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False
        become(app)
        prove_unprivileged()
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = before
        template.drop(name, owner)


def prove_unprivileged() -> None:
    """Superusers and owners pass every wall: with them, tests of the walls would prove nothing."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        above = cursor.fetchone() != (False,)
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND pg_has_role(current_user, relowner, 'MEMBER')"
        )
        owned = cursor.fetchone() != (0,)
    if above or owned:
        pytest.exit(
            "The tests must run as a role that owns no table and bypasses no wall: set DATABASE_OWNER_URL too.",
            3,
        )


# --- rows that several tests start from ----------------------------------------------------------------


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Generator[Callable[[Callable[[], T]], T]]:
    """Makes rows once for all tests of a module, in a transaction around theirs; each test's own is undone inside it.

    Not for modules whose tests commit. Hand a copy to the tests: what one changes in its objects, no other sees.
    """
    from django.db import connection, transaction

    def make(rows: Callable[[], T]) -> T:
        with django_db_blocker.unblock():
            made = rows()
            connection.check_constraints()  # once, and not again behind every test
        return made

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def made_city(lasting: Callable[[Callable[[], Any]], Any]) -> Any:
    from tests.cast import make_city

    return lasting(make_city)


@pytest.fixture
def city(made_city: Any) -> Any:
    """The cast as ``make_city()`` leaves it."""
    return copy.deepcopy(made_city)


# --- what fails a test --------------------------------------------------------------------------------


class Strict(str):
    """Stands for an undefined variable: in a template of ours it fails the test, in a foreign one it is empty.

    FilterExpression.resolve() asks for its truth before it uses it, so that is where the question is decided.
    `{{ x|default:"y" }}` says itself what happens without x, and passes.
    """

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code.co_name != "resolve" or not frame.f_code.co_filename.endswith("template/base.py"):
            return False
        expression = frame.f_locals["self"]
        if expression.filters and expression.filters[0][0].__name__ in ("default", "default_if_none"):
            return False
        outer = frame.f_back
        while outer is not None:
            origin = getattr(outer.f_locals.get("self"), "origin", None)
            if name := getattr(origin, "name", None):
                if ours(name):
                    pytest.fail(f"Undefined variable {{{{ {expression.token} }}}} in {name}", pytrace=False)
                return False
            outer = outer.f_back
        return False


def ours(name: str) -> bool:
    path = pathlib.Path(name)
    return path.is_relative_to(ROOT) and ".venv" not in path.parts


@pytest.fixture(autouse=True, scope="session")
def strict_templates(django_test_environment: None) -> None:
    from django.template import engines

    for engine in engines.all():
        if hasattr(engine, "engine"):
            engine.engine.string_if_invalid = Strict()


class Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    keeper = Keeper()
    loggers = [logging.getLogger(), logging.getLogger("django.server")]
    for logger in loggers:
        logger.addHandler(keeper)
    try:
        result = yield
    finally:
        for logger in loggers:
            logger.removeHandler(keeper)
    expected = item.get_closest_marker("logged_errors")
    surprises = [
        f"{record.name}: {record.getMessage()}"
        for record in keeper.records
        if not expected or (expected.args and not record.name.startswith(tuple(expected.args)))
    ]
    if surprises:
        pytest.fail("The test logged errors:\n" + "\n".join(surprises), pytrace=False)
    if expected and not keeper.records:
        pytest.fail("The test is marked logged_errors, but none was logged.", pytrace=False)
    return result


@pytest.fixture(autouse=True)
def nothing_announced() -> None:
    """As in a process that has read that nothing is closed; ``announcing.forget()`` makes it read."""
    from seniorportal import announcing

    announcing.keep(())


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Generator[None]:
    """The base tests pass on a machine without a network, and prove it on one that has it."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"A test wants to reach {address[0]}.")
        real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()
