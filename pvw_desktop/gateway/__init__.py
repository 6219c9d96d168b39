"""Everything that listens: the page, sign-in, JSON-RPC, images, files. Never imports paraview or vtkmodules.

`server.py` composes it, `session.py` is the link to one ParaView process, `host.py` is what it asks of the application
around it. Runs on our Python and, for a server started by hand, inside ParaView's (aiohttp 3.8, Pillow 9 or newer).
"""
