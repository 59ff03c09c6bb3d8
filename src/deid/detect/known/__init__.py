"""Known values of a subject in the forms that people write: names, numbers, dates, places."""
