import type { PublishedModelView } from "@touchstone/shared/models-api.ts";

/** What publishing did, the first line as its title. */
export function publishedLines(name: string, published: PublishedModelView): string[] {
  const { version, unchanged, changes, readingNow, properties } = published;
  const names = (list: readonly { readonly name: string; readonly label: string }[]) =>
    list.map((one) => `${one.label} (${one.name})`).join(", ");
  return [
    unchanged ? `${name} is active already: nothing was changed` : `${name}, version ${version} is active now`,
    ...(readingNow.length > 0 ? [`Now also read from HubSpot: ${readingNow.join(", ")}.`] : []),
    ...(properties.toFill.length > 0 ? [`Made in HubSpot, for you to fill: ${names(properties.toFill)}.`] : []),
    ...(properties.missing.length > 0
      ? [`This portal does not have: ${names(properties.missing)}. They count as unknown until somebody adds them.`]
      : []),
    ...properties.problems,
    ...changes,
  ];
}
