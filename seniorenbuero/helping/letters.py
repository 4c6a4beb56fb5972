"""A letter to those who help: written once, printed for each. The text is kept nowhere."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.helping import people
from seniorenbuero.models import Helper
from seniorportal import contact
from seniorportal.accounts.personal import personal


class LetterForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label="An wen",
        choices=Helper.Kind,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "An wen soll der Brief gehen?"},
    )
    subject = forms.CharField(
        label="Überschrift", max_length=120, error_messages={"required": "Worum geht es in dem Brief?"}
    )
    text = forms.CharField(
        label="Text",
        max_length=3000,
        help_text="Leere Zeilen trennen Absätze. Die Anrede «Guten Tag» und der Gruß stehen schon da.",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Ohne Text gibt es keinen Brief."},
    )


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, desk: Desk) -> HttpResponse:
    found: list[Any] = people.listed(desk)
    form = LetterForm(
        request.POST if request.method == "POST" else None, initial={"kinds": list(Helper.Kind.values)}
    )
    with_address = [one for one in found if one.said["street"]]
    context = {"desk": desk, "today": timezone.localdate(), "form": form}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        to = [one for one in with_address if one.kind in said["kinds"]]
        context |= {
            "to": to,
            "subject": said["subject"],
            "text": said["text"],
            "contact": contact.for_venue(desk.office, timezone.localtime()),
        }
        return render(request, "seniorenbuero/helping/letters_print.html", context)
    context |= {
        "number": len(with_address),
        "without": [one for one in found if not one.said["street"]],
    }
    return render(request, "seniorenbuero/helping/letters.html", context)
