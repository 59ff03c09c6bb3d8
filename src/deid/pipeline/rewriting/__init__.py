"""One record rewritten: its facts, its sensitive content, its texts and its fields."""
