"use strict";
{
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll("#rows tr")];
  const words = rows.map((row) => row.textContent.toLowerCase());
  const titles = new Map([...document.querySelectorAll("#cause option")].map((option) => [option.value, option.dataset]));

  const filter = () => {
    if (!rows.length) return;
    const wanted = $("search").value.trim().toLowerCase();
    const cause = $("cause").value;
    const severity = $("severity").value;
    let shown = 0;
    rows.forEach((row, place) => {
      const fits = (!cause || row.dataset.cause === cause) && (!severity || row.dataset.severity === severity)
        && (!wanted || words[place].includes(wanted));
      row.hidden = !fits;
      shown += fits;
    });
    const numbers = [shown, rows.length].map((number) => number.toLocaleString("en"));
    let next = 0;
    const text = $("shown").dataset[root.lang];
    $("shown").textContent = text.replace(/\{(\d?)\}/g, (_, place) => numbers[place === "" ? next++ : Number(place)]);
  };

  const choose = (lang) => {
    root.lang = lang;
    for (const button of document.querySelectorAll(".choose")) {
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    }
    for (const option of document.querySelectorAll("option")) option.textContent = option.dataset[lang];
    for (const row of rows) row.cells[2].textContent = titles.get(row.dataset.cause)[lang];
    document.title = document.querySelector(`h1 [lang=${lang}]`).textContent;
    filter();
  };

  for (const button of document.querySelectorAll(".choose")) {
    button.addEventListener("click", () => choose(button.dataset.lang));
  }
  for (const button of document.querySelectorAll(".filter")) {
    button.addEventListener("click", () => {
      $("cause").value = button.dataset.cause;
      filter();
      $("found").focus();
      $("found").scrollIntoView();
    });
  }
  if (rows.length) {
    $("search").addEventListener("input", filter);
    $("cause").addEventListener("change", filter);
    $("severity").addEventListener("change", filter);
  }
  root.classList.add("live");
  choose(root.lang);
}
