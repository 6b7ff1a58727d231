// Saves what is shown: the table as CSV from the server, the picture as PNG from Plotly.
import { tell, toast } from "./bridge.js";

const PATIENCE = 20000;
const SCALE = 2;
let number = 0;

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Ask for the CSV of what is shown; the answer comes in a hidden box, below the number of its request. */
export async function exportCsv(asked, name) {
  const id = (number = Math.max(number + 1, Date.now()));
  await tell("export-request", { ...asked, id });
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const text = document.querySelector("#exported textarea, #exported input")?.value ?? "";
    if (text.startsWith(`${id}\n`)) {
      const table = text.slice(text.indexOf("\n") + 1).replaceAll("\n", "\r\n");
      download(new Blob(["\ufeff", table], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  toast("The server did not answer in time; try again.");
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draw the picture once more in the page's colours, which its style sheet gives it on the screen. */
async function drawn(plot) {
  const { width, height } = plot.getBoundingClientRect();
  const ink = { color: colour("--text") };
  const layout = structuredClone(plot.layout);
  const axis = (found) => ({ ...found, color: ink.color, title: { ...found?.title, font: { ...found?.title?.font, ...ink } } });
  Object.assign(layout, {
    width,
    height,
    autosize: false,
    paper_bgcolor: colour("--surface"),
    plot_bgcolor: colour("--surface"),
    font: { ...layout.font, ...ink },
    xaxis: axis(layout.xaxis),
    yaxis: axis(layout.yaxis),
    margin: { ...layout.margin, l: 20, r: 24, t: 30, b: 20 },
  });
  const address = await globalThis.Plotly.toImage({ data: plot.data, layout, config: {} }, { format: "svg", width, height });
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

export async function exportPng(name) {
  const plot = document.querySelector("#classify-chart .js-plotly-plot");
  try {
    const picture = await drawn(plot);
    if (!picture) throw new Error("no picture");
    download(picture, `${name}.png`);
  } catch {
    toast("This browser cannot save the picture.");
  }
}
