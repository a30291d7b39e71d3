// Searches as one types: the table is asked for again, the address follows. Everything works without.
(function () {
  "use strict";
  var input = document.getElementById("filter");
  var rows = document.getElementById("rows");
  if (!input || !rows || !window.fetch) {
    return;
  }
  var timer = 0;
  var asked = 0;
  var shown = input.value;
  function look() {
    var text = input.value.trim();
    if (text === shown) {
      return;
    }
    var mine = ++asked;
    var query = "?q=" + encodeURIComponent(text);
    fetch(input.dataset.rows + query)
      .then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject(answer.status);
      })
      .then(function (html) {
        if (mine !== asked) {
          return;
        }
        shown = text;
        // our own server's page, every value of it escaped
        rows.innerHTML = html;
        history.replaceState(null, "", text ? query : location.pathname);
      })
      .catch(function () {});
  }
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
  });
})();
