/** Tests are ES modules in TypeScript; swc only takes the types away. */
const transform = {
  "^.+\\.(ts|tsx|js|jsx|mjs)$": [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript", tsx: true },
        transform: { react: { runtime: "automatic" } },
        target: "es2022",
        experimental: { keepImportAttributes: true },
      },
      module: { type: "es6" },
    },
  ],
};
const project = (name, extra = {}) => ({
  displayName: name,
  testEnvironment: "node",
  testMatch: [`<rootDir>/test/${name}/**/*.test.{ts,tsx}`],
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  transform,
  transformIgnorePatterns: ["/node_modules/"],
  modulePathIgnorePatterns: ["<rootDir>/hubspot-project/build", "<rootDir>/.demo", "<rootDir>/.data"],
  ...extra,
});

/** CONTRIBUTING.md, "Tests": the last four share one PostgreSQL, which test/run-tests.ts starts. */
export default {
  projects: [
    project("unit"),
    project("cards"),
    project("service"),
    project("contract"),
    project("journeys"),
    project("browser"),
  ],
  // A busy machine is no defect.
  testTimeout: 300_000,
  maxWorkers: 2,
};
