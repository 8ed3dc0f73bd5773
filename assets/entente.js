// The one script. Everything on a page works without it; it adds live fragments, keys, copying and a theme
// switch without a round trip. No inline code, no dependency, nothing kept but two preferences.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ── Live fragments ────────────────────────────────────────────────────────────────────────────────
  // The server sends `event: changed` with topics separated by spaces. A fragment that listens to one of
  // them is fetched again and swapped by id; nothing is touched when nothing changed, so nothing flickers.
  const waiting = new Map(); // path → ids

  const swap = (id, page) => {
    const now = document.getElementById(id);
    const next = page.getElementById(id);
    if (!now || !next || now.innerHTML === next.innerHTML) return;
    if (now.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
    const focused = now.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute("href") : null;
    const open = all("details[open]", now).map((d) => all("details", now).indexOf(d));
    now.replaceChildren(...document.adoptNode(next).childNodes);
    open.forEach((i) => all("details", now)[i]?.setAttribute("open", ""));
    if (focused) (document.getElementById(focused) || all("a[href]", now).find((a) => a.getAttribute("href") === focused))?.focus();
    enliven(now);
  };

  const fetchAgain = async () => {
    const work = [...waiting];
    waiting.clear();
    for (const [path, ids] of work) {
      try {
        const answer = await fetch(path, { headers: { "X-Fragment": ids.join(" ") }, credentials: "same-origin" });
        if (!answer.ok || answer.redirected) continue;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        ids.forEach((id) => swap(id, page));
      } catch {
        return; // The connection is gone; the next event or reconnect tries again.
      }
    }
  };

  let timer = 0;
  const refresh = (topics) => {
    for (const part of all("[data-live]")) {
      const listens = (part.dataset.topics || "").split(" ");
      if (topics && !topics.some((topic) => listens.includes(topic))) continue;
      const ids = waiting.get(part.dataset.live) || [];
      if (part.id && !ids.includes(part.id)) waiting.set(part.dataset.live, [...ids, part.id]);
    }
    if (!waiting.size || timer || document.hidden) return;
    // A burst of events costs one fetch; the odd milliseconds keep a room of screens from asking at once.
    timer = setTimeout(() => { timer = 0; fetchAgain(); }, 150 + Math.random() * 250);
  };

  const show = (on, lost) => {
    all(".live-on").forEach((e) => { e.hidden = !on; });
    all(".live-lost").forEach((e) => { e.hidden = !lost; });
  };

  const events = document.body.dataset.events;
  if (events && window.EventSource) {
    const source = new EventSource(events);
    let dropped = false;
    source.addEventListener("open", () => {
      show(true, false);
      if (dropped) refresh(); // What happened meanwhile is not replayed: look at everything.
      dropped = false;
    });
    source.addEventListener("error", () => { dropped = true; show(false, true); });
    source.addEventListener("changed", (event) => refresh(event.data.split(" ")));
    document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting.size) refresh([]); });
    window.addEventListener("pagehide", () => source.close());
    window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  // ── A slider through time ─────────────────────────────────────────────────────────────────────────
  // The form works without this. Here the words follow the slider, and the parts that it moves are fetched when it rests;
  // the frame comes with them, for its links carry the instant too.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-slide]");
    if (!form || event.target.type !== "range") return;
    const range = event.target;
    const stop = all("option", range.list)[Number(range.value)];
    range.setAttribute("aria-valuetext", stop?.label || range.value);
    form.querySelector("output").value = stop?.label || range.value;
    clearTimeout(Number(form.dataset.pause));
    form.dataset.pause = setTimeout(async () => {
      const asked = range.value;
      try {
        const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`, { credentials: "same-origin" });
        if (!answer.ok || asked !== range.value) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const id of [...form.dataset.slide.split(" "), "past-strip"]) {
          const [now, next] = [document, page].map((from) => from.getElementById(id));
          if (!now || !next) continue;
          if (next.dataset.live) now.dataset.live = next.dataset.live;
          swap(id, page);
        }
        for (const part of ["header.top", "nav.menu"]) {
          const [now, next] = [document, page].map((from) => from.querySelector(part));
          if (now && next) now.replaceWith(document.adoptNode(next));
        }
        history.replaceState(null, "", answer.url);
      } catch {
        form.submit(); // The connection is gone: the browser says so better.
      }
    }, 150);
  });

  // ── Copying ───────────────────────────────────────────────────────────────────────────────────────
  const enliven = (from) => {
    if (navigator.clipboard) all("[data-copy]", from).forEach((button) => { button.hidden = false; });
  };
  enliven(document);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    const label = button.getAttribute("aria-label");
    button.classList.add("copied");
    button.setAttribute("aria-label", button.dataset.copied);
    button.title = button.dataset.copied;
    setTimeout(() => {
      button.classList.remove("copied");
      button.setAttribute("aria-label", label);
      button.title = label;
    }, 1500);
  });

  // ── Forms that save while they are filled ────────────────────────────────────────────────────────
  // Such a form works without this: its button saves the same fields. In the background it is sent when its reader
  // pauses; the answer names the statement that each saved field now stands for, so that the next save replaces it.
  all("form[data-autosave]").forEach((form) => {
    const note = form.querySelector("[data-autosave-note]");
    let pause = 0;
    let busy = false;
    let again = false;
    const took = (field) => {
      const part = (prefix) => document.getElementById(prefix + field.slug);
      const input = part("f-");
      if (input) input.setCustomValidity?.(field.fault);
      if (field.fault) return;
      if (part("w-")) part("w-").value = field.was;
      if (part("s-") && field.seen) part("s-").value = field.seen;
    };
    const save = async () => {
      clearTimeout(pause);
      if (busy) { again = true; return; }
      busy = true;
      try {
        const body = new URLSearchParams(new FormData(form));
        const answer = await fetch(form.action, { method: "POST", headers: { "X-Autosave": "1" }, body, credentials: "same-origin" });
        if (!answer.ok || answer.redirected) throw new Error("not saved");
        const said = await answer.json();
        said.fields.forEach(took);
        if (note && said.fields.length) note.textContent = said.note;
      } catch {
        if (note) note.textContent = form.dataset.autosave;
      }
      busy = false;
      if (again) { again = false; save(); }
    };
    form.addEventListener("input", (event) => {
      event.target.setCustomValidity?.("");
      clearTimeout(pause);
      pause = setTimeout(save, 1500);
    });
    form.addEventListener("change", save);
    form.addEventListener("submit", () => clearTimeout(pause));
  });

  // ── Clocks go on though nothing happens ───────────────────────────────────────────────────────────
  const ticking = all("[data-live-every]").map((e) => Number(e.dataset.liveEvery)).filter((s) => s >= 10);
  if (ticking.length) setInterval(() => refresh(), Math.min(...ticking) * 1000);

  // ── Appearance ────────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]");
    if (!choice || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const theme = choice.dataset.themeChoice;
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
    if (theme === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
    all("[data-theme-choice]").forEach((e) => {
      if (e === choice) e.setAttribute("aria-current", "true");
      else e.removeAttribute("aria-current");
    });
    choice.closest("details")?.removeAttribute("open");
  });

  // ── Drop-downs close when the attention goes elsewhere ────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    all("details.drop[open]").forEach((d) => { if (!d.contains(event.target)) d.removeAttribute("open"); });
  });

  // ── Keys: single letters only outside of fields, and never with a modifier ────────────────────────
  const rows = () => all("main .table tbody tr").filter((row) => row.querySelector("a[href]"));
  const step = (by) => {
    const list = rows();
    if (!list.length) return;
    const at = list.findIndex((row) => row.contains(document.activeElement));
    const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
    next.querySelector("a[href]").focus();
  };
  const keys = document.getElementById("keys");
  const keysSwitch = document.querySelector("[data-keys-switch]");
  if (keysSwitch) {
    keysSwitch.checked = localStorage.getItem("keys") !== "off";
    keysSwitch.addEventListener("change", () => localStorage.setItem("keys", keysSwitch.checked ? "on" : "off"));
  }
  document.querySelector("[data-keys-open]")?.addEventListener("click", () => keys?.showModal?.());
  const actions = {
    "/": () => (document.querySelector("main [data-search]") || document.querySelector("[data-search]"))?.focus(),
    "?": () => keys?.showModal?.(),
    j: () => step(1),
    k: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.drop[open]");
      if (open) { open.removeAttribute("open"); open.querySelector("summary").focus(); }
      if (location.hash === "#menu") location.hash = "content";
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keysSwitch?.checked === false) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    const section = /^[1-9]$/.test(event.key) && all("#menu li a")[Number(event.key) - 1];
    if (section) section.click();
    else if (actions[event.key]) actions[event.key]();
    else return;
    event.preventDefault();
  });

  // ── The palette: Ctrl-K asks the endpoint that answers /find, and shows names; arrows choose, Enter goes ────
  const palette = document.getElementById("palette");
  if (palette?.showModal) {
    const field = document.getElementById("palette-field");
    const list = document.getElementById("palette-list");
    const status = palette.querySelector(".palette-said");
    const make = (tag, name, text) => {
      const element = document.createElement(tag);
      element.className = name;
      if (text) element.textContent = text;
      return element;
    };
    let chosen = -1;
    let asked = 0; // Answers come in any order; only that to the newest question counts.
    let pause = 0;
    const options = () => all("[role=option]", list);
    const choose = (at) => {
      const each = options();
      chosen = each.length ? (at + each.length) % each.length : -1;
      each.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
      if (chosen < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", each[chosen].id);
        each[chosen].scrollIntoView({ block: "nearest" });
      }
    };
    const offer = (href, name, kind, tlp) => {
      const option = make("li", "");
      option.id = `palette-${list.children.length}`;
      option.setAttribute("role", "option");
      option.dataset.href = href;
      const about = make("span", "palette-kind");
      if (tlp) {
        const label = make("span", `tlp tlp-${tlp.slice(4).toLowerCase().replace("+", "-")}`, tlp);
        label.setAttribute("translate", "no");
        about.append(label);
      }
      about.append(kind);
      option.append(make("span", "palette-name", name), about);
      list.append(option);
    };
    const show = (question, answer) => {
      list.replaceChildren();
      answer.groups.forEach((group) => group.hits.forEach((hit) => offer(hit.href, hit.title, hit.kind_name, hit.tlp)));
      if (question) offer(`${palette.dataset.find}?q=${encodeURIComponent(question)}`, palette.dataset.all, "");
      field.setAttribute("aria-expanded", "true");
      status.textContent = answer.said;
      choose(0);
    };
    const ask = async () => {
      const question = field.value.trim();
      const mine = ++asked;
      // With nothing typed: where one can go.
      const query = question ? `q=${encodeURIComponent(question)}&limit=6` : "in=pages&limit=50";
      const slow = setTimeout(() => { if (mine === asked) status.textContent = palette.dataset.loading; }, 300);
      try {
        const answer = await fetch(`${palette.dataset.ask}?${query}`, { credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = await answer.json();
        if (mine === asked) show(question, found);
      } catch {
        if (mine === asked) { list.replaceChildren(); choose(-1); status.textContent = palette.dataset.failed; }
      } finally {
        clearTimeout(slow);
      }
    };
    const open = () => {
      if (palette.open) return;
      field.value = "";
      palette.showModal();
      field.focus();
      ask();
    };
    const go = (option) => { if (option) location.href = option.dataset.href; };
    document.querySelector("[data-palette-open]")?.addEventListener("click", open);
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(ask, 120); });
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) choose(chosen + step);
      else if (event.key === "Home" && event.ctrlKey) choose(0);
      else if (event.key === "Enter" && !event.isComposing) go(options()[chosen]);
      else return;
      event.preventDefault();
    });
    list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
    palette.addEventListener("close", () => { asked += 1; list.replaceChildren(); field.setAttribute("aria-expanded", "false"); choose(-1); });
  }
})();
