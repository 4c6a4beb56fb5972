"""How often a public form may be sent: counters in the database, so that they hold across workers and processes."""

import datetime as dt
import hashlib
import hmac
import uuid

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from seniorportal.models import FormUse

FROM_ONE_ADDRESS = 1000 if settings.DEMO else 20  # a day; a whole house may share one
WITH_ONE_FORM = 10  # the same page sent again and again


def too_many(request: HttpRequest, form: uuid.UUID | None, today: dt.date) -> bool:
    """Counts one more from this address, and one more of this form, today. Three statements."""
    FormUse.objects.filter(day__lt=today).delete()
    from_here = used(f"address {client_address(request)}", today)
    with_this = used(f"form {form}", today) if form else 0
    return from_here > FROM_ONE_ADDRESS or with_this > WITH_ONE_FORM


def used(what: str, today: dt.date) -> int:
    """How often today, this time included. Kept is a keyed hash, and of no day but this one. One statement."""
    said = f"{today.isoformat()} {what}".encode()
    key = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
    table = FormUse._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, day, count) VALUES (%s, %s, 1)"
            f" ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [key, today],
        )
        return int(cursor.fetchone()[0])


def client_address(request: HttpRequest) -> str:
    """Of whoever sent the request; behind trusted proxies the last address that none of them wrote itself."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if trusted and len(named) >= trusted:
        return named[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
