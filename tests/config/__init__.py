"""Tests of config/, ops/ and the files that start and ship the house."""
