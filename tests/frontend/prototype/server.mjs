/**
 * A server for looking at the coding page alone, with an API that lives in memory.
 *
 *   node tests/frontend/prototype/server.mjs [port]
 *   /?words=9000&codings=1000&seed=7     a made document of that size
 *   /?reading=1                          reading only
 *   POST /fail {"status": 503, "times": 2, "body": {...}}   answer the next writes so
 */

import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { made } from "./made.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../../..");
const FOLDERS = { "/ui/": "workbench/ui/static/ui", "/coding/": "coding/static/coding" };
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".woff2": "font/woff2", ".svg": "image/svg+xml" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'";

let codings = new Map();
let failing = null;

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}

function turnMarkup({ n, start, end, tone, who, time, text }) {
  return `<section class="turn" id="turn-${n}" data-n="${n}" data-start="${start}" data-end="${end}" data-tone="${tone}">` +
    `<div class="turn-who"><span class="turn-name">${escaped(who)}</span><time>${time}</time></div>` +
    `<p class="turn-text">${escaped(text)}</p><div class="turn-margin"><ul class="brackets"></ul></div></section>`;
}

/** Without these the browser learns of each module only after it has read the one before. */
async function preloads() {
  const modules = await readdir(join(root, FOLDERS["/coding/"], "surface"), { recursive: true });
  const links = modules.filter((name) => name.endsWith(".js")).map((name) => `  <link rel="modulepreload" href="/coding/surface/${name}">`);
  return links.join("\n");
}

async function page(query) {
  const size = { words: Number(query.get("words") ?? 2300), codings: Number(query.get("codings") ?? 60), seed: Number(query.get("seed") ?? 7) };
  const { turns, data } = await made(root, size);
  codings = new Map();
  const template = await readFile(join(here, "surface.html"), "utf8");
  return template
    .replace("{{ can_code }}", query.has("reading") ? "false" : "true")
    .replace("{{ modules }}", await preloads())
    .replace("{{ turns }}", () => turns.map(turnMarkup).join("\n"))
    .replace("{{ data }}", () => JSON.stringify(data).replaceAll("<", "\\u003c"));
}

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
}

function answer(response, status, value) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(value === undefined ? "" : JSON.stringify(value));
}

function api(request, response, path, sent) {
  if (request.method !== "GET" && failing && failing.times-- > 0) return answer(response, failing.status, failing.body);
  const [, kind, id, verb] = path.split("/");
  if (kind === "studies" && verb === "changes") return answer(response, 200, { cursor: "1", codings: [], removed: [], codes: [] });
  if (kind === "studies") return answer(response, 201, { id: sent.id, name: sent.name });
  if (request.method === "DELETE") return answer(response, 204);
  const known = codings.get(id) ?? { id, version: 0, coder: "me", direction: "none", weight: null, memo: "", source: "manual" };
  if (request.method !== "GET") {
    Object.assign(known, sent, { version: known.version + 1, stands: [{ section: "Sådan gør I", point: "fremmere" }] });
    codings.set(id, known);
  }
  return answer(response, request.method === "PUT" ? 201 : 200, known);
}

async function file(response, path) {
  const [prefix, folder] = Object.entries(FOLDERS).find(([start]) => path.startsWith(start)) ?? [];
  if (!prefix) return answer(response, 404, { title: "not found" });
  const name = join(root, folder, normalize(path.slice(prefix.length)));
  try {
    const content = await readFile(name);
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream", "Content-Security-Policy": POLICY });
    response.end(content);
  } catch {
    answer(response, 404, { title: "not found" });
  }
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (pathname === "/fail") {
    failing = await body(request);
    return answer(response, 204);
  }
  if (pathname.startsWith("/api/v1/")) return api(request, response, pathname.slice("/api/v1".length), await body(request));
  if (pathname !== "/") return file(response, pathname);
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY, "Set-Cookie": "csrftoken=prototype; Path=/" });
  return response.end(await page(searchParams));
});
const port = Number(process.argv[2] ?? 8790);
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
