#[test]
fn everything_is_right() {}
