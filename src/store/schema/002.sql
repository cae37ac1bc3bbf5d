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

-- Which article stands at an address: the ends of addresses tell nearly all of them apart, and are short.
CREATE INDEX articles_by_link ON articles(substr(link, -24)) WHERE link IS NOT NULL;

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

-- ## Stories, copies and mutes
--
-- What an article belongs to stands in its own row, and what a list leaves out in the indexes that
-- lists walk: a page costs the same folded and muted as it does whole.
CREATE TEMPORARY TABLE mutes_before AS SELECT query, until, added FROM mutes WHERE query IS NOT NULL;
DROP TABLE mutes;
DROP TABLE story_members;
DROP TABLE stories;

ALTER TABLE articles ADD COLUMN story INTEGER;  -- the article the story began with; NULL: stands alone
ALTER TABLE articles ADD COLUMN copies INTEGER; -- the first of the articles with this text; NULL: the only one
ALTER TABLE articles ADD COLUMN fold INTEGER NOT NULL DEFAULT 0; -- 0 shown for its story, 1 under it, 2 a copy under another
ALTER TABLE articles ADD COLUMN judged INTEGER NOT NULL DEFAULT 0; -- whether it was looked at for stories and copies
ALTER TABLE articles ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;

DROP INDEX articles_river;
DROP INDEX articles_unread;
DROP INDEX articles_of_feed;
DROP INDEX articles_unread_of_feed;
CREATE INDEX articles_river          ON articles(published, id, fold, muted);
CREATE INDEX articles_unread         ON articles(published, id, fold, muted)       WHERE read = 0;
CREATE INDEX articles_of_feed        ON articles(feed, published, id, muted);
CREATE INDEX articles_unread_of_feed ON articles(feed, published, id, muted)       WHERE read = 0;
CREATE INDEX articles_of_story       ON articles(story, published, id)             WHERE story IS NOT NULL;
CREATE INDEX articles_unjudged       ON articles(published, id)                    WHERE judged = 0 AND stub = 0;
CREATE INDEX articles_with_text      ON articles(copies, id)                       WHERE copies IS NOT NULL;

-- Stories of two articles and more (and of fewer once some are gone).
CREATE TABLE stories (
    id       INTEGER PRIMARY KEY,
    front    INTEGER NOT NULL,                    -- the article that is shown for it
    articles INTEGER NOT NULL,                    -- muted ones not counted; so with the others
    sources  INTEGER NOT NULL,
    unread   INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    latest   INTEGER NOT NULL                     -- the newest development: copies come too late to be one
) STRICT;
CREATE INDEX stories_latest ON stories(latest, id) WHERE articles > 1;

-- What tells copies: see `related::copies`. An article without one is not told apart yet.
CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    data    BLOB NOT NULL
) STRICT;

CREATE TABLE mutes (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    query TEXT,                                   -- one of the two is given
    story INTEGER,
    until INTEGER,                                -- NULL: for good
    added INTEGER NOT NULL
) STRICT;
INSERT INTO mutes (query, until, added) SELECT query, until, added FROM mutes_before;
DROP TABLE mutes_before;
CREATE INDEX mutes_of_story ON mutes(story) WHERE story IS NOT NULL;
-- Which mute hides which article; articles.muted says whether there is any.
CREATE TABLE muted (
    mute    INTEGER NOT NULL REFERENCES mutes(id) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    PRIMARY KEY (mute, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX muted_by ON muted(article, mute);

-- How many rows lists have that are not counted by feed.
CREATE TABLE tally (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    unread INTEGER NOT NULL                       -- unread articles shown for their story, and single ones
) STRICT;
INSERT INTO tally SELECT 1, count(*) FROM articles WHERE read = 0;

DROP TRIGGER article_added;
DROP TRIGGER article_removed;
DROP TRIGGER article_marked;
CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
    UPDATE feeds SET total = total + 1, unread = unread + (NEW.read = 0 AND NEW.muted = 0),
                     bookmarked = bookmarked + NEW.bookmarked
    WHERE id = NEW.feed;
    UPDATE tally SET unread = unread + 1 WHERE NEW.read = 0 AND NEW.muted = 0 AND NEW.fold = 0;
END;
CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
    UPDATE feeds SET total = total - 1, unread = unread - (OLD.read = 0 AND OLD.muted = 0),
                     bookmarked = bookmarked - OLD.bookmarked
    WHERE id = OLD.feed;
    UPDATE tally SET unread = unread - 1 WHERE OLD.read = 0 AND OLD.muted = 0 AND OLD.fold = 0;
END;
CREATE TRIGGER article_marked AFTER UPDATE OF read, bookmarked, muted ON articles
WHEN OLD.read <> NEW.read OR OLD.bookmarked <> NEW.bookmarked OR OLD.muted <> NEW.muted BEGIN
    UPDATE feeds SET unread = unread + (NEW.read = 0 AND NEW.muted = 0) - (OLD.read = 0 AND OLD.muted = 0),
                     bookmarked = bookmarked + NEW.bookmarked - OLD.bookmarked
    WHERE id = NEW.feed;
    UPDATE stories SET unread = unread + (NEW.read = 0 AND NEW.muted = 0) - (OLD.read = 0 AND OLD.muted = 0)
    WHERE id = NEW.story;
END;
CREATE TRIGGER article_folded AFTER UPDATE OF read, muted, fold ON articles
WHEN (NEW.read = 0 AND NEW.muted = 0 AND NEW.fold = 0) <> (OLD.read = 0 AND OLD.muted = 0 AND OLD.fold = 0) BEGIN
    UPDATE tally SET unread = unread + CASE WHEN NEW.read = 0 AND NEW.muted = 0 AND NEW.fold = 0 THEN 1 ELSE -1 END;
END;

-- ## Related news

-- By which recipe articles are signed. A store with articles from before has none, and signs them anew.
INSERT INTO state (key, value) SELECT 'related.recipe', '2' WHERE NOT EXISTS (SELECT 1 FROM articles);
