//! What can be reached.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use crate::attempt::attempt;

#[test]
fn a_service_of_this_machine_is_not_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    assert_eq!(attempt(&format!("connect {port}")), "ECONNREFUSED");
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn where_the_network_is_allowed_a_job_has_a_loopback_of_its_own() {
    // Lesson 06's processes meet there.
    assert_eq!(attempt("meet"), "done");
}

#[test]
fn nor_is_a_socket_without_a_file() {
    let name = format!("many-hands-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let listener = UnixListener::bind_addr(&address).unwrap();
    listener.set_nonblocking(true).unwrap();
    let answer = attempt(&format!("abstract {name}"));
    assert!(["ECONNREFUSED", "EPERM"].contains(&&*answer), "{answer}");
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}
