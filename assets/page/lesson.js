// What a page of keyhole lesson html does where scripts run: it takes answers. The first miss gives the hint, the second
// the answer and its words. Without this file hint and answer can be opened by hand. Nothing is fetched, nothing stored.
"use strict";
(() => {
  // 0x2F, 0b101111, 101111 (as many as the value has bits) and 47 are one number: core/base/answer.hpp.
  const readings = (typed, bits) => {
    const digits = typed.replace(/[\s:,_-]/g, "").toUpperCase();
    const out = [];
    if (typed.length > 4096 || /^[\s:_]*[-,]/.test(typed)) return out;
    const hex = digits.replace(/0X/g, ""); // every byte may have its own 0x
    if (digits.startsWith("0X")) return /^[0-9A-F]+$/.test(hex) ? [BigInt("0x" + hex)] : out;
    const marked = digits.startsWith("0B"), decimal = /^[0-9]+$/.test(digits);
    if (/^0B[01]+$/.test(digits)) out.push(BigInt(digits.replace("B", "b")));
    if (digits.length === bits && /^[01]+$/.test(digits)) return [BigInt("0b" + digits)];
    if (decimal) out.push(BigInt(digits));
    const whole_bytes = bits > 0 && bits % 8 === 0 && digits.length === bits / 4;
    if ((whole_bytes || (!decimal && !marked)) && /^[0-9A-F]+$/.test(digits)) out.push(BigInt("0x" + digits));
    return out;
  };
  const is_right = (form) => {
    const chosen = form.querySelector("input:checked");
    if (form.dataset.choice !== undefined) return chosen !== null && chosen.value === form.dataset.choice;
    const typed = form.querySelector("input[type=text]").value.trim();
    if (form.dataset.number !== undefined)
      return readings(typed, Number(form.dataset.bits)).includes(BigInt(form.dataset.number));
    return typed.toLowerCase() === form.dataset.text.trim().toLowerCase();
  };
  const forms = [...document.querySelectorAll("form.ask")];
  const score = document.getElementById("lesson-score");
  const tell = () => {
    const done = forms.filter((form) => form.dataset.done), right = done.filter((form) => form.dataset.done === "right");
    score.textContent = `${right.length} of ${forms.length} right` + (done.length > right.length ? `, ${done.length - right.length} shown` : "");
  };
  for (const form of forms) {
    const hint = form.querySelector("details.hint"), answer = form.querySelector("details.answer");
    const said = form.querySelector("[role=status]");
    if (hint) hint.hidden = true;
    answer.hidden = true;
    form.querySelector("button").hidden = false;
    let misses = 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const blank = form.querySelector("input:checked") === null && !form.querySelector("input[type=text]")?.value.trim();
      if (form.dataset.done || blank) return;
      const right = is_right(form);
      if (!right) ++misses;
      const over = right || misses === 2;
      said.textContent = right ? "Right." : over ? "No. Here is the answer." : hint ? "Not yet. Here is a hint; try once more." : "Not yet. Try once more.";
      form.classList.toggle("right", right);
      form.classList.toggle("wrong", !right);
      if (hint && misses === 1) {
        hint.hidden = false;
        hint.open = true;
      }
      if (!over) return;
      answer.hidden = false;
      answer.open = true;
      form.dataset.done = right ? "right" : "shown";
      for (const field of form.querySelectorAll("input,button")) field.disabled = true;
      tell();
    });
  }
  if (forms.length > 0) tell();
  // A link to a figure that is folded, so that nobody sees an answer too early, unfolds it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const folded = link && document.getElementById(link.getAttribute("href").slice(1))?.closest("details");
    if (folded) folded.open = true;
  });
})();
