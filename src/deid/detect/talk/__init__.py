"""What turns of a conversation say of each other: answers, cues carried on, corrections, values in pieces."""
