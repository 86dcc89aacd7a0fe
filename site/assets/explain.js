"use strict";
// Explains a pasted text with the core and the finder (site/wasm), in a worker, so that the page stays responsive.
// `replycodeExplain(text)` promises {answer, texts, bytes, size}; it fails where there is no WebAssembly or no module.
// Everything is a script, also the module (core.js), because a page opened from a folder may load nothing else.
var replycodeExplain = (function () {
  const { core, texts } = document.currentScript.dataset;
  const LIMIT = 4 * 1024 * 1024;
  const PATIENCE = 15000;
  let worker = null;
  let waiting = null;
  let loading = null;

  // Runs in the worker: no other file, so it is kept as text.
  function work() {
    let core = null;
    self.onmessage = ({ data }) => {
      try {
        if (data.module) {
          core = new WebAssembly.Instance(new WebAssembly.Module(data.module), {}).exports;
          return;
        }
        const { bytes, number } = data;
        const at = core.place(bytes.length);
        if (!at) {
          throw new Error("no memory");
        }
        new Uint8Array(core.memory.buffer).set(bytes, at);
        const length = core.explain(bytes.length, 255);
        if (!length) {
          throw new Error("no answer");
        }
        const out = new Uint8Array(core.memory.buffer, at + bytes.length, length);
        self.postMessage({ number, answer: JSON.parse(new TextDecoder().decode(out)) });
      } catch (error) {
        self.postMessage({ number: data.number, failed: String(error) });
      }
    };
  }

  function load(address) {
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => fail(new Error("cannot load " + address));
      document.head.append(script);
    });
  }

  function start() {
    const source = new Blob(["(" + work + ")()"], { type: "text/javascript" });
    const address = URL.createObjectURL(source);
    worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onmessage = ({ data }) => {
      if (waiting && (data.number === undefined || data.number === waiting.number)) {
        settle(data.failed ? new Error(data.failed) : null, data.answer);
      }
    };
    worker.onerror = () => settle(new Error("the worker failed"));
    const module = Uint8Array.from(atob(replycodeCore), (c) => c.charCodeAt(0));
    worker.postMessage({ module }, [module.buffer]);
  }

  function stop() {
    if (worker) {
      worker.terminate();
      worker = null;
    }
  }

  function settle(error, answer) {
    const { done, fail, timer } = waiting || {};
    waiting = null;
    clearTimeout(timer);
    if (error) {
      stop();
      fail?.(error);
    } else {
      done?.(answer);
    }
  }

  let number = 0;
  async function explain(text) {
    const buffer = new Uint8Array(Math.min(LIMIT, text.length * 3));
    const { read, written } = new TextEncoder().encodeInto(text, buffer);
    const bytes = buffer.slice(0, written);
    loading = loading || Promise.all([load(core), load(texts)]);
    await loading;
    if (waiting) {
      // Somebody is still typing: what was asked before is no longer wanted.
      stop();
      settle(new Error("replaced"));
    }
    if (!worker) {
      start();
    }
    const mine = ++number;
    const answer = await new Promise((done, fail) => {
      const timer = setTimeout(() => settle(new Error("too slow")), PATIENCE);
      waiting = { number: mine, done, fail, timer };
      // A copy goes to the worker: the page shows excerpts of its own.
      worker.postMessage({ number: mine, bytes });
    });
    return { answer, texts: replycodeTexts, bytes, cut: read < text.length };
  }

  explain.available = Boolean(core) && typeof WebAssembly === "object" && typeof Worker === "function";
  explain.LIMIT = LIMIT;
  return explain;
})();
