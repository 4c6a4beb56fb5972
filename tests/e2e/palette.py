"""Screenshots as PNG with a palette: a third of the bytes, every word still to be read. Standard library only."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def reduced(png: bytes) -> bytes:
    """The same picture with at most 256 colours: the most frequent ones, every other pixel in the nearest of them."""
    width, height, channels, data = _read(png)
    rows = _pixels(data, width, height, channels)
    step = 3 if channels == 3 else 4
    pixels = [tuple(row[at : at + 3]) for row in rows for at in range(0, width * step, step)]
    often = [colour for colour, _ in Counter(pixels).most_common(256)]
    index: dict[tuple[int, ...], int] = {colour: at for at, colour in enumerate(often)}
    for colour in set(pixels) - set(index):
        index[colour] = min(
            range(len(often)),
            key=lambda at, c=colour: sum((a - b) ** 2 for a, b in zip(often[at], c, strict=True)),
        )
    dots = bytes(index[one] for one in pixels)
    lines = b"".join(b"\0" + dots[at : at + width] for at in range(0, len(dots), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", bytes(v for c in often for v in c)),
        (b"IDAT", zlib.compress(lines, 9)),
    )
    return SIGNATURE + b"".join(_chunk(kind, body) for kind, body in (*chunks, (b"IEND", b"")))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _read(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, channels and the filtered lines of an 8 bit picture as Chromium writes it."""
    at, data, width, height, channels = 8, b"", 0, 0, 3
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8 and colour in (2, 6)
            channels = 3 if colour == 2 else 4
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    return width, height, channels, zlib.decompress(data)


def _pixels(data: bytes, width: int, height: int, channels: int) -> list[bytearray]:
    """The lines without PNG's filters."""
    length = width * channels
    rows: list[bytearray] = []
    above = bytearray(length)
    for number in range(height):
        start = number * (length + 1)
        kind, line = data[start], bytearray(data[start + 1 : start + 1 + length])
        for at in range(length):
            left = line[at - channels] if at >= channels else 0
            up = above[at]
            if kind == 1:
                line[at] = (line[at] + left) & 255
            elif kind == 2:
                line[at] = (line[at] + up) & 255
            elif kind == 3:
                line[at] = (line[at] + (left + up) // 2) & 255
            elif kind == 4:
                corner = above[at - channels] if at >= channels else 0
                line[at] = (line[at] + _paeth(left, up, corner)) & 255
        rows.append(line)
        above = line
    return rows


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    far = (abs(guess - left), abs(guess - up), abs(guess - corner))
    return (left, up, corner)[far.index(min(far))]
