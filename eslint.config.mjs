// ESLint 9 and editors look for this file. The rules are in .eslintrc.cjs.
import { createRequire } from 'node:module';
import { FlatCompat } from '@eslint/eslintrc';
import js from '@eslint/js';

const classic = createRequire(import.meta.url)('./.eslintrc.cjs');
const compat = new FlatCompat({ baseDirectory: import.meta.dirname, recommendedConfig: js.configs.recommended });

export default [{ files: ['**/*.ts'] }, ...compat.config(classic)];
