"""The ParaView process: how it is started, watched, ended and brought back with its work."""
