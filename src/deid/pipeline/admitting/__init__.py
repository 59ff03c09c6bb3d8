"""Who and what may be in a run: the ledger, cleared histories, people under age, where records come from."""
