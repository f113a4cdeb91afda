// Scenario files as the page reads and writes them, for a test in Python to compare.

import { readFileSync } from "node:fs";

import { openedScenario, scenarioFile } from "../../../dashboards/static/model/scenario_file.js";

const { reading, data, open = [], save = [] } = JSON.parse(readFileSync(0, "utf8"));
const opened = open.map((text) => {
  try {
    return openedScenario({ text, name: "own.toml" }, reading, data);
  } catch (error) {
    return { trouble: error.message };
  }
});
process.stdout.write(JSON.stringify({ opened, saved: save.map(({ scenario, seed, notes }) => scenarioFile(scenario, seed, notes, reading)) }));
