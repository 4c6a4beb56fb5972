"""Whom a meeting invites: chosen from the partners of the city, those of last time first; then letters and mails."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import Attendance, RoundTableMeeting
from seniorenbuero.tables import letters, reach
from seniorportal import access, outbox
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import District, OutgoingMail, Partner
from seniorportal.printing import press
from seniorportal.public.printing import answer_pdf

MOST = 300  # partners that a page offers beside those of last time
State, Way = Attendance.State, Attendance.Way


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """A fixed number of statements. What the page did not show stays as it is, whatever was ticked."""
    found = reach.meeting(desk, pk, lock=request.method == "POST")
    access.ensure(desk.principal, Right.CHANGE, found)
    if request.method == "POST":
        return _save(request, desk, found)
    wishes = {
        name: request.GET.get(name, "").replace("\x00", "").strip() for name in ("bezirk", "art", "wort")
    }
    if "bezirk" not in request.GET and desk.office.district:
        wishes["bezirk"] = desk.office.district.slug
    rows = {one.partner_id: one for one in found.attendances.all()}
    before = last_time(found)
    known = _partners(desk).filter(pk__in=rows.keys() | before)
    others = list(_filtered(_partners(desk), wishes).exclude(pk__in=rows.keys() | before)[: MOST + 1])
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "meeting": found,
        "table": found.round_table,
        "known": [(one, one.pk in rows if rows else True, rows.get(one.pk)) for one in known],
        "first": not rows and bool(before),
        "others": others[:MOST],
        "many": len(others) > MOST,
        "wishes": wishes,
        "districts": District.objects.order_by("sort", "name"),
        "kinds": Partner.Kind.choices,
    }
    return render(request, "seniorenbuero/tables/invite.html", context)


def last_time(meeting: RoundTableMeeting) -> set[int]:
    """Who was invited to, or came to, the last meeting of this table before this one that was not called off."""
    rows = RoundTableMeeting.objects.filter(round_table=meeting.round_table, date__lt=meeting.date)
    rows = rows.exclude(state=RoundTableMeeting.State.CANCELLED).filter(attendances__isnull=False)
    last = rows.order_by("-date").values("pk")[:1]
    return set(Attendance.objects.filter(meeting__in=last).values_list("partner", flat=True))


def _partners(desk: Desk) -> QuerySet[Partner]:
    """Those that still exist."""
    return access.visible(desk.principal, Right.SEE, Partner.objects.offered()).order_by("sort", "name")


def _filtered(rows: QuerySet[Partner], wishes: dict[str, str]) -> QuerySet[Partner]:
    if wishes["bezirk"]:
        rows = rows.filter(districts__slug=wishes["bezirk"])
    if wishes["art"]:
        rows = rows.filter(kind=wishes["art"])
    if wishes["wort"]:
        rows = rows.filter(name__icontains=wishes["wort"][:80])
    return rows


def _save(request: HttpRequest, desk: Desk, found: RoundTableMeeting) -> HttpResponse:
    shown, ticked = _numbers(request, "gezeigt"), _numbers(request, "partner")
    rows = {one.partner_id: one for one in found.attendances.select_for_update(of=("self",))}
    new = set(_partners(desk).filter(pk__in=ticked - rows.keys()).values_list("pk", flat=True))
    made = Attendance.objects.bulk_create(
        Attendance(meeting=found, partner_id=pk, example=found.example) for pk in sorted(new)
    )
    _ensure_all(desk, Right.ADD, made)
    gone = [rows[pk] for pk in (shown - ticked) & rows.keys()]
    kept = [one for one in gone if one.state != State.INVITED or one.invited_on]
    free = [one.pk for one in gone if one not in kept]
    Attendance.objects.filter(pk__in=free).delete()
    messages.success(request, f"{len(rows) + len(made) - len(free)} Organisationen stehen auf der Liste.")
    if kept:
        messages.warning(
            request, f"{len(kept)} bleiben stehen: Sie haben schon eine Einladung oder eine Rückmeldung."
        )
    if "weiter" in request.POST:
        return SeeOther(reverse("desk:invitations", args=[found.pk]))
    wishes = {name: request.POST.get(name, "") for name in ("bezirk", "art", "wort")}
    return SeeOther(f"{reverse('desk:invite', args=[found.pk])}?{urlencode(wishes)}")


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 12}


def _ensure_all(desk: Desk, right: Right, rows: list[Attendance]) -> None:
    """One statement for all of them, and the usual answer where one is not hers."""
    seen = access.visible(desk.principal, right, Attendance.objects.filter(pk__in=[one.pk for one in rows]))
    if rows and seen.count() != len(rows):
        access.ensure(desk.principal, right, next(one for one in rows if not seen.filter(pk=one.pk).exists()))


# Letters and mails


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Who is invited how. A POST sends the mails, or notes the letters as posted."""
    found = reach.meeting(desk, pk, lock=request.method == "POST")
    access.ensure(desk.principal, Right.CHANGE, found)
    rows = invited(found)
    if request.method == "POST":
        _send(request, found, rows)
        return SeeOther(reverse("desk:invitations", args=[pk]))
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "meeting": found,
        "table": found.round_table,
        "rows": rows,
        "by_mail": [one for one in rows if one.partner.email and not one.invited_on],
        "by_letter": [one for one in rows if not one.partner.email and not one.invited_on],
        "unreachable": [one for one in rows if not one.partner.email and not letters.postal(one.partner)],
        "over": found.date < timezone.localdate(),
        "missing": letters.missing(found),
        "mail_server": outbox.ready(),
        "pdf": press.available(),
        "letter": letters.of(found, []),
    }
    return render(request, "seniorenbuero/tables/invitations.html", context)


def invited(meeting: RoundTableMeeting) -> list[Attendance]:
    return list(meeting.attendances.select_related("partner").order_by("partner__sort", "partner__name"))


def _send(request: HttpRequest, found: RoundTableMeeting, rows: list[Attendance]) -> None:
    today = timezone.localdate()
    if found.date < today or letters.missing(found):
        messages.error(request, "Zu diesem Treffen lässt sich nicht einladen: Bitte sehen Sie oben nach.")
        return
    ways = {"mails": Way.MAIL, "briefe": Way.LETTER}
    way = next((way for name, way in ways.items() if name in request.POST), None)
    chosen = [one for one in rows if way and bool(one.partner.email) == (way == Way.MAIL)]
    fresh = [one for one in chosen if one.invited_on is None or "noch-einmal" in request.POST]
    for one in fresh:
        if way == Way.MAIL:
            outbox.put(
                OutgoingMail.Kind.ROUND_TABLE, one.partner, letters.key(found, one), **letters.facts(found)
            )
        one.way, one.invited_on = way or "", today
        one.save()
    said = "E-Mails gehen hinaus" if way == Way.MAIL else "Briefe sind als abgeschickt vermerkt"
    messages.success(request, f"{len(fresh)} {said}.")


@at_the_desk
@require_safe
def invitation_letters(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """One sheet a letter, for window envelopes; ``nur=`` prints a single one, ``alle=1`` those with mail too."""
    found = reach.meeting(desk, pk)
    access.ensure(desk.principal, Right.CHANGE, found)
    rows, only = invited(found), request.GET.get("nur", "")
    if only:
        rows = [one for one in rows if str(one.partner_id) == only]
    elif "alle" not in request.GET:
        rows = [one for one in rows if not one.partner.email]
    if not rows:
        raise Http404("kein Brief")
    data: dict[str, Any] = letters.of(found, [one.partner for one in rows])
    return answer_pdf(request, "table_letter", data, f"einladung-{found.date:%Y-%m-%d}")
