"""JSON-RPC: from a text frame to a method and its answer, and how much of the time each client gets."""
