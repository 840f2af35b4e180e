import { describe, expect, it } from "@jest/globals";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { findDefinitionFaults, rememberOptions } from "../../../server/intake/reconcile/find-definition-faults.ts";
import { companyPropertiesOf } from "../../../server/scoring/company-properties-of.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";

const model = scoringModelSchema.parse(loadTemplate("playbook-100"));
const options = (...values: string[]) => ({ options: values.map((value) => ({ value })) });
/** A portal that has every property that the model reads. */
const complete = () => new Map(companyPropertiesOf(model).map((name) => [name, options()]));

describe("what of a portal's properties no longer fits its models", () => {
  it("is nothing while every property is there", () => {
    expect(findDefinitionFaults([model], complete(), new Map())).toEqual([]);
  });

  it("is a property that was deleted, with who reads it", () => {
    const properties = complete();
    properties.delete("industry");
    const [fault, ...more] = findDefinitionFaults([model], properties, new Map());
    expect(more).toEqual([]);
    expect(fault?.subject).toBe("input:industry");
    expect(fault?.message).toMatch(/^The company property "industry" is not there \(any more\).*Industry.* in /);
  });

  it("is an option that was there and that a model names, but none that never was there or that nobody reads", () => {
    const before = complete().set("industry", options("COMPUTER_SOFTWARE", "INTERNET", "BASKET_WEAVING"));
    const seen = rememberOptions([model], before, new Map());
    const after = complete().set("industry", options("SOFTWARE_RENAMED"));
    const [fault, ...more] = findDefinitionFaults([model], after, seen);
    expect(more).toEqual([]);
    expect(fault?.subject).toBe("option:industry");
    expect(fault?.message).toContain('no longer offers "COMPUTER_SOFTWARE", "INTERNET".');
    expect(fault?.message).not.toContain("BASKET_WEAVING");
  });

  it("is told until the option is back, night after night", () => {
    const before = complete().set("industry", options("COMPUTER_SOFTWARE"));
    const after = complete().set("industry", options("INTERNET"));
    const seen = rememberOptions([model], after, rememberOptions([model], before, new Map()));
    expect(findDefinitionFaults([model], after, seen)).toHaveLength(1);
    expect(
      findDefinitionFaults([model], before, seen)
        .map(({ message }) => message)
        .join(),
    ).not.toContain("COMPUTER");
  });

  it("takes spellings that differ only in case and signs for the same", () => {
    const seen = rememberOptions([model], complete().set("industry", options("Computer Software")), new Map());
    const after = complete().set("industry", options("computer-software"));
    expect(findDefinitionFaults([model], after, seen)).toEqual([]);
  });
});
