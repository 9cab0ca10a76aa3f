//! Lets this process start one program where the filters forbid starting any.

use std::convert::Infallible;
use std::ffi::CString;
use std::fs::File;
use std::io::{Error, Read};
use std::ptr;

use anyhow::{Context, Result};
use nix::libc;
use seccompiler::{SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompRule};

use super::Calls;

/// Random bits that are passed after the three arguments of `execve`: the kernel ignores them there, and a filter compares them.
/// The program that is started cannot know them, since they are in its predecessor's memory only.
#[derive(Clone, Copy)]
pub(in crate::confine) struct Key([u64; 2]);

/// The positions of the key among the arguments of the call, after the three that `execve` has.
const POSITIONS: [u8; 2] = [3, 4];

impl Key {
    /// A new key.
    ///
    /// # Errors
    ///
    /// `/dev/urandom` cannot be read.
    pub(in crate::confine) fn random() -> Result<Self> {
        let mut bits = [[0; 8]; 2];
        File::open("/dev/urandom")
            .and_then(|mut random| random.read_exact(bits.as_flattened_mut()))
            .context("`/dev/urandom` cannot be read")?;
        Ok(Self(bits.map(u64::from_ne_bytes)))
    }

    /// The calls that would start a program without this key.
    pub(super) fn exec_without_key(self) -> Result<Calls> {
        let differs = |(position, bits)| {
            let differs =
                SeccompCondition::new(position, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, bits);
            SeccompRule::new(vec![differs?])
        };
        let rules = POSITIONS.into_iter().zip(self.0).map(differs);
        Ok(Calls::from([
            (libc::SYS_execve, rules.collect::<Result<_, _>>()?),
            (libc::SYS_execveat, Vec::new()),
        ]))
    }

    /// Replaces this process by the program. Returns only if that fails.
    pub(in crate::confine) fn exec(
        self,
        program: &CString,
        args: &[CString],
        env: &[CString],
    ) -> Result<Infallible, Error> {
        let pointers = |strings: &[CString]| -> Vec<*const libc::c_char> {
            let strings = strings.iter().map(|string| string.as_ptr());
            strings.chain([ptr::null()]).collect()
        };
        let (args, env) = (pointers(args), pointers(env));
        let [first, second] = self.0;
        // SAFETY: the three arguments of `execve` are a string and two lists of strings that end with null, all alive until it
        // returns; the kernel reads no further argument.
        unsafe {
            libc::syscall(
                libc::SYS_execve,
                program.as_ptr(),
                args.as_ptr(),
                env.as_ptr(),
                first,
                second,
            )
        };
        Err(Error::last_os_error())
    }
}
