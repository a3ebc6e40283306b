"""Who may do what, where: users, roles, scope, sessions and the access log."""
