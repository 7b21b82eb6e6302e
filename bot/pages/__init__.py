"""Pages for citizens and operators of the machine: home, try page, answer page, health."""
