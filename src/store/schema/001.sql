-- Dateline's store, version 1. Times are Unix seconds. Everything that a list needs of an article
-- stands in one narrow row; what only the article pane needs stands beside it.

CREATE TABLE folders (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL,
    parent   INTEGER REFERENCES folders(id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX folders_by_name ON folders(ifnull(parent, 0), name);

CREATE TABLE feeds (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    address          TEXT    NOT NULL UNIQUE,
    title            TEXT    NOT NULL,            -- the feed's own, else its host: never empty
    own_title        TEXT,                        -- the person's name for it
    site             TEXT,
    description      TEXT,
    lang             TEXT,
    folder           INTEGER REFERENCES folders(id) ON DELETE SET NULL,
    position         INTEGER NOT NULL DEFAULT 0,
    subscribed       INTEGER NOT NULL DEFAULT 1,  -- 0: only kept for the articles that are kept
    added            INTEGER NOT NULL,
    -- How fetching goes.
    checked          INTEGER,
    succeeded        INTEGER,
    error            TEXT,
    failures         INTEGER NOT NULL DEFAULT 0,
    gone             INTEGER NOT NULL DEFAULT 0,  -- the server said 410: not asked again by itself
    etag             TEXT,
    last_modified    TEXT,
    interval_minutes INTEGER,                     -- what the feed or its server asks for
    not_before       INTEGER,                     -- backing off until then
    moved_to         TEXT,                        -- a permanent redirect, until it is believed
    moved_seen       INTEGER NOT NULL DEFAULT 0,
    -- The person's choices.
    fold_copies      INTEGER NOT NULL DEFAULT 1,
    full_text        INTEGER NOT NULL DEFAULT 0,  -- fetch the page of every article
    unread_on_change INTEGER NOT NULL DEFAULT 0,
    keep_days        INTEGER,
    options          TEXT,                        -- JSON: what is rarely set (headers, selectors)
    -- Kept by the triggers below.
    total            INTEGER NOT NULL DEFAULT 0,
    unread           INTEGER NOT NULL DEFAULT 0,
    bookmarked       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX feeds_by_folder ON feeds(folder);

-- Ids are never given twice (AUTOINCREMENT): postings of a removed article may outlive it.
CREATE TABLE articles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    feed       INTEGER NOT NULL REFERENCES feeds(id),
    guid_key   INTEGER NOT NULL,                  -- 64-bit hash of details.guid
    title      TEXT    NOT NULL,
    source     TEXT,                              -- the outlet, where it is not the feed
    link       TEXT,
    published  INTEGER NOT NULL,                  -- clamped to the arrival: lists are sorted by it
    words      INTEGER NOT NULL DEFAULT 0,
    lang       TEXT,                              -- ISO 639-3
    read       INTEGER NOT NULL DEFAULT 0,
    held       INTEGER NOT NULL DEFAULT 0,        -- made unread by the person: clean-up leaves it
    bookmarked INTEGER NOT NULL DEFAULT 0,
    stub       INTEGER NOT NULL DEFAULT 0,
    revisions  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX articles_by_guid ON articles(feed, guid_key);
CREATE INDEX articles_river         ON articles(published, id);
CREATE INDEX articles_unread        ON articles(published, id)       WHERE read = 0;
CREATE INDEX articles_of_feed       ON articles(feed, published, id);
CREATE INDEX articles_unread_of_feed ON articles(feed, published, id) WHERE read = 0;
CREATE INDEX articles_bookmarked    ON articles(published, id)       WHERE bookmarked = 1;

CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
    UPDATE feeds SET total = total + 1, unread = unread + (NEW.read = 0), bookmarked = bookmarked + NEW.bookmarked
    WHERE id = NEW.feed;
END;
CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
    UPDATE feeds SET total = total - 1, unread = unread - (OLD.read = 0), bookmarked = bookmarked - OLD.bookmarked
    WHERE id = OLD.feed;
END;
CREATE TRIGGER article_marked AFTER UPDATE OF read, bookmarked ON articles
WHEN OLD.read <> NEW.read OR OLD.bookmarked <> NEW.bookmarked BEGIN
    UPDATE feeds SET unread = unread + OLD.read - NEW.read, bookmarked = bookmarked + NEW.bookmarked - OLD.bookmarked
    WHERE id = NEW.feed;
END;

CREATE TABLE details (
    article         INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    guid            TEXT NOT NULL,
    byline          TEXT,
    dateline        TEXT,
    standfirst      TEXT,
    published_given INTEGER,
    updated         INTEGER,
    arrived         INTEGER NOT NULL,
    comments        TEXT,
    image           TEXT,
    extras          TEXT                          -- JSON: enclosures and categories
) STRICT;

-- Dictionaries for the compression of texts; 0 stands for none.
CREATE TABLE dictionaries (
    id   INTEGER PRIMARY KEY,
    made INTEGER NOT NULL,
    data BLOB    NOT NULL
) STRICT;

-- An article's two texts: what the feed carried, and what was made of its page. `document` is a
-- Document as JSON, compressed with zstd; `hash` is of its words, so that a change of white space
-- is no change.
CREATE TABLE feed_texts (
    article    INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    hash       INTEGER NOT NULL,
    dictionary INTEGER NOT NULL DEFAULT 0,
    document   BLOB    NOT NULL
) STRICT;
CREATE TABLE full_texts (
    article    INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    hash       INTEGER NOT NULL,
    dictionary INTEGER NOT NULL DEFAULT 0,
    fetched    INTEGER NOT NULL,
    document   BLOB    NOT NULL
) STRICT;

CREATE TABLE revisions (
    id         INTEGER PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    replaced   INTEGER NOT NULL,                  -- when the next text took its place
    kind       INTEGER NOT NULL,                  -- 0 feed text, 1 full text
    title      TEXT    NOT NULL,
    dictionary INTEGER NOT NULL DEFAULT 0,
    document   BLOB    NOT NULL
) STRICT;
CREATE INDEX revisions_of_article ON revisions(article, id);

CREATE TABLE bookmarks (
    article  INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    added    INTEGER NOT NULL,
    removed  INTEGER,                             -- when it was taken off; kept a while, to be put back
    complete INTEGER NOT NULL DEFAULT 0,          -- 1: the whole text is here
    missing  TEXT,                                -- what is not, and why
    note     TEXT
) STRICT;

CREATE TABLE positions (
    article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    share   INTEGER NOT NULL                      -- of the text, in 1/10,000
) STRICT;

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE article_tags (
    article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    tag     INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_of_tag ON article_tags(tag, article);

-- Headlines that stood on the same saved page.
CREATE TABLE page_links (
    article  INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    stub     INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_links_of_stub ON page_links(stub);

-- What was removed and must not come back as new from a feed that still carries it.
CREATE TABLE tombstones (
    feed     INTEGER NOT NULL REFERENCES feeds(id) ON DELETE CASCADE,
    guid_key INTEGER NOT NULL,
    seen     INTEGER NOT NULL,                    -- when the feed last carried it
    PRIMARY KEY (feed, guid_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_by_age ON tombstones(seen);

-- Search. The words come analysed (folded, stemmed, joined by spaces): the tokenizer only splits.
-- Prefixes of two letters cost an eighth of all work on a new article, and without them two typed
-- letters would take a second and more.
CREATE VIRTUAL TABLE search USING fts5(
    title, body, author, source,
    content = '', contentless_delete = 1, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
-- Twice as many segments as usual before a merge: every fetched feed makes one.
INSERT INTO search (search, rank) VALUES ('automerge', 8);
CREATE TABLE languages (
    code TEXT PRIMARY KEY                         -- every language that an article was indexed in
) STRICT, WITHOUT ROWID;

-- Related news: an article's heaviest terms, and for each term the articles that have it, in
-- blocks. New signatures wait in `pending` and are merged into the blocks many at a time; `before`
-- holds what the blocks already know of a changed article.
CREATE TABLE signatures (
    article INTEGER PRIMARY KEY,
    data    BLOB NOT NULL
) STRICT;
CREATE TABLE pending (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL UNIQUE,
    before  BLOB
) STRICT;
CREATE TABLE terms (
    term     INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL,                    -- how many have it (those pending not counted)
    blocks   INTEGER NOT NULL
) STRICT;
CREATE TABLE postings (
    term  INTEGER NOT NULL,
    block INTEGER NOT NULL,
    data  BLOB    NOT NULL,
    PRIMARY KEY (term, block)
) STRICT, WITHOUT ROWID;

-- Stories: articles of several sources about one event; `copy_of` names the article whose text
-- this one repeats.
CREATE TABLE stories (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    first    INTEGER NOT NULL,
    latest   INTEGER NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    sources  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stories_latest ON stories(latest, id);
CREATE TABLE story_members (
    article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    story   INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    copy_of INTEGER REFERENCES articles(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX members_of_story ON story_members(story, article);
CREATE INDEX copies ON story_members(copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE saved_queries (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    query    TEXT    NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    added    INTEGER NOT NULL
) STRICT;
CREATE TABLE mutes (
    id     INTEGER PRIMARY KEY,
    query  TEXT,                                  -- one of the two is given
    story  INTEGER REFERENCES stories(id) ON DELETE CASCADE,
    until  INTEGER,                               -- NULL: for good
    added  INTEGER NOT NULL
) STRICT;
CREATE INDEX mutes_of_story ON mutes(story);

-- What is to be told to a news server when there is one again.
CREATE TABLE outbox (
    id    INTEGER PRIMARY KEY,
    made  INTEGER NOT NULL,
    what  TEXT    NOT NULL,                       -- JSON
    tries INTEGER NOT NULL DEFAULT 0,
    error TEXT
) STRICT;

CREATE TABLE state (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
