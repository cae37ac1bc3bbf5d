//! The pictures of a page that a browser has saved "complete": they lie in a folder beside it, whose name
//! begins as the page's does (`page.html` and `page_files`; what follows is in the browser's language).
//!
//! They are put into the page before anything else looks at it, in the form in which other programs save
//! them, so that they are kept as those are. Nothing but such a folder is looked into, whatever the page
//! says.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr, memmem};
use url::Url;

use super::MAX_FILE;
use crate::extract::is_picture;

/// The largest picture, in bytes; a page's own are held to the same.
const LARGEST: u64 = 4 << 20;

/// How the files of pages end.
const ENDINGS: [&str; 4] = ["html", "htm", "xhtml", "xht"];

/// What stands before the address of a picture.
const SOURCE: &[u8] = b"src=";

/// The page with its pictures in it; as it is where it has none beside it, or is no page. Linear in the page
/// and its pictures, and never larger than [`MAX_FILE`].
pub(super) fn put_in(page: Vec<u8>, path: &Path) -> Vec<u8> {
    let is_page = path.extension().is_some_and(|it| ENDINGS.iter().any(|ending| it.eq_ignore_ascii_case(ending)));
    let Some(folders) = is_page.then(|| Folders::beside(path)).flatten() else { return page };
    let mut out = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(&page, SOURCE) {
        let start = at + SOURCE.len();
        let Some(quote @ (b'"' | b'\'')) = page.get(start).copied() else { continue };
        let Some(end) = memchr(quote, &page[start + 1..]).map(|end| start + 1 + end) else { break };
        let written = std::str::from_utf8(&page[start + 1..end]).unwrap_or_default();
        let Some(picture) = folders.picture(&written.replace("&amp;", "&")) else { continue };
        if (out.len() + page.len() + picture.len()) as u64 > MAX_FILE {
            break;
        }
        out.extend_from_slice(&page[from..=start]);
        out.extend_from_slice(picture.as_bytes());
        from = end;
    }
    if from == 0 {
        return page;
    }
    out.extend_from_slice(&page[from..]);
    out
}

/// The folders that a page's files may lie in.
struct Folders {
    /// The page's own address, which those of its files start from.
    page: Url,
    /// The folders, as they are without links on the way.
    folders: Vec<PathBuf>,
}

impl Folders {
    /// Those beside the page; nothing where there are none.
    fn beside(page: &Path) -> Option<Self> {
        let page = fs::canonicalize(page).ok()?;
        let name = page.file_stem()?.to_str()?;
        let own = |entry: fs::DirEntry| {
            let longer = entry.file_name().to_str().is_some_and(|it| it.starts_with(name) && it.len() > name.len());
            (longer && entry.file_type().is_ok_and(|kind| kind.is_dir())).then(|| entry.path())
        };
        let folders: Vec<PathBuf> = fs::read_dir(page.parent()?).ok()?.flatten().filter_map(own).collect();
        let page = Url::from_file_path(&page).ok()?;
        (!folders.is_empty()).then_some(Self { page, folders })
    }

    /// A picture as an address that holds it (RFC 2397), if `written` leads to one in those folders.
    fn picture(&self, written: &str) -> Option<String> {
        let path = self.page.join(written).ok()?.to_file_path().ok()?;
        // A link in the folder must not lead out of it either.
        let path = fs::canonicalize(path).ok()?;
        let about = fs::metadata(&path).ok().filter(|about| about.is_file() && about.len() <= LARGEST);
        if about.is_none() || !self.folders.iter().any(|folder| path.starts_with(folder)) {
            return None;
        }
        let bytes = fs::read(&path).ok().filter(|bytes| is_picture(bytes))?;
        Some(format!("data:image/png;base64,{}", STANDARD.encode(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\nthe picture";

    fn put(page: &str, name: &str, files: &[(&str, &[u8])]) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, page).unwrap();
        for (file, bytes) in files {
            let file = dir.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        String::from_utf8(put_in(page.as_bytes().to_vec(), &path)).unwrap()
    }

    #[test]
    fn pictures_in_the_folder_of_a_page_are_put_into_it() {
        let held = format!("data:image/png;base64,{}", STANDARD.encode(PNG));
        for (name, file, written) in [
            ("page.html", "page_files/a.png", "page_files/a.png"),
            ("page.HTM", "page_files/a.png", "./page_files/a.png"),
            ("Минск.html", "Минск_files/a.png", "./%D0%9C%D0%B8%D0%BD%D1%81%D0%BA_files/a.png"),
            ("a b.html", "a b-Dateien/a&b.png", "a%20b-Dateien/a&amp;b.png"),
        ] {
            let page = |src: &str| format!("<p>One <img alt='x' src=\"{src}\"> and <img src='{src}'> two</p>");
            assert_eq!(put(&page(written), name, &[(file, PNG)]), page(&held), "{written}");
        }
    }

    #[test]
    fn nothing_else_is_looked_into() {
        let all: [(&str, &[u8]); 4] =
            [("page_files/a.png", PNG), ("other/a.png", PNG), ("page_files/a.js", b"alert(1)"), ("secret.png", PNG)];
        for written in [
            "other/a.png",
            "secret.png",
            "page_files/../secret.png",
            "page_files/a.js",
            "page_files/none.png",
            "page_files",
            "/etc/passwd",
            "file:///etc/passwd",
            "https://a.example/page_files/a.png",
            "",
        ] {
            let page = format!("<img src=\"{written}\">");
            assert_eq!(put(&page, "page.html", &all), page, "{written}");
        }
        let page = "<img src=\"page_files/a.png\">";
        assert_eq!(put(page, "page.txt", &all), page);
        assert_eq!(put("<img src=\"page_files/a.png", "page.html", &all), "<img src=\"page_files/a.png");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let page = "<img src=\"page_files/a.png\">";
        fs::write(dir.path().join("page.html"), page).unwrap();
        fs::write(dir.path().join("secret.png"), PNG).unwrap();
        fs::create_dir(dir.path().join("page_files")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret.png"), dir.path().join("page_files/a.png")).unwrap();
        assert_eq!(put_in(page.as_bytes().to_vec(), &dir.path().join("page.html")), page.as_bytes());
    }
}
