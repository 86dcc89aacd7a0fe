//! dev only
use std::time::Instant;
fn main() {
    for piece in [
        "5",
        " ",
        "\n",
        "\r\n",
        "\"",
        "(",
        "[",
        "<",
        ">",
        "&quot;",
        "\\n",
        "550",
        "é",
        "\u{1b}[",
        "a b ",
        "_",
        "= ",
        "* ",
        "550 ",
        "250-",
        "550\n",
        "5.7.1 ",
        "(550) ",
        "\"550\" ",
        "550: ",
        "code 550 ",
        "expected 550 ",
        "{ s",
        "[50,",
        "[53, 51, 48, 32, ",
        "250-SIZE\r\n",
        "< 550 No such user\n",
        "550 5.1.1 No such user ",
        "said: 550 5.1.1 \"No (such [user ",
        "[parser] < '550 No such user\\r\\n', ",
        "> STOR a.jpg\n< 550 No\n",
        "> STOR a.jpg\n",
    ] {
        let mut t = vec![];
        for size in [1 << 18, 1 << 20] {
            let text = piece.repeat(size / piece.len());
            let start = Instant::now();
            let n = replycode_scan::find(text.as_bytes(), None).count();
            let find = start.elapsed();
            let start = Instant::now();
            replycode_scan::incident(text.as_bytes(), None);
            t.push((find.as_secs_f64(), start.elapsed().as_secs_f64(), n));
        }
        println!("{piece:40?} find {:8.4} {:8.4}  incident {:8.4} {:8.4} n {}", t[0].0, t[1].0, t[0].1, t[1].1, t[1].2);
    }
}
