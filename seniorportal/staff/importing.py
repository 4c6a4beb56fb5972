"""Einlesen: a file of venues, offerings or partners, its preview, the confirmation, and the way back.

The pages of Django's admin serve: the list shows one's own imports, «add» takes the file, «change» is the page of one
import: preview, result or what was taken back. Nothing is written before the confirmation.
"""

import io
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.importing import table
from seniorportal.importing.run import HEADS, Outcome, perform, record, rehearse
from seniorportal.importing.undo import NotNow, undo
from seniorportal.importing.uploads import KEPT, discard, forget_old
from seniorportal.models import ImportRow, ImportRun, Offering, Partner, User, Venue

from .admin import ScopedAdmin, ScopedInline
from .site import site

MOST_MEGABYTES = 5
MOST_ROWS = 2_000  # what one request can write in a few seconds; the command takes more
A_PAGE = 50
State, Outcomes = ImportRun.State, ImportRow.Outcome
MODELS: dict[str, type[models.Model]] = {
    ImportRun.Kind.VENUES: Venue,
    ImportRun.Kind.OFFERINGS: Offering,
    ImportRun.Kind.PARTNERS: Partner,
}
TABS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("alle", "alle Zeilen", {}),
    ("abgelehnt", "abgelehnt", {"outcome": Outcomes.REFUSED}),
    ("hinweis", "mit Hinweis", {}),
    ("geaendert", "geändert", {"outcome": Outcomes.CHANGED}),
    ("neu", "neu", {"outcome": Outcomes.NEW}),
)


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label="Was steht in der Datei?", widget=forms.RadioSelect)
    file = forms.FileField(
        label="Datei",
        help_text=f"CSV oder Excel (.xlsx), höchstens {MOST_MEGABYTES} MB und {MOST_ROWS} Zeilen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table: table.Table | None = None
        labels = dict(ImportRun.Kind.choices)
        self.offered = offered = [kind for kind, one in MODELS.items() if access.offers(user, Right.ADD, one)]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(kind), labels[kind]) for kind in offered]
        if len(offered) == 1:
            field.initial = str(offered[0])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        file, kind = cleaned.get("file"), cleaned.get("kind")
        if isinstance(file, UploadedFile) and kind:
            try:
                self.table = read(kind, file)
            except table.Unreadable as error:
                self.add_error("file", str(error))
        return cleaned


def read(kind: str, file: Any) -> table.Table:
    found = table.read_stream(file, HEADS[kind], MOST_MEGABYTES * 1024 * 1024)
    if len(found.lines) > MOST_ROWS:
        raise table.Unreadable(f"Die Datei hat mehr als {MOST_ROWS} Zeilen. Bitte in mehrere Dateien teilen.")
    return found


class ImportRowInline(ScopedInline):
    """Only so that rows are known to the admin; the page of an import shows them itself."""

    model = ImportRow
    fields = ("line", "outcome", "title")


@admin.register(ImportRun, site=site)
class ImportRunAdmin(ScopedAdmin):
    list_display = ("__str__", "state", "made_at", "new", "changed", "unchanged", "warned", "refused")
    list_filter = ("kind", "state")
    ordering = ("-pk",)
    inlines = (ImportRowInline,)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).defer("upload")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied("nicht einlesen")
        forget_old()
        user = person(request)
        form = UploadForm(request.POST or None, request.FILES or None, user=user)
        if request.method == "POST" and form.is_valid() and form.table is not None:
            run = self._preview(user, form.cleaned_data["kind"], form.cleaned_data["file"], form.table)
            return SeeOther(self._page_of(run))
        context = {
            "title": "Eine Liste aus einer Datei einlesen",
            "form": form,
            "heads": [(dict(ImportRun.Kind.choices)[kind], HEADS[kind]) for kind in form.offered],
        }
        return self._render(request, "staff/import_upload.html", context)

    def _preview(self, user: User, kind: str, file: UploadedFile, found: table.Table) -> ImportRun:
        """Does everything once, undoes it, and keeps what would have happened together with the upload."""
        outcome = rehearse(kind, found, user)
        file.seek(0)
        run = ImportRun(
            kind=kind,
            by=user,
            file_name=(file.name or "")[-120:],
            upload=None if outcome.refused else file.read(),
        )
        run.save()
        record(run, outcome, State.PREVIEW)
        access.ensure(user, Right.ADD, run)
        return run

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        if request.method == "POST":
            if not self.has_change_permission(request, run):
                raise PermissionDenied("nicht ändern")
            acts = {"confirm": self._confirm, "undo": self._undo, "discard": self._discard}
            for name, act in acts.items():
                if name in request.POST:
                    return act(request, run)
        forget_old()
        run.refresh_from_db()
        return self._run_page(request, run)

    def _run_page(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        tab = next((one for one in TABS if one[0] == request.GET.get("zeilen")), TABS[0])
        rows = run.rows.filter(**tab[2]).order_by("line")
        if tab[0] == "hinweis":
            rows = rows.exclude(warnings=[])
        if request.GET.get("zeilen") == "geblieben":
            rows = run.rows.exclude(left_alone="").order_by("line")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("seite"))
        left = list(run.rows.exclude(left_alone="").order_by("line")[:A_PAGE]) if run.undone_at else []
        context = {
            "title": str(run),
            "run": run,
            "page": page,
            "tabs": [(key, label) for key, label, _ in TABS],
            "tab": tab[0],
            "left": left,
            "minutes": int(KEPT.total_seconds() // 60),
            "open": run.state == State.PREVIEW,
            "written": run.state == State.WRITTEN,
            "ready": run.state == State.PREVIEW and not run.refused and (run.new or run.changed),
        }
        return self._render(request, "staff/import_run.html", context)

    def _confirm(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """Writes once: ``run`` is locked, and a second click finds it written."""
        if run.state == State.WRITTEN:
            return SeeOther(self._page_of(run))
        if run.state != State.PREVIEW or run.refused or run.upload is None:
            messages.warning(
                request, "Diese Vorschau gilt nicht mehr. Bitte die Datei noch einmal hochladen."
            )
            return SeeOther(self._page_of(run))
        user = person(request)
        shown = told(list(run.rows.order_by("line").values_list("line", "outcome", "changes")))
        rehearsed = rehearse(run.kind, read(run.kind, io.BytesIO(run.upload)), user)
        if told_of(rehearsed) != shown:
            record(run, rehearsed, State.PREVIEW)
            messages.warning(
                request,
                "Seit der Vorschau hat jemand Einträge geändert. Bitte sehen Sie die neue Vorschau noch einmal durch.",
            )
            return SeeOther(self._page_of(run))
        outcome = perform(run.kind, read(run.kind, io.BytesIO(run.upload)), user, keep=run)
        if outcome.refused:
            record(run, outcome, State.PREVIEW)
        else:
            messages.success(request, f"Übernommen: {run.new} neu, {run.changed} geändert.")
        access.ensure(user, Right.CHANGE, run)
        return SeeOther(self._page_of(run))

    def _undo(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        try:
            result = undo(run.pk, person(request))
        except NotNow as error:
            messages.warning(request, str(error))
        else:
            said = f"Zurückgenommen: {result.restored} Zeilen."
            if result.left:
                said += f" {len(result.left)} bleiben, wie sie sind; warum, steht unten."
            messages.success(request, said)
        return SeeOther(self._page_of(run))

    def _discard(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        if run.state == State.PREVIEW:
            discard(run)
            messages.success(request, "Verworfen. Es wurde nichts geschrieben und die Datei ist gelöscht.")
        return SeeOther(reverse("admin:seniorportal_importrun_changelist"))

    def _page_of(self, run: ImportRun) -> str:
        return reverse("admin:seniorportal_importrun_change", args=[run.pk])

    def _render(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        more = {"opts": self.opts, "app_label": self.opts.app_label, "media": self.media}
        return TemplateResponse(request, template, self.admin_site.each_context(request) | more | context)


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def told(rows: list[Any]) -> list[tuple[int, str, list[dict[str, str]]]]:
    """What a preview promised: line, outcome and changes, in order."""
    return [(line, str(outcome), changes) for line, outcome, changes in rows]


def told_of(outcome: Outcome) -> list[tuple[int, str, list[dict[str, str]]]]:
    """The same of an outcome that is not stored."""
    return [
        (
            row.line.number,
            str(row.outcome),
            [c.as_dict() for c in row.journal.changes] if row.outcome == Outcomes.CHANGED else [],
        )
        for row in sorted(outcome.rows, key=lambda row: row.line.number)
    ]
