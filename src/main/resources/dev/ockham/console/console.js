"use strict";
// Shows requests from /api/v1. Everything that comes from outside goes in as text, never as HTML.

const byId = (id) => document.getElementById(id);
let key = "";
let next = null;

function el(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined && text !== null) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function show(section) {
  for (const id of ["sign-in", "list", "detail"]) byId(id).hidden = id !== section;
}

function trouble(text) {
  byId("trouble").textContent = text;
  byId("trouble").hidden = !text;
}

async function ask(path) {
  const response = await fetch(path, { headers: { authorization: "Bearer " + key } });
  const body = await response.json();
  if (!response.ok) {
    const error = new Error(body.detail || "the gateway answered " + response.status);
    error.status = response.status;
    throw error;
  }
  return body;
}

const dollars = (text) => text === null || text === undefined ? "unknown" : text;
const ratio = (value) => (100 * value).toFixed(1) + " %";

function row(request) {
  const line = el("tr");
  line.append(el("td", request.at.slice(0, 19).replace("T", " "), "time"));
  const asked = el("td");
  const link = el("a", request.asked + " → " + (request.served || "nobody"));
  link.href = "#/requests/" + request.id;
  asked.append(link);
  if (request.status !== "served") {
    asked.append(" ", el("span", request.status + (request.error ? ": " + request.error : ""), "status"));
  }
  line.append(asked);
  line.append(el("td", request.route + (request.mode === "observe" ? " (observed)" : "")));
  line.append(el("td", request.status === "refused" ? "" : dollars(request.cost_usd), "number"));
  line.append(el("td", request.alternative
    ? dollars(request.alternative_cost_usd_estimate) + " (" + request.alternative + ")" : "", "number"));
  line.append(el("td", request.why));
  return line;
}

async function list(cursor) {
  const page = await ask("/api/v1/requests?limit=50" + (cursor ? "&cursor=" + encodeURIComponent(cursor) : ""));
  const rows = page.requests.map(row);
  if (cursor) byId("rows").append(...rows); else byId("rows").replaceChildren(...rows);
  next = page.next;
  byId("older").hidden = !next;
  byId("empty").hidden = byId("rows").childElementCount > 0;
  show("list");
  totals();
}

async function totals() {
  try {
    const sum = await ask("/api/v1/summary");
    byId("totals").textContent = sum.requests + " requests, $" + sum.cost_usd + " in all"
      + (sum.attempts_unpriced ? ", " + sum.attempts_unpriced + " calls of unknown price" : "");
  } catch (error) {
    byId("totals").textContent = "";  // a client's key is not shown totals
  }
}

function candidate(request, c) {
  const line = el("tr", null, c.state === "excluded" ? "excluded" : c.model === request.served ? "chosen" : "");
  line.append(el("td", c.model));
  line.append(el("td", c.state === "scored" ? ratio(c.quality) + " ± " + ratio(c.uncertainty) : ""));
  line.append(el("td", c.state === "scored" ? dollars(c.expected_cost_usd) : "", "number"));
  line.append(el("td", c.state === "scored" ? c.score_usd.toPrecision(4) : "", "number"));
  line.append(el("td", [c.model === request.served ? "served" : "", c.because || ""].filter(Boolean).join("; ")));
  return line;
}

function facts(pairs) {
  const nodes = [];
  for (const [name, value] of pairs) {
    if (value !== null && value !== undefined && value !== "") nodes.push(el("dt", name), el("dd", value));
  }
  return nodes;
}

function attempt(a) {
  const box = el("section");
  box.append(el("h4", a.model + " at " + a.provider + ": " + a.state.replace("_", " ")
    + (a.note ? " (" + a.note + ")" : "")));
  const table = el("table");
  const head = el("tr");
  for (const [name, className] of [["Tokens of", ""], ["Count", "number"], ["$ per token", "number"], ["$", "number"]]) {
    const cell = el("th", name, className);
    cell.scope = "col";
    head.append(cell);
  }
  table.append(head);
  for (const line of a.lines) {
    const tr = el("tr");
    tr.append(el("td", line.class), el("td", line.tokens, "number"),
      el("td", line.usd_per_token, "number"), el("td", line.usd, "number"));
    table.append(tr);
  }
  const sum = el("tr", null, "chosen");
  sum.append(el("td", "together"), el("td"), el("td"), el("td", dollars(a.cost_usd), "number"));
  table.append(sum);
  box.append(table, el("p", "Price version " + a.price + ", basis " + (a.basis || "none")
    + ", held before the call: $" + a.held_usd, "muted"));
  return box;
}

async function detail(id) {
  const r = await ask("/api/v1/requests/" + encodeURIComponent(id));
  byId("detail-title").textContent = r.asked + " → " + (r.served || "nobody");
  byId("reason").textContent = r.why;
  byId("facts").replaceChildren(...facts([
    ["Request", r.id], ["Time", r.at], ["Status", r.status + " (" + r.http_status + ")"], ["Error", r.error],
    ["Route", r.route + ", mode " + r.mode], ["Cost, $", dollars(r.cost_usd)],
    ["Would have cost, $ (estimate)", r.alternative
      ? dollars(r.alternative_cost_usd_estimate) + " with " + r.alternative : null],
    ["Key", r.asker.key], ["Dialect", r.dialect + (r.streamed ? ", streamed" : "")],
    ["Took", (r.timings_us.done / 1000).toFixed(1) + " ms"], ["Edits to the body", r.edits.join(", ")],
    ["Not sayable in the model's dialect", r.losses.join("; ")],
    ["Versions", "catalog " + r.versions.catalog + ", routes " + r.versions.route + ", weights " + r.versions.weights],
  ]));
  byId("candidates").replaceChildren(...r.candidates.map((c) => candidate(r, c)));
  byId("attempts").replaceChildren(...r.attempts.map(attempt));
  show("detail");
}

async function go() {
  trouble("");
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash && !hash.startsWith("/")) {
    key = hash;
    sessionStorage.setItem("ockham-key", key);
    history.replaceState(null, "", location.pathname);  // keep the key out of the history
  }
  if (!key) {
    show("sign-in");
    return;
  }
  try {
    if (location.hash.startsWith("#/requests/")) await detail(location.hash.slice("#/requests/".length));
    else await list(null);
  } catch (error) {
    if (error.status === 401) {
      key = "";
      sessionStorage.removeItem("ockham-key");
      show("sign-in");
    }
    trouble(error.message);
  }
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  key = byId("key").value.trim();
  sessionStorage.setItem("ockham-key", key);
  byId("key").value = "";
  go();
});
byId("newer").addEventListener("click", go);
byId("older").addEventListener("click", () => list(next).catch((error) => trouble(error.message)));
byId("back").addEventListener("click", () => { location.hash = ""; });
window.addEventListener("hashchange", go);
key = sessionStorage.getItem("ockham-key") || "";
go();
