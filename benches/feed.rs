//! How long feeds take to read, beside what must happen in any case (decoding the bytes).
//!
//! `cargo bench --bench feed`. The limit: a usual feed of 10 KB in 30 µs, and twice the size in twice
//! the time.

use std::fmt::Write as _;

use dateline::feed;
use dateline::text::{Link, charset};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// An RSS 2.0 feed of about `size` bytes, its texts escaped as most are.
fn rss(size: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Example</title><link>https://example.org/</link>\
         <description>News</description><language>en</language>\n",
    );
    let mut n = 0;
    while out.len() < size {
        n += 1;
        let _ = writeln!(
            out,
            "<item><title>Rain &amp; wind over the hills, part {n}</title><link>https://example.org/news/{n}?utm_source=rss</link>\
             <guid isPermaLink=\"false\">https://example.org/?p={n}</guid><dc:creator><![CDATA[Ann Ash]]></dc:creator>\
             <pubDate>Thu, 23 Nov 2023 10:{:02}:00 +0300</pubDate><category><![CDATA[Weather]]></category><category>News</category>\
             <description>&lt;p&gt;It rained &amp;#8211; again.&lt;/p&gt;</description>\
             <content:encoded><![CDATA[<p>It rained in the hills, and those who live there say it has not stopped since.</p>\
             <p>The road to the north is <a href=\"/road\">closed</a> until further notice &amp; buses are late.</p>]]></content:encoded>\
             </item>",
            n % 60
        );
    }
    out.push_str("</channel></rss>");
    out
}

/// An Atom feed of about `size` bytes, its texts in XHTML.
fn atom(size: usize) -> String {
    let mut out = String::from(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Example</title>\
         <link href=\"https://example.org/\"/><link rel=\"self\" href=\"https://example.org/feed\"/><id>urn:example</id>\n",
    );
    let mut n = 0;
    while out.len() < size {
        n += 1;
        let _ = writeln!(
            out,
            "<entry><title type=\"html\">Rain &amp;amp; wind, part {n}</title><link href=\"/news/{n}\"/><id>urn:example:{n}</id>\
             <author><name>Ann Ash</name></author><updated>2023-11-23T10:{:02}:00+03:00</updated><category term=\"Weather\"/>\
             <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>It rained in the hills, and those who live \
             there say it has not stopped since.</p><p>The road to the north is <a href=\"/road\">closed</a>.<br/></p></div></content></entry>",
            n % 60
        );
    }
    out.push_str("</feed>");
    out
}

/// A JSON feed of about `size` bytes.
fn json(size: usize) -> String {
    let mut out = String::from(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"The Example\",\"home_page_url\":\"https://example.org/\",\
         \"items\":[\n",
    );
    let mut n = 0;
    while out.len() < size {
        n += 1;
        let _ = writeln!(
            out,
            "{}{{\"id\":\"{n}\",\"url\":\"https://example.org/news/{n}\",\"title\":\"Rain &amp; wind, part {n}\",\
             \"authors\":[{{\"name\":\"Ann Ash\"}}],\"date_published\":\"2023-11-23T10:{:02}:00+03:00\",\"tags\":[\"Weather\"],\
             \"content_html\":\"<p>It rained in the hills, and those who live there say it has not stopped since.</p>\
             <p>The road to the north is <a href=\\\"/road\\\">closed</a>.</p>\"}}",
            if n == 1 { "" } else { "," },
            n % 60
        );
    }
    out.push_str("]}");
    out
}

fn read(bencher: Bencher<'_, '_>, feed: &str) {
    let address = Link::parse("https://example.org/feed");
    bencher
        .counter(BytesCount::of_str(feed))
        .bench_local(|| feed::parse(divan::black_box(feed.as_bytes()), None, address.as_ref()));
}

#[divan::bench(args = SIZES)]
fn decode_only(bencher: Bencher<'_, '_>, size: usize) {
    let feed = rss(size);
    bencher.counter(BytesCount::of_str(&feed)).bench_local(|| charset::decode(divan::black_box(feed.as_bytes()), None));
}

#[divan::bench(args = SIZES)]
fn rss_2(bencher: Bencher<'_, '_>, size: usize) {
    read(bencher, &rss(size));
}

#[divan::bench(args = SIZES)]
fn atom_1(bencher: Bencher<'_, '_>, size: usize) {
    read(bencher, &atom(size));
}

#[divan::bench(args = SIZES)]
fn json_feed(bencher: Bencher<'_, '_>, size: usize) {
    read(bencher, &json(size));
}

#[divan::bench]
fn dates(bencher: Bencher<'_, '_>) {
    const DATES: [&str; 4] =
        ["Thu, 23 Nov 2023 10:00:00 +0300", "2023-11-23T10:00:00Z", "чт, 23 ноября 2023 10:00", "1700000000"];
    bencher.bench_local(|| DATES.map(|date| feed::date::parse(divan::black_box(date))));
}
