//! The test kit as a check uses it: as the allocator, with the children and the global pool of a whole process.

mod allocations;
mod children;
mod exclusive;
mod global_pool;
mod report;
