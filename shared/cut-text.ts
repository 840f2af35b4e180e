/** At most so many characters, with a mark that there was more: what a CRM holds may be as long as a book. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
