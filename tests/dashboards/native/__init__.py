"""What the native engine answers to the page's questions: what the page's own answers are held against."""
