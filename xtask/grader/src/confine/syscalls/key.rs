//! The one program that may be started, where none may.

use std::convert::Infallible;
use std::ffi::CString;
use std::fs::File;
use std::io::{Error, Read};
use std::ptr;

use anyhow::{Context, Result};
use nix::libc;
use seccompiler::{SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompRule};

use super::Calls;

/// Random bits behind the three arguments of `execve`, where the kernel looks for nothing, but a filter can look. No program
/// that is started learns them: they die with the memory of its predecessor.
#[derive(Clone, Copy)]
pub(in crate::confine) struct Key([u64; 2]);

/// The arguments of `execve` that carry the key: the first after its own three.
const CARRIERS: [u8; 2] = [3, 4];

impl Key {
    /// # Errors
    ///
    /// The system has no random bits.
    pub(in crate::confine) fn random() -> Result<Self> {
        let mut bits = [[0; 8]; 2];
        File::open("/dev/urandom")
            .and_then(|mut random| random.read_exact(bits.as_flattened_mut()))
            .context("`/dev/urandom` cannot be read")?;
        Ok(Self(bits.map(u64::from_ne_bytes)))
    }

    #[cfg(test)]
    pub(super) const fn of(bits: [u64; 2]) -> Self {
        Self(bits)
    }

    /// A program is started with the key, or not at all.
    pub(super) fn bars_other_programs(self) -> Result<Calls> {
        let differs = |(carrier, bits)| {
            let differs =
                SeccompCondition::new(carrier, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, bits);
            SeccompRule::new(vec![differs?])
        };
        let rules = CARRIERS.into_iter().zip(self.0).map(differs);
        Ok(Calls::from([
            (libc::SYS_execve, rules.collect::<Result<_, _>>()?),
            (libc::SYS_execveat, Vec::new()),
        ]))
    }

    /// Becomes the program.
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
