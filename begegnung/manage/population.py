"""Menschen ab 65 je Stadtbezirk: a file of the city, its preview, the confirmation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.importing import population, table
from seniorportal.importing.table import Unreadable
from seniorportal.models import Population

MOST_MEGABYTES = 1
SALT = "einwohner"
KEPT = 60 * 60  # seconds; the preview carries what it showed, nothing of it is stored
EXAMPLE = f"stadtbezirk;jahr;ab_65;quelle\nHörde;{2024};12345;Statistik der Stadt"


class UploadForm(forms.Form):
    datei = forms.FileField(
        label="Datei",
        help_text=f"CSV oder Excel (.xlsx), höchstens {MOST_MEGABYTES} MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": "Bitte wählen Sie eine Datei aus.",
            "empty": "Die Datei ist leer.",
            "invalid": "Bitte wählen Sie eine Datei aus.",
        },
    )
    rows: list[population.Row] | None = None
    notes: tuple[str, ...] = ()

    def clean_datei(self) -> Any:
        file = self.cleaned_data["datei"]
        assert isinstance(file, UploadedFile)
        try:
            found = table.read_stream(file, population.HEADS, MOST_MEGABYTES * 1024 * 1024)  # type: ignore[arg-type]
            self.rows = population.rehearse(found, timezone.localdate())
            self.notes = tuple(found.notes)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        if not self.rows:
            raise forms.ValidationError("Unter der Kopfzeile steht nichts.")
        return file


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Seen by whoever sees the map; written by whoever keeps the numbers."""
    user: Any = request.user
    if not access.offers(user, Right.SEE, Population):
        raise Http404("keine Zahlen")
    keeps = access.offers(user, Right.ADD, Population)
    if request.method == "POST" and not keeps:
        raise PermissionDenied("Zahlen der Stadt")
    if "zeilen" in request.POST:
        return _write(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    rows = form.rows if form.is_bound and form.is_valid() else None
    return _page(request, form, keeps, rows)


def _page(
    request: HttpRequest, form: UploadForm, keeps: bool, rows: list[population.Row] | None, stale: str = ""
) -> HttpResponse:
    refused = sum(bool(row.errors) for row in rows or ())
    moved = sum(row.outcome in ("neu", "geändert") for row in rows or ())
    context = {
        "form": form,
        "keeps": keeps,
        "rows": rows,
        "refused": refused,
        "moved": moved,
        "signed": signing.dumps([row.facts() for row in rows], salt=SALT)
        if rows and moved and not refused
        else "",
        "stored": access.visible(
            request.user, Right.SEE, Population.objects.select_related("district")
        ).order_by("-year", "district__sort")[:120],
        "columns": population.HEADS.names,
        "example": EXAMPLE,
        "stale": stale,
    }
    return render(request, "begegnung/manage/population.html", context)


def _write(request: HttpRequest) -> HttpResponse:
    try:
        facts = signing.loads(request.POST["zeilen"], salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        stale = "Diese Vorschau ist zu alt. Bitte laden Sie die Datei noch einmal hoch."
        return _page(request, UploadForm(), True, None, stale)
    new, changed = population.write(facts)
    said = f"{new} neue, {changed} geänderte Zahlen stehen jetzt im Portal."
    messages.success(request, said if new or changed else "Diese Zahlen standen schon im Portal.")
    return SeeOther(reverse("begegnung:manage:population"))
