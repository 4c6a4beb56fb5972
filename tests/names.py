"""The URL names of the project. Nobody adds a page that no table of the tests knows, and no browser has seen."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, resolve


def names() -> set[str]:
    return set(walk(get_resolver().url_patterns))


def walk(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from walk(pattern.url_patterns, spaces + space)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, str(pattern.name)])


def name_of(address: str) -> str:
    """The name behind an address, so that no row can claim a page that it does not open."""
    return resolve(urlsplit(address).path).view_name
