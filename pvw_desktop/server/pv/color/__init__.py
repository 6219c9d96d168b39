"""Transfer functions, presets and scalar bars."""
