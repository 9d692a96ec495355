/** A test of what holds with the lean axios core alone; the reason stands beside its use. Without the core it is skipped. */
export const testOfLeanCore = process.env['LEAN'] === 'off' ? test.skip : test;
