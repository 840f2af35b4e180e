import { describe, expect, it } from "@jest/globals";
import { listChanges } from "../../../server/models/list-changes.ts";
import { template } from "../scoring/score-with.ts";

describe("the changes of a draft, for an answer", () => {
  it("mark a sentence that is cut", () => {
    const before = template("playbook-100");
    const [text = ""] = listChanges(before, { ...before, description: "word ".repeat(100) });
    expect(text.length).toBeLessThanOrEqual(240);
    expect(text).toMatch(/ w[ord]*…$/);
  });
});
