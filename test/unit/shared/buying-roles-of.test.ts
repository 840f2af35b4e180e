import { expect, it } from "@jest/globals";
import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";

it.each([
  ["DECISION_MAKER", ["economic_buyer"]],
  ["BUDGET_HOLDER", ["economic_buyer"]],
  ["DECISION_MAKER;BUDGET_HOLDER", ["economic_buyer"]],
  [";CHAMPION", ["champion"]],
  ["INFLUENCER;CHAMPION;BLOCKER", ["blocker", "champion", "influencer"]],
  [" champion ; end_user ", ["champion", "end_user"]],
  ["EXECUTIVE_SPONSOR", ["executive_sponsor"]],
  ["LEGAL_AND_COMPLIANCE", ["approver"]],
  ["OTHER", []],
  ["a_role_of_the_portal;CHAMPION", ["champion"]],
  ["constructor;__proto__", []],
  ["", []],
  [null, []],
  [undefined, []],
])("reads the buying roles %j as %j", (value, roles) => {
  expect(buyingRolesOf(value)).toEqual(roles);
});
