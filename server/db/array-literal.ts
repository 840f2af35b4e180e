/** Needs no quotes inside an array; the word NULL would be read as nothing. */
const plain = /^(?!null$)[\w.-]+$/i;

/** An array as PostgreSQL reads it: for lists of hundreds a few times cheaper than as a parameter of the driver. */
export function arrayLiteral(values: readonly (string | number | null)[]): string {
  return `{${values.map(element).join(",")}}`;
}

function element(value: string | number | null): string | number {
  if (value === null) return "NULL";
  if (typeof value === "number") return value;
  return plain.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}
