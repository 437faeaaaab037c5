-- Who sent a pledge that its person only signed.
ALTER TABLE pledges ADD COLUMN sponsor TEXT;
