"""One session: the ParaView process behind it, its clients, and what all of them are told."""
