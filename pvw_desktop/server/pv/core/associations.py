"""What an array belongs to: vtkDataObject's attribute types by the names that the wire has for them."""

from __future__ import annotations

NUMBERS = {"POINTS": 0, "CELLS": 1, "FIELD": 2, "NONE": 3, "VERTICES": 4, "EDGES": 5, "ROWS": 6}
NAMES = {number: name for name, number in NUMBERS.items()}
