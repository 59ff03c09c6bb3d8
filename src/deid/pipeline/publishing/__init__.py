"""The end of a run: what a policy promises, the papers, the output folder, the signed manifest."""
