import { expect, it } from "@jest/globals";
import { defaultTierTraits } from "@touchstone/shared/tier-traits.ts";
import { defaultTiers } from "../../../server/programme/tiers/load-tier-template.ts";

it("says of the tiers that ship what their template says", () => {
  expect(defaultTierTraits).toEqual(
    defaultTiers.tiers.map(({ key, name, mappingDepth, touchDays, ownerRequired }) => ({
      key,
      name,
      mappingDepth,
      touchDays,
      ownerRequired,
    })),
  );
});
