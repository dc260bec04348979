// What a page of keyhole --html does where scripts run: one step at a time, moved by keys as in the window; figures put
// together from the film (paper/page/film.hpp says how it is written); the sight of one side put in the place of all.
// Without this file the page reads from top to foot. Nothing is fetched, nothing is stored.
"use strict";
(() => {
  const page = document.documentElement;
  const main = document.querySelector("main");
  const data = (id) => JSON.parse(document.getElementById(id).textContent);
  const sights = data("keyhole-sights");

  // ---- the steps, in the order of happening ----
  const sections = [...main.querySelectorAll("section.step")];
  const places = new Map(sections.map((section, i) => [section.id, i]));
  const depths = sections.map((section) => section.id.split("/").length);
  let viewer = sights.made_for;
  let visible = sections.map(() => true);

  const parents = sections.map(({id}) => places.get(id.slice(0, Math.max(0, id.lastIndexOf("/")))) ?? -1);
  const parent = (i) => parents[i];
  const after = (i, fits) => {
    for (let k = i + 1; k < sections.length; ++k) if (visible[k] && fits(k)) return k;
    return i;
  };
  // The moves of the window: over is the next on the level, else the parent's next; back the one before, else the parent.
  const moves = {
    into: (i) => after(i, (k) => k === i + 1 || depths[k] <= depths[i] || parent(k) === i),
    over: (i) => after(i, (k) => depths[k] <= depths[i]),
    out: (i) => (parent(i) < 0 ? i : parent(i)),
    back: (i) => {
      const up = parent(i);
      for (let k = i - 1; k > up; --k) if (visible[k] && depths[k] === depths[i]) return k;
      return up < 0 ? i : up;
    },
    start: () => Math.max(0, visible.indexOf(true)),
    end: () => visible.lastIndexOf(true),
  };

  // ---- figures ----
  // The film is packed; it is there a moment after the page, and then the current step has its figure.
  let film, digits;
  const unpack = async () => {
    const text = atob(document.getElementById("keyhole-film").textContent);
    const packed = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    film = JSON.parse(await new Response(stream).text());
    digits = new Map([...film.signs].map((sign, i) => [sign, i]));
    draw(sections[here]);
  };
  const numbers = (text) => {
    const out = [];
    let value = 0, scale = 1;
    for (const sign of text) {
      const digit = digits.get(sign);
      value += (digit % 32) * scale;
      scale *= 32;
      if (digit >= 32) continue;
      out.push(value);
      value = 0;
      scale = 1;
    }
    return out;
  };
  const kept = new Map(); // every 64th figure, so that none is put together from far back
  const frame = (n) => film.frames[numbers(film.figures[n])[1]];
  const items = (n) => {
    const way = [];
    while (n >= 0 && !kept.has(n)) {
      const row = numbers(film.figures[n]);
      way.push([n, row]);
      n = row[0] - 1;
    }
    let before = n < 0 ? [] : kept.get(n);
    for (const [number, row] of way.reverse()) {
      const now = [];
      let from = 0;
      for (let at = 2; at < row.length;) {
        const keep = row[at++], drop = row[at++], put = row[at++];
        for (let k = 0; k < keep; ++k) now.push(before[from++]);
        from += drop;
        for (let k = 0; k < put; ++k) now.push(row[at++]);
      }
      before = now;
      if (number % 64 === 0) kept.set(number, now);
    }
    return before;
  };
  const drawing = (n, label) => {
    let svg = `<svg viewBox="${frame(n)}" role="img" aria-label="${label}">`;
    const all = items(n);
    for (let i = 0; i < all.length; ++i) {
      svg += film.shapes[all[i] / 2];
      if (i + 1 < all.length && all[i + 1] % 2 === 1) svg += film.words[(all[++i] - 1) / 2] + "</text>";
    }
    return svg + "</svg>";
  };
  const draw = (section) => {
    if (!film || section.querySelector("figure")) return;
    const figure = document.createElement("figure");
    const heading = section.querySelector("h2,h3,h4,h5,h6");
    const number = section.dataset.figure ?? places.get(section.id);
    figure.innerHTML = drawing(Number(number), "");
    figure.firstChild.setAttribute("aria-label", "Figure: " + heading.textContent);
    const table = section.querySelector("table");
    table ? table.before(figure) : section.append(figure);
  };

  // ---- one step at a time ----
  const bar = document.getElementById("keyhole-bar");
  const list = document.getElementById("keyhole-steps");
  const status = document.getElementById("keyhole-status");
  const notice = document.getElementById("keyhole-notice");
  let here = 0;

  const link = (i) => {
    const item = document.createElement("li"), a = document.createElement("a");
    item.style.setProperty("--depth", depths[i] - 1);
    a.href = "#" + sections[i].id;
    a.textContent = sections[i].querySelector("h2,h3,h4,h5,h6").firstChild.textContent.trim();
    if (i === here) a.setAttribute("aria-current", "step");
    item.append(a);
    return item;
  };
  // The path to the step with what lies beside it on each level: as the list of steps in the window.
  const list_steps = () => {
    const near = 12, path = new Set([-1]);
    for (let i = here; i >= 0; i = parent(i)) path.add(i);
    const levels = new Map();
    sections.forEach((section, i) => {
      const up = parent(i);
      if (!visible[i] || !path.has(up)) return;
      if (!levels.has(up)) levels.set(up, []);
      levels.get(up).push(i);
    });
    const shown = [];
    const add = (up) => {
      const level = levels.get(up) ?? [], at = level.findIndex((i) => path.has(i));
      level.forEach((i, k) => {
        if (at >= 0 && Math.abs(k - at) > near) return;
        if (at < 0 && k > 2 * near) return;
        shown.push(link(i));
        if (path.has(i)) add(i);
      });
    };
    add(-1);
    list.replaceChildren(...shown);
    list.querySelector("[aria-current]")?.scrollIntoView({block: "nearest"});
  };

  const show = (i, focus) => {
    const old = sections[here];
    old.classList.remove("current");
    old.removeAttribute("aria-current");
    here = i;
    const section = sections[i];
    section.classList.add("current");
    section.setAttribute("aria-current", "step");
    draw(section);
    const heading = section.querySelector("h2,h3,h4,h5,h6");
    const seen = visible.filter(Boolean).length, number = visible.slice(0, i + 1).filter(Boolean).length;
    status.textContent = `Step ${number} of ${seen}: ${heading.textContent.trim()}`;
    list_steps();
    if (focus) heading.focus({preventScroll: page.classList.contains("live")});
    if (page.classList.contains("live")) requestAnimationFrame(() => window.scrollTo(0, 0)); // after the browser's own
  };
  // A step changes the address without a page in the history; a jump (a link, a field) is one, which the browser undoes.
  const step_to = (i) => {
    notice.textContent = "";
    try {
      history.replaceState(null, "", "#" + sections[i].id);
    } catch {
      location.replace("#" + sections[i].id);
    }
    show(i, true);
  };
  const wanted = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch { /* no address of ours */ }
    return name;
  };
  const why_hidden = (name) => {
    const reasons = sights.hidden[viewer] ?? {};
    const part = Object.keys(reasons).find((key) => name === key || name.startsWith(key + "/"));
    return part === undefined ? "" : reasons[part];
  };
  const follow_address = () => {
    let name = wanted();
    if (name === "") return show(moves.start(), false);
    let said = "";
    while (name !== "" && !(places.has(name) && visible[places.get(name)])) {
      said ||= why_hidden(name) || (places.has(name) ? "" : "This page does not hold that step.");
      name = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    }
    notice.textContent = said;
    show(name === "" ? moves.start() : places.get(name), true);
  };

  // ---- playing ----
  const speeds = [0.25, 0.5, 1, 2, 4, 8];
  let speed_index = 2, timer = 0;
  const play_button = bar.querySelector("[data-do=play]");
  const pause = () => {
    clearInterval(timer);
    timer = 0;
    play_button.textContent = "Play";
  };
  const play = () => {
    timer = setInterval(() => {
      const next = after(here, () => true);
      if (next === here) return pause();
      step_to(next);
    }, 1000 / speeds[speed_index]);
    play_button.textContent = "Pause";
  };
  const actions = {
    play: () => (timer ? pause() : play()),
    faster: () => change_speed(1),
    slower: () => change_speed(-1),
    theme: () => {
      const themes = ["light", "dark", "projector"];
      page.dataset.theme = themes[(themes.indexOf(page.dataset.theme) + 1) % themes.length];
    },
    whole: () => {
      const live = page.classList.toggle("live");
      bar.querySelector("[data-do=whole]").setAttribute("aria-pressed", String(!live));
      if (!live) sections[here].scrollIntoView();
    },
    sight: () => {
      const all = [...document.querySelectorAll("input[name=keyhole-viewer]")];
      if (all.length < 2) return;
      const next = all[(all.findIndex((input) => input.checked) + 1) % all.length];
      next.checked = true;
      see_as(next.value);
    },
    find: () => document.getElementById("keyhole-go").focus(),
    help: () => {
      const keys = document.getElementById("keyhole-keys");
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
    },
  };
  const change_speed = (by) => {
    speed_index = Math.min(speeds.length - 1, Math.max(0, speed_index + by));
    notice.textContent = `${speeds[speed_index]} steps a second`;
    if (timer) {
      pause();
      play();
    }
  };
  const act = (name) => {
    if (name in moves) {
      pause();
      return step_to(moves[name](here));
    }
    actions[name]();
  };

  // ---- who knows what ----
  const originals = new Map();
  const see_as = (who) => {
    viewer = who;
    for (const [id, html] of originals) {
      const section = document.getElementById(id);
      section.innerHTML = html;
      delete section.dataset.figure;
    }
    originals.clear();
    for (const template of document.querySelectorAll("template[data-viewer]")) {
      if (template.dataset.viewer !== who) continue;
      const section = document.getElementById(template.dataset.step);
      originals.set(section.id, section.innerHTML);
      section.replaceChildren(template.content.cloneNode(true));
      section.dataset.figure = template.dataset.figure;
    }
    visible = sections.map((section) => why_hidden(section.id) === "");
    sections.forEach((section, i) => section.classList.toggle("unknown", !visible[i]));
    follow_address();
  };

  // ---- keys, buttons, fields ----
  const keys = {
    ArrowRight: "over", ArrowLeft: "back", ArrowDown: "into", ArrowUp: "out", Home: "start", End: "end",
    " ": "play", "+": "faster", "=": "faster", "-": "slower", t: "theme", m: "sight", "/": "find", F1: "help", "?": "help",
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input,select,textarea");
    const button = event.target.closest("button,summary,a");
    if (event.key === "Escape") return document.activeElement.blur();
    if (event.ctrlKey && event.key === "g") {
      event.preventDefault();
      return actions.find();
    }
    if (event.ctrlKey || event.altKey || event.metaKey || field) return;
    if (!page.classList.contains("live") && event.key.startsWith("Arrow")) return; // reading: the page scrolls
    if (button && event.key === " ") return;
    const name = keys[event.key];
    if (name === undefined) return;
    event.preventDefault();
    act(name);
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) act(button.dataset.do);
  });
  bar.addEventListener("change", (event) => {
    if (event.target.name === "keyhole-viewer") see_as(event.target.value);
  });
  document.getElementById("keyhole-find").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = document.getElementById("keyhole-go").value.trim().toLowerCase();
    const words = typed.split(/\s+/);
    const holds = (i) => words.every((word) => (sections[i].id + " " + sections[i].querySelector("h2,h3,h4,h5,h6").textContent)
      .toLowerCase().includes(word));
    const exact = places.get(typed);
    const found = exact !== undefined && visible[exact] ? exact : sections.findIndex((_, i) => visible[i] && holds(i));
    if (typed === "" || found < 0) {
      notice.textContent = typed === "" ? "" : why_hidden(typed) || `No step is called “${typed}”.`;
      return;
    }
    pause();
    location.hash = "#" + sections[found].id;
    if (found === here) follow_address();
  });
  window.addEventListener("hashchange", () => {
    if (places.get(wanted()) === here) return void (notice.textContent = ""); // step_to() is there already
    pause();
    follow_address();
  });
  // The browser scrolls to the anchor when all is loaded; the bar above belongs to the step.
  window.addEventListener("load", () => setTimeout(() => page.classList.contains("live") && window.scrollTo(0, 0)));
  window.addEventListener("beforeprint", () => {
    if (!page.classList.contains("live")) return;
    draw(sections[here]);
  });

  for (const element of document.querySelectorAll("[data-live]")) element.hidden = false;
  page.classList.add("live");
  follow_address();
  unpack().catch(() => {
    notice.textContent = "This browser cannot unpack the figures of single steps; those of the outline are here.";
  });
})();
