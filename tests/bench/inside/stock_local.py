"""Run by pvpython in place of the stock server's own script, which it then runs: `stock_local.py SCRIPT ARGUMENTS…`.

ParaView 5.11 calls every mapper `vtkMapper`, a name that the page of the stock server does not know: it would draw
nothing itself. Here the server uses the name from before, which that page knows.
"""

import os
import runpy
import sys

from vtkmodules.web import render_window_serializer as serializer

NEW, OLD = "vtkMapper", "vtkCompositePolyDataMapper2"
original = serializer.initializeSerializers


def initialize() -> None:
    """What ParaView registers, with the name from before."""
    original()
    for name, told in serializer.JS_CLASS_MAPPING.items():
        if told == NEW:
            serializer.JS_CLASS_MAPPING[name] = OLD


serializer.initializeSerializers = initialize
sys.argv = sys.argv[1:]
sys.path.insert(0, os.path.dirname(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name="__main__")
