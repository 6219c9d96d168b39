"""`pvw-desktop doctor`: what was found on this computer, what is wrong with it, and how to fix that."""
