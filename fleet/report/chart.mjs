// Goodput over time as SVG. Its colours are readable on white and on black, because the background is unknown.

const WIDTH = 720;
const HEIGHT = 300;
const LEFT = 52;
const TOP = 64;
const BOTTOM = 40;
const TEXT = '#768390';
/** Seconds that are shown: some before the trouble, and enough after it. */
const SPAN = [10, 80];
const LINES = [
  { client: 'none', label: 'no retries', colour: '#8b949e', width: 1.5, dash: '5 3' },
  { client: 'unlimited', label: 'retries without a budget', colour: '#e5534b', width: 2 },
  { client: 'budget', label: 'retries with the budget', colour: '#2f81f7', width: 2.5 },
];

/** `lines` says which clients are shown and how, `span` from which second to which; by default as in the simulation. */
export function chart({ title, goodput, conditions, fleet, lines: known = LINES, span = SPAN }) {
  const lines = known.filter(({ client }) => goodput[client]);
  const shown = lines.flatMap(({ client }) => goodput[client].slice(...span));
  const most = Math.ceil(Math.max(...shown) / 200) * 200;
  const x = (second) => LEFT + ((second - span[0]) / (span[1] - span[0])) * (WIDTH - LEFT - 10);
  const y = (rate) => HEIGHT - BOTTOM - (rate / most) * (HEIGHT - BOTTOM - TOP);
  const scale = { x, y, most, span };
  const heading = `Calls that succeed, per second: ${title.replace(/:.*?, /, ', fleet ')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"
  font-family="system-ui, sans-serif" font-size="13" fill="${TEXT}" role="img" aria-label="${heading}">
<text y="20" font-size="15" font-weight="600">${heading}</text>
${legend(lines)}
${conditions.map((condition) => trouble(condition, scale)).join('\n')}
${axes(scale)}
${offered(fleet, scale)}
${lines.map((line) => curve(line, goodput[line.client], scale)).join('\n')}
</svg>
`;
}

function legend(lines) {
  const entries = lines.map(({ label, ...line }, index) => {
    const left = LEFT + index * 200;
    return `<path d="M${left} 42h28" ${stroke(line)}/><text x="${left + 36}" y="46">${label}</text>`;
  });
  return entries.join('\n');
}

function trouble({ from, to }, { x, y, most }) {
  const [left, right] = [x(from), x(to)].map(round);
  return [
    `<rect x="${left}" y="${round(y(most))}" width="${round(right - left)}" height="${round(y(0) - y(most))}" fill="${TEXT}" opacity="0.18"/>`,
    `<text x="${round((left + right) / 2)}" y="${round(y(most)) + 16}" text-anchor="middle">slow</text>`,
  ].join('');
}

function axes({ x, y, most, span: [first, last] }) {
  const across = Array.from({ length: most / 200 + 1 }, (_, index) => index * 200).map((rate) => {
    const level = round(y(rate));
    const line = `<path d="M${LEFT} ${level}H${WIDTH - 10}" stroke="${TEXT}" stroke-width="0.5" opacity="${rate === 0 ? 1 : 0.4}"/>`;
    return `${line}<text x="${LEFT - 8}" y="${level + 4}" text-anchor="end">${rate.toLocaleString('en')}</text>`;
  });
  const tick = last - first > 40 ? 10 : 5;
  const seconds = Array.from({ length: Math.floor((last - first) / tick) + 1 }, (_, index) => first + index * tick);
  const along = seconds.map((second) => {
    const unit = second === first ? ' s' : '';
    return `<text x="${round(x(second))}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${second}${unit}</text>`;
  });
  return [...across, ...along].join('\n');
}

/** How many calls begin. */
function offered({ processes, rate }, { x, y, span }) {
  const level = round(y(processes * rate));
  return `<path d="M${LEFT} ${level}H${round(x(span[1]))}" stroke="${TEXT}" stroke-dasharray="2 4"/>`;
}

function curve(line, goodput, { x, y, span }) {
  const points = goodput.slice(...span).map((rate, index) => `${round(x(span[0] + index + 0.5))},${round(y(rate))}`);
  return `<polyline points="${points.join(' ')}" fill="none" stroke-linejoin="round" ${stroke(line)}/>`;
}

function stroke({ colour, width, dash }) {
  return `stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
