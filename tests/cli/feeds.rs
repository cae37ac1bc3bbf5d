//! What one does to feeds, and feeds of other kinds: commands, files, and those that want a secret.

use crate::home::Home;
use crate::support::server::{Reply, Server};

fn feed(title: &str) -> String {
    let item = format!("<item><guid>{title}</guid><title>From {title}</title></item>");
    format!("<rss version=\"2.0\"><channel><title>{title}</title>{item}</channel></rss>")
}

fn rss(title: &str) -> Reply {
    Reply::ok(feed(title)).header("Content-Type", "application/rss+xml")
}

#[test]
fn feeds_are_renamed_moved_and_removed() {
    let home = Home::new();
    let server = Server::start();
    for name in ["harbour", "hills"] {
        server.route(&format!("/{name}.xml"), rss(&format!("The {name}")));
    }
    let (harbour, hills) = (server.url("/harbour.xml"), server.url("/hills.xml"));
    home.run(&["add", &harbour, &hills]).well();
    home.run(&["feeds", "rename", "harbour", "Ports"]).well();
    home.run(&["feeds", "move", "Ports", "--to", "Sea"]).well();
    let listed = home.run(&["feeds", "--json"]).objects();
    let ports = listed.iter().find(|feed| feed["title"] == "Ports").unwrap();
    assert_eq!(ports["folder"], "Sea");
    for word in ["rename", "move"] {
        assert_eq!(home.run(&["feeds", word, "Ports"]).code, 2, "what is left out means nothing by itself");
    }
    home.run(&["feeds", "move", "Ports", "--out"]).well();
    assert!(home.run(&["feeds", "--json"]).objects().iter().all(|feed| feed["folder"].is_null()));
    home.run(&["feeds", "rename", "Ports", "--own"]).well();
    // Asking sets nothing.
    for _ in 0..2 {
        let said = home.run(&["feeds", "changes", "hills"]).well();
        assert!(said.contains("leaves them read (--unread yes or no sets it)"), "{said}");
    }
    let said = home.run(&["feeds", "changes", "hills", "--unread", "yes"]).well();
    assert!(said.contains("makes them unread again"), "{said}");
    let said = home.run(&["feeds", "changes", "hills"]).well();
    assert!(said.contains("makes them unread again"), "{said}");
    home.run(&["export", "is:bookmarked", "--format", "opml"]).failed(2, &["“is:bookmarked” has no meaning for opml"]);
    let said = home.run(&["cleanup", "--dry-run", "--days", "1"]).well();
    assert!(
        said.contains("nothing would go: articles are kept for 1 day from when they were published or came"),
        "{said}"
    );
    home.run(&["feeds", "remove", "The"]).failed(2, &["may be", "The harbour", "The hills"]);
    let removed = home.run(&["feeds", "remove", &harbour, "nobody"]);
    let removed = removed.failed(1, &["no feed is called “nobody”"]);
    assert!(removed.out.contains("unsubscribed from The harbour"), "{}", removed.out);
    assert_eq!(home.run(&["feeds", "--json"]).objects().len(), 1);
    assert!(!home.run(&["list"]).out.contains("From The harbour"));
    home.run(&["add", &harbour]).well();
    assert!(home.run(&["list"]).out.contains("From The harbour"), "everything is back");
    let some = home.run(&["add", &harbour, &server.url("/nothing")]);
    some.failed(3, &["404"]);
}

#[test]
fn a_feed_may_be_a_command_or_a_file_where_it_was_typed() {
    let home = Home::new();
    let file = home.file("my feed.xml", feed("The File"));
    let added = home.run(&["add", &format!("exec:cat '{file}'")]).well();
    assert!(added.contains("The File is subscribed to: 1 new article"), "{added}");
    home.run(&["add", &format!("file:{file}")]).well();
    let addresses: Vec<String> =
        home.run(&["feeds", "--json"]).objects().iter().map(|feed| feed["url"].as_str().unwrap().to_owned()).collect();
    assert!(addresses.iter().any(|address| address.starts_with("file:///") && address.ends_with("my%20feed.xml")));
    std::fs::write(&file, feed("The File").replace("<item>", "<item><title>Second</title><guid>2</guid></item><item>"))
        .unwrap();
    let ran = home.run(&["refresh", "--force"]).well();
    assert!(ran.contains("2 feeds: 2 new articles"), "{ran}");
    std::fs::remove_file(&file).unwrap();
    let ran = home.run(&["refresh", "--force"]);
    ran.failed(4, &["cat gave no feed", "No such file", "cannot be read"]);
    assert_eq!(home.run(&["list", "--limit", "0"]).plain().out.lines().count(), 4, "nothing is lost");
}

#[test]
fn nothing_from_outside_becomes_a_command_or_a_file() {
    let home = Home::new();
    let server = Server::start();
    let mark = home.path("mark");
    let command = format!("exec:touch {}", mark.display());
    let list = format!(
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"bad\" xmlUrl=\"{command}\"/>\
         <outline type=\"rss\" text=\"worse\" xmlUrl=\"file:///etc/passwd\"/>\
         <outline type=\"rss\" text=\"good\" xmlUrl=\"{}\"/></body></opml>",
        server.url("/good.xml")
    );
    server.route("/good.xml", rss("Good"));
    let opml = home.file("feeds.opml", &list);
    let urls = home.file("urls", format!("{command}\nfile:///etc/passwd\n{}\n", server.url("/good.xml")));
    home.run(&["import", &opml, &urls]);
    server.route(
        "/page",
        Reply::ok(format!(
            "<html><head><link rel=alternate type=application/rss+xml href=\"file:///etc/passwd\">\
         <link rel=alternate type=application/rss+xml href=\"{command}\">\
         <link rel=alternate type=application/rss+xml href=\"/good.xml\"></head></html>"
        )),
    );
    home.run(&["add", &server.url("/page")]);
    for (path, to) in [("/to-file", "file:///etc/passwd"), ("/to-command", command.as_str())] {
        server.route(path, Reply::redirect(302, to));
        home.run(&["add", &server.url(path)]).failed(4, &["which is not fetched"]);
    }
    home.run(&["refresh", "--force"]);
    assert!(!mark.exists(), "a command from outside was run");
    let feeds = home.run(&["feeds", "--json"]).objects();
    assert_eq!(feeds.len(), 1, "{feeds:?}");
}

#[test]
fn a_feed_that_wants_a_secret_gets_it_and_nobody_else_does() {
    let home = Home::new();
    let (server, other) = (Server::start(), Server::start());
    let locked = |name: &'static str| {
        move |request: &crate::support::server::Received| match request.header("authorization") {
            Some("Basic YWRhOmh1bnRlcjI=") => rss(name),
            _ => Reply::status(401),
        }
    };
    server.route_with("/locked.xml", locked("Locked"));
    server.route("/away.xml", Reply::redirect(302, &other.url("/elsewhere.xml")));
    other.route("/elsewhere.xml", rss("Elsewhere"));
    let address = server.url("/locked.xml");
    home.run(&["add", &address]).failed(4, &["401", "it wants a password"]);
    home.file(
        "config/dateline/config.toml",
        "[[feed]]\nhost = \"127.0.0.1\"\nuser = \"ada\"\nsecret_command = [\"printf\", \"hunt%s\\\\nmore\", \"er2\"]\n",
    );
    home.run(&["add", &address, &server.url("/away.xml")]).well();
    assert_eq!(server.requests().last().unwrap().header("authorization"), Some("Basic YWRhOmh1bnRlcjI="));
    assert_eq!(other.requests()[0].header("authorization"), None, "another port is another server");
    home.file(
        "config/dateline/config.toml",
        "[[feed]]\nhost = \"127.0.0.1\"\nuser = \"ada\"\nsecret_command = \"false\"\n",
    );
    home.run(&["refresh", "--force", "Locked"]).failed(4, &["what 127.0.0.1 wants to see first cannot be had"]);
    for word in ["hunter2", "YWRhOmh1bnRlcjI="] {
        let store = std::fs::read(home.database()).unwrap();
        assert!(!store.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word} is in the store");
    }
}

#[test]
fn a_circle_that_wants_a_cookie_ends() {
    let home = Home::new();
    let server = Server::start();
    server.route_with("/feed.xml", |request| match request.header("cookie") {
        Some("seen=1") => rss("Behind a cookie"),
        _ => Reply::redirect(302, "/feed.xml").header("Set-Cookie", "seen=1; Path=/"),
    });
    let address = server.url("/feed.xml");
    home.run(&["add", &address]).well();
    home.run(&["refresh", "--force"]).well();
    let cookies: Vec<bool> = server.requests().iter().map(|request| request.header("cookie").is_some()).collect();
    assert_eq!(cookies, [false, true, false, true], "every request begins as a stranger");
}

#[test]
fn a_proxy_of_the_environment_is_used_but_not_for_this_machine() {
    let home = Home::new();
    let (proxy, near) = (Server::start(), Server::start());
    proxy.route("http://news.example/feed.xml", rss("By proxy"));
    near.route("/feed.xml", rss("Near"));
    for address in ["http://news.example/feed.xml".to_owned(), near.url("/feed.xml")] {
        let mut command = home.command(&["add", &address]);
        command.env("http_proxy", proxy.url("")).env_remove("no_proxy").env_remove("NO_PROXY");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!((proxy.requests().len(), near.requests().len()), (1, 1));
}

#[test]
fn starter_packs_are_listed_and_joined() {
    let home = Home::new();
    assert!(home.run(&["packs"]).well().contains("Open source"));
    assert!(home.run(&["packs", "sci"]).well().contains("https://www.nature.com/nature.rss"));
    home.run(&["packs", "knitting"]).failed(1, &["no starter pack", "World, Central Asia"]);
    home.run(&["feeds"]).failed(1, &["no feeds yet"]);
    home.run(&["packs", "science", "--add"]).well();
    let feeds = home.run(&["feeds", "--json"]).objects();
    assert!(feeds.len() >= 5 && feeds.iter().all(|feed| feed["folder"] == "Science"), "{feeds:?}");
    assert!(home.run(&["packs", "science", "--add"]).well().contains("subscribed to already"));
}

#[test]
fn the_list_of_feeds_is_a_plain_file_as_well() {
    let home = Home::new();
    let server = Server::start();
    server.route("/harbour.xml", rss("The harbour"));
    let data = home.path("all").to_str().unwrap().to_owned();
    let data = data.as_str();
    let run = |words: &[&str]| home.run(&[&["--data-dir", data], words].concat());
    run(&["add", &server.url("/harbour.xml")]).well();
    let file = home.path("all/feeds.opml");
    let list = std::fs::read_to_string(&file).unwrap();
    assert!(list.contains("The harbour") && list.contains("/harbour.xml"), "{list}");
    let theirs = "<opml version='2.0'><body><outline text='Hills' xmlUrl='https://hills.example/feed'/></body></opml>";
    std::fs::write(&file, theirs).unwrap();
    let said = run(&["feeds", "rename", "harbour", "Ports"]);
    assert!(said.err.contains("subscribed to 1 feed") && said.err.contains("stay"), "{}", said.err);
    let list = std::fs::read_to_string(&file).unwrap();
    assert!(list.contains("Ports") && list.contains("hills.example"), "{list}");
    let off = home.file("off.toml", "mirror_feeds = false\n");
    std::fs::remove_file(&file).unwrap();
    run(&["--config", &off, "feeds", "rename", "Ports", "Quays"]).well();
    assert!(!file.exists());
}

#[test]
fn what_holds_for_a_feed_alone_is_set_from_the_command_line() {
    let home = Home::new();
    let server = Server::start();
    server.route("/hills.xml", rss("The Hills"));
    home.run(&["add", &server.url("/hills.xml")]).well();
    let said = home.run(&["feeds", "set", "hills"]).well();
    assert!(said.contains("what changes stays read; articles are kept as usual"), "{said}");
    let set = ["feeds", "set", "hills", "--unread-on-change", "yes", "--keep-days", "365", "--every", "0"];
    let said = home.run(&set).well();
    assert!(
        said.contains(
            "what changes is unread again; articles are kept for 365 days; it is fetched only when asked for"
        ),
        "{said}"
    );
    let set = ["--json", "feeds", "set", "hills", "--keep-days", "usual", "--fold-copies", "no"];
    let settings = home.run(&set).objects().remove(0);
    assert_eq!((&settings["keep_days"], &settings["refresh_minutes"]), (&serde_json::Value::Null, &0.into()));
    assert_eq!((&settings["unread_on_change"], &settings["fold_copies"]), (&true.into(), &false.into()));
    let ran = home.run(&["feeds", "set", "hills", "--keep-days", "soon"]);
    assert!(ran.code == 2 && ran.err.contains("a number up to 36500, or usual"), "{ran:?}");
    home.run(&["feeds", "set", "dales", "--full-text", "yes"]).failed(1, &["no feed is called “dales”"]);
}
