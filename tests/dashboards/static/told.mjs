// What the page says of runs, for a test in Python to check: messages in base64 on standard input, their told headers out.

import { readFileSync } from "node:fs";

import { decode } from "../../../dashboards/static/model/run_message.js";
import { indexed } from "../../../dashboards/static/model/run_values.js";
import { told } from "../../../dashboards/static/words/happened.js";

const { data, messages } = JSON.parse(readFileSync(0, "utf8")), full = indexed(data);
const bytes = (packed) => { const held = Buffer.from(packed, "base64"); return held.buffer.slice(held.byteOffset, held.byteOffset + held.length); };
process.stdout.write(JSON.stringify(messages.map((packed) => told(decode(bytes(packed)), data.place, full).header)));
