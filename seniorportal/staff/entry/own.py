"""The own account: on which devices one is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorportal import links
from seniorportal.accounts import sessions


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Shows the sessions; POST ends one (its number in the list of this page) or all others."""
    rows = list(sessions.of(request.user))
    if request.method == "POST":
        if "protokoll" in request.POST:
            _end_log(request)
        elif "alle" in request.POST:
            sessions.end(request.user, but=request.session.session_key)
        else:
            mark = request.POST.get("sitzung", "")
            chosen = next((row for row in rows if sessions.mark(row) == mark), None)
            if chosen is None:
                raise Http404("keine Sitzung")
            if chosen.session_key == request.session.session_key:
                return redirect("account_logout")
            chosen.delete()
        return redirect("entry:sessions")
    shown = [
        {
            "device": row.device or "Unbekanntes Gerät",
            "began": row.began_at,
            "used": sessions.last_used(row),
            "mark": sessions.mark(row),
            "here": row.session_key == request.session.session_key,
        }
        for row in rows
    ]
    others = [row for row in shown if not row["here"]]
    logs = list(sessions.logs_of(request.user))
    context = {"sessions": shown, "logs": logs, "others": len(others) + len(logs)}
    return render(request, "account/sessions.html", context)


def _end_log(request: HttpRequest) -> None:
    """The open log of a shift with this number, where she opened it."""
    written = request.POST["protokoll"]
    pk = int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
    log = sessions.logs_of(request.user).filter(pk=pk).first()
    if log is None:
        raise Http404("kein Protokoll")
    links.revoke(log, request.user)  # type: ignore[arg-type]
