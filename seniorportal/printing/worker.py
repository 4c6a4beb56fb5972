"""Run by ``press`` as a program of its own: JSON comes in, PDF goes out. Imports nothing of ours."""

import pathlib
import resource
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "typ"
SECONDS, BYTES = 15, 1 << 30


def pdf(template: str, data: str) -> bytes:
    """Only the typefaces inside typst are used, so that a sheet looks the same on every machine."""
    import typst

    made = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"daten": data},
    )
    assert isinstance(made, bytes)
    return made


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    sys.stdout.buffer.write(pdf(sys.argv[1], sys.stdin.buffer.read().decode()))
