"""Reading the lists of offerings and of places, on one Monday."""

import datetime as dt
import re

from django.utils import timezone

NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 13, 30))


def shown(client, query):
    """Total, all numbers of offerings over all pages, facets by name, whether something was ignored."""
    response = client.get(f"/angebote/?{query}")
    assert response.status_code == 200
    text = response.content.decode()
    total = re.search(r"data-anzahl>([\d.]+) ", text)
    facets = dict(
        re.findall(r'id="([a-z]+-[\w-]+)" name=[^>]*><label[^>]*>[^<]* <span class="number">\((\d+)\)', text)
    )
    ids = [int(number) for number in re.findall(r'data-angebot="(\d+)"', text)]
    return int(total[1]), ids, {key: int(n) for key, n in facets.items()}, "data-ignoriert" in text


def places(client, query):
    response = client.get(f"/begegnung/?{query}")
    assert response.status_code == 200
    text = response.content.decode()
    facets = re.findall(
        r'id="([a-z]+-[\w-]+)" name=[^>]*><label[^>]*>[^<]* <span class="number">\((\d+)\)', text
    )
    return re.findall(r'data-ort="([\w-]+)"', text), {key: int(n) for key, n in facets}
