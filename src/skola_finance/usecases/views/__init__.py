"""What pages and programs look at: read whole, counted and summed, by who may see it."""
