"""What tests of several parts share: storage that fails on demand, servers that misbehave, patience."""
