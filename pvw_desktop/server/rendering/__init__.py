"""When a view is rendered or read as geometry, and in how much detail. Knows no ParaView."""
