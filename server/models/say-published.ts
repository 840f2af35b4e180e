import type { PropertyView, PublishedModelView } from "@touchstone/shared/models-api.ts";

/** What publishing did, the first sentence in short. */
export function sayPublished(name: string, published: Omit<PublishedModelView, "lines">): string[] {
  const { version, unchanged, changes, readingNow, properties } = published;
  return [
    unchanged ? `${name} is active already: nothing was changed` : `${name}, version ${version} is active now`,
    ...(readingNow.length > 0 ? [`Now also read from HubSpot: ${readingNow.join(", ")}.`] : []),
    ...(properties.toFill.length > 0 ? [`Made in HubSpot, for you to fill: ${named(properties.toFill)}.`] : []),
    ...(properties.missing.length > 0
      ? [`This portal does not have: ${named(properties.missing)}. They count as unknown until somebody adds them.`]
      : []),
    ...properties.problems,
    ...changes,
  ];
}

const named = (list: readonly PropertyView[]): string => list.map(({ label, name }) => `${label} (${name})`).join(", ");
