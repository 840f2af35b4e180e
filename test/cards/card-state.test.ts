import { describe, expect, it } from "@jest/globals";
import { firstState, withAnswer } from "../../hubspot-project/src/app/cards/card-state.ts";
import { accountView } from "./account-view.ts";

const success = (headline: string) => ({ ok: true, value: accountView({ headline }) }) as const;
const failure = { ok: false, status: 503, message: "The database is away." } as const;

describe("the state of a card", () => {
  it("drops an answer that comes after the answer to a newer request", () => {
    const newer = withAnswer(firstState, { request: 2, result: success("New") });
    expect(withAnswer(newer, { request: 1, result: success("Old") })).toBe(newer);
  });

  it("drops a late failure too", () => {
    const newer = withAnswer(firstState, { request: 2, result: success("New") });
    expect(withAnswer(newer, { request: 1, result: failure })).toBe(newer);
  });

  it("keeps what it shows when a newer answer fails, and forgets the failure with the next answer", () => {
    const shown = withAnswer(firstState, { request: 1, result: success("Known") });
    const failed = withAnswer(shown, { request: 2, result: failure });
    expect(failed.card).toMatchObject({ status: "shown", problem: "The database is away." });
    expect(withAnswer(failed, { request: 3, result: success("Known") }).card).toMatchObject({ problem: null });
  });
});
