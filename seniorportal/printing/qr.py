"""The way from paper back to the living page."""

import io

from django.utils.safestring import SafeString, mark_safe


def svg(address: str) -> SafeString:
    """A QR code as SVG of strokes only: no style, no text of anybody, sized by whoever shows it."""
    import segno

    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        made, kind="svg", xmldecl=False, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    return mark_safe(made.getvalue().decode())


def short(address: str) -> str:
    """The address as one types it."""
    return address.partition("://")[2].rstrip("/")
