"""Installing and starting the house: what ./run, ./check and the Dockerfile share."""
