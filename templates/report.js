// Filters of lists, opening of rows, links to gaps and checks. Works in the dashboard and in the saved page alike.
(function () {
  if (window.gaReport) return;
  window.gaReport = true;

  function wanted(form) {
    return Array.from(form.querySelectorAll("[data-filter]")).map(function (field) {
      var value = field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value.trim();
      return { name: field.dataset.filter, value: value };
    }).filter(function (filter) { return filter.value !== ""; });
  }

  function fits(row, filter) {
    if (filter.name !== "text") return row.dataset[filter.name] === filter.value;
    var text = row.textContent.toLowerCase();
    return filter.value.toLowerCase().split(/\s+/).every(function (word) { return text.includes(word); });
  }

  function apply(form) {
    var part = form.closest("section"), filters = wanted(form), shown = 0;
    part.querySelectorAll("#" + form.dataset.target + " > .ga-row").forEach(function (row) {
      row.hidden = !filters.every(function (filter) { return fits(row, filter); });
      shown += row.hidden ? 0 : 1;
    });
    var count = form.querySelector("output");
    count.textContent = count.dataset.count.replace("{shown}", shown);
    part.querySelector(".ga-empty").hidden = shown > 0;
  }

  function onChange(event) {
    var form = event.target.closest && event.target.closest("form.ga-filter");
    if (form) apply(form);
  }

  document.addEventListener("input", onChange);
  document.addEventListener("change", onChange);
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.ga-filter")) event.preventDefault();
  });
  document.addEventListener("reset", function (event) {
    if (event.target.matches("form.ga-filter")) setTimeout(function () { apply(event.target); });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('.ga a[href^="#gap-"], .ga a[href^="#check-"]');
    var row = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!row) return;
    event.preventDefault();
    row.hidden = false;
    row.open = true;
    row.scrollIntoView();
    row.querySelector("summary").focus({ preventScroll: true });
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("form.ga-filter [data-opens]");
    if (!button) return;
    var form = button.form, opens = button.textContent === button.dataset.opens;
    form.closest("section").querySelectorAll("#" + form.dataset.target + " > details").forEach(function (row) {
      row.open = opens && !row.hidden;
    });
    button.textContent = opens ? button.dataset.closes : button.dataset.opens;
  });

  // When live cells take the place of stored ones: what the reader has chosen and opened stays as it was.
  window.gaCarry = function (from, to) {
    var active = document.activeElement, focus = null;
    from.querySelectorAll("form.ga-filter").forEach(function (form) {
      var twin = to.querySelector('form.ga-filter[data-target="' + form.dataset.target + '"]');
      if (!twin) return;
      form.querySelectorAll("[data-filter]").forEach(function (field) {
        var other = twin.querySelector('[data-filter="' + field.dataset.filter + '"]');
        if (field === active) focus = other;
        if (field.type === "checkbox") other.checked = field.checked; else other.value = field.value;
      });
      apply(twin);
    });
    from.querySelectorAll("details[open][id]").forEach(function (part) {
      var twin = to.querySelector("details#" + CSS.escape(part.id));
      if (twin) twin.open = true;
    });
    return focus;
  };
})();
