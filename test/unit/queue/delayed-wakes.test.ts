import { describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { createDelayedWakes } from "../../../server/queue/delayed-wakes.ts";

const [a, b] = [asPortalId(1), asPortalId(2)];

describe("wake-ups for later", () => {
  it("come once for a job and portal, at the earliest of the times that were asked for", async () => {
    const woken: string[] = [];
    const done = Promise.withResolvers<void>();
    const later = createDelayedWakes((name, portalId) => {
      woken.push(`${name} ${portalId}`);
      if (woken.length === 3) done.resolve();
    });
    later.add("refresh-records", a, 3_600_000);
    later.add("refresh-records", a, 30);
    later.add("refresh-records", a, 40);
    later.add("rescore-batch", a, 10);
    later.add("refresh-records", b, 20);
    await done.promise;
    expect(woken).toEqual([`rescore-batch ${a}`, `refresh-records ${b}`, `refresh-records ${a}`]);
    later.stop();
  });

  it("can be asked for again once they came", async () => {
    let resolve: () => void = () => undefined;
    const later = createDelayedWakes(() => resolve());
    for (const _ of [1, 2]) {
      const woken = new Promise<void>((done) => {
        resolve = done;
      });
      later.add("refresh-records", a, 5);
      await woken;
    }
    later.stop();
  });

  it("do not come any more after the stop", async () => {
    const woken: string[] = [];
    const later = createDelayedWakes((name) => void woken.push(name));
    later.add("refresh-records", a, 10);
    later.stop();
    later.add("refresh-records", b, 10);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(woken).toEqual([]);
  });
});
