"""What people state about themselves and others: births, work, schools, families, nationalities, languages."""
