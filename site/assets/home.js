"use strict";
// The box on the first page: searches while one types. Without this script the table of all replies is there.
(function () {
  const words = JSON.parse(document.getElementById("words").textContent);
  const language = replycodeSearch.languages.indexOf(document.documentElement.lang);
  const by = (id) => document.getElementById(id);
  const box = by("q");
  const form = box.form;
  const clear = form.querySelector(".clear");
  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, name) => (name in gaps ? gaps[name] : all));

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  /// A verdict in words with its shape, as on the pages.
  function verdict(id) {
    const made = element("span", "verdict v-" + id);
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", "#v-" + id);
    svg.append(use);
    made.append(svg, words.verdict[id].name);
    return made;
  }

  function ruling(id) {
    const made = element("p", "ruling v-" + id);
    const [shape] = verdict(id).children;
    const said = element("span");
    said.append(element("strong", "", words.verdict[id].name), " ", words.verdict[id].text);
    made.append(shape, said);
    return made;
  }

  function steps(texts, ordered) {
    if (texts.length < 2) {
      return element("p", "", texts[0] || "");
    }
    const made = element(ordered ? "ol" : "ul", "steps");
    made.append(...texts.map((text) => element("li", "", text)));
    return made;
  }

  function result(item) {
    const line = element("li");
    const link = element("a");
    link.href = item.u;
    const name = element("b", "", item.c || words.kinds[item.k] || "");
    link.append(name);
    const title = element("span", "title");
    if (item.p) {
      title.append(element("span", "protocol", item.p.toUpperCase()), " ");
    }
    title.append(element("strong", "", item.t[language]));
    link.append(title);
    if (item.v) {
      link.append(verdict(item.v));
    }
    link.append(element("span", "about", item.b[language].split("\n")[0]));
    line.append(link);
    return line;
  }

  /// Classes of codes that no list knows: the first digit speaks.
  function unknown(code) {
    const line = element("li", "hint");
    line.append(element("p", "", fill(words.search.unknown, { code })));
    return [line, ...replycodeSearch.items.filter((item) => item.k === "class" && item.c[0] === code[0]).map(result)];
  }

  function show(query) {
    const asked = query.trim() !== "";
    by("found").dataset.query = query.trim().slice(0, 200);
    by("found").hidden = !asked;
    by("all").hidden = asked;
    clear.hidden = !asked;
    if (!asked) {
      by("count").textContent = "";
      by("results").replaceChildren();
      return;
    }
    const found = replycodeFind(query, words.search);
    const lines = found.items.map(result).concat(...found.unknown.slice(0, 3).map(unknown));
    by("results").replaceChildren(...lines);
    const n = found.items.length;
    by("count").textContent =
      n === 1 ? words.search.count_one : n ? fill(words.search.count, { n }) : lines.length ? "" : words.search.none;
  }

  /// A pasted text too long for the box, which shows only its beginning.
  let held = null;
  const HELD = 20000;
  const text = () => held ?? box.value;

  /// Whether a text may hold a reply, and not only a code or a few words to look up.
  const isReply = (query) => query.includes("\n") || query.length > 80 || /\d{3}[ -].*[\p{L}]{3}|[245]\.\d+\.\d+.*[\p{L}]{3}/u.test(query);

  let asked = 0;
  async function explain(query) {
    const mine = ++asked;
    const answer = by("answer");
    const long = query.trim().includes("\n") || query.length > 80;
    const say = (...parts) => {
      if (mine === asked) {
        answer.replaceChildren(...parts);
        answer.hidden = !parts.length;
        answer.removeAttribute("aria-busy");
        answer.dataset.read = query.length;
      }
    };
    if (!isReply(query.trim())) {
      say();
      return;
    }
    if (!replycodeExplain.available) {
      say(...(long ? [element("p", "hint", words.explain.unavailable)] : []));
      return;
    }
    answer.setAttribute("aria-busy", "true");
    if (long) {
      answer.hidden = false;
      answer.replaceChildren(element("p", "hint", words.explain.working));
    }
    try {
      const told = await replycodeExplain(query);
      // A few words to look up, not a text to read.
      const nothing = told.texts.causes[told.answer.answer.cause].id === "not_a_reply";
      const quiet = !long && nothing && [null, "server", "client"].includes(told.answer.speaker);
      const tools = { element, verdict, ruling, steps, fill, words };
      say(...(quiet ? [] : replycodeAnswer(told, tools)));
    } catch (error) {
      if (error.message !== "replaced") {
        say(element("p", "hint", words.explain.failed));
      }
    }
  }

  let timer = 0;
  function changed() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      show(text());
      explain(text());
      remember();
    }, 60);
  }

  box.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (pasted.length > HELD) {
      event.preventDefault();
      // A text box with megabytes in it would stop the page for seconds.
      held = box.value.slice(0, box.selectionStart) + pasted + box.value.slice(box.selectionEnd);
      box.value = held.slice(0, 2000);
      by("kept").textContent = fill(words.explain.kept, { size: (held.length / 1e6).toFixed(1) + " MB" });
      changed();
    }
  });

  /// Puts a short query into the address, so that it can be kept and sent.
  function remember() {
    const query = box.value.trim();
    try {
      history.replaceState(null, "", query && query.length < 200 ? "?q=" + encodeURIComponent(query) : location.pathname);
    } catch {
      // Some browsers do not allow it for files.
    }
  }

  function ask(query) {
    held = null;
    by("kept").textContent = "";
    box.value = query;
    show(query);
    explain(query);
    remember();
    box.focus();
  }

  const links = () => [...by("results").querySelectorAll("a")];
  box.addEventListener("input", () => {
    held = null;
    by("kept").textContent = "";
    changed();
  });
  box.addEventListener("keydown", (event) => {
    const single = !box.value.includes("\n");
    const go = (event.key === "Enter" && !event.shiftKey) || (event.key === "ArrowDown" && single);
    if (go && single && !event.isComposing && box.value.trim()) {
      event.preventDefault();
      show(text());
      (links()[0] || box).focus();
    }
  });
  by("results").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links().indexOf(document.activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      (links()[at + step] || (step < 0 ? box : document.activeElement)).focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      box.focus();
    } else if (event.key === "Escape" && box.value) {
      ask("");
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    ask("");
  });
  form.querySelectorAll(".examples a").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      ask(link.textContent);
    })
  );
  const given = new URLSearchParams(location.search).get("q");
  if (given) {
    box.value = given;
  }
  if (box.value) {
    ask(box.value);
  }
})();
