// The search of an exported site: looks through the words that stand in this page, asks nobody.
"use strict";
(function () {
  const articles = JSON.parse(document.getElementById("articles").textContent);
  const box = document.getElementById("query");
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  const MOST = 200;

  // As the words of the articles were folded: lower case, and without accents where a script lets
  // them go.
  function fold(text) {
    return text.toLowerCase().normalize("NFKD")
      .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, "$1")
      .normalize("NFKC").replace(/ё/g, "е").replace(/ß/g, "ss").replace(/æ/g, "ae").replace(/œ/g, "oe");
  }

  // Words are found by their beginning; where a script has no spaces, anything within.
  const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

  function matches(article, sought) {
    const words = " " + article.words;
    return sought.every(function (word) {
      return words.includes(dense.test(word) ? word : " " + word);
    });
  }

  function line(article) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = article.file;
    link.textContent = article.title;
    const about = document.createElement("div");
    about.className = "about";
    about.textContent = article.about;
    item.append(link, about);
    return item;
  }

  function search() {
    const sought = fold(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = sought.length ? articles.filter(function (article) { return matches(article, sought); }) : [];
    list.replaceChildren.apply(list, found.slice(0, MOST).map(line));
    count.textContent = sought.length ? found.length + (found.length === 1 ? " article" : " articles") : "";
  }

  const asked = new URLSearchParams(window.location.search).get("q");
  if (asked) {
    box.value = asked;
  }
  box.addEventListener("input", search);
  box.form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
  box.focus();
  search();
})();
