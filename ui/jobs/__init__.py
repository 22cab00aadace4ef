"""The jobs drawer: what is downloading, what waits, what went wrong, what is done."""
