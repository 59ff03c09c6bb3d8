"""Detection: texts in, spans out; rules, names, conversation and known values behind one resolver."""
