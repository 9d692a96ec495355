/**
 * @typedef {object} Scenario
 * @property {string} name unique
 * @property {(isQuick: boolean) => number} seconds about how long a run takes
 * @property {number} weight processor cores that a run takes; Infinity to run alone
 * @property {number} [longestPause] milliseconds for which a process may be kept from working (300); a run with a longer pause is
 *   repeated
 * @property {string[]} [clients] keys of CONTESTANTS; all of them by default
 * @property {string[]} [quickClients] those of a quick run; the one that is judged by default
 * @property {number} [repeats] runs of the client that is judged, where the time matters (1); the figures are medians
 * @property {number} [quickRepeats] the same for a quick run
 * @property {boolean} [needsRedis]
 * @property {{ name: string, title: string, kind: string, goal?: { atMost?: number, atLeast?: number } }[]} rows figures, by
 *   kinds of report/format.mjs
 * @property {(stage: Stage) => Promise<object>} run returns the figures by the names of the rows, and perhaps `goodput`
 * @property {string} [chartTitle] of the chart of goodput, if there is one
 * @property {{ processes: number, rate: number }} [fleet] for the chart
 * @property {(isQuick: boolean) => object[]} [conditions] for the chart
 */
export {};
