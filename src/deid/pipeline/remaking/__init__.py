"""A release made of another: its files read, written again without somebody or under new keys."""
