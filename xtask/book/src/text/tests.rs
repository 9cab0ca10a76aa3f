use super::*;

const CHAPTER: &str = "lessons/02-b/README.md";

/// A chapter's text in a book that shows another chapter, a source, and the course's own page.
fn in_the_book(markdown: &str) -> String {
    let mut places = Places::default();
    places.put("README.md", "index.html");
    places.put("lessons/01-a/README.md", "01-a.html");
    places.put("lessons/02-b/src/lib.rs", "02-b.html#lessons-src-lib-rs");
    places.put("exercises/02-b/src/lib.rs", "02-b.html#exercises-src-lib-rs");
    adapt(markdown, CHAPTER, &places)
}

#[track_caller]
fn becomes(markdown: &str, expected: &str) {
    assert_eq!(in_the_book(markdown), expected);
}

#[track_caller]
fn stays(markdown: &str) {
    becomes(markdown, markdown);
}

#[test]
fn links_lead_to_where_the_book_shows_the_file() {
    becomes("see [it](src/lib.rs).", "see [it](02-b.html#lessons-src-lib-rs).");
    becomes("[src/lib.rs](src/lib.rs)", "[src/lib.rs](02-b.html#lessons-src-lib-rs)");
    becomes("[x](../01-a/README.md#y \"z\")", "[x](01-a.html#y \"z\")");
    becomes("[`x`](../../README.md)", "[`x`](index.html)");
    becomes("[first][1]\n\n[1]: ../01-a/README.md\n", "[first][1]\n\n[1]: 01-a.html\n");
}

#[test]
fn links_out_of_the_course_and_dead_ones_are_left_to_be_seen() {
    stays("[rayon](https://docs.rs/rayon) <https://a.b> [here](#here) [gone](src/gone.rs)");
}

#[test]
fn a_file_that_is_named_in_code_is_linked() {
    becomes(
        "open `exercises/02-b/src/lib.rs` now",
        "open [`exercises/02-b/src/lib.rs`](02-b.html#exercises-src-lib-rs) now",
    );
    becomes("`src/lib.rs`", "[`src/lib.rs`](02-b.html#lessons-src-lib-rs)");
    stays("`no/such/file.rs`, and in a [link `src/lib.rs`](#it)");
    stays("## `src/lib.rs` in a heading, which is a link already");
}

#[test]
fn links_that_only_rustdoc_can_follow_become_their_words() {
    becomes("[`sum`] and [`a::b`]", "`sum` and `a::b`");
    becomes("[adds](crate::sum) [up](fn@sum) [`it`](sum())", "adds up `it`");
    becomes("[`f`][item]\n\n[item]: crate::f\n", "`f`\n\n[item]: crate::f\n");
    stays("on [0, 1] or [a][b], of an [x]");
}

#[test]
fn what_rustdoc_hides_of_rust_is_hidden_and_nothing_else() {
    becomes(
        "```rust\n# use a;\n#\n\nlet x = 1;\n    # hidden too\n#[inline]\n## shown\n```\n",
        "```rust\nlet x = 1;\n#[inline]\n## shown\n```\n",
    );
    becomes("```compile_fail,E0596\n# a\nb\n```\n", "```rust,compile_fail,E0596\nb\n```\n");
    stays("```sh\n# a comment\nls\n```\n");
    stays("    # indented code\n");
    becomes("- a\n\n  ```rust\n  # b\n  c\n  ```\n", "- a\n\n  ```rust\n  c\n  ```\n");
}

#[test]
fn output_stands_behind_the_first_block_with_its_command() {
    let text = "Do\n\n```sh\ncargo xtask sweep 02\n```\n\nand `cargo xtask sweep 03`.\n";
    assert_eq!(
        with_output_of("cargo xtask sweep 02", text, "<p>out</p>").as_deref(),
        Some(
            "Do\n\n```sh\ncargo xtask sweep 02\n```\n\n<p>out</p>\n\n\nand `cargo xtask sweep 03`.\n"
        )
    );
    assert_eq!(with_output_of("cargo xtask sweep 03", text, ""), None);
}

#[test]
fn a_line_of_markdown_is_html_without_a_paragraph() {
    assert_eq!(line_of_html("`a < b` *once*"), "<code>a &lt; b</code> <em>once</em>");
}
