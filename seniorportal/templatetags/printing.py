"""Whether sheets leave as PDF here."""

from django import template

from seniorportal.printing import press

register = template.Library()


@register.simple_tag
def pdf_available() -> bool:
    """typst is optional; without it no page offers a PDF that nobody could make."""
    return press.available()
