//! Whole books: of a small course made up for the tests, and of this one.

mod browser;
mod command;
mod pages;
mod small_course;
mod this_course;
