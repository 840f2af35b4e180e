/** The form in which two texts of a CRM are compared: COMPUTER_SOFTWARE and "Computer software " are the same. */
export function normalText(value: string): string {
  return value
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();
}
