"""De-identification and pseudonymization of chat logs."""
