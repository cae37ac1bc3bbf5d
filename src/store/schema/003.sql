-- Dateline's store, version 3.

-- ## Notes and bookmarks

-- What the person wrote about an article, bookmarked or not.
CREATE TABLE notes (
    article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    text    TEXT    NOT NULL,                     -- lines; never empty
    written INTEGER NOT NULL
) STRICT;
INSERT INTO notes SELECT article, note, added FROM bookmarks WHERE coalesce(note, '') <> '';
ALTER TABLE bookmarks DROP COLUMN note;

-- How often the person wants a feed asked, in minutes; NULL: as often as the others, 0: only when asked.
ALTER TABLE feeds ADD COLUMN own_minutes INTEGER;

-- ## Taking in

-- So many bytes of words are gathered in memory before they become a segment of the index: of a
-- thousand articles that come at once one segment is made then, not ten that are merged afterwards.
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);

-- ## Related news

-- By which recipe articles are signed now: a store without articles has none to sign anew.
UPDATE state SET value = '3' WHERE key = 'related.recipe' AND NOT EXISTS (SELECT 1 FROM articles);
