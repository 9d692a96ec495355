// The results in the form of a section of the page: a row for each figure, with the values of each client.
import { availableParallelism } from 'node:os';
import { CONTESTANTS, JUDGED } from '../contestants.mjs';
import { versionOf } from './versions.mjs';

/** @param scenarios with their `runs` */
export function sectionOf(scenarios, isQuick) {
  return {
    title: 'Real processes',
    part: 'real',
    hasGoals: true,
    scenarios: scenarios.flatMap(rowsOf),
    charts: scenarios.filter(({ fleet }) => fleet).map((scenario) => chartOf(scenario, isQuick)),
    clients: clientsIn(scenarios),
    machine: `Node ${process.version}, ${availableParallelism()} cores`,
    pauses: Object.fromEntries(scenarios.map(({ name, runs }) => [name, longestPause(runs)])),
  };
}

function rowsOf({ name, rows, runs }) {
  return rows.map((row) => ({
    name: `${name}-${row.name}`,
    title: row.title,
    figure: { kind: row.kind },
    goal: row.goal,
    isDisturbed: areDisturbed(runs[JUDGED] ?? []),
    figures: mapValues(runs, (figures) => figures.map((one) => one[row.name])),
  }));
}

/** Whether the machine had too much else to do in most of the runs. */
function areDisturbed(figures) {
  return figures.filter(({ isDisturbed }) => isDisturbed).length > figures.length / 2;
}

/** Each with the versions that were measured. */
function clientsIn(scenarios) {
  const clients = Object.entries(CONTESTANTS).filter(([name]) => scenarios.some(({ runs }) => runs[name]));
  return clients.map(([, { label, settings, packages = [] }]) => ({
    label,
    settings,
    versions: packages.map(versionOf),
  }));
}

/** What fleet/report/chart.mjs draws. */
function chartOf({ name, chartTitle, runs, fleet, conditions }, isQuick) {
  return {
    name: `real-${name}`,
    title: chartTitle,
    fleet,
    lines: Object.entries(CONTESTANTS).flatMap(([client, { line }]) => (line ? { client, ...line } : [])),
    conditions: conditions(isQuick),
    // A quick run is shorter.
    span: [0, Object.values(runs)[0][0].goodput.length],
    goodput: mapValues(runs, (figures) => meanOf(figures.map(({ goodput }) => goodput))),
  };
}

/** Milliseconds: the figures are as good as this is small. */
function longestPause(runs) {
  return Math.max(
    ...Object.values(runs)
      .flat()
      .map(({ pause }) => pause),
  );
}

function meanOf(series) {
  return series[0].map((_, index) => series.reduce((sum, one) => sum + one[index], 0) / series.length);
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
