"""What PostgreSQL's own parser says of SQL files; `../record.py` and `../versions.py` are the commands."""
