from tests.accounts.people import cheap, strict  # noqa: F401
