"""Keys of the escrow: who may wrap an epoch key, who may unwrap one, and where keys are kept."""
