// The rules in ESLint's classic format; eslint.config.mjs, which ESLint 9 and editors look for, takes them over.

/** The rooms of src/, from the ground up. A room imports rooms of lower floors only, types included; docs/architecture.md draws it. */
const floors = [
  ['util'],
  ['stack'],
  ['checks', 'journal', 'lean-axios'],
  ['response'],
  ['errors'],
  ['context', 'stores'],
  ['events'],
  ['inspector', 'logging', 'opentelemetry'],
  ['resilience'],
  ['call'],
  ['request', 'schema'],
  ['admission', 'transports'],
  ['wire'],
  ['tokens'],
  ['plugins', 'server'],
  ['client'],
  ['express', 'nestjs', 'testing'],
];

const noUpwardImports = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    target: `./src/${room}`,
    from: [
      './src/index.ts',
      ...floors
        .slice(floor)
        .flat()
        .filter((other) => other !== room)
        .map((other) => `./src/${other}`),
    ],
    message: `\`${room}\` is on floor ${floor + 1}: it imports rooms of lower floors only.`,
  })),
);

const plugins = 'src/plugins';
const SHARED_BY_PLUGINS = ['plugin.ts'];
const noImportsBetweenPlugins = require('node:fs')
  .readdirSync(`${__dirname}/${plugins}`)
  .filter((file) => !SHARED_BY_PLUGINS.includes(file))
  .map((file) => ({
    target: `./${plugins}/${file}`,
    from: `./${plugins}`,
    except: [file, ...SHARED_BY_PLUGINS].map((name) => `./${name}`),
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
  settings: { 'import-x/resolver': { typescript: { project: './tsconfig.json' } }, floors },
  ignorePatterns: ['dist/', '.build/', 'coverage/', 'node_modules/', '__tests__/apps/', '*.cjs', '*.mjs'],
  rules: {
    'import-x/no-cycle': 'error',
    'import-x/no-restricted-paths': ['error', { zones: [...noUpwardImports, ...noImportsBetweenPlugins] }],
    'max-lines': ['error', 200],
    'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    // The compiler finds these.
    '@typescript-eslint/no-unused-vars': 'off',
    '@typescript-eslint/ban-ts-comment': 'error',
    // What others threw is passed on as it is.
    '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
    '@typescript-eslint/consistent-type-imports': [
      'error',
      { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
    ],
    // Only `lazy(() => require('a-module') as typeof import('a-module'))`, which keeps the type and is found by bundlers.
    '@typescript-eslint/no-require-imports': 'off',
    'no-restricted-syntax': [
      'error',
      {
        selector: "CallExpression[callee.name='require']:not(CallExpression[callee.name='lazy'] CallExpression)",
        message: 'Import a module, or load it with `lazy` of util/lazy.ts when it is first used.',
      },
    ],
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  },
  overrides: [
    {
      files: ['{__tests__,examples}/**/*.ts'],
      rules: {
        'max-lines': ['error', 300],
        'max-lines-per-function': 'off',
        'import-x/no-restricted-paths': 'off',
        // Takes every `NestFactory.create(Module, …)` for an assignment of a class without a type.
        '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      },
    },
    { files: ['examples/**/*.ts'], rules: { 'no-console': 'off' } },
    { files: ['page/**/*.ts'], parserOptions: { project: './tsconfig.page.json' } },
  ],
};
