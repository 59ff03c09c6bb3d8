"""Ingest: outside formats to records, declared fields to leaves, files to shards."""
