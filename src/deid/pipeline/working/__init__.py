"""What each step of a run reads, and what it leaves, sealed, in the working folder for the next."""
