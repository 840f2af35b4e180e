import { describe, expect, it } from "@jest/globals";
import { currentVersions, datedUrl } from "../../../server/hubspot/dated-url.ts";

describe("Dated paths", () => {
  it.each([
    ["/crm/v3/objects/companies/batch/read", "/crm/objects/2026-09/companies/batch/read"],
    ["/crm/v3/objects/contacts?limit=100", "/crm/objects/2026-09/contacts?limit=100"],
    ["/crm/v3/properties/companies/groups", "/crm/properties/2026-09/companies/groups"],
    ["/crm/v4/associations/companies/contacts/batch/read", "/crm/associations/2026-09/companies/contacts/batch/read"],
    ["/oauth/v1/token", "/oauth/2026-09/token"],
  ])("turn %s into %s", (old, dated) => {
    expect(datedUrl(`https://api.test${old}`, currentVersions)).toBe(`https://api.test${dated}`);
  });

  it("take each family's version from the settings", () => {
    const versions = { ...currentVersions, oauth: "2026-03" };
    expect(datedUrl("https://api.test/oauth/v1/token", versions)).toBe("https://api.test/oauth/2026-03/token");
  });

  it("refuse a path that has no dated twin, so that no old version is called", () => {
    expect(() => datedUrl("https://api.test/crm/v3/lists/1", currentVersions)).toThrow("/crm/v3/lists/1");
  });
});
