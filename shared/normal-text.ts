const separators = /[\s_-]/;

/** The form in which two texts of a CRM are compared: COMPUTER_SOFTWARE and "Computer software " are the same. */
export function normalText(value: string): string {
  const small = value.toLowerCase();
  return separators.test(small) ? small.replace(/[\s_-]+/g, " ").trim() : small;
}
