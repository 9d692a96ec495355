// ESLint 9 in its classic format: run it through `npm run lint`, which sets ESLINT_USE_FLAT_CONFIG=false.

/** What each room of src/ may not look into; see docs/architecture.md. */
const plugins = 'src/plugins';
const walls = [
  { target: './src/errors', from: ['plugins', 'transports', 'wire', 'tokens', 'client'] },
  { target: './src/resilience', from: ['plugins', 'transports', 'wire', 'tokens', 'client'] },
  { target: './src/tokens', from: ['plugins', 'client'] },
  { target: './src/{transports,wire}', from: ['plugins', 'tokens', 'client'] },
  { target: `./${plugins}`, from: ['transports', 'wire', 'client'] },
  { target: './src/server', from: ['plugins', 'transports', 'wire', 'client'] },
  { target: './src/{context,schema}', from: ['plugins', 'transports', 'wire', 'tokens', 'client'] },
  ...['express', 'nestjs', 'testing'].map((room) => ({ target: `./src/!(${room})/**`, from: [room] })),
  { target: './src', from: ['index.ts'] },
].map(({ target, from }) => ({ target, from: from.map((path) => `./src/${path}`) }));

const files = require('node:fs')
  .readdirSync(`${__dirname}/${plugins}`)
  .filter((file) => file !== 'plugin.ts');
const betweenPlugins = files.map((file) => ({
  target: `./${plugins}/${file}`,
  from: `./${plugins}`,
  except: [`./${file}`, './plugin.ts'],
  message: 'Plugins do not know each other; what they share is the Call.',
}));

module.exports = {
  root: true,
  parser: '@typescript-eslint/parser',
  parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname },
  plugins: ['@typescript-eslint', 'import-x'],
  extends: [
    'eslint:recommended',
    'plugin:@typescript-eslint/strict-type-checked',
    'plugin:@typescript-eslint/stylistic-type-checked',
  ],
  settings: { 'import-x/resolver': { typescript: { project: './tsconfig.json' } } },
  ignorePatterns: ['dist/', '.build/', 'coverage/', 'node_modules/', '__tests__/apps/', '*.cjs', '*.mjs'],
  rules: {
    'import-x/no-cycle': 'error',
    'import-x/no-restricted-paths': ['error', { zones: [...walls, ...betweenPlugins] }],
    'max-lines': ['error', 200],
    'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    // The compiler finds these, and knows better: an augmentation of an interface must repeat its type parameters.
    '@typescript-eslint/no-unused-vars': 'off',
    '@typescript-eslint/ban-ts-comment': 'error',
    // What others threw is passed on as it is.
    '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  },
  overrides: [
    {
      files: ['__tests__/**', 'examples/**', 'bench/**'],
      rules: {
        'max-lines': ['error', 300],
        'max-lines-per-function': 'off',
        'import-x/no-restricted-paths': 'off',
        // Takes every `NestFactory.create(Module, …)` for an assignment of a class without a type.
        '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      },
    },
    { files: ['examples/**', 'bench/**'], rules: { 'no-console': 'off' } },
  ],
};
