"""What pages show because of the visitor's own browser. Needs no request and no database."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from seniorportal import visitors

register = template.Library()


@register.simple_tag
def display_attributes() -> SafeString:
    """For ``<html>``; nothing where all is as everybody sees it."""
    kept = visitors.current()
    found = {"data-schrift": kept.text, "data-farben": kept.colours}
    return mark_safe("".join(f' {name}="{value}"' for name, value in found.items() if value != "normal"))


@register.simple_tag
def own_display() -> bool:
    return bool(visitors.current().display)


@register.simple_tag
def display_links() -> SafeString:
    """Empty where there is no such page: an error page may be needed before the paths are known."""
    try:
        path = reverse("public:display")
    except NoReverseMatch:
        return mark_safe("")
    kept = visitors.current()
    return links(path, kept.text, kept.colours, get_language())


@cache
def links(path: str, text: str, colours: str, language: str) -> SafeString:
    """Nine sets in all, on every page there is."""
    context = {
        "path": path,
        "sizes": [(value, label, value == text) for value, label in visitors.TEXT_SIZES.items()],
        "colours": [(value, label, value == colours) for value, label in visitors.COLOURS.items()],
    }
    return render_to_string("public/_display.html", context)


@register.simple_tag
def noted_count() -> int:
    return len(visitors.current().noted)


@register.simple_tag
def note_button(pk: int, title: str) -> SafeString:
    """«Auf den Merkzettel», or that it is there. Belongs to the form ``merken`` of the page (``_note_form.html``)."""
    if pk in visitors.current().noted:
        return mark_safe(
            f'<a class="noted" id="merken-{pk}" href="{reverse("public:noted")}">{_("Steht auf Ihrem Merkzettel")}</a>'
        )
    return mark_safe(
        f'<button class="quiet note" id="merken-{pk}" form="merken" name="merken" value="{pk}">'
        f'{_("Auf den Merkzettel")}<span class="visually-hidden">: {escape(title)}</span></button>'
    )
