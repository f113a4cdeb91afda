// Waits until the model is ready, then opens the page.

const said = document.getElementById("said");

async function look() {
  try {
    const { stage, trouble } = await (await fetch("/api/ready")).json();
    if (stage === "ready") return location.reload();
    if (stage === "broken") {
      said.textContent = `The model could not start: ${trouble}. The terminal says more.`;
      document.querySelector("progress").remove();
      return undefined;
    }
  } catch {
    said.textContent = "The program behind this page does not answer. Is it still running in the terminal?";
  }
  return setTimeout(look, 700);
}

look();
