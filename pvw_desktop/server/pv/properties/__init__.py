"""Properties of proxies: their values as JSON, and how a panel shows them."""
