"""Fixed pages: their few marks become HTML, with the city's number in place and gaps that nobody can overlook."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from seniorportal import contact, markup
from seniorportal.templatetags.portal import phone_parts, tel

register = template.Library()


@register.filter
def marked(text: str) -> SafeString:
    number = contact.city().number
    return markup.html(
        text, format_html('<a class="call" href="tel:{}">{}</a>', tel(number), phone_parts(number)), gap
    )


def gap(missing: str) -> SafeString:
    words = _("Das muss die Betreiberin noch eintragen:")
    return format_html('<strong class="gap" data-luecke>{} {}</strong>', words, missing)
