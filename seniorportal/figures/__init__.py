"""Kennzahlen: what the Kurzbericht counts, by SQL alone. Figures read statistical heads only, never walled rows."""
