"""The one corridor that passes every room: prepare a report up to a gate."""
