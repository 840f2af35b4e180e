import { describe, expect, it } from "@jest/globals";
import { modelForm } from "../../../server/models/model-form.ts";
import { placeOfFault } from "../../../server/models/place-of-fault.ts";
import { loadTemplate, templateKeys } from "../../../server/scoring/load-template.ts";

describe("the place of a fault", () => {
  it.each(templateKeys)("is called as the form calls it, for every number of %s", (key) => {
    const model = loadTemplate(key);
    if (!model) throw new Error("the template is there");
    for (const { label: group, fields } of modelForm(model).form) {
      for (const { path, label } of fields) {
        const place = placeOfFault(model, path).place ?? "";
        expect([place === label || place.startsWith(group), place, label]).toEqual([true, place, label]);
      }
    }
  });

  const model = {
    axes: [{ key: "fit", label: "Fit", max: 7 }],
    criteria: [
      { label: "Company size", rungs: [{ label: "51 to 200", points: 4, when: [{ signals: ["a"] }] }] },
      { label: "Seniority", points: { director: 3 } },
      "no criterion at all",
    ],
  };
  it.each([
    ["axes[0].max", "Fit: most points"],
    ["criteria[0].rungs[0].points", "Company size, 51 to 200: points"],
    ["criteria[0].rungs[0].when[0].signals[0]", "Company size, 51 to 200: kinds of signal"],
    ["criteria[0].rungs[0]", "Company size, 51 to 200"],
    ["criteria[1].points.director", "Seniority: points of director"],
    ["criteria[0].surprise", "Company size"],
  ])("%s is %s", (path, place) => {
    expect(placeOfFault(model, path)).toEqual({ place });
  });

  it.each(["the whole", "axes", "axes[9].max", "criteria[2].points", "__proto__.label"])(
    "%s has no other name than its path",
    (path) => {
      expect(placeOfFault(model, path)).toEqual({});
    },
  );
});
