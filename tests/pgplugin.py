"""A PostgreSQL for the test run, started before pytest-django reads the settings.

Named in pyproject.toml with -p: a conftest.py would come too late. The workers of xdist inherit the environment.
"""

import contextlib
import os

import pytest

from seniorportal import postgres


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    stack = contextlib.ExitStack()
    early_config.add_cleanup(stack.close)
    if "PYTEST_XDIST_WORKER" not in os.environ and os.environ.get("DATABASE_URL"):
        postgres.check(os.environ["DATABASE_URL"])
    os.environ.setdefault("PORTAL_TEST_KEPT", str(postgres.home_folder() / "tests"))
    stack.enter_context(postgres.running(throwaway=True))
    os.environ.setdefault("PORTAL_DEMO", "1")
    os.environ.setdefault("SECRET_KEY", "nur-fuer-tests-" + "x" * 50)
    os.environ.setdefault("PORTAL_DATABASE_ROLE", "app")
