// What the page's own reading of files answers, for a test in Python to compare: reads sources and files from standard input.

import { readFileSync } from "node:fs";

const { sources, asked } = JSON.parse(readFileSync(0, "utf8"));
globalThis.self = /** @type {any} */ (globalThis);
const { py } = await import("../../../dashboards/static/python/builtins.js");
const { lib } = await import("../../../dashboards/static/python/library.js");
const { answered } = await import("../../../dashboards/static/python/worker.js");
const translated = new Function("py", "lib", sources)(py, lib);
const answers = asked.map(({ files, maps }) => {
  const contents = files.map(([name, content]) => ({ name, content: Uint8Array.from(Buffer.from(content, "base64")) }));
  try {
    return answered(translated, contents, maps);
  } catch (error) {
    return { trouble: String(error?.stack ?? error) + JSON.stringify(error?.$args ?? null, (_, each) => (typeof each === "bigint" ? Number(each) : each)) };
  }
});
process.stdout.write(JSON.stringify(answers));
