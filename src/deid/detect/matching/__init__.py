"""What tells which of many expressions each of many texts may hold; it knows nothing of what they are for."""
