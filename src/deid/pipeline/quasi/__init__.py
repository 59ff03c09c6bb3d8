"""What people tell of themselves, in fields and in text: columns, how each generalizes, and its words."""
