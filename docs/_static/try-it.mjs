// jpus in the browser: starts Pyodide, unpacks the wheels that the site has, runs what the reader types.
// tests/docs/pyodide.mjs uses the same functions under Node.

export const PYODIDE = "314.0.7";
const CDN = `https://cdn.jsdelivr.net/npm/pyodide@${PYODIDE}/`;

/** Python with jpus in it. `read(name)` gives a file of the site's folder _static/browser as an ArrayBuffer. */
export async function start(loadPyodide, options, read) {
  const python = await loadPyodide(options);
  const files = JSON.parse(new TextDecoder().decode(await read("files.json")));
  python.unpackArchive(await read(files.dependencies), "zip", { extractDir: site(python) });
  python.unpackArchive(await read(files.wheel), "wheel");
  python.runPython(RUN);
  return python;
}

/** What some code prints, and its last value: as HTML where it has a notebook view, else as text. */
export function run(python, code) {
  const result = python.globals.get("_run")(code);
  const [printed, html, text] = result.toJs();
  result.destroy();
  return { printed, html, text };
}

function site(python) {
  return python.runPython("import site; site.getsitepackages()[0]");
}

const RUN = `
import ast, contextlib, io, traceback

_names = {"__name__": "__main__"}

def _run(code):
    out = io.StringIO()
    value = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            tree = ast.parse(code)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "<page>", "exec"), _names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "<page>", "eval"), _names)
        except Exception:
            out.write(traceback.format_exc())
    if value is None:
        return [out.getvalue(), "", ""]
    view = getattr(value, "_repr_html_", None)
    return [out.getvalue(), view() if view is not None else "", repr(value)]
`;

const EXAMPLES = {
  "Who was foreign minister on a day?": `import jpus

office = "jp-minister-for-foreign-affairs"
for official, term in jpus.officials.holding(office, on="2021-12-22"):
    print(official.name, "from", term.start)`,
  "Is a treaty still in force, and what replaced it?": `import jpus

old = jpus.treaties["security-treaty-1951"]
print(old)
jpus.treaties.successors(old.id)`,
  "What was the goods deficit in 2020, by whose count?": `import jpus

jpus.trade_figures.where(flow="balance", scope="goods", time_period="2020")`,
  "Is “1952, Treaty of San Francisco” right?": `import jpus

jpus.treaties.assess("san-francisco-peace-treaty-1951", "signed", "1952")`,
  "How do I cite it?": `import jpus

print(jpus.cite(jpus.treaties["security-treaty-1951"], style="bibtex"))`,
  "Where do sources disagree?": `import jpus

jpus.check()`,
};

/** Connect the form of the page. */
function connect(document) {
  const find = (name) => document.getElementById(`try-it-${name}`);
  const [examples, code, button, state, output] = ["example", "code", "run", "state", "output"].map(find);
  for (const question of Object.keys(EXAMPLES)) {
    examples.add(new Option(question));
  }
  const choose = () => {
    code.value = EXAMPLES[examples.value];
  };
  examples.addEventListener("change", choose);
  choose();

  let python = null;
  document.getElementById("try-it").addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      if (python === null) {
        state.textContent = "Starting Python …";
        const { loadPyodide } = await import(`${CDN}pyodide.mjs`);
        python = await start(loadPyodide, { indexURL: CDN }, async (name) => {
          const response = await fetch(new URL(`browser/${name}`, import.meta.url));
          if (!response.ok) throw new Error(`${name}: ${response.status}`);
          return response.arrayBuffer();
        });
        button.textContent = "Run";
      }
      state.textContent = "Running …";
      // Lets the page show the line above before Python takes its time.
      await new Promise((resolve) => setTimeout(resolve, 20));
      show(document, output, run(python, code.value));
      state.textContent = "Done";
    } catch (error) {
      state.textContent = `This did not work: ${error.message}`;
    } finally {
      button.disabled = false;
    }
  });
}

function show(document, output, { printed, html, text }) {
  output.replaceChildren();
  if (printed) output.append(preformatted(document, printed));
  if (html) {
    // jpus escapes every value that it puts into HTML.
    const view = document.createElement("div");
    view.innerHTML = html;
    output.append(view);
  } else if (text) {
    output.append(preformatted(document, text));
  }
}

function preformatted(document, text) {
  const element = document.createElement("pre");
  element.textContent = text;
  return element;
}

if (typeof document !== "undefined") connect(document);
