import { expect, it } from "@jest/globals";
import { scoringModelSchema } from "../../../shared/scoring-model.ts";

it("answers a document of many wrong criteria and long keys in kilobytes", () => {
  const axes = Array.from({ length: 200 }, (_, n) => ({ key: `a${n}`.padEnd(800, "x") }));
  const criterion = { axis: "z", label: "l", source: "ours", kind: "property-filled", property: "p", points: 1 };
  const criteria = Array.from({ length: 200 }, (_, n) => ({ ...criterion, key: `c${n}` }));
  for (const document of [
    { axes, criteria },
    { axes: axes.map(({ key }) => ({ key: key.slice(0, 60) })), criteria },
  ]) {
    const { error } = scoringModelSchema.safeParse(document);
    const said = (error?.issues ?? []).reduce((sum, { message }) => sum + message.length, 0);
    expect(error?.issues.length).toBeGreaterThan(200);
    expect(said).toBeLessThan(400_000);
  }
});
