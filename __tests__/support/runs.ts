/** Random cases for each property: a few hundred in a moment, or as many as the slow tier asks for. */
export const RUNS = Number(process.env['FC_RUNS'] ?? 200);
