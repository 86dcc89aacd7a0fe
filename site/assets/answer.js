"use strict";
// Shows what a pasted text says. Whatever comes from the text goes in as text, never as markup.
var replycodeAnswer = (function () {
  /// Bytes around the deciding reply that are shown.
  const AROUND = 240;
  /// Replies that are listed.
  const LISTED = 60;

  /// Bytes as text that cannot play tricks: controls, also those that turn the direction of writing, are shown.
  function decode(bytes) {
    const text = new TextDecoder().decode(bytes);
    return text
      .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
      .replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => "\u27e8U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "\u27e9");
  }

  /// `shown(answer, tools)`: the elements of the answer. `tools` are the page's: element, verdict, fill, words, language.
  return function shown({ answer, texts, bytes, cut }, tools) {
    const { element, words, fill } = tools;
    const parts = [element("h2", "", words.explain.title)];
    if (cut) {
      parts.push(element("p", "hint", fill(words.explain.bounded, { read: size(bytes.length) })));
    }
    const told = answer.deciding && read(answer.deciding);
    const cause = texts.causes[answer.answer.cause];
    const { entry, basis } = answer.answer;
    const code = typeof entry === "number" ? texts.replies[told.protocol + "-" + told.code][entry] : texts.others[entry];
    // A cause speaks where more than the code tells it.
    const speaks = code && (basis === "code" || basis === "severity") ? code : cause || code;
    if (!answer.count && cause.id !== "not_a_reply") {
      parts.push(element("p", "", words.explain.no_reply));
    }
    parts.push(element("h3", "", speaks ? speaks.t : String(told.code || told.enhanced)));
    parts.push(tools.ruling(answer.answer.verdict));
    if (answer.speaker && answer.speaker !== "server") {
      parts.push(element("p", "", words.explain.speaker[answer.speaker]));
    }
    if (speaks) {
      parts.push(element("p", "", speaks.b), tools.steps(speaks.a, speaks === cause));
    }
    if (told) {
      parts.push(...excerpt(told, bytes, tools));
    }
    parts.push(facts(answer.answer, told, texts, tools));
    if (answer.count > 1 || (answer.count && !told)) {
      parts.push(list(answer, bytes, tools));
    }
    return parts;
  };

  function read([offset, length, line, protocol, code, enhanced, command, speaker, form]) {
    return { offset, length, line, protocol, code, enhanced, command, speaker, form };
  }

  function excerpt(told, bytes, { element, words, fill }) {
    const end = told.offset + told.length;
    const start = Math.max(0, told.offset - AROUND, bytes.lastIndexOf(10, told.offset - 1) + 1);
    const stop = bytes.indexOf(10, end);
    const after = Math.min(end + AROUND, stop < 0 ? bytes.length : stop);
    const box = element("p", "excerpt");
    // In whatever language it is.
    box.lang = "";
    box.append(decode(bytes.subarray(start, told.offset)));
    box.append(element("mark", "", decode(bytes.subarray(told.offset, Math.min(end, told.offset + 2000)))));
    box.append(decode(bytes.subarray(end, after)));
    const label = element("p", "hint", words.explain.deciding + ", " + fill(words.explain.line, { n: told.line }));
    return [label, box];
  }

  function facts(given, told, texts, { element, words, fill }) {
    const list = element("dl", "small");
    const row = (name, ...values) => {
      const line = element("div");
      const value = element("dd");
      value.append(...values);
      line.append(element("dt", "", name), value);
      list.append(line);
    };
    const link = (to, label) => {
      const made = element("a", "", label);
      made.href = to;
      return made;
    };
    const named = (number) => {
      const cause = texts.causes[number];
      return cause ? link(cause.u, cause.t) : String(number);
    };
    const cause = texts.causes[given.cause];
    if (cause) {
      row(words.explain.cause, named(given.cause));
      row(words.explain.party, words.party[given.party]);
    }
    if (given.alternatives.length) {
      row(words.explain.alternatives, ...given.alternatives.flatMap((n, at) => (at ? [", ", named(n)] : [named(n)])));
    }
    const basis = words.explain.bases[given.basis || "course"];
    row(words.explain.basis, given.rule ? basis + " (" + given.rule + ")" : basis);
    if (!told) {
      return list;
    }
    const pages = [];
    // A text may leave open whose reply it is.
    for (const protocol of told.protocol ? [told.protocol] : ["smtp", "ftp"]) {
      if (texts.replies[protocol + "-" + told.code]) {
        pages.push(link(protocol + "/" + told.code + "/index.html", protocol.toUpperCase() + " " + told.code));
      }
    }
    if (told.enhanced && texts.enhanced.includes(told.enhanced.replace(/^\d/, "x"))) {
      const name = told.enhanced.replace(/^\d/, "x");
      pages.push(link("enhanced/" + name + "/index.html", told.enhanced));
    }
    if (pages.length) {
      row(words.explain.details, ...pages.flatMap((page, at) => (at ? [", ", page] : [page])));
    }
    return list;
  }

  function list(answer, bytes, { element, words, fill }) {
    const box = element("details");
    box.append(element("summary", "", words.explain.replies + " (" + answer.count + ")"));
    const lines = element("ol", "replies");
    for (const told of answer.replies.slice(0, LISTED).map(read)) {
      const line = element("li");
      line.value = told.line;
      line.append(element("b", "", [told.code, told.enhanced].filter(Boolean).join(" ")), " ");
      const text = decode(bytes.subarray(told.offset, Math.min(told.offset + told.length, told.offset + 200)));
      const said = element("code", "", text);
      said.lang = "";
      line.append(said);
      lines.append(line);
    }
    box.append(lines);
    if (answer.count > LISTED) {
      box.append(element("p", "hint", fill(words.explain.more_replies, { n: answer.count - LISTED })));
    }
    return box;
  }

  function size(bytes) {
    return bytes < 1e6 ? Math.round(bytes / 1e3) + " KB" : (bytes / 1e6).toFixed(1) + " MB";
  }
})();
