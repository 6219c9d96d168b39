"""Everything that listens: the page, sign-in, JSON-RPC, images, files. Never imports paraview or vtkmodules.

`server.py` composes it, `session/` is what the clients of one ParaView share, each session by its id in a registry, and
`session/services.py` what it asks of the application around it. Runs on our Python and, for a server started by hand,
inside ParaView's (aiohttp 3.8, Pillow 9 or newer).
"""
