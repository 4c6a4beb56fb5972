"""Why the portal refuses to start outside the demo: example rows are no data, and demo accounts are open doors."""

from django.conf import settings
from django.db import models
from django.db.models import Value

from seniorportal import keys, pages, register
from seniorportal.models import User


def refusals() -> list[str]:
    """German sentences, one a reason; empty in the demo and when all is well. One statement."""
    if settings.DEMO:
        return []
    marked = [m for m in register.governed_models() if any(f.name == "example" for f in m._meta.fields)]
    found = _labels_with_examples(marked)
    reasons = []
    if User._meta.label in found:
        reasons.append("Es gibt noch Demo-Konten.")
        found.remove(User._meta.label)
    if found:
        reasons.append("Es gibt noch Beispielzeilen in: " + ", ".join(sorted(found)) + ".")
    if reasons:
        reasons.append("Bitte zuerst: manage.py demo_data --remove")
    if problem := keys.problem():
        reasons.append(problem)
    return reasons


def warnings() -> list[str]:
    """What does not keep the portal from starting, since it can only be filled in there. One statement."""
    return [] if settings.DEMO else pages.unfinished()


def _labels_with_examples(marked: list[type[models.Model]]) -> set[str]:
    parts = [
        m._base_manager.filter(example=True).order_by().values_list(Value(m._meta.label), flat=True)[:1]
        for m in marked
    ]
    return set(parts[0].union(*parts[1:], all=True))
