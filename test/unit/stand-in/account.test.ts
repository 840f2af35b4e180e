import { afterEach, describe, expect, it } from "@jest/globals";
import { portalId, startInstalled, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

describe("The account", () => {
  it("says its portal, time zone and currency, with the offset of that moment", async () => {
    const { standIn, call } = await startInstalled({ now: () => Date.UTC(2026, 5, 1) });
    const details = () => call("GET", "/account-info/2026-09/details");
    expect((await details()).body).toMatchObject({
      portalId,
      accountType: "STANDARD",
      timeZone: "America/New_York",
      companyCurrency: "USD",
      utcOffset: "-04:00",
      utcOffsetMilliseconds: -14_400_000,
    });
    expect(standIn.portals.size).toBe(1);
  });

  it("lists its owners, active or archived, by page, by address and by user", async () => {
    const { standIn, call } = await startInstalled();
    const owners = "/crm/owners/2026-09";
    const first = await call("GET", `${owners}?limit=1`);
    expect(first.body.results).toMatchObject([
      { id: "51", userId: 501, email: "rep@portal.example", type: "PERSON", archived: false },
    ]);
    expect((await call("GET", `${owners}?limit=1&after=${first.body.paging.next.after}`)).body.results[0]?.id).toBe(
      "52",
    );
    expect((await call("GET", `${owners}?email=gone@portal.example`)).body.results).toHaveLength(1);
    expect((await call("GET", `${owners}/502?idProperty=userId`)).body.id).toBe("52");
    expect((await call("GET", `${owners}/502`)).status).toBe(404);
    const gone = standIn.portals.get(portalId)?.owners[1];
    if (gone) gone.archived = true;
    expect((await call("GET", owners)).body.results).toHaveLength(1);
    expect((await call("GET", `${owners}?archived=true`)).body.results).toMatchObject([
      { id: "52", userIdIncludingInactive: 502 },
    ]);
  });
});
