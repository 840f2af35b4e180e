export interface ParsedText {
  value: string | null;
  problem?: string;
  note?: string;
}

const plain = /^-?\d+(\.\d+)?$/;

/** Digits with separators that can mean one thing only; null when they are no number. */
function readSeparated(text: string): string | null {
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(",", "");
  if (/^-?\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(text) || /^-?\d{1,3}(\.\d{3})+,\d+$/.test(text)) {
    return text.replaceAll(".", "").replace(",", ".");
  }
  if (/^-?\d+,\d+$/.test(text)) return text.replace(",", ".");
  if (/^-?\d+(\.\d+)?e\+?\d{1,2}$/i.test(text)) return String(Number(text));
  return plain.test(text) ? text : null;
}

/** A number as HubSpot stores it. Currency signs and thousands marks are read and reported; words are not guessed at. */
export function parseNumber(text: string): ParsedText {
  if (plain.test(text)) return { value: text };
  const bare = text.replace(/[\s\u00a0\u202f'’]|^(?:[A-Z]{3}\b|[$€£¥])|(?:\b[A-Z]{3}|[$€£¥])$/g, "");
  const value = readSeparated(bare);
  if (value === null) return { value: null, problem: "not a number: left empty" };
  return { value, problem: "number in another spelling: read", note: `read as ${value}` };
}
