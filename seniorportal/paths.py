"""What the portal's own addresses say about the names in them. Imports nothing of ours."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

VENUE = "<slug:slug>"


@cache
def words_where_a_venue_stands() -> frozenset[str]:
    """Words of our own paths where the slug of a venue may stand: ``verwalten`` in ``/begegnung/verwalten/``.

    A venue called like one of them would have a page that nobody reaches. Read from the URL patterns, so that a new
    page is known here as soon as it has a path.
    """
    routes = [tuple(route.split("/")) for route in _routes(get_resolver(), "")]
    before = {route[: route.index(VENUE)] for route in routes if VENUE in route}
    beside = {
        route[len(start)] for start in before for route in routes if route[: len(start)] == start != route
    }
    return frozenset(word for word in beside if word and "<" not in word and "." not in word)


def _routes(resolver: Any, before: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part.pattern, RoutePattern):
            route = before + str(part.pattern)
            if isinstance(part, URLResolver):
                yield from _routes(part, route)
            else:
                yield route
