"""Colour: arrays that there are, what a representation is coloured by, transfer functions, presets and scalar bars."""
