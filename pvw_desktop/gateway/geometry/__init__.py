"""Arrays of scenes: kept by the hash of their content, and encoded for the wire."""
