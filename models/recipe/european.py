def generators(l,p): return {}
