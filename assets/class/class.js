// A student's page: follows a class over one WebSocket, shows its step, sends answers, and comes back by itself with
// its name and answer after every break. The lines are those of docs/protocol.md. Words of others are put in as text;
// what is put in as HTML is a step that the class's server made.
"use strict";
(() => {
const at = name => document.getElementById(name);
const kept = {}; // for as long as the page is there, also where the browser lets it store nothing
const memory = {
  get(key) {
    if (Object.hasOwn(kept, key)) return kept[key];
    try { return sessionStorage.getItem(key) || localStorage.getItem(key); } catch { return null; }
  },
  set(key, value) {
    kept[key] = value;
    try { sessionStorage.setItem(key, value); localStorage.setItem(key, value); } catch { /* a private window */ }
  },
};
// Milliseconds: between two tries, and after how much silence the class takes a device for gone.
const shortestWait = 500, longestWait = 8000, longestSilence = 40000;
let socket = null, wait = shortestWait, joined = false, left = false, again = 0, hiddenSince = 0;
let place = "", covered, own = "", shown = "", question = null;
let mine = { question: "", number: 0, answer: "" }; // what was answered to which question, told by what it asks

const say = words => { at("state").textContent = words; };
const send = line => { if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(line)); };
const key = asked => JSON.stringify([asked.address, asked.value || asked.choices]);
// The same asked once more has a higher number and is a vote of its own; a class that was started again counts from 1.
const haveAnswered = () => question !== null && mine.question === key(question) && question.question <= mine.number;
const sendMine = () => send({ type: "answer", question: question.question, answer: mine.answer });

// False: there is no such step, or no connection.
async function show(address) {
  if (!address) return false;
  const before = shown;
  shown = address;
  const stays = () => { if (shown === address) shown = before; return false; };
  let html = "";
  try {
    const answer = await fetch("/step?" + encodeURI(address).replace(/#/g, "%23"));
    if (!answer.ok) return stays();
    html = await answer.text();
  } catch { return stays(); } // the connection is tried again, and the step comes with it
  if (shown !== address) return true; // a newer one was asked for meanwhile
  at("step").innerHTML = html;
  const title = at("step").querySelector("h2,h3,h4,h5,h6");
  document.title = (title ? title.firstChild.textContent.trim() : address) + " · Keyhole";
  return true;
}

const following = () => at("follow").checked;
const showWhereIAm = () => show(following() ? place : own);

function ask(line) {
  const asks = question === null || question.question !== line.question || key(question) !== key(line);
  question = line;
  at("question-part").hidden = false;
  at("question-words").textContent = line.words || (line.choices ? "Choose one." : "What is " + line.value.replace(/_/g, " ") + "?");
  at("answer-form").hidden = false;
  at("counts").hidden = true;
  at("answer-state").textContent = "";
  const choices = line.choices || [];
  at("number-answer").hidden = choices.length > 0;
  at("choices").hidden = choices.length === 0;
  if (asks) {
    at("answer").value = "";
    at("choices").querySelectorAll("label").forEach(label => label.remove());
    for (const choice of choices) {
      const label = document.createElement("label"), input = document.createElement("input");
      input.type = "radio"; input.name = "choice"; input.value = choice;
      label.append(input, choice);
      at("choices").append(label);
    }
  }
  if (joined && haveAnswered()) sendMine();
  if (shown === line.address) showWhereIAm(); // without what is asked for
}

function count(line, right) {
  if (!question || question.question !== line.question) return;
  at("answer-form").hidden = true;
  const rows = Object.entries(line.counts), all = rows.reduce((sum, row) => sum + row[1], 0);
  const body = at("counts").querySelector("tbody");
  body.replaceChildren();
  for (const [answer, students] of rows) {
    const row = body.insertRow(), cells = [document.createElement("th"), row.insertCell(), row.insertCell()];
    cells[0].scope = "row";
    cells[0].textContent = answer + (right !== undefined && answer === right ? " ✓ right" : "");
    row.prepend(cells[0]);
    row.classList.toggle("right", right !== undefined && answer === right);
    cells[1].textContent = students;
    const meter = document.createElement("meter");
    meter.max = all; meter.value = students;
    meter.setAttribute("aria-hidden", "true");
    cells[2].append(meter);
  }
  at("counts").hidden = rows.length === 0;
  const words = right === undefined ? "The question is closed." : right ? "The right answer is " + right + "." : "There is no one right answer.";
  at("answer-state").textContent = words + (haveAnswered() ? " You answered " + mine.answer + "." : "");
  if (right !== undefined && shown === question.address) showWhereIAm();
}

const lines = {
  at(line) {
    const other = covered || line.covered; // what is covered may be shown now, or the other way round
    place = line.address;
    covered = line.covered;
    if (following()) return show(place);
    if (joined) send({ type: "at", address: own }); // who stood where the lecturer did stays behind
    if (other) show(own);
  },
  recording() {
    shown = "";
    if (!memory.get("keyhole-name")) wait = shortestWait; // there is room for this device, and it wants no more
    showWhereIAm();
  },
  ask, closed: line => count(line), revealed: line => count(line, line.answer),
  joined(line) {
    joined = true;
    wait = shortestWait;
    memory.set("keyhole-id", line.id);
    at("join").hidden = true;
    at("moves").hidden = false;
    say("You are here as " + line.name + ".");
    if (!following()) send({ type: "at", address: own });
    if (haveAnswered() && !at("answer-form").hidden) sendMine();
  },
  answered(line) {
    if (!question || question.question !== line.question) return;
    mine = { question: key(question), number: line.question, answer: line.answer };
    if (!at("answer-form").hidden) at("answer-state").textContent = "Your answer is in: " + line.answer + ". You may change it until the question is closed.";
  },
  not_taken(line) { at("answer-state").textContent = "Not taken: " + line.why + "."; },
};

function join() {
  const name = memory.get("keyhole-name"), id = memory.get("keyhole-id");
  if (!name) { say("Connected."); return; }
  send(id ? { type: "join", name, id } : { type: "join", name });
}

function connect() {
  clearTimeout(again);
  joined = false;
  if (socket) socket.close();
  const mineNow = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/lecture");
  socket = mineNow;
  mineNow.onopen = () => {
    if (socket !== mineNow) return;
    at("state").classList.remove("lost");
    join();
  };
  mineNow.onmessage = event => {
    if (socket !== mineNow) return;
    const line = JSON.parse(event.data);
    if (Object.hasOwn(lines, line.type)) lines[line.type](line);
  };
  mineNow.onclose = event => {
    if (socket !== mineNow) return;
    joined = false;
    at("answer-state").textContent = ""; // whether an answer is in is not known until the class says so again
    at("state").classList.add("lost");
    left = event.code === 1000 && event.reason !== "";
    if (left) return say("This page was left: " + event.reason + ". Reload it to come back.");
    say((event.reason ? "Closed: " + event.reason + ". " : "The connection is gone. ") + "It is tried again.");
    if (event.code === 1008 && !at("join").hidden) { // the name was no good: another is asked for
      memory.set("keyhole-name", "");
      at("join-note").textContent = event.reason + ".";
    }
    again = setTimeout(connect, wait * (0.75 + Math.random() / 2)); // a whole class does not come back in one moment
    wait = Math.min(2 * wait, longestWait);
  };
}

at("join").addEventListener("submit", event => {
  event.preventDefault();
  const name = at("name").value.trim();
  if (!name) return;
  at("join-note").textContent = "";
  memory.set("keyhole-name", name);
  join();
});
at("answer-form").addEventListener("submit", event => {
  event.preventDefault();
  if (!joined) { at("answer-state").textContent = "Join with your name first."; at("name").focus(); return; }
  const chosen = at("choices").querySelector("input:checked");
  const answer = question.choices ? (chosen ? chosen.value : "") : at("answer").value.trim();
  if (!answer) { at("answer-state").textContent = "Type or choose an answer first."; return; }
  send({ type: "answer", question: question.question, answer });
});
at("follow").addEventListener("change", () => {
  if (!following()) own = shown || place;
  if (joined) send({ type: "at", address: following() ? place : own });
  showWhereIAm();
});
at("go-form").addEventListener("submit", async event => {
  event.preventDefault();
  const wanted = at("go").value.trim();
  if (!wanted) return;
  if (!await show(wanted)) { at("go-note").textContent = "There is no step " + wanted + " here."; return; }
  at("go-note").textContent = "";
  at("follow").checked = false;
  own = wanted;
  if (joined) send({ type: "at", address: own });
});
const isGone = () => socket.readyState === WebSocket.CLOSING || socket.readyState === WebSocket.CLOSED;
// A telephone that has slept may wake with a connection that only looks alive: the class has closed it meanwhile.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenSince = Date.now();
  else if (!left && (isGone() || Date.now() - hiddenSince > longestSilence)) connect();
});
window.addEventListener("online", () => { if (!left && isGone()) connect(); });
at("name").value = memory.get("keyhole-name") || "";
connect();
})();
