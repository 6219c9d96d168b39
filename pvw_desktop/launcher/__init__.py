"""Finds ParaView, starts and supervises pvpython, opens the window.

Never imports paraview or vtkmodules, and knows of the page only its address.
"""
