/**
 * HubSpot's API version for each family of paths. The SDK only knows v1, v3 and v4, which end in 2027
 * (hubspot-api.md §0 fact 1).
 */
export interface ApiVersions {
  readonly crm: string;
  readonly oauth: string;
  readonly account: string;
  readonly appInstalls: string;
}

export const currentVersions: ApiVersions = {
  crm: "2026-09",
  oauth: "2026-09",
  account: "2026-09",
  appInstalls: "2026-09",
};

/** Turns a URL of the SDK into its dated twin. Throws on a path without one, so that no old version slips through. */
export function datedUrl(url: string, versions: ApiVersions): string {
  const dated = new URL(url);
  const rules: readonly [RegExp, string][] = [
    [/\/crm\/v3\/(objects|properties)\//, `/crm/$1/${versions.crm}/`],
    [/\/crm\/v4\/associations\//, `/crm/associations/${versions.crm}/`],
    [/\/oauth\/v1\/token$/, `/oauth/${versions.oauth}/token`],
  ];
  const rule = rules.find(([pattern]) => pattern.test(dated.pathname));
  if (!rule) throw new Error(`No dated version is known for HubSpot's path ${dated.pathname}.`);
  dated.pathname = dated.pathname.replace(rule[0], rule[1]);
  return dated.toString();
}
