"""The session of the server manager: proxies, texts, messages, progress, states."""
