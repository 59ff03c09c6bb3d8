"""The two passes over a shard: A learns, B writes."""
