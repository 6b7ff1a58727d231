// Makes a PNG of a picture: on white, in light colours, with its title and caption, and under a name that says what it is.

const WIDTH = 1000; // of the drawing; twice as many pixels are drawn, so that it is sharp on paper too
const SCALE = 2;
const EDGE = 24;
const TEXT = "#1c2733";
const QUIET = "#4a5a68";
const LINE = 20;
const FAMILY = 'system-ui, "Segoe UI", Roboto, Arial, sans-serif';

const slug = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase();

/** "pump-factory-2027-exposure-of-nodes-2026-11-23.png": review, picture and day, safe on every system. */
export function fileName(review, title) {
  const day = new Date();
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return `${[slug(review).slice(0, 60), slug(title).slice(0, 60), date].filter(Boolean).join("-")}.png`;
}

function lines(pen, text, width) {
  const found = [""];
  for (const word of text.split(/\s+/)) {
    const longer = found.at(-1) ? `${found.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width > width && found.at(-1)) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}

/** Draw a picture (title, figure, summary) with Plotly into a PNG; gives its Blob. */
export async function asPng(plotly, found) {
  const { data, layout } = structuredClone(found.figure);
  const height = layout.height ?? 400;
  const white = { ...layout, width: WIDTH, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff", font: { ...layout.font, color: QUIET } };
  const drawing = new Image();
  drawing.src = await plotly.toImage({ data, layout: white }, { format: "svg", width: WIDTH, height }); // a data: address, which the page may show
  await drawing.decode();
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.font = `15px ${FAMILY}`;
  const caption = lines(pen, found.summary, WIDTH);
  pen.font = `bold 20px ${FAMILY}`;
  const heading = lines(pen, found.title, WIDTH);
  canvas.width = (WIDTH + 2 * EDGE) * SCALE;
  canvas.height = (height + (heading.length + caption.length) * LINE * 1.3 + 4 * EDGE) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.textBaseline = "top";
  let top = EDGE;
  const write = (texts, font, colour) => {
    pen.font = font;
    pen.fillStyle = colour;
    for (const text of texts) {
      pen.fillText(text, EDGE, top);
      top += LINE * 1.3;
    }
  };
  write(heading, `bold 20px ${FAMILY}`, TEXT);
  top += EDGE / 2;
  pen.drawImage(drawing, EDGE, top, WIDTH, height);
  top += height + EDGE / 2;
  write(caption, `15px ${FAMILY}`, TEXT);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}
