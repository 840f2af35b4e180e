/** Points as whole thousandths: sums of them are exact, sums of decimal fractions are not. */
export const toThousandths = (points: number): number => Math.round(points * 1000);
export const fromThousandths = (thousandths: number): number => thousandths / 1000;

/** One decimal, halves up; done once, on the sum (T06, T13). Takes and gives thousandths. */
export const roundToTenth = (thousandths: number): number => Math.round(thousandths / 100) * 100;

const mostTexts = 20_000;
// Of full length from the start: an array that is filled here and there becomes a slow table.
const texts = Array.from<string | undefined>({ length: mostTexts });

/** 3, 3.9 or 2.125. Writing a fraction is slow and the same few come again and again, so they are kept. */
export function thousandthsText(thousandths: number): string {
  const known = texts[thousandths];
  if (known !== undefined) return known;
  const text = String(thousandths / 1000);
  if (thousandths >= 0 && thousandths < mostTexts) texts[thousandths] = text;
  return text;
}
