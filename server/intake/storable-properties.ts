/**
 * PostgreSQL takes neither NUL nor half a surrogate pair into text or JSON. A form may put both into a CRM, and one such
 * value must not hold up the hundred records that are read with it.
 */
export function storableProperties(
  properties: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, value && storable(value)]));
}

const storable = (text: string) => text.toWellFormed().replaceAll("\0", "");
