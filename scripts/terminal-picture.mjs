// Lines of a terminal as an SVG, which follows the reader's colour scheme.

/** Columns, at which lines are wrapped. */
const COLUMNS = 100;
/** Pixels of a column and of a line, for a monospace font of 13 px. */
const COLUMN = 7.85;
const LINE = 20;
const MARGIN = 20;
const BAR = 36;

/** What stands out, and how: the first that matches at a place. */
const STYLES = [
  [/^\$ .*/, 'bold'],
  [/^[A-Z]\w+ \[[A-Z_]+\]/, 'bad bold'],
  [/^ +at .*/, 'quiet'],
  [/^ +started .*/, 'quiet'],
  [/\*\*\*/, 'good bold'],
  [/fail: [\w-]+/, 'bad bold'],
  [/retry in .*/, 'wait'],
  [/(?<=s {2})(?:[A-Z_]+|\d{3})(?= )/, 'bad'],
  [/\d{4}-\d\d-\d\dT\S+/, 'quiet'],
];

export function picture(lines, title) {
  const rows = lines.flatMap(wrap);
  const width = Math.ceil(COLUMNS * COLUMN + 2 * MARGIN);
  const height = BAR + rows.length * LINE + MARGIN;
  const text = rows.map((row, index) => {
    const y = BAR + (index + 1) * LINE - 4;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${coloured(row)}</text>`;
  });
  const buttons = [0, 1, 2].map((index) => `<circle class="button" cx="${MARGIN + 5 + index * 18}" cy="18" r="5"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title text">
<title id="title">${escaped(title)}</title>
<desc id="text">${escaped(lines.join('\n'))}</desc>
<style>
  .card { fill: #f6f8fa; stroke: #d1d9e0 }
  .button { fill: #d1d9e0 }
  text { fill: #1f2328; font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace }
  .bold { font-weight: 600 }
  .quiet { fill: #59636e }
  .bad { fill: #b3261e }
  .wait { fill: #7d4e00 }
  .good { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d }
    .button { fill: #3d444d }
    text { fill: #f0f6fc }
    .quiet { fill: #9198a1 }
    .bad { fill: #ff8f87 }
    .wait { fill: #e3b341 }
    .good { fill: #56d364 }
  }
</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${[...buttons, ...text].join('\n')}
</svg>
`;
}

/** Breaks a line at spaces. */
function wrap(line) {
  if (line.length <= COLUMNS) return [line];
  const at = line.lastIndexOf(' ', COLUMNS);
  return at <= 0 ? [line] : [line.slice(0, at), ...wrap(line.slice(at + 1))];
}

function coloured(text) {
  const found = STYLES.map(([pattern, style]) => ({ match: pattern.exec(text), style })).filter(
    ({ match }) => match !== null,
  );
  if (found.length === 0) return escaped(text);
  const { match, style } = found.reduce((first, next) => (next.match.index < first.match.index ? next : first));
  const [part] = match;
  const before = text.slice(0, match.index);
  return `${escaped(before)}<tspan class="${style}">${escaped(part)}</tspan>${coloured(text.slice(match.index + part.length))}`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
