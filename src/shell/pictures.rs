//! The threads that bring pictures: one finds their files, here or on the network, the other decodes
//! them and puts them in the terminal's words. They store nothing but the cache of pictures.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::fetcher::Means;
use super::worker::{Outbox, guarded, spawn};
use crate::app::Event;
use crate::app::pictures::{Came, Outcome, Picture, Request};
use crate::clean;
use crate::model::picture::is_enclosed;
use crate::model::{Frame, Raster};
use crate::net::{Cancel, Net};
use crate::ops::pictures::{self, Cache, Unusable};
use crate::store::Reader;
use crate::terminal::graphics::{self, Encoded, Points};
use crate::terminal::{Protocol, Screen};
use crate::text::{Clean, Link};

/// Pictures that are wanted, how the terminal shows them, and the switch that calls them off.
pub(super) struct Wanted {
    pub(super) request: Request,
    /// `None` where they are painted with halves of cells.
    pub(super) protocol: Option<Protocol>,
    /// How large the cache may be.
    pub(super) megabytes: u32,
    pub(super) cancel: Cancel,
}

/// The ways to them and from them.
pub(super) struct Doors {
    pub(super) wanted: Sender<Wanted>,
    /// Pictures in the terminal's words, each before the event that tells of it.
    pub(super) encoded: Receiver<(u32, Encoded)>,
}

/// A file to be set.
struct File {
    link: Link,
    frame: Frame,
    protocol: Option<Protocol>,
    cancel: Cancel,
    bytes: Vec<u8>,
}

/// Starts them. `cache` is the directory of the cache.
pub(super) fn start(reader: Reader, means: Means, cache: PathBuf) -> io::Result<(Doors, [JoinHandle<()>; 2])> {
    let (wanted, from_screen) = unbounded();
    let (files, from_finder) = unbounded();
    let (encoded, to_screen) = unbounded();
    let outbox = means.outbox.clone();
    // How large it may be comes with each request, as the settings are then.
    let cache = Cache::new(cache, 0);
    let finder = spawn("pictures", move || Finder { reader, means, cache, files, net: None }.run(&from_screen))?;
    let setter = spawn("plates", move || set(&from_finder, &encoded, &outbox))?;
    Ok((Doors { wanted, encoded: to_screen }, [finder, setter]))
}

struct Finder {
    reader: Reader,
    means: Means,
    cache: Cache,
    files: Sender<File>,
    /// Made when it is first needed, as the fetchers do.
    net: Option<Net>,
}

impl Finder {
    fn run(mut self, wanted: &Receiver<Wanted>) {
        let outbox = self.means.outbox.clone();
        while let Ok(wanted) = wanted.recv() {
            if wanted.cancel.is_cancelled() {
                continue;
            }
            let (links, frame) = (wanted.request.links.clone(), wanted.request.frame);
            if guarded("pictures", &outbox, || self.find(wanted)).is_none() {
                for link in links {
                    let outcome = Outcome::Unusable(Clean::new("an internal error stopped it"));
                    outbox.send(Event::Picture(Came { link, frame, outcome }));
                }
            }
        }
    }

    fn find(&mut self, wanted: Wanted) {
        let Wanted { request: Request { links, frame, network, strange }, protocol, megabytes, cancel } = wanted;
        self.cache.resize(megabytes);
        let outbox = self.means.outbox.clone();
        let tell = |link: Link, outcome: Outcome| outbox.send(Event::Picture(Came { link, frame, outcome }));
        let file = |link: Link, bytes: Vec<u8>| File { link, frame, protocol, cancel: cancel.clone(), bytes };
        let mut missing = Vec::new();
        for link in links {
            match pictures::stored(&self.reader, &self.cache, &link) {
                // The other is gone only while the program ends.
                Ok(Some(bytes)) => drop(self.files.send(file(link, bytes))),
                Ok(None) if is_enclosed(&link) => {
                    tell(link, Outcome::Unusable(Clean::new("it came with the page, and is not kept any more")));
                }
                Ok(None) if network => missing.push(link),
                Ok(None) => tell(link, Outcome::Absent),
                Err(failure) => tell(link, Outcome::Unusable(failure.message)),
            }
        }
        if missing.is_empty() {
            return;
        }
        if self.net.is_none() {
            self.net = Net::new(&self.means.saved.settings).ok();
        }
        let Some(net) = &self.net else {
            let why = || Outcome::Unusable(Clean::new("the network could not be set up"));
            return missing.into_iter().for_each(|link| tell(link, why()));
        };
        let mut left: HashSet<Link> = missing.iter().cloned().collect();
        let requests = missing.into_iter().map(|link| (link.clone(), pictures::request(link, strange)));
        net.run(requests, &cancel, |link, answer| {
            left.remove(&link);
            match pictures::came(answer) {
                Ok(bytes) => {
                    self.cache.put(&link, &bytes);
                    let _ = self.files.send(file(link, bytes));
                }
                Err(why) => tell(link, Outcome::Unusable(why)),
            }
        });
        // Called off: one has left the article.
        left.into_iter().for_each(|link| tell(link, Outcome::Absent));
    }
}

/// Sets files as they come, until nobody sends any more.
fn set(files: &Receiver<File>, encoded: &Sender<(u32, Encoded)>, outbox: &Outbox) {
    let mut id = 0_u32;
    while let Ok(File { link, frame, protocol, cancel, bytes }) = files.recv() {
        if cancel.is_cancelled() {
            continue;
        }
        id = id.checked_add(1).unwrap_or(1);
        let made = guarded("plates", outbox, || {
            let raster = pictures::set(&bytes, &frame)?;
            Ok((protocol.and_then(|protocol| graphics::encode(protocol, id, &points(&raster))), raster))
        });
        let outcome = match made {
            Some(Ok((words, mut raster))) => {
                if let Some(words) = words {
                    let _ = encoded.send((id, words));
                    // The terminal has the points: nobody else needs them.
                    raster.rgb = Arc::default();
                }
                Outcome::Here(Picture { id, raster })
            }
            Some(Err(Unusable::Counter)) => Outcome::Nothing,
            Some(Err(why)) => Outcome::Unusable(clean!("{why}")),
            None => Outcome::Unusable(Clean::new("an internal error stopped it")),
        };
        outbox.send(Event::Picture(Came { link, frame, outcome }));
    }
}

fn points(raster: &Raster) -> Points<'_> {
    let Raster { columns, rows, width, height, ref rgb } = *raster;
    Points { width, height, rgb, columns, rows }
}

/// The pictures in the terminal's words that the screen has.
#[derive(Default)]
pub(super) struct Gallery {
    /// Their numbers, and whether the core has been told of each.
    hung: Vec<(u32, bool)>,
}

impl Gallery {
    /// The core is about to take in what came.
    pub(super) fn told(&mut self, came: &Came) {
        if let Outcome::Here(picture) = &came.outcome {
            // Each comes before its event; those that have not been hung are found told.
            match self.hung.iter_mut().find(|(id, _)| *id == picture.id) {
                Some((_, told)) => *told = true,
                None => self.hung.push((picture.id, true)),
            }
        }
    }

    /// Gives the screen what is new, and takes from it what the core does not hold, although it was
    /// told of it.
    pub(super) fn hang(&mut self, encoded: &Receiver<(u32, Encoded)>, wanted: &[u32], screen: &mut Screen) {
        for (id, picture) in encoded.try_iter() {
            screen.add_picture(id, picture);
            if !self.hung.iter().any(|(known, _)| *known == id) {
                self.hung.push((id, false));
            }
        }
        let before = self.hung.len();
        self.hung.retain(|(id, told)| !told || wanted.contains(id));
        if self.hung.len() < before {
            let ids: Vec<u32> = self.hung.iter().map(|(id, _)| *id).collect();
            screen.keep_pictures(&ids);
        }
    }
}
