"""What people state about themselves and others: ages, births, places, work, schools, families, nationalities, languages."""
