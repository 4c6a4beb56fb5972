"""The finder of the responsible Seniorenbüro. The address comes by POST and is in no URL, log or row."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from seniorportal import contact, finder
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue


class AddressForm(forms.Form):
    strasse = forms.CharField(
        label="Straße oder Stadtteil",
        max_length=120,
        error_messages={"required": "Bitte geben Sie die Straße oder den Stadtteil ein."},
    )
    hausnummer = forms.CharField(label="Hausnummer", max_length=12, required=False)


class HttpResponseSeeOther(HttpResponseRedirect):
    status_code = 303


@login_not_required
@csrf_exempt  # changes nothing and reads no cookie; a token would make every page with the form vary on one
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm()
    answer = None
    if form.is_bound and form.is_valid():
        answer = finder.find(form.cleaned_data["strasse"], form.cleaned_data["hausnummer"])
        if answer.sure:
            return HttpResponseSeeOther(reverse("seniorenbuero:office", args=[answer.sure.slug]))
    return render(
        request,
        "seniorenbuero/finding.html",
        {
            "form": form,
            "answer": answer,
            "offices": visible(PUBLIC, Right.SEE, Venue.objects.in_area(ReportArea.OFFICES).by_district()),
            "contact": contact.city(),
        },
    )
