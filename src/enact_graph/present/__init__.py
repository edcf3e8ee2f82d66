"""What people see: the kit that pages, drawings and tables are made with."""
