-- The table of a head store of version 4, as it was.
CREATE TABLE head (log INTEGER PRIMARY KEY CHECK (log = 0), checkpoint TEXT NOT NULL, size INTEGER NOT NULL, time_ms INTEGER NOT NULL);
PRAGMA user_version = 4;
