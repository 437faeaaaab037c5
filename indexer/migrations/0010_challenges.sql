-- A check-in that somebody brought before a jury: who, and what became of it.
ALTER TABLE pledges ADD COLUMN challenger TEXT;
ALTER TABLE pledges ADD COLUMN challenge TEXT;
