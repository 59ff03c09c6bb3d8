"""How to read the report: the three tests of Working Party Opinion 05/2014 (WP216), and the words used.

The text has one entry a paragraph; its name stands before the first colon.
"""

TERMS = """\
Singling out: isolating one person's records in the data set. k-anonymity bounds it for the quasi- \
identifiers listed above: someone who knows all of them about a person still faces at least k \
persons.

Linkability: connecting records of one person, within this data set or with another. Ids are \
replaced, and the order and row numbers of the source are not kept. Style and content of text can \
still link; k does not measure that.

Inference: deducing something about a person with high probability. k-anonymity alone does not \
prevent it: when a whole class shares a sensitive value, the value is known for each of its members.

Person, class, k: every count of k is in data subjects, never in messages. A class is all persons \
who are equal on every listed column; a missing value is a value. The highest prosecutor risk is 1 / \
k.

Residual rescan: the detectors read the released text again. Zero findings mean that these detectors \
find nothing more, not that nothing is there: known misses are in the data card.

What passing means: the measured values keep the thresholds of this gate. It is not a legal opinion, \
and it is to be repeated when new attacks or new data come up.
"""
