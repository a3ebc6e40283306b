"""The same rules of policies A-D, each written as well as its tool allows."""
