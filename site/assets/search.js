"use strict";
// Finds pages for what people type or paste: words in, ranked pages out. Nothing here touches the page.
// `replycodeSearch` (search-data.js) has every page's words in all languages.
var replycodeFind = (function () {
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const ENHANCED = /(?<![\d.])([245x])\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)/g;
  const CODE = /(?<![\d.:])(\d{3}|1\d{4})(?![\d:]|\.\d)/g;
  const CLASS = /\b([1-9])(?:yz|xx)\b/g;
  const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[\p{L}\p{N}][\p{L}\p{N}_'-]*/gu;
  const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  // In a log only these are looked at: a number at the start of a line or after a mark, followed by a blank or hyphen.
  const REPLY = /(?:^|[\s:["'(<>=,;])([1-5]\d\d)[ -](?:([245]\.\d{1,3}\.\d{1,3})(?!\d))?/gm;
  const LONG = 300;
  let items = null;

  function prepare() {
    items = replycodeSearch.items.map((item) => ({
      item,
      titles: item.t.map(fold),
      phrases: fold(item.x || ""),
      bodies: item.b.map(fold),
    }));
  }

  /// What a query asks for: reply codes, enhanced codes, classes, protocols, words.
  function parse(query, vocabulary) {
    let text = fold(query);
    if (text.length > LONG || text.trim().includes("\n")) {
      text = replies(text);
    }
    const take = (pattern, read) => {
      const found = [];
      text = text.replace(pattern, (...match) => (found.push(read(match)), " "));
      return [...new Set(found)];
    };
    const enhanced = take(ENHANCED, (m) => m[2] + "." + m[3]);
    const codes = take(CODE, (m) => m[1]);
    const classes = take(CLASS, (m) => m[1]);
    const protocols = new Set();
    const words = [];
    for (const [word] of text.matchAll(WORD)) {
      const named = Object.keys(vocabulary.protocols).filter((id) => vocabulary.protocols[id].some((w) => fold(w) === word));
      named.forEach((id) => protocols.add(id));
      const counts = CJK.test(word) || (word.length > 1 && !vocabulary.stop.includes(word));
      if (!named.length && counts) {
        words.push([word, ...(vocabulary.synonyms[word] || []).map(fold)]);
      }
    }
    if (enhanced.length && !protocols.size) {
      protocols.add("smtp");
    }
    return { enhanced, codes, classes, protocols, words };
  }

  /// The replies in a longer text as a query, the refusals if there are any.
  function replies(text) {
    const found = [...text.matchAll(REPLY)].map((m) => (m[2] ? m[1] + " " + m[2] : m[1]));
    const refusals = found.filter((reply) => reply[0] === "4" || reply[0] === "5");
    const telling = [...new Set(refusals.length ? refusals : found)];
    return telling.slice(0, 3).join(" ") || text.slice(0, LONG);
  }

  /// How well a word fits a text: 1 if it is there, less if most of a Japanese word's pairs of letters are.
  function fits(word, text) {
    if (text.includes(word)) {
      return 1;
    }
    if (!CJK.test(word) || word.length < 3) {
      return 0;
    }
    let hits = 0;
    for (let i = 0; i + 1 < word.length; i++) {
      hits += text.includes(word.slice(i, i + 2));
    }
    const share = hits / (word.length - 1);
    return share >= 0.6 ? share * 0.6 : 0;
  }

  const FIELDS = [["titles", 40], ["phrases", 34], ["bodies", 12]];

  function weigh(words, entry) {
    let best = 0;
    words.forEach((word, place) => {
      for (const [field, weight] of FIELDS) {
        const texts = field === "phrases" ? [entry.phrases] : entry[field];
        for (const text of texts) {
          best = Math.max(best, fits(word, text) * weight * (place ? 0.55 : 1));
        }
      }
    });
    return best;
  }

  function score(asked, entry) {
    const { item } = entry;
    const exact = asked.codes.length + asked.enhanced.length + asked.classes.length > 0;
    let points = 0;
    const place = asked.codes.indexOf(item.c);
    if (place >= 0 && (item.k === "reply" || item.k === "number")) {
      points += 1000 - 60 * place;
    }
    asked.enhanced.forEach((code, at) => {
      if (item.k === "enhanced" && item.c === "X." + code) {
        points += (asked.codes.length ? 700 : 1000) - 60 * at;
      } else if (item.k === "enhanced" && item.c === "X." + code.split(".")[0] + ".X") {
        points += 60;
      } else if (item.k === "reply" && new RegExp("\\b[245]\\." + code.replace(".", "\\.") + "\\b").test(entry.phrases)) {
        points += 150;
      }
    });
    if (item.k === "class" && asked.classes.includes(item.c[0])) {
      points += 900;
    }
    if (exact && !points) {
      return 0;
    }
    let hits = 0;
    for (const words of asked.words) {
      const weight = weigh(words, entry);
      hits += weight > 0;
      points += weight;
    }
    if (!exact) {
      if (!hits || hits < asked.words.length / 2) {
        return 0;
      }
      points += hits === asked.words.length ? 50 : 0;
      const said = asked.words.map((words) => words[0]).join(" ");
      points += asked.words.length > 1 && entry.phrases.replace(/[^\p{L}\p{N}]+/gu, " ").includes(said) ? 90 : 0;
      // People look up what went wrong.
      points += item.v && item.v !== "done" && item.v !== "continue" ? 6 : 0;
    }
    if (asked.protocols.size) {
      const of = item.p || (item.k === "enhanced" ? "smtp" : "");
      points += of === "" ? 0 : asked.protocols.has(of) ? 120 : -300;
    }
    return points;
  }

  /// The best pages for a query, and the codes in it that no list knows.
  return function find(query, vocabulary) {
    if (!items) {
      prepare();
    }
    const asked = parse(query, vocabulary);
    // Only a protocol: all its refusals.
    const only = !asked.words.length && !asked.codes.length && !asked.enhanced.length && !asked.classes.length;
    const known = (code) => replycodeSearch.items.some((item) => item.c === code && item.k !== "class");
    const unknown = asked.codes.filter((code) => !known(code));
    const scored = items
      .map((entry, place) => {
        const refusal = entry.item.v === "fix_first" || entry.item.v === "retry_later";
        const wanted = only && entry.item.k === "reply" && asked.protocols.has(entry.item.p) && refusal;
        return { item: entry.item, points: only ? (wanted ? 1 : 0) : score(asked, entry), place };
      })
      .filter((hit) => hit.points > 0)
      .sort((a, b) => b.points - a.points || a.place - b.place);
    const least = scored.length && !only ? scored[0].points * 0.25 : 0;
    return { items: scored.filter((hit) => hit.points >= least).slice(0, 20).map((hit) => hit.item), unknown };
  };
})();
