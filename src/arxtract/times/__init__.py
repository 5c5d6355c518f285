"""Dates, clock times, durations and sets of Arabic text, with their values.

>>> from arxtract import times
>>> [m.value for m in times.find("\u0641\u064a 12 \u0645\u0627\u064a\u0648 2022")]
['2022-05-12']
"""

from arxtract.times.finder import find, find_in

__all__ = ["find", "find_in"]
