import { describe, expect, it } from "@jest/globals";
import { buyingRoleOptionsFor, buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import { mergeBuyingRoles } from "../../../server/programme/committee/merge-buying-roles.ts";

const never = { done: [], ours: [] };

describe("HubSpot's buying role", () => {
  it("has a word for seven of the nine roles, and each leads back to its role", () => {
    const roles = [
      "approver",
      "blocker",
      "champion",
      "economic_buyer",
      "end_user",
      "executive_sponsor",
      "influencer",
    ] as const;
    expect(buyingRolesOf(buyingRoleOptionsFor(roles).join(";"))).toEqual([...roles]);
    expect(buyingRoleOptionsFor(["functional_owner", "technical_evaluator"])).toEqual([]);
  });

  it("gets what is wanted beside what other people set, also words of the portal's own", () => {
    const merged = mergeBuyingRoles(";LOCAL_HERO; INFLUENCER", ["CHAMPION"], never);
    expect(merged).toEqual({
      value: "LOCAL_HERO;INFLUENCER;CHAMPION",
      added: ["CHAMPION"],
      done: ["CHAMPION"],
      ours: ["CHAMPION"],
    });
  });

  it("loses only what we put there when it is wanted no more", () => {
    const held = { done: ["CHAMPION", "INFLUENCER"], ours: ["CHAMPION"] };
    expect(mergeBuyingRoles("INFLUENCER;CHAMPION", [], held)).toMatchObject({
      value: "INFLUENCER",
      ours: [],
      done: [],
    });
  });

  it("is not written when it holds what is wanted, and what somebody else set is not ours then", () => {
    expect(mergeBuyingRoles("CHAMPION", ["CHAMPION"], never)).toMatchObject({ value: null, ours: [] });
    expect(mergeBuyingRoles("BUDGET_HOLDER", ["DECISION_MAKER"], never)).toMatchObject({ value: null, ours: [] });
  });

  it("is not given back what somebody took away by hand, until it is wanted anew", () => {
    const after = mergeBuyingRoles(null, ["BLOCKER", "CHAMPION"], { done: ["CHAMPION"], ours: ["CHAMPION"] });
    expect(after).toMatchObject({ value: "BLOCKER", ours: ["BLOCKER"], done: ["BLOCKER", "CHAMPION"] });
    const dropped = mergeBuyingRoles("BLOCKER", ["BLOCKER"], after);
    expect(mergeBuyingRoles("BLOCKER", ["BLOCKER", "CHAMPION"], dropped).value).toBe("BLOCKER;CHAMPION");
  });

  it("knows its own again when the answer to the last write was lost", () => {
    // Noted before it was sent, and it arrived.
    const noted = { done: [], ours: ["CHAMPION"] };
    expect(mergeBuyingRoles("CHAMPION", ["CHAMPION"], noted)).toMatchObject({ value: null, ours: ["CHAMPION"] });
    // It did not arrive.
    expect(mergeBuyingRoles("", ["CHAMPION"], noted)).toMatchObject({ value: "CHAMPION", ours: ["CHAMPION"] });
  });
});
