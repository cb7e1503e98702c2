"use strict";
// The page is complete without this: it adds the filters, one document at a time, and links that find what is hidden.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const rows = all(".rows tbody tr");
  const filters = document.querySelector(".filters");
  const tabs = all('[role="tab"]');

  const fits = (row, wanted) =>
    (!wanted.section || row.dataset.sections.split(" ").includes(wanted.section)) &&
    (!wanted.document || row.dataset.documents.split(" ").includes(wanted.document)) &&
    (!wanted.verdict || row.dataset.verdict === wanted.verdict ||
      (wanted.verdict === "not-met-in-full" && row.dataset.verdict !== "met"));

  const filter = () => {
    const wanted = Object.fromEntries(new FormData(filters));
    for (const row of rows) row.hidden = !fits(row, wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    filters.querySelector(".count").textContent = `${shown} of ${rows.length} rows shown`;
    document.querySelector(".empty").hidden = shown > 0;
    document.querySelector(".rows").hidden = shown === 0;
  };

  const choose = (tab) => {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    }
  };

  // Where a document scrolls by itself, beside its row, the page stays where it is.
  const scrollTo = (target, panel) => {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const box = panel && panel.getBoundingClientRect();
    if (panel && panel !== target && panel.scrollHeight > panel.clientHeight && box.top >= 0 && box.bottom <= innerHeight) {
      const top = target.getBoundingClientRect().top - box.top;
      panel.scrollBy({ top: top - panel.clientHeight / 3, behavior });
    } else {
      target.scrollIntoView({ block: target.matches("mark") ? "center" : "start", behavior });
    }
  };

  // Bring what an address names into view, whatever hides it, and let the keyboard go on from there.
  const reveal = (hash) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    if (target.closest(".rows tr[hidden]")) filters.reset();
    const panel = target.closest(".panel");
    if (panel) {
      choose(tabs.find((tab) => tab.getAttribute("aria-controls") === panel.id));
      const only = panel.querySelector(".only input");
      if (only.checked && !target.getClientRects().length) only.click();
    }
    for (const other of all(".arrived")) other.classList.remove("arrived");
    target.classList.add("arrived");
    scrollTo(target, panel);
    if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true });
  };

  document.documentElement.classList.add("scripted");
  filters.hidden = false;
  filters.addEventListener("change", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => { for (const select of all("select", filters)) select.value = ""; filter(); });
  filter();

  for (const list of all(".tabs")) {
    list.hidden = false;
    list.addEventListener("click", (event) => { const tab = event.target.closest("[role=tab]"); if (tab) choose(tab); });
    list.addEventListener("keydown", (event) => {
      const at = tabs.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const tab = tabs[(to + tabs.length) % tabs.length];
      choose(tab);
      tab.focus();
    });
    for (const tab of tabs) {
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    }
    choose(tabs[0]);
  }

  for (const only of all(".only")) {
    only.hidden = false;
    only.addEventListener("change", (event) => {
      only.closest(".panel").classList.toggle("only-marked", event.target.checked);
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || link.matches(".skip") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.hash);
    reveal(link.hash);
  });
  addEventListener("popstate", () => reveal(location.hash));
  addEventListener("hashchange", () => reveal(location.hash));
  reveal(location.hash);
})();
