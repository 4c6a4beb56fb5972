"""The fixed pages before anybody changed a word, and what the operator still has to fill in on them."""

from functools import cache

from django.conf import settings

from seniorportal.models import Page


@cache
def first_text(key: str) -> Page:
    """As it stands in ``data/seiten``: the title behind a #, then the text. Not saved."""
    path = settings.BASE_DIR / "data" / "seiten" / f"{Page.Key(key)}.txt"
    title, _, text = path.read_text("utf-8").partition("\n")
    return Page(key=key, title=title.removeprefix("# ").strip(), text=text.strip())


def load() -> tuple[int, int]:
    """How many there are, and how many of them were written now; what is there stays as the Redaktion left it."""
    there = set(Page.objects.values_list("key", flat=True))
    missing = [first_text(key) for key in Page.Key if key not in there]
    Page.objects.bulk_create([Page(key=one.key, title=one.title, text=one.text) for one in missing])
    return len(Page.Key), len(missing)


def unfinished() -> list[str]:
    """A German sentence for each page on which the operator's own details are missing. One statement."""
    rows = {page.key: page for page in Page.objects.all()}
    found = [(rows.get(key) or first_text(key)) for key in Page.Key]
    return [
        f"Auf der Seite „{page.title}“ fehlt noch: {'; '.join(page.gaps)}." for page in found if page.gaps
    ]
