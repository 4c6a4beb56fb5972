"""The own account: on which devices one is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorportal.accounts import sessions


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Shows the sessions; POST ends one (its number in the list of this page) or all others."""
    rows = list(sessions.of(request.user))
    if request.method == "POST":
        if "alle" in request.POST:
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
    return render(request, "account/sessions.html", {"sessions": shown, "others": len(others)})
