"""Which ParaViews are on this machine, which one is taken, and why another cannot be used."""
