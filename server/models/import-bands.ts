import { z } from "zod";
import type { HubspotScore } from "./hubspot-score-shape.ts";

const thresholdSchema = z.object({
  outputType: z.literal("THRESHOLD"),
  boundaries: z
    .array(z.object({ label: z.string(), threshold: z.number() }))
    .min(1)
    .max(20),
});

interface ImportedBand {
  readonly key: string;
  readonly label: string;
  readonly from: number;
}

/** HubSpot's thresholds as bands; the first band starts at 0 in any case, so that every score has one. */
export function importBands({ outputConfiguration }: HubspotScore): { thresholds: ImportedBand[]; notes: string[] } {
  const outputs = outputConfiguration?.outputs ?? [];
  const notes = outputs.some(({ outputType }) => outputType === "MATRIX")
    ? ["the matrix of two categories is not taken over: see the two axes instead"]
    : [];
  const threshold = outputs.map((output) => thresholdSchema.safeParse(output)).find(({ success }) => success)?.data;
  const sorted = [...(threshold?.boundaries ?? [])]
    .filter((one) => one.threshold >= 0 && one.threshold <= 1000)
    .sort((a, b) => a.threshold - b.threshold)
    .filter((one, index, all) => one.threshold > (all[index - 1]?.threshold ?? -1));
  const bands = sorted.map((one, index) => ({
    key: `band_${index + 1}`,
    label: one.label.trim().slice(0, 160) || `Band ${index + 1}`,
    from: Math.round(one.threshold * 1000) / 1000,
  }));
  const below =
    bands[0]?.from === 0 ? [] : [{ key: "band_0", label: bands.length === 0 ? "Scored" : "Below", from: 0 }];
  return { thresholds: [...below, ...bands], notes };
}
