"""The render view, its images, and how data is represented in it."""
