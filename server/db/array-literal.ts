/** Needs no quotes inside an array; the word NULL would be read as nothing. */
const plain = /^(?!null$)[\w.-]+$/i;

/** An array as PostgreSQL reads it: for lists of hundreds a few times cheaper than as a parameter of the driver. */
export function arrayLiteral(values: readonly (string | number | Buffer)[]): string {
  return `{${values.map(element).join(",")}}`;
}

function element(value: string | number | Buffer): string | number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return `"\\\\x${value.toString("hex")}"`;
  return plain.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}
