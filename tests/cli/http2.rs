//! Fetching from a server that speaks HTTP/2, over TLS, with a certificate that the machine was told
//! to trust.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use http::Response;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, version};

use crate::support::Home;

/// What the server saw: a connection by the protocol that was agreed on, and a request by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Saw {
    Connection(Option<Vec<u8>>),
    Request(String),
}

/// A server of three feeds, which ends with this.
struct Server {
    at: SocketAddr,
    certificate: String,
    saw: Arc<Mutex<Vec<Saw>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&version::TLS13])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let saw = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let seen = saw.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                tokio::select! {
                    _ = stopped => {}
                    () = serve(&listener, &acceptor, &seen) => {}
                }
            });
        });
        let at = told.recv().unwrap();
        Self { at, certificate: made.cert.pem(), saw, stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Takes connections, and answers what is asked on each as it comes.
async fn serve(listener: &TcpListener, acceptor: &TlsAcceptor, saw: &Arc<Mutex<Vec<Saw>>>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let Ok(stream) = acceptor.accept(stream).await else { continue };
        let agreed = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
        saw.lock().unwrap().push(Saw::Connection(agreed));
        let saw = saw.clone();
        tokio::spawn(async move {
            let Ok(mut connection) = h2::server::handshake(stream).await else { return };
            while let Some(Ok((request, mut respond))) = connection.accept().await {
                let path = request.uri().path().to_owned();
                saw.lock().unwrap().push(Saw::Request(path.clone()));
                let body = format!(
                    "<rss version='2.0'><channel><title>Feed {path}</title><item><guid>1</guid>\
                     <title>News of {path}</title></item></channel></rss>"
                );
                let head = Response::builder().header("content-type", "application/rss+xml").body(()).unwrap();
                if let Ok(mut stream) = respond.send_response(head, false) {
                    let _ = stream.send_data(body.into(), true);
                }
            }
        });
    }
}

#[test]
fn feeds_of_one_host_share_a_connection_of_http_2() {
    let (home, server) = (Home::new(), Server::start());
    std::fs::write(home.file("trusted.pem"), &server.certificate).unwrap();
    let run = |arguments: &[&str]| {
        let output = home.dateline(arguments).env("SSL_CERT_FILE", home.file("trusted.pem")).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let urls: String = ["a", "b", "c"].map(|name| format!("https://{}/{name}\n", server.at)).concat();
    std::fs::write(home.file("urls"), urls).unwrap();
    run(&["import", "urls"]);
    run(&["refresh"]);
    let listed = run(&["list", "--all"]);
    for name in ["a", "b", "c"] {
        assert!(listed.contains(&format!("News of /{name}")), "{listed}");
    }
    let saw = server.saw.lock().unwrap().clone();
    let connections: Vec<&Saw> = saw.iter().filter(|saw| matches!(saw, Saw::Connection(_))).collect();
    assert!(connections.iter().all(|saw| **saw == Saw::Connection(Some(b"h2".to_vec()))), "{saw:?}");
    // Two may be opened at once, before it is known that one would do.
    assert!(connections.len() <= 2 && saw.len() == connections.len() + 3, "{saw:?}");
}
