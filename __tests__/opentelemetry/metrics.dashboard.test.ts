import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';
import { recordAll } from '../support/all-metrics';

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly schemaVersion: number;
  readonly panels: readonly (Panel & { readonly id: number })[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
}

const ROOT = join(__dirname, '../..');
const DASHBOARD = JSON.parse(readFileSync(join(ROOT, 'examples/grafana-dashboard.json'), 'utf8')) as Dashboard;
const PAGE = readFileSync(join(ROOT, 'docs/opentelemetry-metrics.md'), 'utf8');

const panels = DASHBOARD.panels.filter(({ type }) => type !== 'row');
const inPanels = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const inBlocks = [...PAGE.matchAll(/^```promql\n([\s\S]*?)^```/gm)].map(([, query]) => String(query));
const inAlerts = [...PAGE.matchAll(/^\| [^|`]+ \| `([^`]+)` +\| [^|`]+/gm)].map(([, query]) => String(query));

/** The translation of the OpenTelemetry Collector and of Prometheus's receiver. */
function prometheusNames({ descriptor: { name, unit }, dataPointType }: MetricData): string[] {
  const base = name.replaceAll('.', '_') + (unit === 's' ? '_seconds' : '');
  if (dataPointType === DataPointType.HISTOGRAM) return ['_bucket', '_sum', '_count'].map((suffix) => base + suffix);
  return [dataPointType === DataPointType.SUM && name !== 'http.client.open_connections' ? `${base}_total` : base];
}

/** The identifiers of a query, without functions, keywords, values and variables. */
function identifiers(query: string): string[] {
  const plain = query.replace(/"[^"]*"/g, '""').replace(/\$\w+|\[[^\]]*\]/g, '');
  const words = [...plain.matchAll(/[a-z_]\w*/g)].map(([word]) => word);
  return words.filter((word) => !/^(sum|min|max|rate|by|on|and|histogram_quantile|le)$/.test(word));
}

test('there are queries in the panels, on the page and in its alerts', () => {
  expect(inPanels.length).toBeGreaterThan(12);
  expect(inBlocks.length).toBeGreaterThan(12);
  expect(inAlerts.length).toBe(5);
});

test('each query names metrics and labels that are recorded', async () => {
  const all = await recordAll();
  const metrics = new Set(all.flatMap(prometheusNames));
  const attributes = all.flatMap(({ dataPoints }) => dataPoints.flatMap((point) => Object.keys(point.attributes)));
  const labels = new Set(attributes.map((name) => name.replaceAll('.', '_')));

  for (const query of [...inPanels, ...inBlocks, ...inAlerts]) {
    const names = identifiers(query);
    expect(names.some((name) => metrics.has(name))).toBe(true);
    expect(names.filter((name) => !metrics.has(name) && !labels.has(name))).toEqual([]);
    expect(query.replace(/[^([{]/g, '')).toHaveLength(query.replace(/[^)\]}]/g, '').length);
  }
});

test('each metric is in a query of the page, and in a panel', async () => {
  for (const metric of await recordAll()) {
    const names = prometheusNames(metric);
    for (const queries of [inPanels, inBlocks]) {
      expect(queries.some((query) => names.some((name) => query.includes(name)))).toBe(true);
    }
  }
});

test('legends show labels of their query', () => {
  for (const { expr, legendFormat } of panels.flatMap(({ targets = [] }) => targets)) {
    for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(expr).toContain(label);
  }
});

test('every panel has its place, and the data source that is chosen', () => {
  expect(DASHBOARD.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
  expect(DASHBOARD.schemaVersion).toBeGreaterThan(30);
  expect(new Set(DASHBOARD.panels.map(({ id }) => id)).size).toBe(DASHBOARD.panels.length);
  const cells = DASHBOARD.panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
  expect(new Set(cells).size).toBe(cells.length);
  for (const { datasource, gridPos } of panels) {
    expect(datasource?.uid).toBe('${datasource}');
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  }
});
