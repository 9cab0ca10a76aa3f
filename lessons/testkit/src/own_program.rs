//! A program that starts itself once more.

use std::env;
use std::path::PathBuf;

/// The path of this very program.
///
/// Linux tells it in `/proc`, which a sandbox may lack. There the name will do by which the program was started, if it is an
/// absolute path: who starts a program in such a place takes care of that.
///
/// # Panics
///
/// If the system does not tell, and the name is not absolute.
pub fn own_program() -> PathBuf {
    let name = || env::args_os().next().map(PathBuf::from);
    match env::current_exe() {
        Ok(path) => path,
        Err(error) => name()
            .filter(|name| name.is_absolute())
            .unwrap_or_else(|| panic!("start this program by its absolute path: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_there() {
        assert!(own_program().is_absolute() && own_program().is_file());
    }
}
