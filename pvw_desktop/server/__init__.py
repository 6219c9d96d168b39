"""The part that runs inside pvpython. Standard library, ParaView and pvw_desktop.protocol only."""
