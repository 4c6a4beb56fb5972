#!/usr/bin/env python3
"""Django's commands. Without DATABASE_URL each finds the private PostgreSQL of PORTAL_HOME or starts it meanwhile."""

import importlib.util
import os
import pathlib
import sys


def main() -> None:
    if sys.version_info < (3, 11) or importlib.util.find_spec("django") is None:
        hand_over()
    from seniorportal import launch

    launch.manage(sys.argv)


def hand_over() -> None:
    """A bare python3 lends itself only to start the one of .venv."""
    venv = pathlib.Path(__file__).resolve().parent / ".venv"
    python = venv / "bin" / "python"
    if not python.exists() or pathlib.Path(sys.prefix).resolve() == venv:
        sys.exit(
            "Die Pakete des Portals fehlen noch. Bitte zuerst: python3 portal.py test (oder python3 portal.py)"
        )
    os.execv(str(python), [str(python), *sys.argv])


if __name__ == "__main__":
    main()
