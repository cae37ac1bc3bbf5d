-- Dateline's store, version 2.

-- ## The article page and bookmarks

-- What came of asking for the page of an article.
CREATE TABLE pages (
    article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    asked   INTEGER NOT NULL,                     -- when it was last asked for
    tries   INTEGER NOT NULL DEFAULT 1,           -- in a row that brought no text
    again   INTEGER,                              -- worth asking by itself from then on; NULL: not at all
    note    TEXT,                                 -- what keeps the text, or the rest of it, away, in words
    address TEXT,                                 -- where it was found, after redirects
    html    BLOB                                  -- the page itself, compressed with zstd; only of bookmarks
) STRICT;

-- Which of an article's two texts the person wants to see; otherwise the full one, where it is there.
CREATE TABLE text_choices (
    article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    kind    INTEGER NOT NULL                      -- 0 feed text, 1 full text
) STRICT;

-- The pictures of bookmarks, each stored once.
CREATE TABLE pictures (
    id         INTEGER PRIMARY KEY,
    address    TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT;
CREATE TABLE article_pictures (
    article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    picture INTEGER NOT NULL REFERENCES pictures(id) ON DELETE CASCADE,
    PRIMARY KEY (article, picture)
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_of_picture ON article_pictures(picture);

-- A change of a counter, a date or the typography: kept, but no news. `articles.revisions` counts
-- the others.
ALTER TABLE revisions ADD COLUMN trivial INTEGER NOT NULL DEFAULT 0;

-- ## Fetching

-- When a feed asks not to be asked, how often it brings news, and whether it is on its way out.
ALTER TABLE feeds ADD COLUMN skip_hours   INTEGER NOT NULL DEFAULT 0;  -- a bit for each hour, UTC
ALTER TABLE feeds ADD COLUMN skip_days    INTEGER NOT NULL DEFAULT 0;  -- a bit for each day, Monday first
ALTER TABLE feeds ADD COLUMN fresh_until  INTEGER;                     -- the server says: no change before
ALTER TABLE feeds ADD COLUMN pace_minutes INTEGER;                     -- usual time between two articles
ALTER TABLE feeds ADD COLUMN leaving      INTEGER;                     -- unsubscribed then; can be taken back
CREATE INDEX feeds_leaving ON feeds(id) WHERE leaving IS NOT NULL;
