"""The same model for a browser: entries into compiled code, compiled to WebAssembly, and what a script must know to call them."""
