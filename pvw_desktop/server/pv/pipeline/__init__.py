"""What the pipeline is made of: sources, readers, filters, their data and their times."""
