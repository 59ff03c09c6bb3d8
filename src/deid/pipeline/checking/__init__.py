"""What was written, measured: classes of people, copies, a release before, and the checks of the gate."""
