//! Which services a program can reach.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use crate::attempt::attempt;

#[test]
fn a_job_with_network_has_its_own_loopback() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    assert_eq!(attempt(&format!("connect {port}")), "ECONNREFUSED");
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    // The processes of lesson 06 connect through it.
    assert_eq!(attempt("meet"), "done");
}

#[test]
fn an_abstract_socket_of_this_machine_is_not_reached() {
    let name = format!("many-hands-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let listener = UnixListener::bind_addr(&address).unwrap();
    listener.set_nonblocking(true).unwrap();
    let answer = attempt(&format!("abstract {name}"));
    assert!(["ECONNREFUSED", "EPERM"].contains(&&*answer), "{answer}");
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}
