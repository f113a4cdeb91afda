"""Put the page together."""
def write_report(run, summary, series, chosen, log): return None
