"""`pvw-desktop bench [FILE]`: how fast images come on this computer, for this file."""
