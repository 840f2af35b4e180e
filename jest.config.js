const transform = {
  "^.+\\.(ts|tsx|js|jsx|mjs)$": [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript", tsx: true },
        transform: { react: { runtime: "automatic" } },
        target: "es2022",
      },
      module: { type: "es6" },
    },
  ],
};
const common = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  transform,
  transformIgnorePatterns: ["/node_modules/"],
  modulePathIgnorePatterns: ["<rootDir>/hubspot-project/build", "<rootDir>/.demo", "<rootDir>/.data"],
};
const project = (name, extra = {}) => ({ ...common, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.{ts,tsx}`], ...extra });

/** Projects after architecture.md, "Tests". Those with a database share one Postgres, started once in `globalSetup`. */
export default {
  projects: [project("unit"), project("cards")],
};
