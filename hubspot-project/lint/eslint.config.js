import { registerHooks } from "node:module";
import js from "@eslint/js";
import { config as hubspotRules } from "@hubspot/eslint-config-ui-extensions";
import react from "eslint-plugin-react";
import reactHooks from "eslint-plugin-react-hooks";

// npm lifts `ts-api-utils`, a dependency of typescript-eslint, to the root, where it finds TypeScript 7 and fails. Every
// "typescript" of this lint run is the TypeScript 5 of this folder.
const typescript = import.meta.resolve("typescript");
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "typescript" ? { url: typescript, format: "commonjs", shortCircuit: true } : next(specifier, context),
});
const { default: tseslint } = await import("typescript-eslint");

/** HubSpot's own rules for UI extensions with the additions that HubSpot recommends; run from the root of the project. */
export default [
  { ignores: ["**/node_modules/**", "**/build/**"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...tseslint.configs.stylistic,
  react.configs.flat.recommended,
  react.configs.flat["jsx-runtime"],
  { settings: { react: { version: "18.3" } } },
  ...hubspotRules,
  reactHooks.configs.flat["recommended-latest"],
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
];
