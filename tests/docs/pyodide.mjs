// Runs jpus from the built site in Pyodide under Node: node pyodide.mjs SITE PYODIDE CODE ...
// Prints what each code gives, as a line of JSON; uses the functions of the page "Try it".
import fs from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [site, pyodide, ...codes] = process.argv.slice(2);
const { run, start } = await import(pathToFileURL(path.join(site, "_static", "try-it.mjs")));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));

const python = await start(loadPyodide, { indexURL: pyodide }, async (name) => {
  const content = await fs.readFile(path.join(site, "_static", "browser", name));
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
});
for (const code of codes) console.log(JSON.stringify(run(python, code)));
