"""Values that look like no word, found by what is said around them: a small learnt scorer."""
