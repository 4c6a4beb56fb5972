"""Demo data: the real places, offices and offerings of ``data/``, filled up with rows plainly marked as examples.

Nothing here invents a fact about a real institution except figures and dates that carry ``example=True``. The rows are
the same for the same day: every noun draws from its own seeded generator.
"""
