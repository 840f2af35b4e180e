/**
 * Who may import whom (ARCHITECTURE.md). Each rule has the name that a developer sees when it is broken.
 */
const feature = "^server/(install|intake|accounts|models|programme/[^/]+|reports)/";
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^(server|shared|hubspot-|test)", pathNot: allowed },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle has no beginning to read from.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphan-imports",
      comment: "The import leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    only("scoring-is-pure", "Scoring knows our shared types and nothing else.", "^server/scoring/", [
      "^server/scoring/",
      "^shared/",
    ]),
    {
      name: "scoring-has-no-packages",
      comment: "No network, database, clock or library in scoring.",
      severity: "error",
      from: { path: "^server/scoring/" },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-optional", "core", "npm-no-pkg", "npm-unknown"],
        pathNot: "shared",
      },
    },
    {
      name: "server-runs-without-dev-packages",
      comment: "A production install leaves them out: the server would not start.",
      severity: "error",
      from: { path: "^(server|shared)/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
    only("shared-stands-alone", "Shared is imported by all, so it imports only itself.", "^shared/", ["^shared/"]),
    ...["db", "hubspot", "queue"].map((part) =>
      only(
        `${part}-knows-no-business`,
        "The three folders that talk to the outside never know each other or a feature.",
        `^server/${part}/`,
        [`^server/${part}/`, "^shared/", "^server/(config|errors|logger)\\.ts$"],
      ),
    ),
    {
      name: "features-never-meet",
      comment: "Features that need each other speak through the queue or the database.",
      severity: "error",
      from: { path: feature },
      to: { path: feature, pathNot: "^server/$1/" },
    },
    only("features-know-their-parts", "A feature joins the pure core with the three outside folders.", feature, [
      feature,
      "^server/(db|hubspot|queue|scoring)/",
      "^server/(context|errors)\\.ts$",
      "^shared/",
    ]),
    {
      name: "features-know-no-entry",
      comment: "Nothing below the entries knows how it was called.",
      severity: "error",
      from: { path: feature },
      to: { path: "^server/(http|workers|app|main)" },
    },
    only("entries-call-features", "The two entries call features.", "^server/(http|workers)/", [
      "^server/(http|workers|install|intake|accounts|models|programme|reports|db|queue|hubspot)/",
      "^server/(context|errors|config|logger|metrics)\\.ts$",
      "^shared/",
    ]),
    {
      name: "http-and-workers-apart",
      comment: "",
      severity: "error",
      from: { path: "^server/http/" },
      to: { path: "^server/workers/" },
    },
    {
      name: "workers-and-http-apart",
      comment: "",
      severity: "error",
      from: { path: "^server/workers/" },
      to: { path: "^server/http/" },
    },
    only("main-starts-the-app", "main reads the environment and starts the app.", "^server/main\\.ts$", [
      "^server/(app|config|logger)\\.ts$",
    ]),
    only(
      "stand-in-knows-nothing-of-us",
      "Written from HubSpot's documents alone, so that it cannot repeat our misreading.",
      "^hubspot-stand-in/",
      ["^hubspot-stand-in/"],
    ),
    only(
      "cards-stay-in-their-folder",
      "HubSpot builds each folder by itself; shared comes as a package.",
      "^hubspot-project/src/",
      ["^hubspot-project/(src|screens)/", "^shared/"],
    ),
    only(
      "screens-know-no-screen",
      "What two screens show in the same way knows neither.",
      "^hubspot-project/screens/",
      ["^hubspot-project/screens/", "^shared/"],
    ),
    {
      name: "cards-take-no-zod",
      comment: "zod at run time would triple the card.",
      severity: "error",
      from: { path: "^hubspot-project/(src|screens)/" },
      to: { path: "(^|/)zod/|^shared/(scoring-model|.*schema|.*shape|.*faults).*\\.ts$" },
    },
    {
      name: "nothing-needs-stand-in-or-test",
      comment: "What ships never knows the stand-in or a test.",
      severity: "error",
      from: { pathNot: "^(test|hubspot-stand-in)/" },
      to: { path: "^(test|hubspot-stand-in)/" },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "hubspot-project/build|^hubspot-project/lint" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
