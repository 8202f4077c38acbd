"""How it is remembered: rows and files behind the ports that workflows name."""
