"""The render view as geometry: its props as parts of a scene, their arrays and colours."""
