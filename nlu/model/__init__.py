"""The need classifier itself: numpy and scikit-learn, no Rasa. Components wrap it."""
