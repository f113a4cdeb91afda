// The stage behind a server.

import { serverModel } from "stage/model/server.js";
import { openStage } from "stage/pages/stage.js";
import { byId } from "stage/parts/dom.js";
import { messages, text } from "stage/words/messages.js";

openStage(serverModel()).catch((error) => {
  byId("notice").textContent = text(messages.notices.not_started, { trouble: error.message });
  byId("notice").hidden = false;
});
