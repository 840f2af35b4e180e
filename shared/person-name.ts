/** A person as screens and tasks name them; "A person" when the name may not be held any more. */
export function personName(properties: Readonly<Record<string, string | null>> | undefined): string {
  return [properties?.firstname, properties?.lastname].filter(Boolean).join(" ") || "A person";
}
