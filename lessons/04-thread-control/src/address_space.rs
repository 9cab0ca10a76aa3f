//! A process that is granted little: checks see there what becomes of code to which the system refuses threads.

/// Limits the address space of this process to this many bytes, for good. Only Linux does.
///
/// # Panics
///
/// If the system refuses the limit.
pub fn limit_address_space(bytes: u64) {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        let (_, most) = getrlimit(Resource::RLIMIT_AS).expect("the system knows this limit");
        let bytes = bytes.min(most);
        setrlimit(Resource::RLIMIT_AS, bytes, bytes).expect("a limit may be lowered");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = bytes;
}
