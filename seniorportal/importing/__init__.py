"""Venues, offerings and partners from the files that offices have: read, understand, write, take back.

``table`` turns a file into lines (``workbook`` where it is XLSX), ``venues``, ``offerings`` and ``partners`` understand
a line by the words of ``words``, ``rhythm`` and ``carriers``, ``run`` writes all lines or none, ``undo`` takes a whole
run back. The demo data come through the same readers.
"""
