"""Answers that several rooms give."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a POST: the browser goes on with GET, and neither reload nor the back button sends the form again."""

    status_code = 303
