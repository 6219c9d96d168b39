"""Data folders: the jail around them, listings, search, recent files. It answers while ParaView is busy."""
