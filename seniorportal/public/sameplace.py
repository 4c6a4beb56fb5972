"""Whether a request comes from a page of ours, and where that page is. Read from headers that only browsers write."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def from_here(request: HttpRequest) -> bool:
    """Whether a form of ours was sent, without a token and so without a cookie.

    Browsers say in ``Sec-Fetch-Site`` or ``Origin`` who asks, and no page can make them lie; one of the two has been
    sent with every form for years. Silence is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def page_before(request: HttpRequest, but: str = "") -> str:
    """Path and query of the page of ours on which somebody clicked; empty when unknown, foreign, or below ``but``.

    Only ever a path of this host: what stands in the header is taken apart and checked, so nobody is sent elsewhere.
    """
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
        known = (referrer.scheme, referrer.netloc) == (request.scheme, request.get_host())
    except ValueError:
        return ""
    path = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    if not known or (but and path.startswith(but)):
        return ""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
