// Waits until the model is ready, then opens the page.

import { byId } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";

const AGAIN = 700;

async function look() {
  try {
    const { stage, trouble } = await (await fetch("/api/ready")).json();
    if (stage === "ready") return location.reload();
    if (stage === "broken") {
      byId("said").textContent = text(messages.ready_page.broken, { trouble });
      byId("progress").remove();
      return undefined;
    }
  } catch {
    byId("said").textContent = messages.ready_page.silent;
  }
  return setTimeout(look, AGAIN);
}

look();
