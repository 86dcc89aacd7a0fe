"use strict";
// Opens the site in the first language that the reader prefers and the page offers.
(function () {
  function open() {
    var offered = document.querySelectorAll("a[hreflang]");
    for (var wanted of navigator.languages || []) {
      for (var link of offered) {
        if (wanted.split("-")[0] === link.hreflang) {
          location.replace(link.href + location.search + location.hash);
          return;
        }
      }
    }
  }
  document.addEventListener("DOMContentLoaded", open);
})();
