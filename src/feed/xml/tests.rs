//! Feeds of every version, whole and broken. Each case is a feed and what is read of it, written
//! down in one line per entry.

use crate::feed::entry::MAX_ENTRIES;
use crate::feed::{Complaint, Entry, Format, Parsed, parse};
use crate::text::Link;
use proptest::prelude::*;
use std::fmt::Write as _;

fn read(text: &str) -> Parsed {
    read_at(text, Some("https://a.example/feed.xml"))
}

fn read_at(text: &str, address: Option<&str>) -> Parsed {
    let address = address.and_then(Link::parse);
    parse(text.as_bytes(), None, address.as_ref()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The only entry of an RSS 2.0 feed whose item holds this.
fn item(inside: &str) -> Entry {
    let parsed = read(&format!("<rss version='2.0'><channel><title>F</title><item>{inside}</item></channel></rss>"));
    assert_eq!(parsed.entries.len(), 1, "{inside}");
    parsed.entries.into_iter().next().unwrap()
}

/// The only entry of an Atom feed whose entry holds this.
fn atom(inside: &str) -> Entry {
    let parsed =
        read(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry>{inside}</entry></feed>"));
    assert_eq!(parsed.entries.len(), 1, "{inside}");
    parsed.entries.into_iter().next().unwrap()
}

/// What an entry holds, in one line.
fn line(entry: &Entry) -> String {
    let mut out = String::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = write!(out, "{}{name}={value}", if out.is_empty() { "" } else { " | " });
        }
    };
    let link = |link: &Option<Link>| link.as_ref().map(|link| link.to_string());
    add("title", Some(entry.title.to_string()));
    add("link", link(&entry.link));
    add("guid", entry.guid.as_ref().map(|raw| raw.untrusted().to_owned()));
    add("by", entry.byline.as_ref().map(ToString::to_string));
    add("source", entry.source.as_ref().map(ToString::to_string));
    add("published", entry.published.map(|time| time.to_string()));
    add("updated", entry.updated.map(|time| time.to_string()));
    add("summary", entry.summary_html.as_ref().map(|raw| raw.untrusted().to_owned()));
    add("content", entry.content_html.as_ref().map(|raw| raw.untrusted().to_owned()));
    add("comments", link(&entry.comments));
    add("image", link(&entry.image));
    for file in &entry.enclosures {
        let media = file.media_type.as_ref().map_or("-", |media| media.as_str());
        add("file", Some(format!("{} {media} {}", file.link, file.bytes.unwrap_or(0))));
    }
    add("in", Some(entry.categories.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")));
    add("lang", entry.lang.as_ref().map(ToString::to_string));
    out
}

fn titles(parsed: &Parsed) -> Vec<&str> {
    parsed.entries.iter().map(|entry| entry.title.as_str()).collect()
}

#[test]
fn rss_2() {
    let entry = item(
        "<title>Rain over the hills</title><link>https://a.example/1</link>
         <guid isPermaLink='false'>a-1</guid><pubDate>Thu, 23 Nov 2023 10:00:00 +0300</pubDate>
         <author>ann@a.example (Ann Ash)</author><category domain='x'>Weather</category><category>News</category>
         <category>weather</category><description>It &lt;b&gt;rained&lt;/b&gt;.</description>
         <content:encoded><![CDATA[<p>It rained &amp; rained.</p>]]></content:encoded>
         <comments>https://a.example/1#c</comments><source url='https://b.example/rss'>B Daily</source>
         <enclosure url='https://a.example/1.mp3' length='1234' type='audio/mpeg'/>",
    );
    assert_eq!(
        line(&entry),
        "title=Rain over the hills | link=https://a.example/1 | guid=a-1 | by=Ann Ash | source=B Daily \
         | published=2023-11-23T07:00:00Z | summary=It <b>rained</b>. | content=<p>It rained &amp; rained.</p> \
         | comments=https://a.example/1#c | file=https://a.example/1.mp3 audio/mpeg 1234 | in=Weather, News"
    );
}

#[test]
fn atom_1() {
    let entry = atom(
        "<title type='html'>Rain &amp;amp; &lt;i&gt;wind&lt;/i&gt;</title>
         <link rel='self' href='/1.atom'/><link rel='alternate' type='text/html' href='/1'/>
         <link rel='replies' type='text/html' href='/1#c'/><link rel='enclosure' href='1.ogg' type='audio/ogg' length='9'/>
         <id>tag:a.example,2023:1</id><published>2023-11-23T10:00:00+03:00</published><updated>2023-11-24T00:00:00Z</updated>
         <author><name>Ann Ash</name><email>ann@a.example</email><uri>/ann</uri></author><author><name>Bo Birk</name></author>
         <contributor><name>Nobody</name></contributor>
         <category term='w' label='Weather'/><category term='news'/>
         <summary>It rained.</summary>
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>1 &lt; 2 <br/><a name='x'/></p></div></content>
         <source><title>B Daily</title><id>b</id><updated>2020-01-01T00:00:00Z</updated></source>",
    );
    assert_eq!(
        line(&entry),
        "title=Rain & wind | link=https://a.example/1 | guid=tag:a.example,2023:1 | by=Ann Ash, Bo Birk \
         | source=B Daily | published=2023-11-23T07:00:00Z | updated=2023-11-24T00:00:00Z | summary=It rained. \
         | content=<p>1 &lt; 2 <br/><a name='x'></a></p> | comments=https://a.example/1#c \
         | file=https://a.example/1.ogg audio/ogg 9 | in=Weather, news"
    );
}

#[test]
fn rss_1_and_0_90() {
    let parsed = read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
          xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>
         <channel rdf:about='https://a.example/'><title>F</title><link>https://a.example/</link>
         <description>D</description><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
         <items><rdf:Seq><rdf:li rdf:resource='https://a.example/1'/></rdf:Seq></items></channel>
         <image><title>Logo</title><url>https://a.example/l.png</url><link>https://other.example/</link></image>
         <item rdf:about='https://a.example/1'><title>One</title><link>https://a.example/1</link>
         <dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator><dc:date>2023-11-23T10:00Z</dc:date><dc:subject>Rain</dc:subject></item>
         <textinput><title>Search</title><name>q</name><link>https://a.example/s</link></textinput></rdf:RDF>",
    );
    assert_eq!(parsed.feed.title.unwrap().as_str(), "F");
    assert_eq!(parsed.feed.site.unwrap().as_str(), "https://a.example/");
    assert_eq!(parsed.feed.image.unwrap().as_str(), "https://a.example/l.png");
    assert_eq!(parsed.feed.ttl_minutes, Some(30));
    assert_eq!(
        line(&parsed.entries[0]),
        "title=One | link=https://a.example/1 | guid=https://a.example/1 | by=Ann, Bo | published=2023-11-23T10:00:00Z | in=Rain"
    );
    let old = read(
        "<RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>F</title></channel>
         <item><title>One</title><link>https://a.example/1</link></item></RDF>",
    );
    assert_eq!(titles(&old), ["One"]);
}

#[test]
fn atom_0_3() {
    let parsed = read(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title mode='escaped'>F</title><tagline>T</tagline>
         <modified>2004-01-02T00:00:00Z</modified><author><name>Ann</name></author>
         <entry><title>One</title><issued>2004-01-01T00:00:00Z</issued><modified>2004-01-02T00:00:00Z</modified>
         <content type='text/html' mode='escaped'>&lt;p&gt;x&lt;/p&gt;</content></entry>
         <entry><title>Two</title><content type='application/xhtml+xml' mode='xml'><p>y</p></content></entry>
         <entry><title>Three</title><content type='text/html' mode='base64'>PHA+ejwvcD4</content></entry></feed>",
    );
    assert_eq!(parsed.feed.format, Format::Atom);
    assert_eq!(parsed.feed.description.unwrap().as_str(), "T");
    let lines: Vec<String> = parsed.entries.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "title=One | by=Ann | published=2004-01-01T00:00:00Z | updated=2004-01-02T00:00:00Z | content=<p>x</p>",
            "title=Two | by=Ann | content=<p>y</p>",
            "title=Three | by=Ann | content=<p>z</p>",
        ]
    );
}

#[test]
fn the_head() {
    let parsed = read(
        "<rss><channel><title>F &amp;amp; G</title><link>/</link><atom:link rel='self' href='https://a.example/self'/>
         <atom:link rel='next' href='?page=2'/>
         <description>All &lt;b&gt;news&lt;/b&gt;</description><language>en-GB</language><managingEditor>e@a.example (Ed)</managingEditor>
         <lastBuildDate>Thu, 23 Nov 2023 10:00:00 GMT</lastBuildDate><ttl>60</ttl>
         <skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Sunday</day></skipDays>
         <image><url>/logo.png</url><title>Not this</title><link>https://not.example/</link></image>
         <textInput><title>Nor this</title><description>nor this</description><link>https://nor.example/</link></textInput>
         <itunes:owner><itunes:name>Nor</itunes:name></itunes:owner></channel></rss>",
    );
    let head = parsed.feed;
    assert_eq!(head.title.unwrap().as_str(), "F & G");
    assert_eq!(head.site.unwrap().as_str(), "https://a.example/");
    assert_eq!(head.own_address.unwrap().as_str(), "https://a.example/self");
    assert_eq!(head.next_page.unwrap().as_str(), "https://a.example/feed.xml?page=2");
    assert_eq!(head.description.unwrap().as_str(), "All news");
    assert_eq!(head.lang.unwrap().as_str(), "en-gb");
    assert_eq!(head.author.unwrap().as_str(), "Ed");
    assert_eq!(head.image.unwrap().as_str(), "https://a.example/logo.png");
    assert_eq!(head.updated.unwrap().to_string(), "2023-11-23T10:00:00Z");
    assert_eq!((head.ttl_minutes, head.skip_hours, head.skip_days), (Some(60), vec![1, 2], vec![6]));
}

#[test]
fn which_of_several() {
    for (inside, expected) in [
        // Titles.
        ("<dc:title>D</dc:title><title>T</title><media:title>M</media:title>", "title=T"),
        ("<media:title>M</media:title><dc:title>D</dc:title>", "title=D"),
        ("<title/><media:title>M</media:title>", "title=M"),
        (
            "<title>T</title><media:content url='https://a.example/v.mp4' type='video/mp4'><media:title>M</media:title></media:content>",
            "title=T | file=https://a.example/v.mp4 video/mp4 0",
        ),
        ("<foo><title>Inner</title></foo><title>T</title>", "title=T"),
        ("<title>T</title><foo><title>Inner</title></foo>", "title=T"),
        // Links.
        (
            "<title>T</title><guid>https://a.example/g</guid>",
            "title=T | link=https://a.example/g | guid=https://a.example/g",
        ),
        ("<title>T</title><guid isPermaLink='false'>https://a.example/g</guid>", "title=T | guid=https://a.example/g"),
        (
            "<guid>https://a.example/g</guid><link>https://a.example/l</link>",
            "link=https://a.example/l | guid=https://a.example/g",
        ),
        (
            "<link>https://feedproxy.google.com/~r/x</link><feedburner:origLink>https://a.example/o</feedburner:origLink>",
            "link=https://a.example/o",
        ),
        ("<link>/news?a=1&b=2</link>", "link=https://a.example/news?a=1&b=2"),
        ("<link>javascript:alert(1)</link><title>T</title>", "title=T"),
        ("<link href='/h'/>", "link=https://a.example/h"),
        // Dates.
        ("<pubDate>nonsense</pubDate><dc:date>2023-11-23</dc:date>", "published=2023-11-23T00:00:00Z"),
        ("<pubDate>nonsense</pubDate><foo>x</foo>", ""),
        (" ", "-"),
        (
            "<title>T</title><dc:date>2020-01-01</dc:date><pubDate>23 Nov 2023 00:00 GMT</pubDate>",
            "title=T | published=2023-11-23T00:00:00Z",
        ),
        (
            "<title>T</title><pubDate>nonsense</pubDate><dc:date>2023-11-23</dc:date>",
            "title=T | published=2023-11-23T00:00:00Z",
        ),
        // People.
        (
            "<title>T</title><dc:creator>C</dc:creator><author>A</author><itunes:author>I</itunes:author>",
            "title=T | by=A",
        ),
        ("<title>T</title><itunes:author>I</itunes:author><dc:creator>C</dc:creator>", "title=T | by=C"),
        ("<title>T</title><author><name>N</name></author>", "title=T | by=N"),
        ("<title>T</title><author><email>e@a.example</email></author>", "title=T | by=e@a.example"),
        // Texts.
        ("<description>D</description><content:encoded>C</content:encoded>", "summary=D | content=C"),
        ("<content:encoded>C</content:encoded><itunes:summary>I</itunes:summary>", "summary=I | content=C"),
        (
            "<description>short</description><description>much longer</description>",
            "summary=short | content=much longer",
        ),
        ("<title>T</title><media:description>a\nb</media:description>", "title=T | summary=<p>a<br>\nb</p>"),
        ("<title>T</title><content src='/c.html' type='text/html'/>", "title=T | link=https://a.example/c.html"),
        // Pictures.
        (
            "<title>T</title><media:thumbnail url='/t.jpg'/><media:content url='/s.jpg' medium='image' width='10'/><media:content url='/l.jpg' medium='image' width='500'/>",
            "title=T | image=https://a.example/l.jpg",
        ),
        (
            "<title>T</title><media:group><media:content url='/c.jpg'/></media:group>",
            "title=T | image=https://a.example/c.jpg",
        ),
        ("<title>T</title><itunes:image href='/i.png'/>", "title=T | image=https://a.example/i.png"),
        ("<title>T</title><image><url>/u.png</url></image>", "title=T | image=https://a.example/u.png"),
        ("<title>T</title><image>https://a.example/x.png</image>", "title=T | image=https://a.example/x.png"),
        (
            "<title>T</title><enclosure url='/e.png' type='image/png'/>",
            "title=T | image=https://a.example/e.png | file=https://a.example/e.png image/png 0",
        ),
        // Categories.
        (
            "<title>T</title><itunes:keywords>a, b,,A</itunes:keywords><itunes:category text='C'><itunes:category text='D'/></itunes:category>",
            "title=T | in=a, b, C, D",
        ),
        // Languages.
        ("<title>T</title><dc:language>de_AT</dc:language>", "title=T | lang=de-at"),
    ] {
        let parsed = read(&format!("<rss><channel><item>{inside}</item></channel></rss>"));
        let got = parsed.entries.first().map_or_else(|| "-".to_owned(), line);
        assert_eq!(got, expected, "{inside}");
    }
}

#[test]
fn texts_escaped_once_twice_and_not() {
    for (title, expected) in [
        ("A &amp; B", "A & B"),
        ("A & B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("<![CDATA[A &amp; B]]>", "A & B"),
        ("<![CDATA[<b>A</b>]]> B", "A B"),
        ("&lt;b&gt;A&lt;/b&gt;", "A"),
        ("<b>A</b> and <i>B", "A and B"),
        ("the &lt;blink&gt; tag", "the <blink> tag"),
        ("it&amp;#8217;s", "it’s"),
        ("it&#8217;s &nbsp;caf&eacute; &nosuch;", "it’s \u{a0}café &nosuch;"),
        ("1 < 2", "1 < 2"),
        (" \n A \n B ", "A B"),
        ("A\u{1b}[31m\u{202e}B\u{1b}", "AB"),
        ("A<!-- B -->C", "AC"),
    ] {
        assert_eq!(item(&format!("<title>{title}</title><link>/x</link>")).title.as_str(), expected, "{title}");
    }
    for (attributes, title, expected) in [
        ("", "A &amp; B", "A & B"),
        ("type='text'", "&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("type='html'", "&lt;b&gt;A&lt;/b&gt; &amp;amp; B", "A & B"),
        ("type='html'", "<![CDATA[<b>A</b>]]>", "A"),
        ("type='xhtml'", "<div xmlns='http://www.w3.org/1999/xhtml'>A &lt; <b>B</b></div>", "A < B"),
        ("type='xhtml'", "<x:div xmlns:x='http://www.w3.org/1999/xhtml'>A <x:b>B</x:b></x:div>", "A B"),
        ("", "the &lt;blink> tag", "the <blink> tag"),
    ] {
        let entry = atom(&format!("<id>x</id><title {attributes}>{title}</title>"));
        assert_eq!(entry.title.as_str(), expected, "{attributes} {title}");
    }
}

#[test]
fn bodies() {
    for (description, expected) in [
        ("Plain & simple", "Plain &amp; simple"),
        ("<![CDATA[<p>x</p>]]>", "<p>x</p>"),
        ("&lt;p&gt;x &amp;amp; y&lt;/p&gt;", "<p>x &amp; y</p>"),
        ("<p>inline <b>markup</b><img src='x'/></p>", "<p>inline <b>markup</b><img src='x'/></p>"),
        ("a<![CDATA[ b ]]>c", "a b c"),
        ("<![CDATA[a]]><![CDATA[b]]>", "ab"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\n   two", "<p>one\ntwo</p>"),
    ] {
        let entry = item(&format!("<title>T</title><description>{description}</description>"));
        assert_eq!(entry.summary_html.unwrap().untrusted(), expected, "{description}");
    }
    for (content, expected) in [
        ("<content type='xhtml'><div><p>x</p></div></content>", "<p>x</p>"),
        ("<content type='xhtml'><p>x</p><p>y</p></content>", "<p>x</p><p>y</p>"),
        ("<content type='xhtml'>&lt;p&gt;x&lt;/p&gt;</content>", "<p>x</p>"),
        ("<content type='xhtml'><div><![CDATA[a < b]]></div></content>", "a &lt; b"),
        ("<content type='text'>a &lt; b</content>", "a &lt; b"),
        ("<content type='html'>&lt;title&gt;x&lt;/title&gt;</content>", "<title>x</title>"),
        ("<content type='xhtml'><div><title>x</title><link/></div></content>", "<title>x</title><link/>"),
        ("<content type='image/svg+xml'><svg><title>x</title></svg></content>", "<svg><title>x</title></svg>"),
    ] {
        let entry = atom(&format!("<id>x</id>{content}"));
        assert_eq!(entry.content_html.unwrap().untrusted(), expected, "{content}");
    }
    assert_eq!(atom("<id>x</id><content type='image/png'>iVBORw0KGgo</content>").content_html, None);
}

#[test]
fn bases_and_languages() {
    let parsed = read(
        "<feed xml:base='https://b.example/x/' xml:lang='de' xmlns='http://www.w3.org/2005/Atom'>
         <entry><id>1</id><link href='1'/></entry>
         <entry xml:base='y/' xml:lang='FR'><id>2</id><link href='2'/><content type='html' xml:base='z/'>c</content></entry>
         <entry><id>3</id><link xml:base='https://c.example/' href='3'/></entry></feed>",
    );
    let seen: Vec<(String, String, String)> = parsed
        .entries
        .iter()
        .map(|e| {
            (
                e.link.as_ref().unwrap().to_string(),
                e.base.as_ref().unwrap().to_string(),
                e.lang.as_ref().unwrap().to_string(),
            )
        })
        .collect();
    let expected = [
        ("https://b.example/x/1", "https://b.example/x/", "de"),
        // The base of a text counts for the text alone.
        ("https://b.example/x/y/2", "https://b.example/x/y/z/", "fr"),
        ("https://c.example/3", "https://b.example/x/", "de"),
    ];
    for (have, want) in seen.iter().zip(expected) {
        assert_eq!((have.0.as_str(), have.1.as_str(), have.2.as_str()), want);
    }
    let from_file =
        read_at("<rss><channel><item><link>/1</link></item><link>https://s.example/</link></channel></rss>", None);
    assert_eq!(from_file.entries[0].link.as_ref().unwrap().as_str(), "https://s.example/1");
}

#[test]
fn broken_feeds_are_read_on() {
    for (feed, expected) in [
        // Junk around it.
        (
            "\n<br>Warning: x in y on line 3<?xml version='1.0'?><rss><channel><item><title>A</title></item></channel></rss>junk</html>",
            "A",
        ),
        ("<script>x</script><rss><channel><item><title>A</title></item></channel></rss><!-- cached -->", "A"),
        // Unclosed and crossed tags.
        ("<rss><channel><title>F<item><title>A</title></item></channel></rss>", "A"),
        ("<rss><channel><item><title>A<link>/a</link></item><item><title>B</title></item>", "A B"),
        ("<rss><channel><item><title>A</title><item><title>B</title></channel></rss>", "A B"),
        ("<rss><channel><item><title>A</link></title></item></channel></rss>", "A"),
        ("<rss><channel><item><b><title>A</title></item><item><title>B</b></title></item></channel></rss>", "A B"),
        (
            "<rss><channel><item><title>A</title><description>x<pubDate>1 Jan 2020</pubDate></item><item><title>B</title></item></channel></rss>",
            "A B",
        ),
        ("<rss><channel><item><author>x<title>A</title></item></channel></rss>", "A"),
        ("<rss><channel><image><url>x</url><item><title>A</title></item></channel></rss>", "A"),
        // Names in any case, no root, several roots.
        ("<RSS><Channel><ITEM><TITLE>A</TITLE></ITEM></Channel></RSS>", "A"),
        ("<channel><item><title>A</title></item></channel>", "A"),
        ("<item><title>A</title></item><item><title>B</title></item>", "A B"),
        (
            "<rss><channel><item><title>A</title></item></channel></rss><rss><channel><item><title>B</title></item></channel></rss>",
            "A B",
        ),
        // Prefixes of all kinds.
        ("<x:feed xmlns:x='http://www.w3.org/2005/Atom'><x:entry><x:title>A</x:title></x:entry></x:feed>", "A"),
        ("<atom:feed><atom:entry><atom:title>A</atom:title></atom:entry></atom:feed>", "A"),
        ("<rss xmlns='http://odd.example/ns'><channel><item><title>A</title></item></channel></rss>", "A"),
        // Control characters in names and texts.
        ("<rss><chan\u{1}nel><item><ti\u{0}tle>A\u{8}B</title></item></channel></rss>", "AB"),
        // A document type that wants to explode.
        (
            "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>A&b;&x;</title></item></channel></rss>",
            "A&b;&x;",
        ),
        // Truncated: whole entries stay, the cut one goes.
        ("<rss><channel><item><title>A</title></item><item><title>B</title><description>cut he", "A"),
        ("<rss><channel><item><title>A</title></item><item><title>B</title><descr", "A"),
        ("<rss><channel><item><title>A</title></item><item><title>B</title><description><![CDATA[cut <p>he", "A"),
        ("<rss><channel><item><title>A</title></item><item><title>B</title></item></chan", "A B"),
        ("<rss><channel><item><title>A</title><link>/on", "A"),
    ] {
        assert_eq!(titles(&read(feed)).join(" "), expected, "{feed}");
    }
}

#[test]
fn truncation_is_said() {
    let parsed = read("<rss><channel><item><title>A</title></item><item><title>B</title><description>cut he");
    assert_eq!(parsed.complaints, [Complaint::Truncated]);
    let whole = read("<rss><channel><item><title>A</title></item></channel></rss>");
    assert!(whole.complaints.is_empty());
}

#[test]
fn bad_dates_are_said_once() {
    let parsed = read(
        "<rss><channel><item><title>A</title><pubDate>when\u{7} I am ready</pubDate></item><item><title>B</title><pubDate>later</pubDate></item></channel></rss>",
    );
    assert_eq!(parsed.complaints, [Complaint::BadDate("when I am ready".into())]);
}

#[test]
fn more_entries_than_anyone_reads() {
    let many = format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(10_500));
    let parsed = read(&many);
    assert_eq!((parsed.entries.len(), parsed.complaints), (10_000, vec![Complaint::TooManyEntries]));
}

#[test]
fn depth_and_breadth() {
    let deep = format!("<rss><channel><item><title>A</title>{}</item></channel></rss>", "<x>".repeat(100_000));
    assert_eq!(titles(&read(&deep)), ["A"]);
    let crossed = format!("<rss><channel><item><title>A</title>{}{}", "<x>".repeat(100_000), "</y>".repeat(100_000));
    assert_eq!(titles(&read(&crossed)), ["A"]);
    let inside =
        format!("<rss><channel><item><title>A</title><description>{}</item></channel></rss>", "<div>".repeat(100_000));
    assert_eq!(titles(&read(&inside)), ["A"]);
    let authors = format!(
        "<rss><channel><item><title>A</title>{}</item></channel></rss>",
        "<author><image><source>".repeat(50_000)
    );
    assert_eq!(titles(&read(&authors)), ["A"]);
    let wide = format!("<rss {}><channel><item><title>A</title></item></channel></rss>", "a='b' ".repeat(100_000));
    assert_eq!(titles(&read(&wide)), ["A"]);
    let spaces: String = (0..20_000).map(|n| format!("<item xmlns:n{n}='u'><n{n}:x/></item>")).collect();
    assert_eq!(read(&format!("<rss>{spaces}")).entries.len(), MAX_ENTRIES);
}

/// Mutilates a feed at some places.
fn mutilated(feed: &str, cuts: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = feed.as_bytes().to_vec();
    for (at, byte) in cuts {
        let at = at % bytes.len().max(1);
        match byte % 3 {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = *byte,
            _ => drop(bytes.drain(at..(at + usize::from(*byte)).min(bytes.len()))),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

proptest! {
    #[test]
    fn nothing_panics(text in "(<|</|/>|>|rss|feed|channel|item|entry|title|link|author|name|description|content|source|image|dc:date|<!\\[CDATA\\[|\\]\\]>|<!--|-->| |=|'|\"|type='xhtml'|href='x'|&|;|\\PC){0,80}") {
        let _ = parse(text.as_bytes(), None, None);
        let _ = parse(format!("<rss><channel><item>{text}").as_bytes(), None, None);
        let _ = parse(format!("<feed><entry>{text}").as_bytes(), None, None);
    }

    #[test]
    fn nor_on_mutilated_feeds(cuts in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..6)) {
        const FEED: &str = "<?xml version='1.0'?><rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>F</title>\
            <image><url>x</url></image><item><title>A &amp; b</title><link>https://a.example/1</link><author><name>x</name></author>\
            <description><![CDATA[<p>x</p>]]></description><dc:date>2020-01-01</dc:date><media:content url='y'/></item>\
            <item><title>B</title><content type='xhtml'><div>x</div></content><source url='z'>s</source></item></channel></rss>";
        let _ = parse(&mutilated(FEED, &cuts), None, None);
    }

    #[test]
    fn nor_on_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes, None, None);
    }
}
