//! Pages that are made on the spot, usual ones and ones that are made to hurt, and how long they take.

use std::fmt::Write as _;

use dateline::extract;

use super::timed;

/// Prints the time that each made page takes.
pub fn measure() {
    let deep = 100_000;
    let many = 1_000_000;
    let pages = [
        ("news page, 50 KB", news(50_000)),
        ("news page, 200 KB", news(200_000)),
        ("news page, 5 MB", news(5_000_000)),
        ("100,000 nested divs", format!("{}x{}", "<div>".repeat(deep), "</div>".repeat(deep))),
        ("100,000 nested spans in prose", format!("<p>{}</p>", "<span>word ".repeat(deep))),
        ("a million attributes", {
            let mut page = String::from("<p ");
            (0..many).for_each(|n| _ = write!(page, "a{n}=\"{n}\" "));
            page + ">Words of a story that is short."
        }),
        ("5 MB of one word", format!("<p>{}", "a".repeat(5_000_000))),
        ("5 MB of links", "<p><a href=\"/story/1\">A headline of six or seven words</a></p>".repeat(75_000)),
        ("100,000 table cells", format!("<table>{}</table>", "<tr><td>one<td>two, and three</tr>".repeat(50_000))),
    ];
    for (name, page) in pages {
        let (found, time) = timed(|| extract::page(&page, None));
        let came = found.map_or_else(|none| none.to_string(), |page| format!("{} words", page.document.words()));
        println!("{name:<32} {:>9.2} ms   {came}", time.as_secs_f64() * 1e3);
    }
}

/// A page as news sites make them: menus, a story, boxes of other stories, scripts.
fn news(bytes: usize) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=en><head><title>The ferry is sold | The Example</title>\
         <meta property=\"og:title\" content=\"The ferry is sold\"></head><body><nav class=menu><ul>",
    );
    for n in 0..40 {
        let _ = write!(page, "<li><a href=\"/section/{n}\">Section {n}</a></li>");
    }
    page.push_str("</ul></nav><main><article><h1>The ferry is sold</h1><div class=byline>By Ann Ash</div>");
    let mut n = 0;
    while page.len() < bytes {
        n += 1;
        let _ = write!(
            page,
            "<div class=\"paragraph wrap-{n}\"><p>The town council of the lake's northern shore agreed on Tuesday evening, by {n} votes \
             to two, to sell the old ferry to the <a href=\"/people/{n}\">highest bidder</a>, although many had asked it not to.</p></div>\
             <script>window.slots = window.slots || []; slots.push({{id: {n}, size: [300, 250]}});</script>"
        );
        if n % 8 == 0 {
            page.push_str("<aside class=\"related\"><h3>Read more</h3><ul>");
            for k in 0..4 {
                let _ = write!(
                    page,
                    "<li><a href=\"/news/{n}/{k}\">What the harbour master said about number {k}</a></li>"
                );
            }
            page.push_str("</ul></aside>");
        }
    }
    page.push_str("</article></main><footer><p>All rights reserved.</p></footer></body></html>");
    page
}
