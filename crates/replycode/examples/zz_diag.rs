#![allow(missing_docs)]
use std::io::BufRead;
use replycode::*;
fn main(){
  for line in std::io::stdin().lock().lines(){
    let line=line.unwrap(); let f:Vec<&str>=line.split('\t').collect();
    let p:Protocol=f[1].parse().unwrap();
    let code=f[2].parse::<u16>().ok().and_then(ReplyCode::new);
    let text=f[4].replace("\\N","\n").replace("\\\\","\\");
    let ctx=Context{enhanced:f[3].parse().ok(), command: f.get(5).and_then(|c| CATALOG.command(p,c))};
    let d=diagnose(p,code,text.as_bytes(),ctx);
    println!("{}\t{}\t{}\t{}\t{}\t{}",f[0],d.cause().id(),d.verdict().id(),d.rule().unwrap_or("-"),d.basis(),d.alternatives().map(|a|a.id()).collect::<Vec<_>>().join(","));
  }
}
