//! Sockets between the processes of one machine.
//!
//! On Linux they have names of their own, beside those of files, so they need neither a network nor a folder: a sandbox may
//! have none. Elsewhere they are those of the network.

#[cfg(target_os = "linux")]
mod system {
    use std::io;
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
    use std::sync::atomic::{AtomicUsize, Ordering};

    pub type Listener = UnixListener;
    pub type Stream = UnixStream;

    /// Listens under a name that nobody else has.
    pub fn listen() -> io::Result<(Listener, String)> {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let name = format!("many-hands-meeting-{}-{number}", std::process::id());
        let listener = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&name)?)?;
        Ok((listener, name))
    }

    pub fn connect(name: &str) -> io::Result<Stream> {
        UnixStream::connect_addr(&SocketAddr::from_abstract_name(name)?)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::io;
    use std::net::{Ipv4Addr, TcpListener, TcpStream};

    pub type Listener = TcpListener;
    pub type Stream = TcpStream;

    /// Listens at an address that nobody else has.
    pub fn listen() -> io::Result<(Listener, String)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?.to_string();
        Ok((listener, address))
    }

    pub fn connect(address: &str) -> io::Result<Stream> {
        TcpStream::connect(address)
    }
}

pub(super) use system::{Stream, connect, listen};
