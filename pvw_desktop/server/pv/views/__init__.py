"""Views by id, their images, and how data is represented in them; what differs between kinds is in kinds/."""
